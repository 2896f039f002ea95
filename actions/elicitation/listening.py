"""What is heard in an answer besides what it says: that something is hard, that it tells what someone does not want,
that it gives a reason, and of which care worker it speaks. By word lists (data/listening), like the assessment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.elicitation.folding import words as words_of
from actions.elicitation.lexicon import AssessmentDataError, Phrases, entries_of, read_mapping

HARD, AVOIDS, BECAUSE = "hard", "avoids", "because"
CARE_WORKERS = "care_workers"
MOST_WORDS = 400


@dataclass(frozen=True)
class Heard:
    """signs: those of `hard`, `avoids` and `because` that were heard. care_worker: whose list it was, or empty."""

    signs: tuple[str, ...] = ()
    care_worker: str = ""


class Listener:
    """Listens in the language of an answer, or in all of them when it is not known."""

    def __init__(self, phrases: Mapping[str, Phrases]) -> None:
        self._phrases = phrases

    @classmethod
    def load(cls, folder: Path) -> "Listener":
        """Raises AssessmentDataError with the file."""
        return cls({path.stem: _phrases(path) for path in sorted(folder.glob("*.yml"))})

    def hear(self, text: str, lang: str) -> Heard:
        said = words_of(text)[:MOST_WORDS]
        listening = [self._phrases[lang]] if lang in self._phrases else list(self._phrases.values())
        found = [match for phrases in listening for match in phrases.find(said)]
        kinds = {match.kind for match in found}
        workers = sorted((match.at, match.area) for match in found if match.kind == CARE_WORKERS)
        return Heard(
            signs=tuple(sign for sign in (HARD, AVOIDS, BECAUSE) if sign in kinds),
            care_worker=workers[0][1] if workers else "",
        )


def _phrases(path: Path) -> Phrases:
    data = read_mapping(path)
    if set(data) != {HARD, AVOIDS, BECAUSE, CARE_WORKERS}:
        raise AssessmentDataError(path, f"must hold the lists {HARD}, {AVOIDS}, {BECAUSE} and {CARE_WORKERS}")
    return Phrases(entries_of(data))
