"""One turn of Rasa on a conversation that is handed in and handed back. Nothing stays in Rasa's process."""

from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

CHANNEL = "voorop"


class ActionDidNotRun(BaseException):
    """An action failed. Rasa goes on after every Exception as if the action had run, so this is none."""


class Handed(InMemoryTrackerStore):
    """Holds the one conversation of this turn."""

    def __init__(self, domain: Any, tracker: DialogueStateTracker) -> None:
        super().__init__(domain)
        self.tracker = tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        return self.tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.tracker = tracker


class Stopping(Action):
    """An action that stops the turn when it fails."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def name(self) -> str:
        return str(self._action.name())

    def event_for_successful_execution(self, prediction: Any) -> Any:
        return self._action.event_for_successful_execution(prediction)

    async def run(self, *arguments: Any) -> Any:
        try:
            return await self._action.run(*arguments)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # the kind only: the text of an error may hold what a person wrote
            raise ActionDidNotRun(f"{self.name()}: {type(error).__name__}") from None


class Turn(MessageProcessor):
    """Rasa's processor for one message, beside the one that loaded the model."""

    def __init__(self, loaded: MessageProcessor, tracker: DialogueStateTracker) -> None:
        self.__dict__.update(loaded.__dict__)  # shares the model; loading takes seconds
        self.tracker_store = Handed(loaded.domain, tracker)

    async def _run_action(self, action: Action, *arguments: Any, **more: Any) -> bool:
        return bool(await super()._run_action(Stopping(action), *arguments, **more))


async def take_turn(loaded: MessageProcessor, call: dict[str, Any]) -> dict[str, Any]:
    """The new events, and where the conversation then stands.

    call: {"conversation", "events": of all turns before, "message": {"text", "parse_data", "metadata"}}.

    Raises:
        ActionDidNotRun: nothing of the turn counts.
    """
    domain, before, message = loaded.domain, deserialise_events(call["events"]), call["message"]
    tracker = DialogueStateTracker.from_events(call["conversation"], before, domain.slots, domain=domain)
    turn = Turn(loaded, tracker)
    said = UserMessage(
        message["text"],
        CollectingOutputChannel(),
        call["conversation"],
        parse_data=message["parse_data"],  # understood before: Rasa never looks for a payload in what was typed
        input_channel=CHANNEL,
        metadata=message["metadata"],
    )
    said.text = message["text"]  # Rasa strips it; a person's words stay as they are
    await turn.handle_message(said)
    after = turn.tracker_store.tracker
    return {
        "events": [event.as_dict() for event in list(after.events)[len(before) :]],
        "slots": after.current_slot_values(),
        "active_loop": after.active_loop_name,
    }
