"""Settings: safe as they come, and every mistake told in one line."""

from pathlib import Path

import pytest

import locales
from records.addresses import is_loopback
from voorop.errors import SettingsError
from voorop.settings import Settings

DATA = Path("/data")


def test_the_defaults_suit_one_practice_on_one_machine() -> None:
    settings = Settings.from_environment({"HOME": "/home/x"}, DATA)
    assert settings.database_url == "sqlite:////data/voorop.sqlite"
    assert settings.secret_file == Path("/data/secret")
    assert (settings.public_url, settings.actions_url, settings.api_url) == ("", "", "")


def test_a_public_address_is_taken_without_its_last_slash() -> None:
    assert (
        Settings.from_environment({"VOOROP_PUBLIC_URL": "https://a.example/"}, DATA).public_url == "https://a.example"
    )
    assert Settings.from_environment({"VOOROP_PUBLIC_URL": "http://127.0.0.1:8000"}, DATA).public_url


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5055/webhook", "http://[::1]:5055", "https://actions.example/webhook"]
)
def test_parts_of_the_installation_are_on_this_machine_or_reached_by_https(url: str) -> None:
    settings = Settings.from_environment({"VOOROP_ACTIONS_URL": url, "VOOROP_API_URL": f"{url}/"}, DATA)
    assert (settings.actions_url, settings.api_url) == (url, url)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("VOOROP_PUBLIC_URL", "http://a.example", "unprotected"),
        ("VOOROP_PUBLIC_URL", "a.example", "https://"),
        ("VOOROP_FHIR_EXPORT_URL", "http://ehr.example/fhir", "unprotected"),
        ("VOOROP_FHIR_EXPORT_URL", "https://user:secret@ehr.example/fhir", "holds a password"),
        ("VOOROP_ACTIONS_URL", "http://10.0.0.5:5055/webhook", "VOOROP_ACTIONS_URL is plain http"),
        ("VOOROP_ACTIONS_URL", "http://127.0.0.1@actions.example/webhook", "unprotected"),
        ("VOOROP_ACTIONS_URL", "127.0.0.1:5055", "https://"),
        ("VOOROP_API_URL", "http://plan.example", "VOOROP_API_URL is plain http"),
        ("VOOROP_API_URL", "ftp://127.0.0.1", "https://"),
        ("VOOROP_API_URL", "https://[", "https://"),
        ("VOOROP_LANGUAGES", "nl, tlh", "tlh"),
        ("VOOROP_ENGINE", "other", "builtin and rasa"),
        ("VOOROP_RASA_URL", "http://10.0.0.5:5005", "never leaves"),
        ("VOOROP_RASA_URL", "127.0.0.1:5005", "never leaves"),
        ("VOOROP_RASA_URL", "http://[", "never leaves"),
        ("VOOROP_DATABASE", "x", "no setting VOOROP_DATABASE"),
    ],
)
def test_a_mistake_is_one_clear_line(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        Settings.from_environment({name: value}, DATA)
    assert "\n" not in str(refused.value)


def test_rasa_is_an_engine_on_this_machine() -> None:
    assert Settings.from_environment({}, DATA).engine == "builtin"
    chosen = Settings.from_environment({"VOOROP_ENGINE": "rasa"}, DATA)
    assert (chosen.engine, chosen.rasa_url) == ("rasa", "http://127.0.0.1:5005")
    assert Settings.from_environment({"VOOROP_RASA_URL": "http://[::1]:7/"}, DATA).rasa_url == "http://[::1]:7"


@pytest.mark.parametrize(
    ("host", "own"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("a.example", False), ("", False)],  # noqa: S104
)
def test_only_this_machine_is_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_the_languages_that_are_offered_can_be_fewer_and_in_another_order() -> None:
    settings = Settings.from_environment({"VOOROP_LANGUAGES": "ar, nl ar"}, DATA)
    assert settings.languages == ("ar", "nl")
    try:
        locales.enable(settings.languages)
        assert [known.code for known in locales.languages()] == ["ar", "nl"]
        assert locales.negotiate("fr, en;q=0.5") == "ar"
        assert locales.negotiate("fr, nl;q=0.5") == "nl"
    finally:
        locales.enable(())
    assert len(locales.languages()) > 2
