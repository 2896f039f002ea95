"""The assessor: level, clarity, what is missing, and so on, by word lists and clauses (contracts.md section 4).

A second reader, where there is one, has its say on level, clarity and area of life.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from actions.elicitation.assessment import Assessment
from actions.elicitation.choosing import Choosing
from actions.elicitation.clauses import after_purpose, holds_two
from actions.elicitation.folding import words as words_of
from actions.elicitation.lexicon import Lexicon, Match, read_mapping
from actions.elicitation.parts import Part, parts_of
from actions.elicitation.placed import placed
from actions.elicitation.reading import Reading, read
from actions.elicitation.second_reader import Likely, SecondReader, weighed
from actions.elicitation.time_frames import TimeFrames
from actions.elicitation.wishes import wishes_in

NONE = Assessment("none")
ELEMENTS = ("who", "where", "how_often", "when")
# Nobody washes or sleeps "with whom": ask how often first.
PRIVATE = frozenset({"self_care", "feelings_energy"})
AT_HOME = frozenset({"home_life", "getting_around", "living_conditions"})
ELEMENT_KINDS = frozenset({"companions", "places", "how_often", "when", "how_far"})
MOST_WORDS = 1000  # what is wanted stands in the beginning of a very long text


class RuleAssessor:
    """Deterministic; reads all languages, the given one first. today: for "by summer"."""

    def __init__(
        self,
        lexicons: Sequence[Lexicon],
        time_frames: TimeFrames,
        today: Callable[[], date] | None = None,
        reader: SecondReader | None = None,
    ) -> None:
        self._lexicons = tuple(lexicons)
        self._choosing = Choosing(self._lexicons)
        self._time_frames = time_frames
        self._today = today or (lambda: datetime.now(UTC).date())
        self._reader = reader

    @classmethod
    def load(
        cls, folder: Path, today: Callable[[], date] | None = None, reader: SecondReader | None = None
    ) -> "RuleAssessor":
        """Raises AssessmentDataError with the file."""
        paths = sorted(path for path in folder.glob("*.yml") if path.stem != "calendar")
        lexicons = [Lexicon.load(path) for path in paths]
        return cls(lexicons, TimeFrames(read_mapping(folder / "calendar.yml")), today, reader)

    def assess(self, text: str, lang: str | None) -> Assessment:
        """Assess one statement; `lang` is the language it was most likely written in."""
        words = words_of(text)[:MOST_WORDS]
        if not words or not self._lexicons:
            return NONE
        lexicon, reading = read(text, words, self._lexicons, lang)
        time_frame = self._time_frames.find(words, lexicon, self._today())
        return _assessment(reading, time_frame, self._reader.read(text) if self._reader else {})

    def wishes(self, text: str, lang: str | None) -> tuple[str, ...]:
        """The stretches of a statement that each say one wish, verbatim and in order."""
        tokens = placed(text)[:MOST_WORDS]
        if not tokens or not self._lexicons:
            return ()
        _, reading = read(text, [token.word for token in tokens], self._lexicons, lang)
        goals = _wanted(reading)
        return wishes_in(text, tokens, goals, reading.without_overlaps(goals))

    def parts(self, text: str, lang: str | None) -> tuple[Part, ...]:
        """With whom, where, how often and when, as far as a statement says it, each in its words."""
        tokens = placed(text)[:MOST_WORDS]
        if not tokens or not self._lexicons:
            return ()
        words = [token.word for token in tokens]
        lexicon, reading = read(text, words, self._lexicons, lang)
        time = self._time_frames.locate(words, lexicon, self._today())
        return parts_of(text, tokens, reading.without_overlaps(_wanted(reading)), lexicon, time)

    def meant(self, wishes: Sequence[str], said: str, place: int | None) -> int | None:
        """Which of the wishes was named, from 0, or counted off (place: from 1, or `LAST`); None when unclear."""
        return self._choosing.meant(wishes, said, place)

    def turns_down(self, said: str) -> bool:
        """Whether something in it is not wanted, or not now."""
        return self._choosing.turns_down(said)


def assess_lines(assessor: RuleAssessor, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row with the fields of its assessment added, in order; other fields pass through."""
    for row in rows:
        lang = row.get("lang")
        assessment = assessor.assess(str(row.get("text") or ""), lang if isinstance(lang, str) else None)
        yield {**row, **assessment.to_json(), "missing": list(assessment.missing)}


def _wanted(reading: Reading) -> list[Match]:
    wanted = [goal for goal in reading.goals if goal.kind != "not_a_goal"]
    return after_purpose(wanted, reading.others)


