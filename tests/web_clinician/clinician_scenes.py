"""What people said in the tests, as the actions send it."""

from typing import Any


def item(
    words: str, lang: str = "nl", question: str = "life_goal", *, shared: bool = True, **more: Any
) -> dict[str, Any]:
    return {"words": words, "lang": lang, "question": question, "shared": shared} | more


def goal(words: str = "Weer naar de markt.", key: str = "g1", lang: str = "nl", **changes: Any) -> dict[str, Any]:
    plain = {"key": key, "words": words, "lang": lang, "level": "functional", "shared": True}
    return plain | changes


def contribution(*goals: dict[str, Any], state: str = "submitted", language: str = "nl", **more: Any) -> dict[str, Any]:
    return {"language": language, "typed_by": "self", "state": state, "minutes": 9, "goals": list(goals)} | more


def flag(words: str, *, lang: str = "nl", role: str = "patient", category: str = "suicide_self_harm") -> dict[str, Any]:
    return {"category": category, "words": words, "lang": lang, "role": role, "rule": None}


PARK = "أريد الذهاب مع أحفادي إلى الحديقة كما كنا زمان"
HOME = "أن أبقى في بيتي"
FALLING = "qu'elle ne tombe plus, je dors mal à cause de ça"

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
        statements=[item("الحديقة", "ar"), item(PARK, "ar", "probe_moment")],
        why=[item("لأنهم فرحي", "ar", "probe_meaning")],
        obstacles=[item("وجع الركبة", "ar", "goal_obstacle")],
        supports=[item("ابنتي تساعدني", "ar", "goal_support")],
        own_part=[item("أتمرن كل يوم", "ar", "goal_support")],
        expects=[item("أن يسمعني", "ar", "goal_support", of="الطبيب")],
    ),
    goal(HOME, "g2", "ar", domain="home_life", importance=10, obstacles=[item("الدرج", "ar", "goal_obstacle")]),
    goal(
        "Terug leren fietsen, al is het maar tot de bakker",
        "g3",
        "nl",
        domain="getting_around",
        importance=6,
        time_frame="2027-05",
        supports=[item("de kinesist", "nl", "goal_support")],
    ),
    language="ar",
    minutes=11,
    questions=[
        item("هل أحتاج كل هذه الأدوية؟", "ar", "visit_question"),
        item("متى أستطيع المشي بدون عصا؟", "ar", "visit_question"),
    ],
    burdens=[item("أدوية كثيرة في الصباح", "ar", "care_burden")],
    helps=[item("الممرضة التي تأتي كل صباح", "ar", "care_burden")],
    answers=[
        item("أستيقظ باكرا وأشرب الشاي مع ابنتي", "ar", "typical_day", typed_by="self"),
        item("الحديقة", "ar", "life_goal", typed_by="helper"),
        item(PARK, "ar", "probe_moment", typed_by="self"),
        item("وجع الركبة", "ar", "goal_obstacle", typed_by="self"),
    ],
)

FRENCH_CAREGIVER = contribution(
    goal(FALLING, "g1", "fr", domain="body_symptoms", importance=9, first=True),
    goal("passer du temps avec elle, pas seulement la soigner", "g2", "fr", domain="family_friends", importance=7),
    language="fr",
    minutes=7,
    burdens=[item("les nuits : beaucoup plus d'aide", "fr", "caregiver_load")],
    questions=[item("Que faire si elle tombe la nuit ?", "fr", "visit_question")],
    answers=[item("je suis sa fille", "fr", "caregiver_relation"), item(FALLING, "fr", "caregiver_for_them")],
)

DANGER = "أحيانا أفكر أن أنهي حياتي"
