"""Words in every language: which language suits a reader, and how numbers and dates are written there."""

import shutil
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import locales
from locales.errors import CatalogueMissing, UnknownLanguage
from locales.extraction import contacts, responses
from locales.update import update

CODES = [known.code for known in locales.languages()]
CATALOGUE = Path(locales.__file__).parent / "nl" / "LC_MESSAGES" / "messages.po"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("fr-BE;q=0.8,ar-MA", "ar"),
        ("nl;q=0", "en"),
        ("zh, tr;q=0.5", "en"),
        ("", "en"),
        (None, "en"),
        ("en;q=abc, nl", "nl"),
    ],
)
def test_the_language_that_a_browser_asks_for_is_found(header: str | None, code: str) -> None:
    assert locales.negotiate(header) == code


@given(st.text(max_size=300))
def test_any_header_gives_a_listed_language(header: str) -> None:
    assert locales.negotiate(header) in CODES


def test_arabic_is_written_from_the_right_and_a_stranger_is_told() -> None:
    assert [locales.language(code).dir for code in ("nl", "ar")] == ["ltr", "rtl"]
    with pytest.raises(UnknownLanguage):
        locales.language("../nl")


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_the_first_words_and_writes_dates_and_lists(code: str) -> None:
    hello = "Hello. I am a computer program, not a person."
    assert (locales.translate(code, hello) == hello) is (code == "en")
    assert "23" in locales.format_day(code, date(2026, 11, 23))
    assert "2026" in locales.format_date(code, date(2026, 11, 23))
    assert locales.format_time(code, time(9, 5)) == "09:05"
    assert all(part in locales.format_list(code, ["a", "b", "c"]) for part in "abc")


def test_a_message_that_nobody_translated_stays_english() -> None:
    assert locales.translate("ar", "zzz {name}") == "zzz {name}"
    assert locales.translate("ar", "") == ""


def test_every_language_is_called_by_its_name_in_every_language() -> None:
    names = locales.language_names("nl")
    assert {"Nederlands", "Dutch", "néerlandais", "الهولندية"} <= set(names)


def test_a_missing_catalogue_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("locales.catalogues.FOLDER", tmp_path)
    locales.jinja_translations.cache_clear()
    with pytest.raises(CatalogueMissing, match="'nl' is missing: run `make compile`"):
        locales.check_catalogues()
    locales.jinja_translations.cache_clear()


def test_what_the_assistant_says_is_extracted_with_its_place() -> None:
    source = b"""
responses:
  utter_a:
    - text: "Shall we begin?"
      condition: [{type: slot, name: role, value: patient}]
      buttons: [{title: "Yes", payload: /affirm}]
"""
    found = [(text, notes) for _, _, text, notes in responses(BytesIO(source), (), (), {})]
    assert found == [
        ("Shall we begin?", ["Translators: utter_a (role is patient)"]),
        ("Yes", ["Translators: button of utter_a"]),
    ]


def test_what_is_read_of_an_emergency_number_is_extracted() -> None:
    source = b'note: "Together."\ncontacts:\n  - {id: a, name: "Line", about: "Talk.", hours: null}\n'
    assert [text for _, _, text, _ in contacts(BytesIO(source), (), (), {})] == ["Together.", "Line", "Talk."]


def test_a_new_message_comes_in_untranslated_and_one_that_went_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    shutil.copy(CATALOGUE, path)
    template = read_po(BytesIO(b'msgid "Shall we begin?"\nmsgstr ""\n\nmsgid "Entirely new"\nmsgstr ""\n'))
    assert update(path, "nl", template) == 1
    kept = {message.id: message.string for message in read_po(BytesIO(path.read_bytes()), locale="nl") if message.id}
    assert kept == {"Shall we begin?": locales.translate("nl", "Shall we begin?"), "Entirely new": ""}
