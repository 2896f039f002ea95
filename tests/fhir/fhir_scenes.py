"""What people said and what the practice did about it, in the tests of FHIR."""

from typing import Any

PARK = "أريد الذهاب مع أحفادي إلى الحديقة كما كنا زمان"
FALLING = "qu'elle ne tombe plus, je dors mal à cause de ça"
SECRET = "dit houd ik voor mij"
HOSTILE = "</div><script>alert(1)</script> {{7*7}} ${x} \u202eabc' OR 1=1 -- <img src=x onerror=alert(1)> &amp; ]]>"


def item(words: str, lang: str, question: str, *, shared: bool = True, **more: Any) -> dict[str, Any]:
    return {"words": words, "lang": lang, "question": question, "shared": shared} | more


def goal(words: str, key: str, lang: str, **changes: Any) -> dict[str, Any]:
    plain = {"key": key, "words": words, "lang": lang, "level": "functional", "shared": True}
    return plain | changes


def contribution(*goals: dict[str, Any], state: str = "submitted", language: str = "nl", **more: Any) -> dict[str, Any]:
    return {"language": language, "typed_by": "self", "state": state, "minutes": 9, "goals": list(goals)} | more


ARABIC_PATIENT = contribution(
    goal(
        PARK,
        "g1",
        "ar",
        clarity="concrete",
        domain="family_friends",
        importance=9,
        first=True,
        time_frame="P3M",
        typed_by="helper",
        statements=[item(PARK, "ar", "probe_moment")],
        why=[item("لأنهم فرحي", "ar", "probe_meaning")],
        obstacles=[item("وجع الركبة", "ar", "goal_obstacle"), item(SECRET, "nl", "goal_obstacle", shared=False)],
        expects=[item("أن يسمعني", "ar", "goal_support", of="الطبيب")],
    ),
    goal("Terug leren fietsen", "g2", "nl", domain="getting_around", importance=5, time_frame="2027-05"),
    goal(HOSTILE, "g3", "en", domain="end_of_life", importance=0),
    goal(SECRET, "g4", "nl", shared=False),
    language="ar",
    answers=[
        item("أستيقظ باكرا وأشرب الشاي مع ابنتي", "ar", "typical_day", typed_by="self"),
        item("أحفادي", "ar", "matters_most", typed_by="self"),
        item("وبيتي", "ar", "matters_most", typed_by="self"),
        item(PARK, "ar", "life_goal", typed_by="helper"),
        item("fietsen", "nl", "life_goal", typed_by="self"),
        item(HOSTILE, "en", "care_burden", typed_by="self"),
        item(SECRET, "nl", "care_burden", shared=False, typed_by="self"),
    ],
)

FRENCH_CAREGIVER = contribution(
    goal(
        FALLING,
        "g1",
        "fr",
        domain="body_symptoms",
        importance=8,
        first=True,
        statements=[item(FALLING, "fr", "caregiver_for_them")],
    ),
    goal("du temps pour moi", "g2", "fr", statements=[item("du temps pour moi", "fr", "caregiver_own")]),
    language="fr",
    answers=[
        item("je suis sa fille", "fr", "caregiver_relation"),
        item(FALLING, "fr", "caregiver_for_them"),
        item("du temps pour moi", "fr", "caregiver_own"),
    ],
)
