"""The end of an interview: what the person shares goes to the care team."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import read_back
from actions.surroundings import Surrounded
from actions.tracked import interview_of, said_by


class Submit(Surrounded, Action):
    """Sends what is shared and takes leave; after a deletion there is nothing to send."""

    def name(self) -> str:
        return "action_submit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if tracker.get_slot("conversation_state") == "closed":
            dispatcher.utter_message(response="utter_deleted")
            return []
        interview = interview_of(tracker)
        await self.around.care_plan.save(tracker, interview, said_by(tracker).id)
        shared = any(answer.shared for answer in read_back(interview))
        dispatcher.utter_message(response="utter_closing" if shared else "utter_closing_kept")
        dispatcher.utter_message(response="utter_closing_copy")
        return [SlotSet("conversation_state", "finished")]
