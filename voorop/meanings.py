"""The sentence encoder of the understanding, as the care plan asks for it."""

from collections.abc import Sequence

from bot.nlu.encoder import Encoder
from careplan.meaning import Meaning


class SentenceMeanings:
    """careplan.meaning.ReadsMeaning. Like every use of the encoder it reads the first words of a text (encoder.py)."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def meanings(self, words: Sequence[str]) -> Sequence[Meaning]:
        """One per text, in their order."""
        return [Meaning(self._encoder.identity, tuple(vector.tolist())) for vector in self._encoder.encode(words)]
