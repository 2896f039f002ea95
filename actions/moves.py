"""The moves that change the interview, or which question is open. Each says one short sentence; the form asks on."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.elicitation.doubt import settled
from actions.elicitation.earlier import told_by
from actions.elicitation.interview import Interview
from actions.elicitation.moving import asked_anew, previous_answer
from actions.elicitation.next_question import next_question
from actions.elicitation.recording import add, pointing, skip
from actions.language_names import named_language
from actions.surroundings import Surrounded
from actions.tracked import entity_of, interview_events, interview_of, said_by


class Move(Action, ABC):
    """An action that answers a move: it changes the interview and says with which response."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        interview, response = self.move(self._without_doubt(interview_of(tracker)), tracker)
        if response:
            dispatcher.utter_message(response=response)
        following = next_question(interview)
        return interview_events(interview) + ([SlotSet(following, None)] if following else [])

    def _without_doubt(self, interview: Interview) -> Interview:
        """A move while a doubt stands open settles it: the same move means that the words were no answer."""
        if interview.doubtful and self.name() == f"action_{interview.asked_for}":
            return settled(interview.without(interview.doubtful))
        return settled(interview)

    @abstractmethod
    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        """The interview afterwards, and the response to say (empty for none)."""


class Skip(Surrounded, Move):
    """What looks like a skip where a goal is asked for may point at what was said: "I told you", "something else"."""

    def name(self) -> str:
        return "action_skip"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        question = next_question(interview)
        said = self.around.listened(said_by(tracker))
        pointed = pointing(interview, question, said, self.around.assessor)
        if pointed:
            return pointed, ""
        return (skip(interview, question, said) if question else interview), "utter_skipped"


class Back(Move):
    def name(self) -> str:
        return "action_back"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        before = previous_answer(interview)
        if before is None:
            return interview, "utter_nothing_before"
        return replace(interview, reopened=before.id, paused=False), "utter_back"


class ChangeAnswer(Move):
    def name(self) -> str:
        return "action_change_answer"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        said = entity_of(tracker, "answer")
        answer = interview.by_id(said) or interview.by_id(told_by(said))
        if answer is None:
            anew = asked_anew(interview, said)
            return (anew, "utter_change_answer") if anew else (interview, "utter_nothing_to_change")
        return replace(interview, reopened=answer.id, paused=False), "utter_change_answer"


class Pause(Move):
    def name(self) -> str:
        return "action_pause"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return replace(interview, paused=True, safety=""), "utter_paused"


class Finish(Move):
    def name(self) -> str:
        return "action_finish"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return replace(interview, to_summary=True, reopened=None, paused=False), ""


class StartOver(Move):
    def name(self) -> str:
        return "action_start_over"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return replace(interview, asked_for="start_over"), ""


class DeleteEverything(Move):
    def name(self) -> str:
        return "action_delete_everything"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return replace(interview, asked_for="delete_everything"), ""


class KeepQuestion(Move):
    """A medical question is not answered: it is kept, verbatim, as a question for the visit."""

    def name(self) -> str:
        return "action_keep_question"

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return add(interview, "kept_question", said_by(tracker)), "utter_medical"


class SwitchLanguage(Action):
    """The channel sends the language with it; a person who types the wish names it in any of the languages."""

    def name(self) -> str:
        return "action_switch_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        chosen = entity_of(tracker, "language") or named_language(tracker.latest_message.get("text") or "")
        dispatcher.utter_message(response="utter_language_changed" if chosen else "utter_which_language")
        return [SlotSet("language", chosen)] if chosen else []


class AfterClosing(Surrounded, Move):
    """Words that come after the closing are added to what was shared."""

    def name(self) -> str:
        return "action_after_closing"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        events = await super().run(dispatcher, tracker, domain)
        await self.around.care_plan.save(tracker, self.move(interview_of(tracker), tracker)[0], said_by(tracker).id)
        return events

    def move(self, interview: Interview, tracker: Tracker) -> tuple[Interview, str]:
        return add(interview, "after_closing", said_by(tracker)), "utter_after_closing"
