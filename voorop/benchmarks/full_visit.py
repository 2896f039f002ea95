"""A visit with everything in it, as the conversation sends it: three goals, a caregiver, questions, a transcript."""

from typing import Any

AREAS = ("family_friends", "home_life", "getting_around")
TALK = 14  # answers of a conversation


def patient_body() -> dict[str, Any]:
    """What the patient sent."""
    return _body(
        [_goal(place, area, importance=9 - place, first=place == 0) for place, area in enumerate(AREAS)],
        questions=[_item("Moet ik al die pillen blijven nemen?", "visit_question")] * 3,
        burdens=[_item("Elke week naar het ziekenhuis is te veel.", "care_burden")] * 2,
        helps=[_item("De verpleegster die elke morgen komt.", "care_burden")] * 2,
    )


def caregiver_body() -> dict[str, Any]:
    """What the caregiver sent."""
    return _body(
        [_goal(place, area, importance=None, first=place == 1) for place, area in enumerate(AREAS[:2])],
        questions=[_item("Wat doen we als zij 's nachts valt?", "visit_question")],
        burdens=[_item("Voor de nachten heel wat meer steun.", "caregiver_load")] * 3,
    )


def flag_body() -> dict[str, Any]:
    """What the safety rules quoted."""
    words = "soms denk ik dat het niet meer hoeft"
    return {"category": "suicide_self_harm", "words": words, "lang": "nl", "role": "patient", "rule": None}


def _goal(place: int, area: str, *, importance: int | None, first: bool) -> dict[str, Any]:
    words = f"Weer elke week met mijn zus naar de markt wandelen en daar samen koffie drinken ({place})."
    about = {
        "statements": [_item(words, "life_goal"), _item("Vooral op zaterdag, zoals vroeger.", "probe_missing")],
        "why": [_item("Omdat wij dan weer samen lachen.", "probe_meaning")],
        "obstacles": [_item("Mijn knie doet pijn op de trap.", "goal_obstacle")],
        "supports": [_item("Mijn zus komt mij halen.", "goal_support")],
        "own_part": [_item("Ik oefen elke dag een kwartier.", "goal_support")],
    }
    plain = {"key": f"g{place}", "words": words, "lang": "nl", "level": "functional", "clarity": "concrete"}
    return plain | about | {"domain": area, "importance": importance, "first": first, "shared": True}


def _body(goals: list[dict[str, Any]], **items: list[dict[str, Any]]) -> dict[str, Any]:
    answers = [_item("Ik sta om acht op, drink koffie en kijk wie er buiten loopt.", "typical_day")] * TALK
    whole = {"language": "nl", "typed_by": "self", "state": "submitted", "minutes": 11}
    return whole | {"goals": goals, "answers": answers} | items


def _item(words: str, question: str) -> dict[str, Any]:
    return {"words": words, "lang": "nl", "question": question, "shared": True}
