"""The numbers people see: the right line for the language, 112 first, never a claim that is not in the file."""

from pathlib import Path

import pytest

from actions.safety import Contacts, SafetyDataError

FILE = Path(__file__).parents[2] / "data" / "contacts" / "be.yml"
CATEGORIES = ("medical_emergency", "suicide_self_harm", "violence_abuse")


@pytest.fixture(scope="module")
def contacts() -> Contacts:
    return Contacts.load(FILE)


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("lang", ["nl", "fr", "en", "ar", "de", "uk"])
def test_112_comes_first(contacts: Contacts, category: str, lang: str) -> None:
    assert contacts.for_danger(category, lang)[0].number == "112"


@pytest.mark.parametrize(
    ("category", "lang", "number", "not_number"),
    [
        ("suicide_self_harm", "nl", "1813", "0800 32 123"),
        ("suicide_self_harm", "fr", "0800 32 123", "1813"),
        ("suicide_self_harm", "de", "108", "1813"),
        ("violence_abuse", "nl", "1712", "0800 30 030"),
        ("violence_abuse", "fr", "0800 30 030", "1712"),
    ],
)
def test_a_line_is_shown_to_those_whose_language_it_speaks(
    contacts: Contacts, category: str, lang: str, number: str, not_number: str
) -> None:
    numbers = [contact.number for contact in contacts.for_danger(category, lang)]
    assert number in numbers
    assert not_number not in numbers


@pytest.mark.parametrize("lang", ["ar", "en", "tr"])
def test_without_a_line_in_the_language_the_note_says_one_may_call_together(contacts: Contacts, lang: str) -> None:
    lines = [contact for contact in contacts.for_danger("suicide_self_harm", lang) if contact.languages]
    assert {"1813", "0800 32 123"} <= {contact.number for contact in lines}
    assert all(contact.note for contact in lines)


def test_every_number_has_a_source_a_date_and_a_link_that_dials_it(contacts: Contacts) -> None:
    for contact in contacts.all:
        digits = "".join(filter(str.isdigit, contact.number))
        assert contact.source
        assert contact.checked.startswith("20")
        assert contact.tel in (f"tel:{digits}", f"tel:+32{digits[1:]}")


def test_a_wrong_contact_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "be.yml"
    path.write_text(FILE.read_text(encoding="utf-8").replace('"tel:112"', '"112"'), encoding="utf-8")
    with pytest.raises(SafetyDataError, match=r"be\.yml:\d+: must begin"):
        Contacts.load(path)
