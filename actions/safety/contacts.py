"""Numbers to call, per country: exact, tappable, with their source (data/contacts/<country>.yml).

`name`, `about`, `hours`, `cost` and `note` are msgids: the caller translates them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from actions.safety.errors import SafetyDataError
from actions.safety.rule_files import CATEGORIES
from actions.safety.yaml_file import Entry, only_keys, read_mapping

_FILE_KEYS = frozenset({"country", "note", "contacts"})
_NEEDED = frozenset({"id", "number", "tel", "for", "languages", "name", "about", "hours", "cost", "source", "checked"})


@dataclass(frozen=True)
class Contact:
    """`languages` empty: for everybody. `note` is set where no line answers in the person's language."""

    id: str
    number: str
    tel: str
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    name: str
    about: str
    hours: str | None
    cost: str | None
    source: str
    checked: str
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Contacts:
    """The contacts of one country, in the order of its file."""

    def __init__(self, contacts: Sequence[Contact], note: str) -> None:
        self.all = tuple(contacts)
        self._note = note

    @classmethod
    def load(cls, path: Path) -> "Contacts":
        """Raises SafetyDataError with file and line."""
        content = read_mapping(path)
        only_keys(path, content, _FILE_KEYS, _FILE_KEYS)
        return cls(list(_contacts(path, content)), str(content["note"]))

    def for_danger(self, category: str, lang: str) -> tuple[Contact, ...]:
        """Numbers for everybody and those that answer in `lang`.

        Where no line answers in `lang`, all of them, each with the note that one may call together with someone:
        no line is ever claimed to speak a language it does not.
        """
        fitting = [contact for contact in self.all if category in contact.categories]
        spoken = [contact for contact in fitting if not contact.languages or lang in contact.languages]
        has_own_line = any(contact.languages for contact in spoken)
        has_lines = any(contact.languages for contact in fitting)
        if has_own_line or not has_lines:
            return tuple(spoken)
        return tuple(self._with_note(contact) for contact in fitting if set(contact.languages) != {"de"})

    def msgids(self) -> tuple[str, ...]:
        """Every text that a person may read, for the translators' catalogue."""
        texts = [text for c in self.all for text in (c.name, c.about, c.hours, c.cost) if text]
        return tuple(dict.fromkeys([*texts, self._note]))

    def _with_note(self, contact: Contact) -> Contact:
        if not contact.languages:
            return contact
        return Contact(**{**asdict(contact), "note": self._note})


def _contacts(path: Path, content: Entry) -> Iterator[Contact]:
    seen: set[str] = set()
    for entry in content["contacts"]:
        if not isinstance(entry, Entry):
            raise SafetyDataError(path, content.lines["contacts"], "every contact begins with '- id: ...'")
        only_keys(path, entry, _NEEDED | {"recheck"}, _NEEDED)
        unknown = set(entry["for"]) - set(CATEGORIES)
        if unknown:
            raise SafetyDataError(path, entry.lines["for"], f"{sorted(unknown)} are not categories")
        if str(entry["id"]) in seen:
            raise SafetyDataError(path, entry.lines["id"], "an id is used twice")
        if not str(entry["tel"]).startswith("tel:"):
            raise SafetyDataError(path, entry.lines["tel"], "must begin with 'tel:'")
        seen.add(str(entry["id"]))
        yield _contact(entry)


def _contact(entry: Mapping[str, Any]) -> Contact:
    def text(key: str) -> str | None:
        return None if entry[key] is None else str(entry[key])

    def words(key: str) -> tuple[str, ...]:
        return tuple(str(word) for word in entry[key])

    return Contact(
        id=str(entry["id"]),
        number=str(entry["number"]),
        tel=str(entry["tel"]),
        categories=words("for"),
        languages=words("languages"),
        name=str(entry["name"]),
        about=str(entry["about"]),
        hours=text("hours"),
        cost=text("cost"),
        source=str(entry["source"]),
        checked=str(entry["checked"]),
    )
