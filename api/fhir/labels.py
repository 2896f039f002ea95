"""The short names that resources and their narrative use. Message ids; the mapping modules translate them.

Keys are those of contracts.md sections 3, 5 and 7. The clinician's pages name the same things in the same words.
"""

import locales
from locales import N_

AREA_OF_LIFE: dict[str, str] = {
    "family_friends": N_("Family and friends"),
    "getting_around": N_("Getting around"),
    "self_care": N_("Washing, dressing, eating"),
    "home_life": N_("Life at home"),
    "work_learning": N_("Work and learning"),
    "leisure_community": N_("Free time and being among people"),
    "meaning_faith": N_("Meaning and faith"),
    "feelings_energy": N_("Feelings and energy"),
    "body_symptoms": N_("Body and complaints"),
    "care_treatment": N_("Care and treatment"),
    "living_conditions": N_("Housing and money"),
    "end_of_life": N_("The end of life"),
}
NO_AREA = N_("Area of life not known")

QUESTION: dict[str, str] = {
    "typical_day": N_("An ordinary day"),
    "matters_most": N_("What matters most"),
    "life_goal": N_("What they would like"),
    "probe_moment": N_("A moment that shows it"),
    "probe_meaning": N_("Why it matters"),
    "probe_missing": N_("More about it"),
    "probe_beyond_symptom": N_("What it would make possible"),
    "probe_split": N_("Which one first"),
    "goal_readback": N_("As they finally put it"),
    "goal_importance": N_("How important"),
    "goal_obstacle": N_("What gets in the way"),
    "goal_support": N_("Who or what helps"),
    "more_goals": N_("Something else"),
    "one_thing": N_("What comes first"),
    "care_burden": N_("About the care"),
    "visit_question": N_("Question for the visit"),
    "kept_question": N_("Question for the visit"),
    "summary": N_("Added at the end"),
    "after_closing": N_("Added at the end"),
    "caregiver_relation": N_("Who they are"),
    "caregiver_day": N_("A day of caring"),
    "caregiver_for_them": N_("What matters to the patient, they think"),
    "caregiver_own": N_("What matters to themselves"),
    "caregiver_load": N_("Whether the support is enough"),
}
OTHER_QUESTION = N_("Said in between")

STATUS = {
    "submitted": N_("Not reviewed yet"),
    "accepted": N_("Accepted"),
    "changed": N_("With another wording"),
    "to_discuss": N_("To discuss"),
    "declined": N_("Declined"),
    "active": N_("Being worked on"),
    "attained": N_("Attained"),
    "given_up": N_("Given up"),
}

ITEMS = {
    "why": N_("Why"),
    "obstacles": N_("In the way"),
    "supports": N_("Helps"),
    "own_part": N_("Does themselves"),
    "expects": N_("Expects"),
}

LEVEL = {
    -2: N_("Much less than expected"),
    -1: N_("Less than expected"),
    0: N_("As expected"),
    1: N_("Better than expected"),
    2: N_("Much better than expected"),
}

ROLE = {"patient": N_("Patient"), "caregiver": N_("Caregiver")}
TYPED_BY = {"helper": N_("a helper typed"), "staff": N_("the practice typed")}
GOAL = N_("Goal")
WORDING = N_("Our wording")
REASON = N_("Reason")
IMPORTANCE = N_("How important")
AREA = N_("Area of life")
BY_WHEN = N_("By when")
STANDS = N_("Status")
MATTERS = N_("What matters")
PLAN = N_("Goals from the conversation before the visit")
TEAM = N_("Care team")
ATTAINMENT = N_("How far it has come")
REVIEW = N_("Look at this goal")
WITHDRAWN = N_("Taken back by its author")


def label(lang: str, msgid: str) -> str:
    """A name in the reader's language."""
    return locales.translate(lang, msgid)


def question(lang: str, key: str) -> str:
    """What a question is called; one that the assistant asked on the way has no name of its own."""
    return label(lang, QUESTION.get(key, OTHER_QUESTION))
