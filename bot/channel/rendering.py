"""Puts messages into a language: translation, placeholders, direction, and whose voice each run of text is.

The engine keeps the source text and the values it names (Rasa's response variables, `{name}`); this is done at the
edge, again for every language, so that a switch re-renders what was shown before. A value is only ever inserted:
it is never read as a pattern, so braces or template signs in a person's words stay what they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import locales
from bot.channel.view import Choice, Message, Part
from bot.store import OfferedChoice, ShownMessage

Translate = Callable[[str, str], str]

WORDS = "_words"  # a placeholder with this ending holds a person's own words
NOT_THERE = "…"
_PIECE = re.compile(r"(\{\{|\}\}|\{[^\n{}]+?\})")  # as Rasa reads a text: a doubled brace is one brace
_ONE_BRACE = {"{{": "{", "}}": "}"}
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Renderer:
    """Renders stored messages with a translator (`locales.translate` outside of tests)."""

    def __init__(self, translate: Translate = locales.translate) -> None:
        self._translate = translate

    def message(self, shown: ShownMessage, choices: Iterable[OfferedChoice], lang: str) -> Message:
        """The message in `lang`, with those of its choices that are given."""
        if shown.sender == "bot":
            parts = self.parts(shown.content.get("text") or "", shown.content.get("values", {}), lang)
            words_lang, direction = lang, _direction(lang)
        else:
            parts, words_lang, direction = self._said(shown.content, lang)
        custom = shown.content.get("custom") or {}
        return Message(
            seq=shown.seq,
            sender=shown.sender,
            key=shown.key,
            kind=shown.kind,
            text="".join(part.text for part in parts),
            parts=parts,
            lang=words_lang,
            dir=direction,
            choices=tuple(self.choice(choice, lang) for choice in choices),
            items=_items(custom),
            message_id=shown.message_id,
        )

    def choice(self, offered: OfferedChoice, lang: str) -> Choice:
        return Choice(offered.id, self.text(offered.label, offered.label_values, lang), offered.value)

    def text(self, msgid: str, values: Mapping[str, Any], lang: str) -> str:
        """A translated text as one string."""
        return "".join(part.text for part in self.parts(msgid, values, lang))

    def parts(self, msgid: str, values: Mapping[str, Any], lang: str) -> tuple[Part, ...]:
        """A translated text with its values put in, split where a person's own words begin and end."""
        direction = _direction(lang)
        found: list[Part] = []
        plain = ""
        # re.split with one group: texts at even places, placeholders and doubled braces at odd ones
        for place, piece in enumerate(_PIECE.split(self._translate(lang, msgid))):
            name = piece[1:-1]
            if place % 2 == 0 or piece in _ONE_BRACE:
                plain += _ONE_BRACE.get(piece, piece)
            elif name.endswith(WORDS) and values.get(name):
                if plain:
                    found.append(Part(plain, False, lang, direction))
                plain = ""
                found.append(_voice(name, values))
            else:
                plain += self._value(values.get(name), lang)
        if plain:
            found.append(Part(plain, False, lang, direction))
        return tuple(found)

    def _value(self, value: Any, lang: str) -> str:
        """A value as text. `{"msgid": ..., "values": ...}` is one of our own texts, to be translated too."""
        match value:
            case None | "":
                return NOT_THERE
            case str():
                return value
            case bool() | float():
                return str(value)
            case int():
                return locales.format_number(lang, value)
            case {"msgid": str(msgid)}:
                return self.text(msgid, value.get("values") or {}, lang)
            case list() | tuple():
                return locales.format_list(lang, [self._value(each, lang) for each in value])
            case _:
                return NOT_THERE

    def _said(self, content: Mapping[str, Any], lang: str) -> tuple[tuple[Part, ...], str, str]:
        """A person's message: the labels of what they chose in the language of now, their words as they are."""
        labels = content.get("choices", ())
        words_lang, direction = lang, _direction(lang)
        parts = [*self.parts(labels[0]["text"], labels[0]["values"], lang)] if len(labels) == 1 else []
        if len(labels) > 1:
            chosen = [self.text(label["text"], label["values"], lang) for label in labels]
            parts.append(Part(locales.format_list(lang, chosen), False, lang, direction))
        words = content.get("text")
        if words:
            if labels:
                parts.append(Part("\n", False, lang, direction))
            words_lang = content["lang"]
            direction = direction_of(words, _direction(words_lang))
            parts.append(Part(words, True, words_lang, direction))
        return tuple(parts), words_lang, direction


def direction_of(text: str, otherwise: str = "auto") -> str:
    """The direction of the first strongly directed character (Unicode bidi rule P2), as a browser's `dir=auto`."""
    for character in text:
        found = _STRONG.get(unicodedata.bidirectional(character))
        if found:
            return found
    return otherwise


def _direction(lang: str) -> str:
    return locales.language(lang).dir


def language_name(name: str) -> str:
    """The value that may hold the language of the words in the value `name`: `goal_lang` for `goal_words`."""
    return f"{name.removesuffix(WORDS)}_lang"


def _voice(name: str, values: Mapping[str, Any]) -> Part:
    words = str(values[name])
    lang = values.get(f"{name}_lang") or values.get(language_name(name))
    return Part(words, True, lang if isinstance(lang, str) else None, direction_of(words) if lang else "auto")


def _items(custom: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The rows of a summary as the action gave them, each with the direction of its words; or the numbers to call."""
    found = custom.get("items") or custom.get("contacts") or ()
    rows = (row for row in found if isinstance(row, Mapping))
    return tuple({**row, "dir": direction_of(str(row["words"]))} if "words" in row else dict(row) for row in rows)
