"""The narrative: a resource as a few lines of XHTML for people, in the clinician's language.

What people typed stands in it as text only: escaped, in an element of its own with its own language and direction.
Source: FHIR R4, narrative (txt-1: no active content).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import locales
from api.fhir.elements import Json, language_tag
from api.items import direction

# XML 1.0 has no place for these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Said:
    """Somebody's words in their language, or in one that nobody knows."""

    words: str
    lang: str = ""


@dataclass(frozen=True)
class Line:
    """A label (already in the reader's language) and what stands behind it: said by somebody, or our own text."""

    label: str
    what: Sequence[Said | str]


def narrative(lang: str, lines: Sequence[Line]) -> Json:
    """`text` of a resource."""
    dir_ = locales.language(lang).dir
    body = "".join(_paragraph(line) for line in lines if line.what)
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" dir="{dir_}">{body}</div>',
    }


def _paragraph(line: Line) -> str:
    what = "<br/>".join(_said(part) if isinstance(part, Said) else _text(part) for part in line.what)
    return f"<p><b>{_text(line.label)}</b> {what}</p>"


def _said(said: Said) -> str:
    lang = f' lang="{_text(language_tag(said.lang))}"' if said.lang else ""
    return f'<q{lang} dir="{direction(said.lang, said.words)}">{_text(said.words)}</q>'


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
