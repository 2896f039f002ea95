"""Settings, from the environment only (docs/reference/settings.md). The defaults suit one practice on one machine."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from locales import languages
from voorop.errors import SettingsError

PREFIX = "VOOROP_"
PROJECT = Path(__file__).parent.parent
DEFAULT_DATA = PROJECT / "var"


@dataclass(frozen=True)
class Settings:
    """Each field is the variable VOOROP_<NAME>.

    database_url: SQLAlchemy URL. secret_file: keys of the installation, made at first use. public_url: where people
    reach the pages, empty for the address served on. actions_url: an action server of its own, empty for in process.
    api_url: a care-plan API of its own, empty for in process. engine: `builtin`. languages: codes that are offered,
    in this order; empty for every language that is there. fhir_export_url: FHIR server that gets what is approved,
    empty for none; fhir_export_token_file: file with the bearer token that it asks for.
    """

    database_url: str
    secret_file: Path
    public_url: str = ""
    actions_url: str = ""
    api_url: str = ""
    engine: str = "builtin"
    languages: tuple[str, ...] = ()
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
            public_url=_public(given.get("public_url", "")),
            actions_url=given.get("actions_url", ""),
            api_url=given.get("api_url", ""),
            engine=given.get("engine", "builtin"),
            languages=_languages(given.get("languages", "")),
            fhir_export_url=_fhir_export(given.get("fhir_export_url", "")),
            fhir_export_token_file=Path(given["fhir_export_token_file"]) if "fhir_export_token_file" in given else None,
        )
        if settings.engine != "builtin":
            raise SettingsError(f"{PREFIX}ENGINE is '{settings.engine}'; this version has one engine, 'builtin'")
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


def _public(url: str) -> str:
    return _protected("PUBLIC_URL", url)


def _fhir_export(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise SettingsError(f"{PREFIX}FHIR_EXPORT_URL holds a password; put a token in {PREFIX}FHIR_EXPORT_TOKEN_FILE")
    return _protected("FHIR_EXPORT_URL", url)


def _protected(name: str, url: str) -> str:
    """An address that people's words may travel to."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise SettingsError(f"{PREFIX}{name} must begin with https:// and name a host")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise SettingsError(f"{PREFIX}{name} is plain http: people's words would travel unprotected; use https")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
