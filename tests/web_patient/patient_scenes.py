"""Moments of a conversation in several languages, for tests and for looking at the pages."""

from dataclasses import replace

from patient_chat import asked, conversation, said

from bot.channel.view import Choice, ConversationView, Message
from web.patient.labels import AREAS_OF_LIFE

AREA_NAMES = {
    "en": "Family and friends|Getting around|Looking after yourself|Your home|Work and learning|Free time"
    "|Meaning and faith|Feelings and energy|Your body|Care and treatment|House and money|The end of life",
    "nl": "Familie en vrienden|Op weg gaan|Voor uzelf zorgen|Het huishouden|Werk en leren|Vrije tijd en buurt"
    "|Zin en geloof|Gevoel en energie|Uw lichaam|Zorg en behandeling|Wonen en geld|Het levenseinde",
    "ar": "العائلة والأصدقاء|التنقّل|العناية بالنفس|شؤون البيت|العمل والتعلّم|وقت الفراغ والجيران"
    "|المعنى والإيمان|المشاعر والطاقة|الجسم|الرعاية والعلاج|السكن والمال|نهاية الحياة",
}
TEXTS = {
    "nl": {
        "day": "Hoe ziet een gewone dag er voor u uit? Wat is er goed aan?",
        "day_words": "'s morgens koffie, dan lees ik de krant. Op woensdag komen de kleinkinderen",
        "thanks": "U zegt: {}. Dank u om dat te vertellen.",
        "quote": "Op woensdag komen de kleinkinderen",
        "goal": "Wat zou u graag weer kunnen doen, of blijven doen?",
        "goal_words": "met de kleinkinderen naar het park zoals vroeger",
        "often": "Hoe vaak zou u dat graag doen?",
        "choices": "Elke week|Af en toe|Weet ik niet",
        "matters": "Wat is nu het belangrijkste voor u?",
        "importance": "U zei: {}. Hoe belangrijk is dat voor u, van 0 tot 10?",
        "summary": "Dit heb ik van u gehoord. Klopt het zo?",
        "share": "Wie mag dit lezen? U kiest per antwoord.",
        "burden": "te veel pillen 's morgens, ik vergeet welke al genomen zijn",
        "visit": "Mag ik nog met de auto rijden?",
        "change": "Wijzig|Verwijder",
        "yes": "Ja, zo klopt het|Ik wil nog iets zeggen",
        "private": "Alleen voor mij",
        "send": "Klaar, versturen",
        "danger_words": "soms denk ik dat ik er beter niet meer ben",
        "danger": "U schrijft: {}. Dat klinkt heel zwaar. U hoeft dit niet alleen te dragen. Niemand leest nu mee. "
        "Bel nu iemand die kan helpen.",
        "lines": "Zelfmoordlijn|gratis, dag en nacht|Noodnummer|als er nu gevaar is",
        "after": "Uw praktijk ziet wat u schreef. Wilt u straks verder gaan?",
        "later": "Ja, ik wil verder gaan|Nee, ik stop hier",
    },
    "ar": {
        "day": "كيف يبدو يومك العادي؟ وما الجميل فيه؟",
        "day_words": "أشرب القهوة صباحًا ثم أقرأ الجريدة. يوم الأربعاء يأتي الأحفاد",
        "thanks": "قلت: {}. شكرًا لأنك أخبرتني.",
        "quote": "يوم الأربعاء يأتي الأحفاد",
        "goal": "ماذا تحب أن تفعل من جديد، أو أن تستمر في فعله؟",
        "goal_words": "أريد الذهاب مع أحفادي إلى الحديقة كما كنا زمان",
        "often": "كم مرة تحب أن تفعل ذلك؟",
        "choices": "كل أسبوع|أحيانًا|لا أعرف",
        "matters": "ما أهم شيء بالنسبة لك الآن؟",
        "importance": "قلت: {}. ما أهمية ذلك بالنسبة لك، من 0 إلى 10؟",
        "summary": "هذا ما سمعته منك. هل هو صحيح؟",
        "share": "من يمكنه قراءة هذا؟ أنت تختار لكل جواب.",
        "burden": "أدوية كثيرة في الصباح، والطبيب قال Paracetamol 1g",
        "visit": "هل يمكنني أن أقود السيارة؟",
        "change": "تعديل|حذف",
        "yes": "نعم، هذا صحيح|أريد أن أضيف شيئًا",
        "private": "لي وحدي",
        "send": "انتهيت، أرسل",
        "danger_words": "أحيانًا أفكر أن الأفضل ألا أكون هنا",
        "danger": "كتبت: {}. هذا ثقيل جدًا. لست مضطرًا لحمله وحدك. لا أحد يقرأ الآن. اتصل الآن بمن يستطيع المساعدة.",
        "lines": "خط الوقاية من الانتحار|مجاني، ليلًا ونهارًا|رقم الطوارئ|إذا كان هناك خطر الآن",
        "after": "سيرى طبيبك ما كتبته. هل تريد أن تكمل لاحقًا؟",
        "later": "نعم، أريد أن أكمل|لا، أتوقف هنا",
    },
}


