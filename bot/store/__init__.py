"""Conversations in SQL: what was said and shown, in which order, and the state each conversation stands in.

A turn is written whole or not at all. Everything a person said is sealed; ids, times and the order are not.
"""

from bot.store.errors import Conflict, StoreError, StoreUnavailable
from bot.store.model import (
    Conversation,
    NewConversation,
    OfferedChoice,
    ShownMessage,
    StoredReply,
    TurnRecord,
)
from bot.store.store import MIGRATIONS, ConversationStore

__all__ = [
    "MIGRATIONS",
    "Conflict",
    "Conversation",
    "ConversationStore",
    "NewConversation",
    "OfferedChoice",
    "ShownMessage",
    "StoreError",
    "StoreUnavailable",
    "StoredReply",
    "TurnRecord",
]
