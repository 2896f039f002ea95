"""Owns the short names that the chat page gives to parts of the conversation. Message ids; templates translate them.

Question keys and areas of life: contracts.md sections 3 and 5.
"""

from locales import N_

PART_OF_QUESTION: dict[str, str] = {
    "welcome": N_("Before we start"),
    "role": N_("Before we start"),
    "typical_day": N_("Your day"),
    "matters_most": N_("What matters to you"),
    "life_goal": N_("What you would like"),
    "probe_moment": N_("What you would like"),
    "probe_meaning": N_("What you would like"),
    "probe_missing": N_("What you would like"),
    "probe_beyond_symptom": N_("What you would like"),
    "probe_split": N_("What you would like"),
    "goal_readback": N_("What you would like"),
    "goal_importance": N_("What you would like"),
    "goal_obstacle": N_("What gets in the way"),
    "goal_support": N_("What helps"),
    "more_goals": N_("What you would like"),
    "one_thing": N_("What comes first"),
    "care_burden": N_("Your care"),
    "visit_question": N_("Your questions for the visit"),
    "summary": N_("Looking back together"),
    "share": N_("Who may read it"),
    "closing": N_("The end"),
    "caregiver_relation": N_("Who you are"),
    "caregiver_day": N_("Your day"),
    "caregiver_for_them": N_("What matters to them"),
    "caregiver_own": N_("What matters to you"),
    "caregiver_load": N_("What would help you"),
    "paused": N_("A pause"),
}

# A row of answers read back says what its words answer, where the name of the part does not tell.
ROW_OF_QUESTION: dict[str, str] = PART_OF_QUESTION | {"goal_importance": N_("How important it is")}

# Without a counted part: before the start, after the end, and where danger comes first.
UNCOUNTED = frozenset(
    {"welcome", "role", "language_offer", "closing", "safety", "safety_continue", "paused", "deleted"}
)

AREAS_OF_LIFE = (
    "family_friends",
    "getting_around",
    "self_care",
    "home_life",
    "work_learning",
    "leisure_community",
    "meaning_faith",
    "feelings_energy",
    "body_symptoms",
    "care_treatment",
    "living_conditions",
    "end_of_life",
)
