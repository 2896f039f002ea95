"""Reads what an action needs from rasa-sdk's tracker, and writes the interview back as slot events."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.elicitation.acknowledgement import quote
from actions.elicitation.earlier import told_before
from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import Interview
from actions.elicitation.next_question import goal_of, next_question, turned_to
from actions.elicitation.progress import progress
from actions.elicitation.recording import Said
from actions.elicitation.splitting import left_for_later
from actions.language_names import language_name

YES_NO_MOVES = frozenset({"affirm", "deny", "unsure"})


def interview_of(tracker: Tracker) -> Interview:
    return Interview.from_json(tracker.get_slot("interview"))


def said_by(tracker: Tracker) -> Said:
    """What the person's last message says, whether typed or chosen."""
    message: Mapping[str, Any] = tracker.latest_message
    metadata: Mapping[str, Any] = message.get("metadata") or {}
    intent = (message.get("intent") or {}).get("name") or ""
    chosen = [entity["value"] for entity in message.get("entities") or () if entity.get("entity") == "choice"]
    flat = [str(value) for values in chosen for value in (values if isinstance(values, list) else [values])]
    button = bool(message.get("structured"))  # what stands on a button is not what the person typed
    text = message.get("text") or ""
    return Said(
        id=str(metadata.get("message_id") or len(tracker.events)),
        text="" if button else text,
        label=text if button else "",
        lang=message.get("language") or metadata.get("language") or tracker.get_slot("language") or "",
        typed_by=metadata.get("typed_by") or "self",
        choices=tuple(flat),
        move=intent if intent in YES_NO_MOVES else "",
        doubt=str(message.get("doubt") or ""),
    )


def language_offered(tracker: Tracker) -> str:
    """The language that the last message was written in, when it is one to offer; else empty."""
    return str(tracker.latest_message.get("language_offer") or "")


def calls_for_help(tracker: Tracker) -> bool:
    """Whether the last message tells of calling for help, and of no other danger."""
    return bool(tracker.latest_message.get("calls_for_help"))


def entity_of(tracker: Tracker, name: str) -> str:
    return str(next(tracker.get_latest_entity_values(name), ""))


def interview_events(interview: Interview) -> list[EventType]:
    """Slot events that carry the interview, and what the next question's responses quote and test."""
    question = next_question(interview)
    statement = goal_statement(interview, goal_of(interview, question or "") or interview.goal)
    left = left_for_later(interview) or told_before(interview)
    events = [
        SlotSet("interview", interview.to_json()),
        SlotSet("goal_words", statement.words if statement else None),
        SlotSet("goal_lang", statement.lang if statement else None),
        SlotSet("short_words", quote(statement.words) if statement else None),
        SlotSet("short_lang", statement.lang if statement else None),
        SlotSet("left_words", left.words if left else None),
        SlotSet("left_lang", left.lang if left else None),
        SlotSet("turned_to", turned_to(interview, question or "")),
        SlotSet("offered_name", language_name(interview.offered_language)),
        SlotSet("asked_for", interview.asked_for),
        SlotSet("conversation_state", _state(interview, question)),
    ]
    part = progress(interview, question)
    return events + ([SlotSet("part", part)] if part else [])


def _state(interview: Interview, question: str | None) -> str:
    if interview.paused:
        return "paused"
    return "finished" if interview.submitted and question is None else "open"
