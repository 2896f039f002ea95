"""The chat channel: one conversation per invitation, over HTTP and for the pages."""

from bot.channel.cookies import ChatCookies
from bot.channel.errors import ChatError, InvitationNotValid, NotSignedIn, TooManyTries
from bot.channel.own_copy import OwnCopy
from bot.channel.ports import Assistant, Invitation, Invitations, OnDelete
from bot.channel.rendering import Renderer
from bot.channel.routes import chat_router, remote_of
from bot.channel.service import ChatService
from bot.channel.view import Choice, ConversationView, Incoming, Message, Opened, Part, Progress, Reply

__all__ = [
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
    "OnDelete",
    "Opened",
    "OwnCopy",
    "Part",
    "Progress",
    "Renderer",
    "Reply",
    "TooManyTries",
    "chat_router",
    "remote_of",
]
