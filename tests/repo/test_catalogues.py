"""Every message is translated in every language, with its placeholders and all its plural forms."""

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.frontend import CommandLineInterface
from babel.messages.plurals import get_plural

from locales import languages
from tests.repo.catalogues import PLACEHOLDER, TEMPLATE, TRANSLATED, catalogue, forms, messages, path_of, template
from tests.repo.house import ROOT

# The options of `make catalogues`.
EXTRACT = "--mapping pyproject.toml --no-location --sort-output --omit-header --keywords N_".split()


def test_the_template_is_what_a_fresh_extraction_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    fresh = tmp_path / "messages.pot"
    command = ["pybabel", "--quiet", "extract", *EXTRACT, "--add-comments", "Translators:", "--output", str(fresh), "."]
    CommandLineInterface().run(command)  # type: ignore[no-untyped-call]  # Babel ships no types
    stale = "locales/messages.pot is not up to date: run `make catalogues`"
    assert TEMPLATE.read_text("utf-8").strip() == fresh.read_text("utf-8").strip(), stale


def test_every_language_in_the_list_has_its_catalogue_and_no_other_has() -> None:
    folders = {path.name for path in (ROOT / "locales").iterdir() if (path / "LC_MESSAGES").is_dir()}
    assert folders == set(TRANSLATED)
    assert all(path_of(code).is_file() for code in TRANSLATED)


def test_every_language_is_written_in_the_direction_that_is_usual_for_it() -> None:
    usual = {known.code: {"left-to-right": "ltr", "right-to-left": "rtl"} for known in languages()}
    for known in languages():
        assert known.dir == usual[known.code][Locale.parse(known.code).character_order]


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_catalogue_holds_the_messages_of_the_template_and_no_other_in(code: str) -> None:
    wanted = {message.id for message in messages(template())}
    there = {message.id for message in messages(catalogue(code))}
    assert (wanted - there, there - wanted) == (set(), set())


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_untranslated_or_unsure_in(code: str) -> None:
    open_work = [
        message.id
        for message in messages(catalogue(code))
        if message.fuzzy or not all(form.strip() for form in forms(message.string))
    ]
    assert open_work == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_plural_has_as_many_forms_as_the_language_needs_in(code: str) -> None:
    needed = get_plural(code).num_plurals
    found = catalogue(code)
    assert found.num_plurals == needed, "the header with Plural-Forms is missing or wrong"
    wrong = [
        message.id
        for message in messages(found)
        if isinstance(message.id, tuple | list) and len(forms(message.string)) != needed
    ]
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_placeholder_comes_back_in_the_translation_in(code: str) -> None:
    lost = []
    for message in messages(catalogue(code)):
        known = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in forms(message.string):
            # One thing may be said without its number ("one visit"); any other name must be there.
            missing = (
                known - set(PLACEHOLDER.findall(form)) - ({"n"} if isinstance(message.id, tuple | list) else set())
            )
            if form and (missing or set(PLACEHOLDER.findall(form)) - known):
                lost.append(form)
    assert lost == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_line_breaks_around_quoted_words_stay_in(code: str) -> None:
    broken = [
        message.id
        for message in messages(catalogue(code))
        if isinstance(message.id, str) and message.string and message.id.count("\n") != str(message.string).count("\n")
    ]
    assert broken == []
