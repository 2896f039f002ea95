"""What the care plan offers to the conversation, as a port: the actions call it, an HTTP client implements it."""

from typing import Protocol

from careplan.contribution import Contribution
from careplan.flags import Flag
from careplan.people import Role


class CarePlanWriter(Protocol):
    """Writes what one person said. Calling again with the same key and content changes nothing."""

    async def put_contribution(self, visit: str, role: Role, contribution: Contribution, *, key: str) -> None:
        """Replace what stood for this person."""

    async def post_flag(self, visit: str, flag: Flag, *, key: str) -> None:
        """Tell the practice of a danger."""

    async def delete_contribution(self, visit: str, role: Role, *, key: str) -> None:
        """Delete everything this person said."""
