"""What was said before it was asked for is not asked for again; a bare yes points at something, or asks for one more
question.
"""

import pytest

from actions.elicitation.acknowledgement import acknowledgement
from actions.elicitation.goal_words import goal_statement
from actions.elicitation.interview import Answer, Interview
from actions.elicitation.next_question import next_question, turned_to
from actions.elicitation.recording import Said, pointing
from tests.elicitation.talking import LISTENER, LISTS, Speaker

WISHES = {
    "nl": "Ik wil weer met mijn kleinzoon gaan zwemmen",
    "fr": "Je voudrais retourner nager avec mon petit-fils",
    "en": "I want to go swimming with my grandson again",
    "ar": "أريد أن أسبح مع حفيدي من جديد",
}
PEOPLE = {"nl": "Mijn kleinkinderen", "fr": "Mes petits-enfants", "en": "My grandchildren", "ar": "أحفادي"}
SAID_BEFORE = {
    "nl": ["dat heb ik al gezegd", "zoals ik zei", "maar dat heb ik toch al verteld"],
    "fr": ["je l'ai déjà dit", "je viens de le dire", "comme je disais"],
    "en": ["I already told you", "like I said", "I said that already"],
    "ar": ["قلت لك من قبل", "كما قلت", "قلتها قبل"],
}
YES = {
    "nl": ["ja", "ja daarover", "ja, dat vooral"],
    "fr": ["oui", "oui, de ça", "voilà"],
    "en": ["yes", "about that", "yes that one"],
    "ar": ["نعم", "ايه عن هذا", "أيوه"],
}


def of_all(sentences: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(lang, text) for lang, texts in sentences.items() for text in texts]


def after(lang: str, day: str, matters: str) -> Speaker:
    person = Speaker(lang=lang)
    for text, move in (("", "affirm"), (day, ""), (matters, "")):
        person.say(text, move=move)
    assert person.question == "life_goal"
    return person


def caregiver(lang: str) -> Speaker:
    """Somebody who is asked what matters to the person they care for."""
    person = Speaker(lang=lang, interview=Interview(role="caregiver"))
    person.say(move="affirm").choose("child").say("druk")
    assert person.question == "caregiver_for_them"
    return person


def way(person: Speaker) -> str:
    return turned_to(person.interview, person.question or "")


def goal(person: Speaker) -> Answer:
    statement = goal_statement(person.interview, 1)
    assert statement is not None
    return statement


@pytest.mark.parametrize(("lang", "text"), of_all(YES) + of_all(SAID_BEFORE))
def test_a_wish_that_was_told_before_is_read_back_and_a_yes_makes_it_the_goal(lang: str, text: str) -> None:
    person = after(lang, ".. " + WISHES[lang] + ". ..", PEOPLE[lang])
    assert way(person) == "told"
    person.say(text)
    assert goal(person).words == WISHES[lang]
    assert goal(person).parts, "with whom was told too"
    assert person.question != "life_goal"


def test_a_wish_that_is_read_back_at_once_is_not_quoted_twice() -> None:
    person = after("nl", "lezen", WISHES["nl"])
    assert acknowledgement(person.interview, person.interview.answers[-1].id, person.question) is None
    person = after("nl", WISHES["nl"], PEOPLE["nl"])
    assert acknowledgement(person.interview, person.interview.answers[-1].id, person.question) is not None


@pytest.mark.parametrize("lang", WISHES)
def test_what_was_told_later_is_read_back_before_what_was_told_first(lang: str) -> None:
    person = after(lang, WISHES["en"], WISHES[lang])
    person.choose("affirm")
    assert goal(person).words == WISHES[lang]


def test_something_else_than_the_wish_of_before_leaves_every_way_open() -> None:
    person = after("nl", "lezen", WISHES["nl"])
    ways = [way(person)]
    person.choose("deny")
    for _ in range(3):
        assert person.question == "life_goal"
        ways.append(way(person))
        person.say("weet ik niet", move="unsure")
    assert ways == ["told", "", "keep", "worry"]
    assert person.question != "life_goal"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("nl", "over iets anders"), ("fr", "non, autre chose"), ("en", "something else"), ("ar", "عن شي تاني")],
)
def test_something_else_is_no_goal_and_no_skip(lang: str, text: str) -> None:
    said = Said("again", text, lang, **vars(LISTENER.hear(text, lang)))
    pointed = pointing(after(lang, "..", WISHES[lang]).interview, "life_goal", said, LISTS)  # as for whoever skips
    assert pointed is not None
    assert (next_question(pointed), turned_to(pointed, "life_goal")) == ("life_goal", "")
    assert not pointed.goals()


def test_other_words_than_a_yes_are_the_goal() -> None:
    person = after("nl", "lezen", WISHES["nl"]).say("Ja maar vooral mijn tuin onderhouden")
    assert goal(person).words == "Ja maar vooral mijn tuin onderhouden"