def _assessment(reading: Reading, time_frame: str | None, likely: Mapping[str, Likely]) -> Assessment:
    goals = _wanted(reading)
    level, domain = _level(reading, goals)
    reading = reading.without_overlaps(goals)
    said = _said(reading, domain, time_frame)
    clarity = "concrete" if _is_concrete(level, domain, said) else "vague"
    if likely:
        found = level
        level = weighed(likely["level"], found)
        clarity = weighed(likely["clarity"], clarity if found != "none" else None)
        domain = weighed(likely["domain"], domain)
        said = _said(reading, domain, time_frame)
    if level == "none":
        return NONE
    return Assessment(
        level,
        clarity,
        _missing(level, clarity, domain, said, bool(goals) and goals[0].area != "any"),
        holds_two(goals, reading.others, reading.words),
        domain,
        time_frame,
    )


def _level(reading: Reading, goals: Sequence[Match]) -> tuple[str, str]:
    """The level and the area of life. An activity says more than a value, a value more than a symptom."""
    kinds = reading.kinds()
    if "wishes" not in kinds:
        if reading.opens_with("questions") or ("not_a_goal" in kinds and reading.opens_with("not_wishing", "i_am")):
            return "none", ""
        if reading.opens_with("i_am"):  # "I am always tired", but not "I am the neighbour"
            goals = [goal for goal in goals if goal.kind != "values"]
    ending = [goal for goal in goals if goal.area == "end_of_life"]
    bodily = [goal for goal in goals if goal.area == "body_symptoms"]
    named = {
        "functional": [] if ending else [goal for goal in goals if goal.kind == "activities"],
        # "my back at peace" is about the back
        "fundamental": ending
        or [g for g in goals if g.kind == "values" and (g.area != "feelings_energy" or not bodily)],
        "symptom_disease": [goal for goal in goals if goal.kind == "symptoms"],
    }
    for level, found in named.items():
        if found:
            return level, found[0].area
    return _level_unnamed(reading)


def _level_unnamed(reading: Reading) -> tuple[str, str]:
    """Nothing of the lists is named: most activities of this world stand in no list, so the form of words decides."""
    kinds = reading.kinds()
    if "not_a_goal" in kinds or ("wishes" not in kinds and reading.opens_with("not_wishing", "i_am")):
        return "none", ""
    place = next((match for match in reading.others if match.kind == "places"), None)
    if place and (place.area != "any" or kinds & {"wishes", "doing"}):
        known = {"any": "home_life" if place.family == "home" else "leisure_community"}
        return "functional", known.get(place.area, place.area)
    persons = kinds & {"companions", "company"}
    if persons and place:
        return "functional", "leisure_community"
    if "being" in kinds and not reading.names and not kinds & (ELEMENT_KINDS - {"companions"}):
        return "fundamental", "family_friends" if persons else "feelings_energy"
    if kinds & {"wishes", "doing"} and _has_unknown(reading):
        return "functional", "family_friends" if persons else "leisure_community"
    if persons:
        return "fundamental", "family_friends"
    return ("functional", "leisure_community") if reading.names and kinds & ELEMENT_KINDS else ("none", "")


def _has_unknown(reading: Reading) -> bool:
    """Whether a word stands there that says something of its own."""
    known = {at for match in reading.others if match.kind != "doing" for at in match.at}
    return any(len(word) > 2 and at not in known for at, word in enumerate(reading.words))


def _said(reading: Reading, domain: str, time_frame: str | None) -> frozenset[str]:
    kinds = reading.kinds()
    who = "companions" in kinds or ("company" in kinds and "with" in kinds)
    where = any(m.kind == "places" and (m.family != "home" or domain not in AT_HOME) for m in reading.others)
    told = {
        "who": who,
        "where": where,
        "how_often": "how_often" in kinds,
        "when": "when" in kinds or time_frame is not None,
        "how_far": "how_far" in kinds,
    }
    return frozenset(element for element, is_said in told.items() if is_said) | reading.names


def _is_concrete(level: str, domain: str, said: frozenset[str]) -> bool:
    if level == "functional":
        return bool(said)
    if level == "symptom_disease":
        return bool(said & {"when", "how_often", "how_far"})
    return domain == "end_of_life" and bool(said & {"who", "where"})


def _missing(level: str, clarity: str, domain: str, said: frozenset[str], named: bool) -> tuple[str, ...]:
    """What was not said. Of a functional statement that is concrete without a word of the lists nobody can tell."""
    if level == "functional" and clarity == "concrete":
        return _unsaid(domain, said) if said else ()
    what = () if level == "functional" and named else ("what",)
    return what + _unsaid(domain, said) or ("what",)


def _unsaid(domain: str, said: frozenset[str]) -> tuple[str, ...]:
    order = ("how_often", "when", "where", "who") if domain in PRIVATE else ELEMENTS
    return tuple(element for element in order if element not in said)
