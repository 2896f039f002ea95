"""What nobody expected to fail: for the person a turn that was not done, for the log a place without their words."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from bot.channel.errors import ChatError, TurnNotDone
from bot.engine.errors import TurnFailed

logger = logging.getLogger(__name__)


@contextmanager
def only_chat_errors() -> Iterator[None]:
    """Let nothing but a ChatError out of the block."""
    try:
        yield
    except ChatError:
        raise
    except TurnFailed as error:
        logger.warning("a turn failed and was not kept: %s", error)  # the engine's messages hold no words
        raise TurnNotDone() from None
    except Exception as error:
        # only where it happened, never the message: it could hold what a person typed
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("unexpected %s\n%s", type(error).__name__, place)
        raise TurnNotDone() from None
