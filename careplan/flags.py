"""What the practice must see first: a literal quote, without a grade."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.contribution import LONGEST_WORDS
from careplan.people import Role
from careplan.reading import LANGUAGE, NAME, Reader


class Category(StrEnum):
    """What the words may be about: one of the dangers, or a wish to speak to a person."""

    SUICIDE_SELF_HARM = "suicide_self_harm"
    VIOLENCE_ABUSE = "violence_abuse"
    MEDICAL_EMERGENCY = "medical_emergency"
    ASK_HUMAN = "ask_human"


@dataclass(frozen=True)
class Flag:
    """The words that raised it; `rule` names the safety rule that spoke, if one did."""

    category: Category
    words: str
    lang: str
    role: Role
    rule: str | None = None


def flag_from_json(source: object) -> Flag:
    """Raises Invalid with the path of the first field that is wrong."""
    reader = Reader(source, "", {"category", "words", "lang", "role", "rule"})
    has_rule = reader.optional_text("rule", 64) is not None
    return Flag(
        category=reader.one_of("category", Category),
        words=reader.text("words", LONGEST_WORDS),
        lang=reader.matching("lang", LANGUAGE),
        role=reader.one_of("role", Role),
        rule=reader.matching("rule", NAME) if has_rule else None,
    )