def offer(message: Message, labels: str, values: str, prefix: str = "choice") -> Message:
    """The message with buttons; labels and values are separated by `|`."""
    pairs = zip(labels.split("|"), values.split("|"), strict=True)
    new = tuple(Choice(f"{prefix}-{value}", label, value) for label, value in pairs)
    return replace(message, choices=(*message.choices, *new))


def opening(lang: str) -> list[Message]:
    t = TEXTS[lang]
    return [
        asked(1, "typical_day", t["day"], lang),
        said(2, t["day_words"], lang),
        asked(3, "thanks", t["thanks"], lang, quote=t["quote"], kind="text"),
        asked(4, "life_goal", t["goal"], lang),
        said(5, t["goal_words"], lang),
    ]


def question(lang: str, role: str = "patient") -> ConversationView:
    t = TEXTS[lang]
    last = offer(asked(6, "probe_missing", t["often"], lang), t["choices"], "week|sometimes|unsure")
    return conversation(*opening(lang), last, lang=lang, role=role)


def cards(lang: str) -> ConversationView:
    t = TEXTS[lang]
    last = offer(asked(3, "matters_most", t["matters"], lang), AREA_NAMES[lang], "|".join(AREAS_OF_LIFE))
    return conversation(*opening(lang)[:2], last, lang=lang, done=2)


def scale(lang: str) -> ConversationView:
    t = TEXTS[lang]
    numbers = "|".join(str(n) for n in range(11))
    last = asked(6, "goal_importance", t["importance"], lang, quote=t["goal_words"])
    return conversation(*opening(lang), offer(last, numbers, numbers), lang=lang)


def summary(lang: str) -> ConversationView:
    t = TEXTS[lang]
    last = asked(6, "summary", t["summary"], lang, kind="summary")
    answers = (("a1", "life_goal", "goal_words"), ("a2", "care_burden", "burden"), ("a3", "visit_question", "visit"))
    items = []
    for answer, key, words in answers:
        items.append({"answer": answer, "question": key, "words": t[words], "lang": lang, "shared": True})
        last = offer(last, t["change"], f"change:{answer}|remove:{answer}")
    last = offer(replace(last, items=tuple(items)), t["yes"], "affirm|more")
    return conversation(*opening(lang), last, lang=lang, done=8)


def share(lang: str) -> ConversationView:
    t = TEXTS[lang]
    view = summary(lang)
    items = tuple({**item, "shared": item["answer"] != "a2"} for item in view.messages[-1].items)
    last = replace(asked(6, "share", t["share"], lang, kind="summary"), items=items)
    for answer in ("a1", "a2", "a3"):
        last = offer(last, t["private"], f"private:{answer}")
    last = offer(last, t["send"], "affirm")
    return conversation(*view.messages[:-1], last, lang=lang, done=8)


def safety(lang: str) -> ConversationView:
    t = TEXTS[lang]
    line, free, urgent, now = t["lines"].split("|")
    numbers = (
        {"name": line, "number": "1813", "tel": "1813", "about": free},
        {"name": urgent, "number": "112", "tel": "112", "about": now},
    )
    told = replace(asked(7, "safety", t["danger"], lang, quote=t["danger_words"], kind="safety"), items=numbers)
    last = offer(asked(8, "safety", t["after"], lang, kind="safety"), t["later"], "affirm|deny")
    before = (*opening(lang)[:4], said(6, t["danger_words"], lang))
    return conversation(*before, told, last, lang=lang)


def one_thing(lang: str) -> ConversationView:
    t = TEXTS[lang]
    labels = f"{t['goal_words']}|{t['burden']}|{t['choices'].split('|')[2]}"
    return conversation(
        *opening(lang), offer(asked(6, "one_thing", t["matters"], lang), labels, "g1|g2|unsure"), lang=lang
    )


SCENES = {
    "one_thing": one_thing,
    "question": question,
    "cards": cards,
    "scale": scale,
    "summary": summary,
    "share": share,
    "safety": safety,
}
