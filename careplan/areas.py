"""The twelve areas of life and their codes in ICF, the WHO's classification of functioning."""

from enum import StrEnum


class AreaOfLife(StrEnum):
    """Where in life a goal belongs."""

    FAMILY_FRIENDS = "family_friends"
    GETTING_AROUND = "getting_around"
    SELF_CARE = "self_care"
    HOME_LIFE = "home_life"
    WORK_LEARNING = "work_learning"
    LEISURE_COMMUNITY = "leisure_community"
    MEANING_FAITH = "meaning_faith"
    FEELINGS_ENERGY = "feelings_energy"
    BODY_SYMPTOMS = "body_symptoms"
    CARE_TREATMENT = "care_treatment"
    LIVING_CONDITIONS = "living_conditions"
    END_OF_LIFE = "end_of_life"

    @property
    def icf_codes(self) -> tuple[str, ...]:
        """ICF chapters or categories; none for the end of life, which ICF does not cover."""
        return _ICF_CODES[self]


_ICF_CODES: dict[AreaOfLife, tuple[str, ...]] = {
    AreaOfLife.FAMILY_FRIENDS: ("d7",),
    AreaOfLife.GETTING_AROUND: ("d4",),
    AreaOfLife.SELF_CARE: ("d5",),
    AreaOfLife.HOME_LIFE: ("d6",),
    AreaOfLife.WORK_LEARNING: ("d810-d859",),
    AreaOfLife.LEISURE_COMMUNITY: ("d9",),
    AreaOfLife.MEANING_FAITH: ("d930",),
    AreaOfLife.FEELINGS_ENERGY: ("b1",),
    AreaOfLife.BODY_SYMPTOMS: ("b2", "b3", "b4", "b5", "b6", "b7", "b8"),
    AreaOfLife.CARE_TREATMENT: ("e580", "d570"),
    AreaOfLife.LIVING_CONDITIONS: ("d860-d870", "e155"),
    AreaOfLife.END_OF_LIFE: (),
}
