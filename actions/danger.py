"""What the practice must see first. Danger: says plainly what was understood, gives numbers, tells the practice, and
leaves the goal flow. A wish to speak to a person: says how, and tells the practice.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.elicitation.interview import Interview
from actions.elicitation.recording import Said
from actions.safety.folding import fold_letters, fold_words
from actions.surroundings import Surrounded
from actions.tracked import calls_for_help, entity_of, interview_events, interview_of, said_by


def flag_of(tracker: Tracker, said: Said, category: str) -> Mapping[str, str]:
    """The literal words of a message as a flag on the visit."""
    return {
        "category": category,
        "words": said.text,
        "lang": said.lang,
        "role": tracker.get_slot("role"),
        "cause": said.id,
    }


def says_something_new(interview: Interview, said: Said, *, calls: bool) -> bool:
    """Whether words about danger ask for a flag of their own.

    While the numbers stand on the screen, calling one of them does not, nor do words that were all flagged before. Any
    other word does: a flag too many costs a glance.
    """
    if not interview.safety:
        return True
    return not calls and not _words(said.text) <= _words(" ".join(interview.flagged))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_words(fold_letters(text)).replace(",", " ").split())


class Safety(Surrounded, Action):
    """Nothing said here becomes a goal; the literal words are put on the visit as a flag, and the person is told so.

    The numbers are shown each time.
    """

    def name(self) -> str:
        return "action_safety"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = said_by(tracker)
        category = entity_of(tracker, "danger") or "suicide_self_harm"
        interview = interview_of(tracker)
        flags = [*interview.unsent_flags]
        if says_something_new(interview, said, calls=calls_for_help(tracker)):
            flags.append(flag_of(tracker, said, category))
            flagged = (*interview.flagged, said.text) if interview.safety else (said.text,)
            interview = replace(interview, flagged=flagged)
        else:
            category = tracker.get_slot("danger") or category
        unsent = await self.around.care_plan.raise_flags(tracker, flags)
        contacts = [
            contact.as_json() for contact in self.around.contacts.for_danger(category, tracker.get_slot("language"))
        ]
        dispatcher.utter_message(response="utter_safety")
        dispatcher.utter_message(response="utter_safety_nobody_watching", json_message={"contacts": contacts})
        if not unsent:  # it is only said once it is so
            dispatcher.utter_message(response="utter_safety_told")
        interview = replace(interview, safety="safety", paused=False, unsent_flags=unsent)
        return [*interview_events(interview), SlotSet("danger", category), SlotSet("safety", None)]


class AskHuman(Surrounded, Action):
    """A wish to speak to a person: says how, and the practice sees it on the visit."""

    def name(self) -> str:
        return "action_ask_human"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = said_by(tracker)
        interview = interview_of(tracker)
        dispatcher.utter_message(response="utter_human")
        if not said.text:  # pressed among the moves of the page: there are no words to pass on
            return []
        flags = [*interview.unsent_flags, flag_of(tracker, said, "ask_human")]
        unsent = await self.around.care_plan.raise_flags(tracker, flags)
        if not unsent:
            dispatcher.utter_message(response="utter_human_told")
        return interview_events(replace(interview, unsent_flags=unsent))