@pytest.mark.parametrize(
    ("lang", "day"),
    [
        ("nl", "Ik sta op en lees de krant"),
        ("nl", "Ik wil niet meer alleen zijn"),
        ("fr", "Je me lève et je lis"),
        ("en", "I do not want to go to a home"),
        ("ar", "أقرأ الجريدة كل صباح"),
    ],
)
def test_what_is_no_wish_is_not_read_back_as_one(lang: str, day: str) -> None:
    assert way(after(lang, day, PEOPLE[lang])) == ""


def test_a_very_long_wish_is_read_back_to_nobody() -> None:
    assert way(after("nl", WISHES["nl"] + " en dan" * 20, "lezen")) == ""


@pytest.mark.parametrize(("lang", "text"), of_all(SAID_BEFORE))
def test_who_says_it_was_said_already_is_taken_at_what_matters_most(lang: str, text: str) -> None:
    person = after(lang, "..", PEOPLE[lang]).say(text)
    assert goal(person).words == PEOPLE[lang]
    assert way(person) != "keep"


@pytest.mark.parametrize(("lang", "text"), of_all(SAID_BEFORE))
def test_that_it_was_said_already_is_no_obstacle(lang: str, text: str) -> None:
    person = after(lang, "..", PEOPLE[lang]).say(WISHES[lang]).skip()
    person.say(move="affirm").choose("8")
    assert person.question == "goal_obstacle"
    person.say(text)
    assert [answer.kind for answer in person.interview.standing("goal_obstacle")] == ["none"]
    assert person.question == "goal_support"


@pytest.mark.parametrize(
    ("lang", "yes", "worry"),
    [
        ("nl", "ja", "Dat ik mijn vrouw achterlaat"),
        ("nl", "ja, er is wel iets", "Mijn knie"),
        ("fr", "oui", "L'avenir de ma fille"),
        ("en", "yes there is", "My son out of work"),
        ("ar", "نعم", "مستقبل أولادي"),
    ],
)
def test_a_yes_to_a_worry_is_asked_which_one(lang: str, yes: str, worry: str) -> None:
    person = after(lang, "..", "..")
    person.say(move="unsure").say(move="unsure")
    assert way(person) == "worry"
    person.say(yes)
    assert (person.question, way(person)) == ("life_goal", "which_worry")
    person.say(worry)
    assert goal(person).words == worry
    assert person.question != "probe_moment"


def test_a_worry_that_is_not_told_after_all_is_accepted() -> None:
    person = after("nl", "..", "..")
    person.say(move="unsure").say(move="unsure").say("ja").say("ja")
    assert person.question == "care_burden"


@pytest.mark.parametrize(
    ("lang", "own", "theirs"),
    [
        ("nl", "Ik ben zelf zo moe", "Dat ze thuis kan blijven"),
        ("fr", "Moi-même, je suis épuisée", "Qu'elle reste à la maison"),
        ("en", "I need some sleep myself", "That he can stay at home"),
        ("ar", "أنا تعبانة كثير", "أن تبقى في بيتها"),
    ],
)
def test_a_caregiver_who_speaks_of_themselves_is_asked_about_the_other_once_more(
    lang: str, own: str, theirs: str
) -> None:
    person = caregiver(lang).say(own)
    assert (person.question, way(person)) == ("caregiver_for_them", "of_them")
    person.say(theirs)
    kept = {answer.question: answer.words for answer in person.interview.standing()}
    assert (kept["caregiver_own"], kept["caregiver_for_them"]) == (own, theirs)
    assert person.question == "caregiver_load"


@pytest.mark.parametrize(
    ("lang", "theirs"),
    [
        ("nl", "Ik denk zelf dat hij thuis wil blijven"),
        ("fr", "Pour moi, qu'elle soit avec nous"),
        ("en", "For me it seems that she wants her garden"),
        ("ar", "عن نفسي أظن أن أمي تريد بيتها"),
        ("nl", "Rust"),
    ],
)
def test_a_caregiver_who_speaks_of_the_other_is_understood_so(lang: str, theirs: str) -> None:
    person = caregiver(lang).say(theirs)
    assert person.question == "caregiver_own"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "Nee, ik wil met mijn zus gaan zwemmen"),
        ("en", "No, I want to swim with my sister"),
    ],
)
def test_a_no_with_the_right_words_makes_them_the_goal(lang: str, said: str) -> None:
    person = after(lang, "..", "..").say(WISHES[lang]).skip()
    assert person.question == "goal_readback"
    person.say(said, move="deny")
    assert goal(person).words == said
    assert person.question == "goal_importance"


def test_with_whom_that_comes_with_a_no_is_kept_whatever_is_said_next() -> None:
    person = after("nl", "..", "..").say("Ik wil met mijn broer gaan zwemmen").skip()
    person.say("nee, niet met mijn broer maar met mijn zus", move="deny")
    assert person.question == "life_goal"
    person.say(move="unsure")
    assert "nee, niet met mijn broer maar met mijn zus" in [a.words for a in person.interview.statements(1)]
    assert goal(person).words == "Ik wil met mijn broer gaan zwemmen"
