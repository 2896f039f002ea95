"""A person's own copy of a conversation: what was asked, what they said, and what they chose to share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import locales
from bot.channel.answers import Answer
from bot.channel.view import Message
from locales import N_

TITLE = N_("My own copy")
SHARED = N_("Shared with the care team")
NOT_SHARED = N_("Not shared")
DANGER = ("safety", "safety_continue")  # the questions that are asked while danger comes first


@dataclass(frozen=True)
class OwnCopy:
    """The conversation in the language of now; `items` are the rows of the summary, if it was reached.

    `messages` is all that was said; what the person keeps is `kept`. `answer` is what came back from the practice.
    """

    role: str
    language: str
    state: str
    messages: tuple[Message, ...]
    items: tuple[Mapping[str, Any], ...]
    answer: Answer | None = None

    @property
    def dir(self) -> str:
        return locales.language(self.language).dir

    @property
    def kept(self) -> tuple[Message, ...]:
        """All but the talk of danger, with the words that raised it: a copy may be seen by others at home."""
        followed = zip(self.messages, (*self.messages[1:], None), strict=True)
        return tuple(message for message, after in followed if not (_of_danger(message) or _raised(message, after)))

    @property
    def answers(self) -> tuple[tuple[Message | None, Message], ...]:
        """Each message of the person with the message of the bot it followed."""
        pairs = []
        asked: Message | None = None
        for message in self.kept:
            if message.sender == "bot":
                asked = message
            else:
                pairs.append((asked, message))
                asked = None
        return tuple(pairs)

    def as_json(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "language": self.language,
            "dir": self.dir,
            "state": self.state,
            "items": [dict(item) for item in self.items],
            "messages": [message.as_json() for message in self.kept],
            "answer": self.answer.as_json() if self.answer else None,
        }

    def as_text(self, translate: Any = locales.translate) -> str:
        """The copy as plain text, in the order it was said."""
        lines = [translate(self.language, TITLE), ""]
        for item in self.items:
            shared = translate(self.language, SHARED if item.get("shared") else NOT_SHARED)
            lines.append(f"- {item.get('words', '')} ({shared})")
        if self.answer:
            lines += ["", *self.answer.as_lines(self.language, translate)]
        for asked, said in self.answers:
            lines += ["", *([asked.text] if asked else []), f"> {said.text}"]
        return "\n".join(lines) + "\n"


def _of_danger(message: Message) -> bool:
    return message.kind == "safety" or message.key in DANGER


def _raised(message: Message, after: Message | None) -> bool:
    """Whether this is a person's message that was answered with a safety message."""
    return message.sender != "bot" and after is not None and _of_danger(after)
