"""What one turn of the engine changes: messages, choices and where the conversation stands, as one record to commit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channel.choices import change_link, offer
from bot.channel.rendering import WORDS, language_name
from bot.engine.types import BotMessage, Turn
from bot.store import Conversation, NewConversation, OfferedChoice, ShownMessage, TurnRecord
from locales import languages

OPEN_STATES = ("open", "paused", "finished")  # after the closing one may still change or add something
DELETED = "deleted"  # what the bot says when a person had everything deleted (contracts.md section 5)
STARTED_OVER = "started_over"  # what it says when they had it deleted to begin again
SENT_STATES = ("finished", "closed")
WITHOUT_QUESTION = {"paused": "paused", "finished": "closing", "closed": "closing"}
PARTS = 8
SUMMARY = "summary"  # the kind of a message that reads everything back
SAFETY = "safety"  # the kind of a message about danger


@dataclass(frozen=True)
class Said:
    """What a person sent, checked: their words, and the labels of what they chose."""

    message_id: str
    text: str | None
    labels: tuple[dict[str, Any], ...]
    typed_by: str
    changeable: bool


def compose(standing: Conversation, turn: Turn, said: Said | None, now: datetime) -> TurnRecord:
    """The record of a turn, without the reply: that is rendered from it."""
    language = enabled(turn.slots.get("language")) or standing.language
    messages: list[ShownMessage] = []
    choices: list[OfferedChoice] = []
    seq = standing.last_message
    if said is not None:
        seq += 1
        messages.append(_said(standing, turn, said, seq, now))
    shown = [_shown(message, turn, seq + nth, now) for nth, message in enumerate(turn.messages, 1)]
    raised_danger = bool(shown) and shown[0].kind == SAFETY
    if said is not None and said.changeable and not raised_danger:  # words of danger are no answer that one changes
        choices.append(change_link(said.message_id, seq))
    messages += shown
    for message, its in zip(turn.messages, shown, strict=True):
        choices.extend(offer(message.buttons, its.seq))
    done, of = _progress(turn.slots.get("part"), standing)
    state = str(turn.slots.get("conversation_state") or "open")
    last_key = messages[-1].key if turn.messages else standing.question
    record = replace(
        unchanged(standing, now),
        language=language,
        state=state,
        question=turn.requested_slot or (DELETED if last_key == DELETED else WITHOUT_QUESTION.get(state, last_key)),
        done=done,
        of=of,
        snapshot=turn.state,
        events=turn.events,
        messages=tuple(messages),
        choices=tuple(choices),
        keep_choices=False,
    )
    return forget_if_told(record)


def forget_if_told(record: TurnRecord) -> TurnRecord:
    """When the bot tells the person that their words are deleted, only what it says now stays of the conversation."""
    said = tuple(message for message in record.messages if message.sender == "bot")
    keys = {message.key for message in said}
    if not keys & {DELETED, STARTED_OVER}:
        return record
    seqs = {message.seq for message in said}
    choices = tuple(choice for choice in record.choices if choice.seq in seqs)
    snapshot = {} if DELETED in keys else record.snapshot
    return replace(record, messages=said, choices=choices, events=(), snapshot=snapshot, forget_before=True)


def unchanged(standing: Conversation, now: datetime) -> TurnRecord:
    """A record that leaves a conversation as it stands, to change one thing of it."""
    return TurnRecord(
        conversation=NewConversation(standing.id, standing.invitation, standing.visit, standing.role),
        version=standing.version,
        language=standing.language,
        state=standing.state,
        question=standing.question,
        done=standing.done,
        of=standing.of,
        snapshot=standing.snapshot or {},
        events=(),
        messages=(),
        choices=(),
        last_event=standing.last_event,
        created=now,
        keep_choices=True,
    )


def enabled(code: Any) -> str | None:
    """`code` if it is a language one can choose."""
    return next((language.code for language in languages() if language.code == code), None)


def _said(standing: Conversation, turn: Turn, said: Said, seq: int, now: datetime) -> ShownMessage:
    content: dict[str, Any] = {"choices": list(said.labels)}
    if said.text is not None:
        content |= {"text": said.text, "lang": _words_language(turn) or standing.language}
    return ShownMessage(
        seq=seq,
        sender="person" if said.typed_by == "self" else "helper",
        key=standing.question or "",
        kind="text",
        content=content,
        created=now,
        message_id=said.message_id,
    )


def _shown(message: BotMessage, turn: Turn, seq: int, now: datetime) -> ShownMessage:
    custom = message.custom or {}
    key = custom.get("key") or _key(message.response, turn.requested_slot)
    values = _languages_of_words(message.values, turn.slots) | dict(message.values)
    return ShownMessage(
        seq=seq,
        sender="bot",
        key=key,
        kind=custom.get("kind") or _kind(message, key),
        content={"text": message.text, "values": values, "custom": dict(custom)},
        created=now,
    )


def _languages_of_words(values: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """The languages of quoted words, by their slots: a message holds only the values that its text names."""
    names = (name for name in values if name.endswith(WORDS))
    found = {f"{name}_lang": slots.get(f"{name}_lang") or slots.get(language_name(name)) for name in names}
    return {name: lang for name, lang in found.items() if lang}


def _key(response: str | None, requested_slot: str | None) -> str:
    """The key of contracts.md section 5; a variant such as `utter_ask_welcome_back` counts as its question."""
    if response is None:
        return requested_slot or ""
    asked = response.removeprefix("utter_ask_")
    if asked != response and requested_slot and asked.startswith(requested_slot):
        return requested_slot
    return asked.removeprefix("utter_")


def _kind(message: BotMessage, key: str) -> str:
    if key.startswith("safety"):
        return SAFETY
    if message.custom and message.custom.get("items"):
        return SUMMARY
    asks = message.buttons or (message.response or "").startswith("utter_ask_")
    return "question" if asks else "text"


def _progress(part: Any, standing: Conversation) -> tuple[int, int]:
    match part:
        case {"done": int(done), "of": int(of)}:
            return done, of
        case _:
            return standing.done, standing.of


def _words_language(turn: Turn) -> str | None:
    """The language in which the interpreter read the words, when it says so."""
    for event in turn.events:
        parsed = event.get("parse_data") if event.get("event") == "user" else None
        if isinstance(parsed, Mapping):
            return enabled(parsed.get("language"))
    return None
