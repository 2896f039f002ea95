"""The first turn: who is speaking, to which visit."""

from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.elicitation.interview import Interview
from actions.tracked import interview_events


class OpenConversation(Action):
    """Starts an empty interview for the role on the invitation."""

    def name(self) -> str:
        return "action_open_conversation"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        return interview_events(Interview(role=tracker.get_slot("role") or "patient", started=started))
