"""Owns how a posted form becomes data: bounded, decoded, with what was typed kept safe to show again.

Browsers send line ends of a text area as CRLF (HTML standard, form submission); people only made a new line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request

from careplan.errors import Invalid

MOST_BYTES = 128 * 1024
"""Room for a text that is too long, so that it can be given back to be shortened."""
MOST_FIELDS = 60
HIGHEST_VERSION = 2**31 - 1
WRITTEN: tuple[str, ...] = (
    "wording",
    "reason",
    "what",
    "added_value",
    "note",
    "text",
    "name",
    "organisation",
    "consent_name",
)
WRITTEN += tuple(f"level-{place}" for place in range(5))
"""Fields in which people write."""
ONCE = "once"
"""Of a form that adds something, the field with the key of this sending: sent again, it counts once."""
NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Form:
    """The fields of a form; one that was not sent is empty."""

    fields: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def shown(self, name: str) -> str:
        """The field with signs replaced that no page can carry."""
        return self[name].replace("\x00", "").encode("utf-8", "replace").decode("utf-8")

    def all_shown(self) -> dict[str, str]:
        """Every field with a name that our forms have, as `shown`."""
        return {name: self.shown(name) for name in self.fields if NAME.fullmatch(name)}

    @property
    def key(self) -> str | None:
        """The key of this sending; None where the form has none."""
        return self[ONCE] or None

    def number(self, name: str) -> int:
        """Raises Invalid when it is no number that a version can be."""
        text = self[name]
        if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= HIGHEST_VERSION):
            raise Invalid("value", field=name)
        return int(text)


def typed_in(values: Mapping[str, str]) -> str:
    """All that was written in a form, to be given back where the form itself cannot be shown."""
    return "\n".join(values[name] for name in WRITTEN if values.get(name, "").strip())


async def read_form(request: Request) -> Form:
    """The first value of every field.

    Bytes that are no UTF-8 become lone surrogates, which the care plan refuses with a kind message.

    Raises:
        Invalid: too large, or no form at all.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Invalid("too_large")
    try:
        fields = parse_qs(
            body.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Invalid from None
    return Form({name: values[0].replace("\r\n", "\n") for name, values in fields.items()})
