"""What the conversation store takes and gives: plain frozen records, no SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NewConversation:
    """What is known of a conversation before its first turn."""

    id: str
    invitation: str
    visit: str
    role: str


@dataclass(frozen=True)
class Conversation:
    """Where a conversation stands. `version` counts its committed turns; 0 is one that is not stored yet."""

    id: str
    invitation: str
    visit: str
    role: str
    language: str
    state: str
    question: str | None
    done: int
    of: int
    snapshot: Mapping[str, Any] | None
    version: int
    last_event: int
    last_message: int


@dataclass(frozen=True)
class ShownMessage:
    """One message as it was said, not yet in any language.

    `content` holds the message id, values and custom data of the bot, or the person's own words with their language.
    """

    seq: int
    sender: str
    key: str
    kind: str
    content: Mapping[str, Any]
    created: datetime
    message_id: str | None = None


@dataclass(frozen=True)
class OfferedChoice:
    """A button the server made. `lasting` ones stay valid while the conversation is open ("change")."""

    id: str
    seq: int
    position: int
    label: str
    label_values: Mapping[str, Any]
    payload: str
    value: str
    lasting: bool = False
    open: bool = True


@dataclass(frozen=True)
class StoredReply:
    """The answer given to a message id, with the digest of what was sent under it."""

    message_id: str
    digest: bytes
    body: Mapping[str, Any]


@dataclass(frozen=True)
class TurnRecord:
    """All that one turn changes. `version` is the one it was computed from.

    `keep_choices`: the question on the table was not touched, so its choices stay open.
    `forget_before`: the person had everything deleted, so no event, message, choice or reply from before it stays.
    """

    conversation: NewConversation
    version: int
    language: str
    state: str
    question: str | None
    done: int
    of: int
    snapshot: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...]
    messages: tuple[ShownMessage, ...]
    choices: tuple[OfferedChoice, ...]
    last_event: int
    created: datetime
    reply: StoredReply | None = None
    keep_choices: bool = False
    forget_before: bool = False
