"""Makes anew what is shipped with the training data, so that a first start need not: embeddings and solutions.

python -m bot.nlu.shipping [--data data]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.nlu.embedding_cache import SHIPPED, CachedEncoder
from bot.nlu.encoder import SentenceEncoder, Vectors, encode_all
from bot.nlu.solutions import ship
from bot.nlu.statement_data import Statement, load_statements
from bot.nlu.training import fit, fit_statements
from bot.nlu.training_data import Example, load_examples


def trained_on(data: Path) -> tuple[Sequence[Example], Sequence[Statement]]:
    """What training reads out of the project's `data` folder."""
    return load_examples(data / "nlu"), load_statements(data / "assessment" / "statements")


def main(arguments: Sequence[str] | None = None) -> int:
    """Encodes and solves everything, and writes both files."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.shipping", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    examples, statements = trained_on(parser.parse_args(arguments).data)
    encoder = CachedEncoder(SentenceEncoder(), SHIPPED.parent, shipped=None)
    texts = [*(example.text for example in examples), *(statement.text for statement in statements)]
    vectors = encode_all(texts, encoder, _show)
    encoder.save()
    solutions: dict[str, Vectors] = {}
    fit(examples, vectors[: len(examples)], _show, solutions)
    fit_statements(statements, vectors[len(examples) :], _show, solutions)
    ship(solutions)
    return 0


def _show(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done}/{of} ")


if __name__ == "__main__":
    sys.exit(main())
