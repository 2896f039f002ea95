"""Runs the actions in this process, for an engine that asks by the action server's protocol."""

import logging
import traceback
from typing import Any

from actions.registry import ActionExecutionRejection, Actions
from bot.engine.errors import ActionFailed, ActionRejected

logger = logging.getLogger(__name__)


class InProcessActions:
    """The engine's ActionRunner over rasa-sdk's executor. What an action raises fails the turn, and only the turn."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        try:
            return await self._actions.run(call)
        except ActionExecutionRejection as rejection:
            raise ActionRejected(str(rejection)) from rejection
        except Exception as error:
            # Where it happened and of which kind, never its text: that may hold what a person wrote.
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error).__name__
            logger.error("%s failed: %s at %s:%s", call.get("next_action"), kind, place.filename, place.lineno)
            raise ActionFailed(f"{call.get('next_action')}: {kind}") from error
