"""What a message means to the dialogue: a choice says it itself, typed words are interpreted. For every engine."""

from dataclasses import replace
from typing import Any

from bot.engine.domain import NLU_FALLBACK, Domain
from bot.engine.errors import TurnFailed
from bot.engine.types import Interpreter, ParseData, UserMessage


async def hear(
    message: UserMessage, domain: Domain, interpreter: Interpreter, *, language: Any, question: str | None
) -> ParseData:
    """The intent and entities of a message, all of them known to the domain. Raises TurnFailed.

    language: that of the conversation, as its slot holds it. question: the slot that the open question asks for.
    """
    chosen = tuple(entity for entity in message.entities if entity.entity in domain.entities)
    if message.intent is not None:
        return _known(ParseData(message.intent, 1.0, chosen), domain)
    try:
        parsed = await interpreter.parse(
            message.text, language=language if isinstance(language, str) else None, question=question
        )
    except Exception as error:
        raise TurnFailed(f"the interpreter failed with {type(error).__name__}") from error
    return _known(replace(parsed, entities=chosen + parsed.entities), domain)


def _known(parsed: ParseData, domain: Domain) -> ParseData:
    """An intent that the domain does not have is one that nobody understood."""
    if parsed.intent in domain.intents:
        return parsed
    return ParseData(NLU_FALLBACK, parsed.confidence, parsed.entities, parsed.extra)
