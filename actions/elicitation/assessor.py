"""The assessor: level, clarity, what is missing, and so on, by word lists and clauses (contracts.md section 4).

A second reader, where there is one, has its say on level, clarity and area of life.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from actions.elicitation.assessment import Assessment
from actions.elicitation.clauses import after_purpose, first, holds_two
from actions.elicitation.folding import words as words_of
from actions.elicitation.lexicon import CONTENT, Lexicon, Match, read_mapping
from actions.elicitation.names import names_after
from actions.elicitation.second_reader import Likely, SecondReader, weighed
from actions.elicitation.time_frames import TimeFrames

NONE = Assessment("none")
ELEMENTS = ("who", "where", "how_often", "when")
# Nobody washes or sleeps "with whom": ask how often first.
PRIVATE = frozenset({"self_care", "feelings_energy"})
AT_HOME = frozenset({"home_life", "getting_around", "living_conditions"})
ELEMENT_KINDS = frozenset({"companions", "places", "how_often", "when", "how_far"})
MOST_WORDS = 1000  # what is wanted stands in the beginning of a very long text
LONG_ENOUGH = 5  # a word of another language counts when it is this long; short ones mean too many things


@dataclass(frozen=True)
class _Reading:
    """A statement read with one language's lists."""

    words: Sequence[str]
    goals: tuple[Match, ...]  # in order; of overlapping ones the longest
    others: tuple[Match, ...]  # companions, places, joining words ...
    names: frozenset[str]  # elements told by a name: "with Lena", "in Gent"

    def kinds(self) -> frozenset[str]:
        return frozenset(match.kind for match in (*self.goals, *self.others))


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
        lexicon, reading = self._read(text, words, lang)
        time_frame = self._time_frames.find(words, lexicon, self._today())
        return _assessment(reading, time_frame, self._reader.read(text) if self._reader else {})

    def _read(self, text: str, words: Sequence[str], lang: str | None) -> tuple[Lexicon, _Reading]:
        found = {lexicon.language: lexicon.find(words) for lexicon in self._lexicons}
        main = max(self._lexicons, key=lambda lexicon: _weight(found[lexicon.language], lexicon.language == lang))
        matches = list(found[main.language])
        taken = {at for match in matches for at in match.at}
        for language, more in found.items():
            if language != main.language:
                matches += [match for match in more if _lends(match, words, taken)]
        goals = _longest(match for match in matches if match.kind in CONTENT)
        others = tuple(match for match in matches if match.kind not in CONTENT)
        meant = {words[at] for match in matches for at in match.at}
        names = names_after(text, main.before_a_name, meant)
        return main, _Reading(words, goals, others, names)


def assess_lines(assessor: RuleAssessor, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row with the fields of its assessment added, in order; other fields pass through."""
    for row in rows:
        lang = row.get("lang")
        assessment = assessor.assess(str(row.get("text") or ""), lang if isinstance(lang, str) else None)
        yield {**row, **assessment.to_json(), "missing": list(assessment.missing)}


def _weight(matches: Sequence[Match], named: bool) -> tuple[bool, int, bool]:
    """The named language wins as soon as it knows what is wanted; otherwise whoever knows most words."""
    known = any(match.kind in CONTENT for match in matches)
    return named and known, len({at for match in matches for at in match.at}), named


def _lends(match: Match, words: Sequence[str], taken: set[int]) -> bool:
    content = (*CONTENT, "companions", "places")
    return match.kind in content and all(len(words[at]) >= LONG_ENOUGH and at not in taken for at in match.at)


def _longest(matches: Iterable[Match]) -> tuple[Match, ...]:
    used: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (-len(m.at), first(m), CONTENT.index(m.kind))):
        if used.isdisjoint(match.at):
            used.update(match.at)
            kept.append(match)
    return tuple(sorted(kept, key=first))


def _assessment(reading: _Reading, time_frame: str | None, likely: Mapping[str, Likely]) -> Assessment:
    wanted = [goal for goal in reading.goals if goal.kind != "not_a_goal"]
    goals = after_purpose(wanted, reading.others)
    level, domain = _level(reading, goals)
    reading = _without_overlaps(reading, goals)
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


def _without_overlaps(reading: _Reading, goals: Sequence[Match]) -> _Reading:
    """Words that already name what is wanted tell no who, where or when; a second activity may tell where or when
    the first one is done ("take the bus to the market", "read before going to sleep").
    """
    leading = set(goals[0].at) if goals else set()
    return replace(reading, others=tuple(match for match in reading.others if leading.isdisjoint(match.at)))


def _level(reading: _Reading, goals: Sequence[Match]) -> tuple[str, str]:
    """The level and the area of life. An activity says more than a value, a value more than a symptom."""
    kinds = reading.kinds()
    if "wishes" not in kinds:
        if _opens_with(reading, "questions") or ("not_a_goal" in kinds and _opens_with(reading, "not_wishing", "i_am")):
            return "none", ""
        if _opens_with(reading, "i_am"):  # "I am always tired", but not "I am the neighbour"
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


def _level_unnamed(reading: _Reading) -> tuple[str, str]:
    """Nothing of the lists is named: most activities of this world stand in no list, so the form of words decides."""
    kinds = reading.kinds()
    if "not_a_goal" in kinds or ("wishes" not in kinds and _opens_with(reading, "not_wishing", "i_am")):
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


def _opens_with(reading: _Reading, *kinds: str) -> bool:
    return any(match.kind in kinds and first(match) == 0 for match in reading.others)


def _has_unknown(reading: _Reading) -> bool:
    """Whether a word stands there that says something of its own."""
    known = {at for match in reading.others if match.kind != "doing" for at in match.at}
    return any(len(word) > 2 and at not in known for at, word in enumerate(reading.words))


def _said(reading: _Reading, domain: str, time_frame: str | None) -> frozenset[str]:
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
