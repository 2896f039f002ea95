"""The form's validator: takes the answer into the interview and says which question is next.

Which one that is is decided in `actions.elicitation.next_question`, nowhere else.
"""

from dataclasses import replace
from datetime import UTC, datetime

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.danger import flag_of
from actions.elicitation.acknowledgement import acknowledgement
from actions.elicitation.doubt import DELETING, in_doubt, meant_as_move
from actions.elicitation.interview import CHOICE, Answer, Interview
from actions.elicitation.next_question import next_question
from actions.elicitation.recording import Said, record
from actions.language_names import named_language
from actions.surroundings import Surrounded
from actions.tracked import interview_events, interview_of, language_offered, said_by

# After the first the practice knows that the person began; after the others a draft has become fuller.
SAVED_AFTER = frozenset(
    {
        "welcome",
        "goal_readback",
        "goal_importance",
        "goal_support",
        "care_burden",
        "visit_question",
        "caregiver_own",
        "summary",
    }
)
ENOUGH_TO_SWITCH = 8  # words; of fewer the language is not sure enough to change without asking
# What is said when words that were kept as an answer turn out to be a move.
SAID_TO_A_MOVE = {"pause": "utter_paused", "back": "utter_back", "skip": "utter_skipped", "ask_human": "utter_human"}
# What stays when everything is deleted: who is speaking, in which language, and the form's own slot.
WHO = frozenset({"conversation", "visit", "role", "language", "requested_slot"})


def offer_language(interview: Interview, said: Said, offered: str) -> tuple[Interview, str]:
    """The interview in which a language is offered, once; or, for the very first words, the language to go on in."""
    if not offered or not said.text or interview.language_settled:
        return interview, ""
    settled = replace(interview, language_settled=True)
    first = not any(answer.words for answer in interview.answers)
    if not first or len(said.text.split()) < ENOUGH_TO_SWITCH:
        return replace(settled, offered_language=offered), ""
    return settled, offered


def _accepts(said: Said, offered: str) -> bool:
    return said.yes or named_language(said.text) == offered


class ValidateInterviewForm(Surrounded, FormValidationAction):
    """Records what was said to the open question (`requested_slot`) and requests the next."""

    def name(self) -> str:
        return "validate_interview_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        if tracker.get_slot("conversation_state") == "closed":
            return []
        question = next_question(interview_of(tracker))
        return [question] if question else []

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return []  # the domain's slot mappings extract everything

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        question = tracker.get_slot("requested_slot")
        if question is None or question not in tracker.slots_to_validate():
            return []  # a move: the form is rejected, and the move's rule goes first
        interview = interview_of(tracker)
        said = self.around.listened(said_by(tracker))
        if question == "clarify_move" and said.yes:
            if interview.asked_for in DELETING:
                return await self._delete(interview, dispatcher, tracker, said)
            return await self._carry_out(interview, dispatcher, tracker, said)
        language = ""
        if question == "language_offer" and _accepts(said, interview.offered_language):
            language = interview.offered_language
        elif question != "language_offer":
            interview, language = offer_language(interview, said, language_offered(tracker))
        reopened = interview.reopened
        interview = record(interview, question, said, self.around.assessor)
        interview = interview if reopened else in_doubt(interview, said)
        if interview.unsent_flags:
            unsent = await self.around.care_plan.raise_flags(tracker, interview.unsent_flags)
            interview = replace(interview, unsent_flags=unsent)
        if question in SAVED_AFTER:
            await self.around.care_plan.save(tracker, interview, said.id)
        # The slot of the next question is emptied: it may have been answered before, for another goal or way of asking.
        following = next_question(interview)
        heard = acknowledgement(interview, said.id, following)
        if heard:
            dispatcher.utter_message(response=heard.response, heard_words=heard.words, heard_lang=heard.lang)
        if language:
            dispatcher.utter_message(response="utter_language_changed")
        return [
            *interview_events(interview),
            *([SlotSet("language", language)] if language else []),
            *([SlotSet(following, None)] if following else []),
        ]

    async def _carry_out(
        self, interview: Interview, dispatcher: CollectingDispatcher, tracker: Tracker, said: Said
    ) -> list[EventType]:
        """What the words in doubt were meant as, once the person said so."""
        doubtful = interview.by_id(interview.doubtful)
        after = meant_as_move(interview, said)
        response = SAID_TO_A_MOVE.get(interview.asked_for or "")
        if response:
            dispatcher.utter_message(response=response)
        if interview.asked_for == "ask_human" and doubtful:
            flag = flag_of(tracker, replace(said, text=doubtful.words, lang=doubtful.lang), "ask_human")
            unsent = await self.around.care_plan.raise_flags(tracker, [*after.unsent_flags, flag])
            after = replace(after, unsent_flags=unsent)
            if not unsent:
                dispatcher.utter_message(response="utter_human_told")
        following = next_question(after)
        return interview_events(after) + ([SlotSet(following, None)] if following else [])

    async def _delete(
        self, interview: Interview, dispatcher: CollectingDispatcher, tracker: Tracker, said: Said
    ) -> list[EventType]:
        await self.around.care_plan.delete(tracker, said.id)
        started_over = interview.asked_for == "start_over"
        agreed = Answer(id=said.id, question="welcome", kind=CHOICE)
        empty = Interview(
            role=interview.role,
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            answers=(agreed,) if started_over else (),
        )
        forgotten = [SlotSet(slot, None) for slot in tracker.slots if slot not in WHO]
        if started_over:
            dispatcher.utter_message(response="utter_started_over")
            return forgotten + interview_events(empty) + [SlotSet(next_question(empty), None)]
        return [*forgotten, *interview_events(empty), SlotSet("conversation_state", "closed")]
