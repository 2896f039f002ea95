"""What people say in these tests, in four languages, and the walk through a conversation."""

from dataclasses import dataclass

from e2e_person import Person

LANGUAGES = ("nl", "fr", "en", "ar")
DIRECTIONS = {"nl": "ltr", "fr": "ltr", "en": "ltr", "ar": "rtl"}


@dataclass(frozen=True)
class Words:
    """goals: two concrete statements. vague: a statement that lacks something, and more about it. no_goals: three
    ways to say there is nothing. eight: the number as a word."""

    day: str
    goals: tuple[str, str]
    why: str
    obstacle: str
    support: str
    own_part: str
    expects: str
    vague: tuple[str, str]
    eight: str
    burden: str
    helps: str
    question: str
    danger: str
    no_goals: tuple[str, str, str]
    caring_day: str
    for_them: str
    own: str
    load: str


WORDS = {
    "nl": Words(
        day="Ik sta op om zeven uur en drink koffie aan het raam.",
        goals=(
            "Ik wil elke zondag met mijn kleindochter naar het park wandelen.",
            "Ik wil op vrijdag weer soep koken voor mijn vrouw.",
        ),
        why="Dan voel ik mij weer bij de familie.",
        obstacle="Mijn knie doet pijn op de trap.",
        support="Mijn dochter kan mij brengen met de auto.",
        own_part="Elke dag een paar oefeningen doen.",
        expects="Dat de kinesist mij oefeningen toont.",
        vague=("Meer buiten zijn.", "In de tuin werken met mijn buurman."),
        eight="acht",
        burden="Zoveel pillen elke ochtend.",
        helps="De kinesist die aan huis komt.",
        question="Kunnen we het aantal pillen nog eens bekijken?",
        danger="Ik wil niet meer leven.",
        no_goals=(
            "Nee, niets.",
            "Geen idee, nee.",
            "Nee hoor, ik heb echt geen wensen meer.",
        ),
        caring_day="Ik help mijn man wassen en aankleden, daarna breng ik hem naar de dagopvang.",
        for_them="Hij wil thuis blijven wonen bij onze hond.",
        own="Eén avond per week naar het koor kunnen gaan.",
        load="De nachten zijn te zwaar voor mij alleen.",
    ),
    "fr": Words(
        day="Je me lève à huit heures et je lis le journal dans la cuisine.",
        goals=(
            "Je veux aller au marché à pied avec ma fille chaque samedi.",
            "Je voudrais jouer aux cartes avec mes voisins le mercredi.",
        ),
        why="Je me sens vivante avec elle.",
        obstacle="Je suis vite essoufflée quand ça monte.",
        support="Ma fille et ma canne m'aident beaucoup.",
        own_part="Marcher un peu chaque matin.",
        expects="Que le médecin m'explique mes limites.",
        vague=("Sortir davantage.", "Aller au jardin public avec ma sœur."),
        eight="huit",
        burden="Trop de rendez-vous à l'hôpital, c'est fatigant.",
        helps="L'infirmière qui passe le matin.",
        question="Est-ce que je peux prendre moins de médicaments ?",
        danger="Je veux mourir.",
        no_goals=(
            "Non, rien de particulier.",
            "Je ne vois pas.",
            "Non vraiment, je n'ai plus de souhaits.",
        ),
        caring_day="J'aide ma mère à se laver, puis je prépare le repas de midi.",
        for_them="Elle veut rester dans sa maison avec son chat.",
        own="Dormir une nuit entière chaque semaine.",
        load="Les week-ends sont trop lourds pour moi seule.",
    ),
    "en": Words(
        day="I get up at seven and feed the birds in the garden.",
        goals=(
            "I want to walk to church with my wife every Sunday.",
            "I would like to bake bread with my grandson on Saturdays.",
        ),
        why="It gives me peace for the whole week.",
        obstacle="My hip hurts after ten minutes of walking.",
        support="My wife and the neighbour with his car.",
        own_part="Walk to the corner every day.",
        expects="That the nurse checks my feet.",
        vague=("Get out more.", "Go to the bowls club with my brother."),
        eight="eight",
        burden="Too many tablets in the morning.",
        helps="The nurse who comes to the house.",
        question="Can I take fewer tablets?",
        danger="I want to kill myself.",
        no_goals=(
            "I have no goals.",
            "There is nothing I want.",
            "No really, I do not have any wishes left.",
        ),
        caring_day="I help my husband to wash and dress, then I drive him to the day centre.",
        for_them="He wants to stay at home with our dog.",
        own="One evening a week at the choir.",
        load="The nights are too heavy for me alone.",
    ),
    "ar": Words(
        day="أستيقظ في السابعة وأشرب القهوة قرب النافذة.",
        goals=(
            "أريد أن أمشي إلى المسجد مع ابني كل يوم جمعة.",
            "أريد أن أطبخ الغداء لأحفادي يوم الأحد في بيتي.",
        ),
        why="أشعر بالراحة بعد الصلاة.",
        obstacle="ركبتي تؤلمني على الدرج.",
        support="ابنتي تساعدني بالسيارة.",
        own_part="أمشي قليلا كل صباح.",
        expects="أن يشرح لي الطبيب ما هو ممكن.",
        vague=("الخروج أكثر.", "الجلوس في الحديقة مع جاري."),
        eight="ثمانية",
        burden="الأدوية كثيرة جدا في الصباح.",
        helps="الممرضة التي تأتي إلى البيت.",
        question="هل يمكن أن نراجع الأدوية معا؟",
        danger="أريد أن أموت.",
        no_goals=(
            "لا شيء.",
            "لا أعرف.",
            "ما بعرف.",
        ),
        caring_day="أساعد زوجي على الاستحمام واللباس ثم أحضر له الفطور.",
        for_them="يريد أن يبقى في بيتنا مع العائلة.",
        own="أريد أن أزور أختي مرة في الأسبوع.",
        load="الليل ثقيل علي وحدي.",
    ),
}


