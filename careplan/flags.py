"""What the safety rules found: a literal quote for the practice, without a grade."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.contribution import LONGEST_WORDS
from careplan.people import Role
from careplan.reading import LANGUAGE, NAME, Reader


class Danger(StrEnum):
    """What the words may be about."""

    SUICIDE_SELF_HARM = "suicide_self_harm"
    VIOLENCE_ABUSE = "violence_abuse"
    MEDICAL_EMERGENCY = "medical_emergency"


@dataclass(frozen=True)
class Flag:
    """The words that made a safety rule speak; `rule` names it."""

    category: Danger
    words: str
    lang: str
    role: Role
    rule: str | None = None


def flag_from_json(source: object) -> Flag:
    """Raises Invalid with the path of the first field that is wrong."""
    reader = Reader(source, "", {"category", "words", "lang", "role", "rule"})
    has_rule = reader.optional_text("rule", 64) is not None
    return Flag(
        category=reader.one_of("category", Danger),
        words=reader.text("words", LONGEST_WORDS),
        lang=reader.matching("lang", LANGUAGE),
        role=reader.one_of("role", Role),
        rule=reader.matching("rule", NAME) if has_rule else None,
    )
