"""Settings, from the environment only (docs/reference/settings.md). The defaults suit one practice on one machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from locales import languages
from records.addresses import is_loopback, is_protected, names_a_host
from voorop.errors import SettingsError

PREFIX = "VOOROP_"
PROJECT = Path(__file__).parent.parent
DEFAULT_DATA = PROJECT / "var"
LONGEST_RETENTION_DAYS = 36_500
ENGINES = ("builtin", "rasa")


@dataclass(frozen=True)
class Settings:
    """Each field is the variable VOOROP_<NAME>.

    database_url: SQLAlchemy URL. secret_file: keys of the installation, made at first use. public_url: where people
    reach the pages, empty for the address served on. actions_url: an action server of its own, empty for in process.
    api_url: a care-plan API of its own, empty for in process. engine: `builtin` or `rasa`. rasa_url: where Rasa
    listens on this machine, when it is the engine. languages: codes that are offered, in this order; empty for every
    language that is there. retention_days: how long after a visit `voorop purge` leaves it, 0 for always.
    fhir_export_url: FHIR server that gets what is approved, empty for none; fhir_export_token_file: file with the
    bearer token that it asks for.
    """

    database_url: str
    secret_file: Path
    public_url: str = ""
    actions_url: str = ""
    api_url: str = ""
    engine: str = "builtin"
    languages: tuple[str, ...] = ()
    retention_days: int = 0
    rasa_url: str = "http://127.0.0.1:5005"
    fhir_export_url: str = ""
    fhir_export_token_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], data: Path = DEFAULT_DATA) -> "Settings":
        """Settings out of `environment`, with what is kept by default in the folder `data`.

        Raises:
            SettingsError: a variable is unknown or has a value that cannot be used.
        """
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environment.items()
            if name.startswith(PREFIX) and value
        }
        unknown = set(given) - set(cls.__dataclass_fields__)
        if unknown:
            raise SettingsError(f"there is no setting {PREFIX}{min(unknown).upper()} (see docs/reference/settings.md)")
        settings = cls(
            database_url=given.get("database_url", f"sqlite:///{data / 'voorop.sqlite'}"),
            secret_file=Path(given.get("secret_file", data / "secret")),
            public_url=protected(f"{PREFIX}PUBLIC_URL", given.get("public_url", "")),
            actions_url=protected(f"{PREFIX}ACTIONS_URL", given.get("actions_url", "")),
            api_url=protected(f"{PREFIX}API_URL", given.get("api_url", "")),
            engine=given.get("engine", cls.engine),
            rasa_url=_on_this_machine("RASA_URL", given.get("rasa_url", cls.rasa_url)),
            languages=_languages(given.get("languages", "")),
            retention_days=_days(given.get("retention_days", "0")),
            fhir_export_url=_fhir_export(given.get("fhir_export_url", "")),
            fhir_export_token_file=Path(given["fhir_export_token_file"]) if "fhir_export_token_file" in given else None,
        )
        if settings.engine not in ENGINES:
            raise SettingsError(f"{PREFIX}ENGINE is '{settings.engine}'; the engines are {' and '.join(ENGINES)}")
        return settings

    @property
    def models(self) -> Path:
        """Where trained models are kept: they belong to the program, not to a practice's data."""
        return DEFAULT_DATA / "models"


def _languages(given: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(given.replace(",", " ").split()))
    known = {each.code for each in languages()}
    for code in codes:
        if code not in known:
            raise SettingsError(f"{PREFIX}LANGUAGES names '{code}'; there are {', '.join(sorted(known))}")
    return codes


def _fhir_export(given: str) -> str:
    url = protected(f"{PREFIX}FHIR_EXPORT_URL", given)
    if "@" in urlsplit(url).netloc:
        raise SettingsError(f"{PREFIX}FHIR_EXPORT_URL holds a password; put a token in {PREFIX}FHIR_EXPORT_TOKEN_FILE")
    return url


def protected(called: str, url: str) -> str:
    """`url` without its last slash, when it is empty or an address that people's words may travel to.

    Raises:
        SettingsError: it is not; `called` is what whoever set it knows it by.
    """
    if url and not names_a_host(url):
        raise SettingsError(f"{called} must begin with https:// and name a host")
    if url and not is_protected(url):
        raise SettingsError(f"{called} is plain http: people's words would travel unprotected; use https")
    return url.rstrip("/")


def _days(number: str) -> int:
    if not number.isdecimal() or int(number) > LONGEST_RETENTION_DAYS:
        raise SettingsError(f"{PREFIX}RETENTION_DAYS is a whole number of days, 0 to {LONGEST_RETENTION_DAYS}")
    return int(number)


def _on_this_machine(name: str, url: str) -> str:
    parts = urlsplit(url) if names_a_host(url) else urlsplit("")
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise SettingsError(f"{PREFIX}{name} must begin with http://127.0.0.1: what is said never leaves this machine")
    return url.rstrip("/")
