"""Questions whose choices depend on what was said: the summary, what is shared, and the one thing."""

from collections.abc import Iterable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import Answer, Interview
from actions.tracked import interview_of
from locales import N_

# Button titles are English sources, translated where they are shown.
CHANGE, REMOVE = N_("Change"), N_("Remove")
ALL_RIGHT = N_("Yes, that is right")
SHARE_ALL = N_("Share this with my care team")
SHARE_CHOSEN = N_("Share what I chose")
SHARE_NOTHING = N_("Share nothing")
KEEP, SHARE = N_("Keep this for me"), N_("Share this")


class AskOneThing(Action):
    """Asks which goal comes first; every goal is a button in the person's own words."""

    def name(self) -> str:
        return "action_ask_one_thing"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        interview = interview_of(tracker)
        goals = [(goal, goal_statement(interview, goal)) for goal in interview.goals()]
        buttons = [_button("{own_words}", f"g{goal}", own_words=said.words) for goal, said in goals if said]
        dispatcher.utter_message(response="utter_ask_one_thing", buttons=buttons)
        return []


class AskSummary(Action):
    """Reads everything back, each part with a button to change and one to remove it."""

    def name(self) -> str:
        return "action_ask_summary"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        rows = [_row(answer) for answer in read_back(interview_of(tracker))]
        buttons = [_button(ALL_RIGHT, "affirm")]
        for row in rows:
            buttons += [_button(CHANGE, f"change:{row['answer']}"), _button(REMOVE, f"remove:{row['answer']}")]
        dispatcher.utter_message(response="utter_ask_summary", buttons=buttons, json_message={"items": rows})
        return []


class AskShare(Action):
    """Lets the person choose, part by part, what the care team may read."""

    def name(self) -> str:
        return "action_ask_share"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        rows = [_row(answer) for answer in read_back(interview_of(tracker))]
        everything = all(row["shared"] for row in rows)
        buttons = [_button(SHARE_ALL if everything else SHARE_CHOSEN, "affirm"), _button(SHARE_NOTHING, "deny")]
        buttons += [_button(KEEP if row["shared"] else SHARE, f"toggle:{row['answer']}") for row in rows]
        dispatcher.utter_message(response="utter_ask_share", buttons=buttons, json_message={"items": rows})
        return []


def read_back(interview: Interview) -> Iterable[Answer]:
    """What the person said in words, in the order it was asked."""
    return (answer for answer in interview.answers if answer.words)


def _row(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer.id,
        "question": answer.question,
        "words": answer.words,
        "lang": answer.lang,
        "shared": answer.shared,
    }


def _button(title: str, value: str, **values: str) -> dict[str, Any]:
    return {"title": title, "payload": f'/choose{{"choice": "{value}"}}', "title_values": values}
