"""What every part of the service works with: tables, keys, the clock, the password hash."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pwdlib import PasswordHash
from sqlalchemy.engine import Engine

from api.db.tables import Tables
from records.keys import Keys


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """128 random bits: an id that cannot be guessed, though access never rests on that."""
    return secrets.token_hex(16)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Context:
    """Handed to every function of the service, beside the connection of its transaction."""

    tables: Tables
    keys: Keys
    passwords: PasswordHash
    now: Callable[[], datetime]
    exports: bool = False  # whether what is approved leaves for another system

    def keyed_hash(self, label: str, text: str, key_id: str | None = None) -> str:
        """A hash that cannot be searched for without the secret file: for short codes and for what people said."""
        return hmac.new(self.keys.derive(label, key_id), text.encode(), hashlib.sha256).hexdigest()

    def local(self, moment: datetime, timezone: str) -> str:
        """The moment as ISO 8601 in a practice's time zone."""
        return moment.astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Books:
    """The care plan's database and how it is read: what every service of it works on."""

    engine: Engine
    context: Context
