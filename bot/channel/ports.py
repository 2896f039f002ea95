"""What the channel needs from others: invitations, and a way to forget what the care plan holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.engine.types import Turn, UserMessage


@dataclass(frozen=True)
class Invitation:
    """Who may talk, for which visit, as whom. `expires` is an aware moment."""

    id: str
    visit: str
    role: str
    language: str
    expires: datetime


class Invitations(Protocol):
    """Knows the invitations; None for a wrong, an expired and a revoked one, in the same time."""

    async def resolve(self, *, token: str | None, code: str | None) -> Invitation | None: ...


class Assistant(Protocol):
    """The engine's one method the channel uses. Raises `bot.engine.TurnFailed`."""

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn: ...


class OnDelete(Protocol):
    """Forgets what the care plan holds of one person in one visit; doing it twice does no harm."""

    async def __call__(self, visit: str, role: str) -> None: ...
