"""JSON lines in, JSON lines out, for programs (docs/reference/command-line.md)."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from voorop.errors import CommandError


def read_lines(stream: TextIO) -> Iterator[dict[str, Any]]:
    """The objects of a stream, one a line; empty lines are passed over.

    Raises:
        CommandError: a line is not a JSON object with a text; nothing of it is repeated.
    """
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise CommandError(f"line {number} is not JSON") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise CommandError(f'line {number} is not an object with a "text"')
        yield row


def write_lines(rows: Iterable[Mapping[str, Any]], stream: TextIO = sys.stdout) -> None:
    """Each row as soon as it is there. What UTF-8 cannot hold, a lone surrogate, goes out as JSON's own escape."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
        print(line, file=stream, flush=True)