def script(lang: str, goals: int = 1, role: str = "patient") -> list[tuple[str, str]]:
    """Question keys in order with their answers, from the welcome to what is shared; `=value` is a choice."""
    words = WORDS[lang]
    if role == "caregiver":
        return [
            ("welcome", "=affirm"),
            ("caregiver_relation", "=partner"),
            ("caregiver_day", words.caring_day),
            ("caregiver_for_them", words.for_them),
            ("caregiver_own", words.own),
            ("caregiver_load", words.load),
            ("visit_question", words.question),
            ("summary", "=affirm"),
            ("share", "=affirm"),
        ]
    first = [
        ("life_goal", words.goals[0]),
        ("probe_meaning", words.why),
        ("goal_readback", "=affirm"),
        ("goal_importance", words.eight),
        ("goal_obstacle", words.obstacle),
        ("goal_support", words.support),
    ]
    second = [
        ("more_goals", "=affirm"),
        ("life_goal", words.goals[1]),
        ("goal_readback", "=affirm"),
        ("goal_importance", "=5"),
        ("goal_obstacle", "=nothing"),
        ("goal_support", "=unsure"),
    ]
    one_thing = [("one_thing", "=g2")]
    return [
        ("welcome", "=affirm"),
        ("typical_day", words.day),
        ("matters_most", "=family_friends"),
        *first,
        *(second if goals == 2 else []),
        ("more_goals", "=deny"),
        *(one_thing if goals == 2 else []),
        ("goal_support", words.own_part),
        ("goal_support", words.expects),
        ("care_burden", words.burden),
        ("care_burden", words.helps),
        ("visit_question", words.question),
        ("summary", "=affirm"),
        ("share", "=affirm"),
    ]


def walk(person: Person, steps: list[tuple[str, str]], *, until: str = "") -> None:
    """Answer each question, in order, up to the first time that `until` is asked."""
    for question, answer in steps:
        assert person.question == question, f"{person.question}, after {person.said[-1:]}"
        if question == until:
            return
        person.answers(answer)
