"""The chat channel: one conversation per invitation, over HTTP and for the pages."""

from bot.channel.answers import Answer, Practice, PracticeNote, SharedWords
from bot.channel.cookies import ChatCookies
from bot.channel.errors import (
    AlreadyAgreed,
    ChatError,
    InvitationNotValid,
    NothingToTakeBack,
    NotSignedIn,
    TooManyTries,
)
from bot.channel.own_copy import OwnCopy
from bot.channel.ports import Assistant, Invitation, Invitations, OnDelete
from bot.channel.rendering import Renderer
from bot.channel.routes import chat_router, remote_of
from bot.channel.service import ChatService
from bot.channel.view import Choice, ConversationView, Incoming, Message, Opened, Part, Progress, Reply

__all__ = [
    "AlreadyAgreed",
    "Answer",
    "Assistant",
    "ChatCookies",
    "ChatError",
    "ChatService",
    "Choice",
    "ConversationView",
    "Incoming",
    "Invitation",
    "InvitationNotValid",
    "Invitations",
    "Message",
    "NotSignedIn",
    "NothingToTakeBack",
    "OnDelete",
    "Opened",
    "OwnCopy",
    "Part",
    "Practice",
    "PracticeNote",
    "Progress",
    "Renderer",
    "Reply",
    "SharedWords",
    "TooManyTries",
    "chat_router",
    "remote_of",
]
