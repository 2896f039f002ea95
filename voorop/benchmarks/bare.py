"""What no turn can do without: one encoding of its words and one durable commit of them."""

import sqlite3
import threading
from pathlib import Path

from bot.nlu.encoder import SentenceEncoder


class Bare:
    """Usable from several threads: encodings run side by side, and commits one after the other as SQLite has it."""

    def __init__(self, path: Path) -> None:
        self._encoder, self._writing = SentenceEncoder(), threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # the settings of our own database
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE said (words TEXT)"
        )

    def take(self, words: str) -> None:
        self._encoder.encode([words])
        with self._writing:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("INSERT INTO said VALUES (?)", (words,))
            self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
