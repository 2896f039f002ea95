"""Importance, said in any way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.elicitation.talking import LISTENER


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("zo'n 9", 9),
        ("een acht denk ik", 8),
        ("acht op tien", 8),
        ("9/10", 9),
        ("٨", 8),
        ("تقريبا ٩ من ١٠", 9),
        ("ثمانية", 8),
        ("un huit je dirais", 8),
        ("dix sur dix", 10),
        ("an eight I think", 8),
        ("Zero", 0),
        ("één", 1),
        ("10!", 10),
        ("８", 8),
        ("heel belangrijk", None),
        ("100", None),
        ("", None),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, value: int | None) -> None:
    assert LISTENER.hear(text, "").number == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hands open, so ten", 10),
        ("Il montre ses deux mains ouvertes, donc dix.", 10),
        ("ik heb drie kinderen, dus een acht zou ik zeggen", 8),
        ("عندي ولدين يعني تسعة", 9),
        ("it was a 3 last year, now an 8 I think", 8),
        ("7, no, 8", 8),
        ("9 out of 10, and I have 2 sons", 9),
        ("an eight, because my two sons wait for me", 8),
        ("7,5", 7),
        ("8½", 8),
        ("à mes yeux 9", 9),
        ("the number 9", 9),
        ("een 8 misschien wel een 9", 8),
        ("seven, maybe eight", 7),
        ("zeven of acht", 7),
        ("sept, peut-être huit", 7),
        ("maybe an eight", 8),
        ("so many years", None),
        ("it is the one", None),
        ("somewhere between 7 and 8", 7),
        ("بين سبعة وتمانية", 7),
    ],
)
def test_of_several_numbers_the_one_that_is_meant_counts(text: str, value: int) -> None:
    assert LISTENER.hear(text, "").number == value


REAL = {
    "nl": [
        ("8", 8),
        ("een 9", 9),
        ("een dikke acht", 8),
        ("nen 9", 9),
        ("zo'n 8", 8),
        ("hmm 8", 8),
        ("tien op tien natuurlijk", 10),
        ("heel belangrijk, doe maar 8,5", 8),
        ("niet zo hoog, rond de vier", 4),
        ("een acht denk ik", 8),
        ("8 denk ik, want mijn twee zonen wachten op mij", 8),
        ("ik zou zeggen een 7", 7),
        ("Ik geef het een 9 omdat mijn kinderen er dan bij zijn", 9),
        ("zeven, misschien acht", 7),
        ("tussen 7 en 8", 7),
        ("dus een acht", 8),
        ("tien dus", 10),
        ("Ja, een tien voor mij", 10),
        ("minstens een negen", 9),
        ("9 punten", 9),
        ("mijn cijfer is 6", 6),
        ("één", 1),
        ("nul", 0),
        ("10!!", 10),
        ("Hij steekt al zijn vingers op, tien dus.", 10),
        ("een zes en een half", 6),
        ("7-8", 7),
        ("dan een tien", 10),
        ("negen, mijn kleinkinderen zijn alles", 9),
        ("op een schaal van 0 tot 10 zeg ik 8", 8),
        ("een 10 voor mijn kleinkinderen", 10),
        ("Een acht of een negen", 8),
        ("Dat is een 9 waard", 9),
        ("eentje", 1),
        ("10, want ik heb 3 kinderen", 10),
        ("7 à 8", 7),
        ("Zeer belangrijk 10", 10),
        ("8/10 op goede dagen", 8),
        ("volgens mij een vijf", 5),
        ("maar nu zeg ik direct een negen, en geen tien", 9),
    ],
    "fr": [
        ("8", 8),
        ("un huit", 8),
        ("un 9", 9),
        ("un huit je pense", 8),
        ("je dirais neuf sur dix", 9),
        ("alors dix", 10),
        ("bof, un petit 4", 4),
        ("huit et demi", 8),
        ("très très important, un dix", 10),
        ("je dirais septante pour cent donc 7", 7),
        ("sept, peut-être huit", 7),
        ("entre 7 et 8", 7),
        ("entre sept et huit", 7),
        ("c'est un 9", 9),
        ("je lui donne un 8", 8),
        ("je mets 10", 10),
        ("moi je dis six", 6),
        ("8 je crois, parce que mes deux filles m'attendent", 8),
        ("dix sur dix", 10),
        ("zéro", 0),
        ("un sur dix", 1),
        ("9/10", 9),
        ("à peu près 7", 7),
        ("environ cinq", 5),
        ("au moins neuf", 9),
        ("un bon huit", 8),
        ("hmm 8", 8),
        ("un dix pour mes petits-enfants", 10),
        ("sept ou huit", 7),
        ("je vous dis neuf, et ma petite dirait plus", 9),
        ("Mes deux mains ouvertes, donc dix.", 10),
        ("8 à mon avis", 8),
        ("9 points", 9),
        ("ma note est 7", 7),
        ("oui, dix bien sûr", 10),
        ("c'est un dix", 10),
        ("j'ai trois enfants, donc dix", 10),
        ("10 car c'est ma vie", 10),
        ("je donnerais huit", 8),
        ("6 ou 7 je dirais", 6),
    ],
    "en": [
        ("8", 8),
        ("an easy eight", 8),
        ("a solid nine", 9),
        ("a nine i recon", 9),
        ("then a ten", 10),
        ("about 8", 8),
        ("I'd say an eight", 8),
        ("I give it a 9", 9),
        ("an 8 I think", 8),
        ("seven, maybe eight", 7),
        ("between 7 and 8", 7),
        ("So ten.", 10),
        ("hmm 8", 8),
        ("ten out of ten", 10),
        ("9/10 because my sons come", 9),
        ("probably a six", 6),
        ("10, it is my whole life", 10),
        ("Eight, my two boys would be there", 8),
        ("it's a 9", 9),
        ("that's a ten for me", 10),
        ("a ten for my grandchildren", 10),
        ("I have two girls, so ten", 10),
        ("zero", 0),
        ("one", 1),
        ("a one", 1),
        ("7 or 8", 7),
        ("at least a nine", 9),
        ("put it at 8", 8),
        ("my answer is 7", 7),
        ("9 points", 9),
        ("8 and a half", 8),
        ("very important, 10", 10),
        ("seven I guess", 7),
        ("five, but it was a 3 last year", 5),
        ("call it a six", 6),
        ("On a scale of 0 to 10, 8", 8),
        ("a strong 8 in my opinion", 8),
        ("nearly ten", 10),
        ("Must be a nine", 9),
        ("but now I say straight away a nine, and not the full marks", 9),
    ],
    "ar": [
        ("8", 8),
        ("٨", 8),
        ("٩", 9),
        ("عشرة", 10),
        ("تسعود", 9),
        ("hmm 8", 8),
        ("هم 8", 8),
        ("عشرة على عشرة", 10),
        ("تمانية من عشرة", 8),
        ("٨ من ١٠", 8),
        ("بين سبعة وتمانية", 7),
        ("أعطيه تسعة", 9),
        ("قالت عشرة", 10),
        ("لو كان هناك أكثر من عشرة لقلتها، لكن اكتب عشرة", 10),
        ("سبعة تقريبا", 7),
        ("بزاف مهم عندي نعطيها 9", 9),
        ("يعني نص نص خمسة", 5),
        ("مش اوي يعني خمسة", 5),
        ("عندي ولدين يعني تسعة", 9),
        ("تمانيه", 8),
        ("صفر", 0),
        ("واحد", 1),
        ("ثمانية أظن", 8),
        ("أظن ثمانية", 8),
        ("سبعة، ربما ثمانية", 7),
        ("سبعة أو ثمانية", 7),
        ("تسعة لأن أولادي حولي", 9),
        ("مهم جدا، عشرة", 10),
        ("والله عشرة", 10),
        ("أقول لك تسعة", 9),
        ("حوالي سبعة", 7),
        ("على الأقل ثمانية", 8),
        ("٩/١٠", 9),
        ("درجته تسعة", 9),
        ("٧ ونص", 7),
        ("تسعة بالنسبة لي", 9),
        ("عشرة طبعا", 10),
        ("بعطيه 8 من 10", 8),
        ("كنقول ليك تمنية", 8),
        ("عشرة إن شاء الله", 10),
    ],
}


@pytest.mark.parametrize(("lang", "text", "value"), [(lang, *each) for lang in REAL for each in REAL[lang]])
def test_a_number_is_read_in_every_form_that_people_give_it(lang: str, text: str, value: int) -> None:
    assert LISTENER.hear(text, lang).number == value


NUMBERS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien".split(),
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix".split(),
    "en": "zero one two three four five six seven eight nine ten".split(),
    "ar": "صفر واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split(),
}
SO = {"nl": "dus", "fr": "donc", "en": "so", "ar": "يعني"}
OF_TEN = {"nl": "op tien", "fr": "sur dix", "en": "out of ten", "ar": "من عشرة"}
LANGUAGES = st.sampled_from(sorted(NUMBERS))
ZERO_TO_TEN = st.integers(0, 10)


@given(LANGUAGES, ZERO_TO_TEN, ZERO_TO_TEN)
def test_a_conclusion_wins_over_whatever_was_counted_before(lang: str, counted: int, meant: int) -> None:
    said = f"{NUMBERS[lang][counted]} 🙂, {SO[lang]} {NUMBERS[lang][meant]}"
    assert LISTENER.hear(said, lang).number == meant


@given(LANGUAGES, ZERO_TO_TEN, st.booleans())
def test_out_of_ten_is_never_taken_for_ten(lang: str, meant: int, digits: bool) -> None:
    number = str(meant) if digits else NUMBERS[lang][meant]
    assert LISTENER.hear(f"{number} {OF_TEN[lang]}", lang).number == meant
    assert LISTENER.hear(f"{meant}/10", lang).number == meant


@given(st.text(max_size=200))
def test_any_text_gives_a_number_from_0_to_10_or_none(text: str) -> None:
    assert LISTENER.hear(text, "").number in (None, *range(11))


@pytest.mark.parametrize("text", ["Nothing.", "niets", "rien du tout", "والو", "لاشيء", "no one!"])
def test_nothing_is_heard_when_it_is_the_whole_answer(text: str) -> None:
    assert LISTENER.hear(text, "en").nothing


@pytest.mark.parametrize("text", ["", "nothing but peace", "rien que la paix", "niets doen met mijn zus"])
def test_nothing_that_is_the_beginning_of_something_is_not_nothing(text: str) -> None:
    assert not LISTENER.hear(text, "en").nothing
