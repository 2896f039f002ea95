"""Danger: says plainly what was understood, gives numbers, tells the practice, and leaves the goal flow."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.surroundings import Surrounded
from actions.tracked import entity_of, interview_events, interview_of, said_by


class Safety(Surrounded, Action):
    """Nothing said here becomes a goal; the literal words are put on the visit as a flag, and the person is told so."""

    def name(self) -> str:
        return "action_safety"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = said_by(tracker)
        category = entity_of(tracker, "danger") or "suicide_self_harm"
        flag = {
            "category": category,
            "words": said.text,
            "lang": said.lang,
            "role": tracker.get_slot("role"),
            "cause": said.id,
        }
        interview = interview_of(tracker)
        unsent = await self.around.care_plan.raise_flags(tracker, [*interview.unsent_flags, flag])
        contacts = [
            contact.as_json() for contact in self.around.contacts.for_danger(category, tracker.get_slot("language"))
        ]
        dispatcher.utter_message(response="utter_safety")
        dispatcher.utter_message(response="utter_safety_nobody_watching", json_message={"contacts": contacts})
        if not unsent:  # it is only said once it is so
            dispatcher.utter_message(response="utter_safety_told")
        interview = replace(interview, safety="safety", paused=False, unsent_flags=unsent)
        return [*interview_events(interview), SlotSet("danger", category), SlotSet("safety", None)]
