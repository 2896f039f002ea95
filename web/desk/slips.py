"""Invitations to hand out: a link, a QR code, a code to type, each slip in the language of the person it is for."""

from dataclasses import dataclass
from datetime import datetime

import segno
from markupsafe import Markup

import locales
from api.views import NewInvitation
from web.pages import Pages


@dataclass(frozen=True)
class Slip:
    """One invitation, ready to be shown this once. `qr` is SVG made here."""

    role: str
    language: locales.Language
    link: str
    code: str
    short_code: str | None
    text: Markup


def slip(
    pages: Pages,
    invitation: NewInvitation,
    *,
    public_url: str,
    practice: str,
    at: datetime,
    name: str | None,
    short_code: str | None,
) -> Slip:
    """The slip in the invitation's own language; `short_code` where the visit is today."""
    link = f"{public_url}/#{invitation.token}"
    language = locales.language(invitation.language)
    values = {
        "role": invitation.role,
        "practice": practice,
        "name": name,
        "day": locales.format_day(language.code, at.date()),
        "time": locales.format_time(language.code, at),
        "link": link,
        "site": public_url.partition("://")[2],
        "code": invitation.code,
        "short_code": short_code,
        "qr": qr_code(link),
    }
    text = Markup(pages.render("desk/_slip.html", language.code, values))  # noqa: S704  # rendered with autoescape
    return Slip(invitation.role, language, link, invitation.code, short_code, text)


def qr_code(text: str) -> Markup:
    """A QR code as inline SVG, with the quiet edge that readers need."""
    drawn = segno.make(text, error="m").svg_inline(scale=4, border=4, svgclass="qr", lineclass=None, omitsize=True)
    return Markup(drawn)  # noqa: S704  # made of squares by segno, holds no text
