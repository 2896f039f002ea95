"""The narrative is text for people and nothing else, whatever they typed."""

from xml.etree import ElementTree

import pytest
from fhir_house import House
from fhir_scenes import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

from api.fhir.facade import KINDS
from api.fhir.narrative import Line, Said, narrative
from api.fhir.time_frames import due, in_words
from locales import languages

XHTML = "{http://www.w3.org/1999/xhtml}"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from([HOSTILE, "\x01\x0b\ufffe"])
LANGUAGES = st.sampled_from([known.code for known in languages()])


@settings(max_examples=100)
@given(words=WORDS, lang=LANGUAGES, said_in=st.sampled_from(["", "nl", "ar", "uk", "nl_BE"]))
def test_words_stay_words(words: str, lang: str, said_in: str) -> None:
    div = narrative(lang, [Line(words, [Said(words, said_in), words])])["div"]
    root = ElementTree.fromstring(div)  # noqa: S314 - our own text, and it must be well-formed
    assert {element.tag.removeprefix(XHTML) for element in root.iter()} <= {"div", "p", "b", "q", "br"}
    assert all(set(element.attrib) <= {"lang", "dir"} for element in root.iter())
    shown = root.find(f"{XHTML}p/{XHTML}q")
    assert shown is not None
    assert _letters(shown.text or "") == _letters(words)


def _letters(text: str) -> str:
    """Without line ends (XML has one kind) and without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffd\ufffe\uffff")


@pytest.mark.parametrize("lang", [known.code for known in languages()])
def test_every_resource_tells_itself_in_the_clinicians_language(house: House, lang: str) -> None:
    with house.engine.begin() as connection:
        connection.execute(house.tables.users.update().values(language=lang))
    for kind in KINDS:
        for resource in house.found(kind):
            root = ElementTree.fromstring(resource["text"]["div"])  # noqa: S314 - our own
            assert (root.attrib["lang"], "script" in str(list(root.iter()))) == (lang, False)
            assert "".join(root.itertext()).strip()


@pytest.mark.parametrize(
    ("told", "element", "words"),
    [
        ("P3M", {"value": 3, "unit": "month", "system": "http://unitsofmeasure.org", "code": "mo"}, "3 months"),
        ("P1Y6M", None, "1 year and 6 months"),
        ("2027-05-01", "2027-05-01", "1 May 2027"),
        ("2027-05", "2027-05", "2027-05"),
        ("2027-13", None, "2027-13"),
    ],
)
def test_a_time_frame_is_told_as_it_was_meant(told: str, element: object, words: str) -> None:
    assert (next(iter((due(told) or {}).values()), None), in_words(told, "en")) == (element, words)
