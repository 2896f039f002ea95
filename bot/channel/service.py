"""The chat as an application: who may talk, one turn at a time, and an answer only after the commit.

No transaction is open while the engine works. A turn is committed whole (events, messages, choices, reply and state)
or leaves nothing behind, so a person may always send the same message again under the same id.
"""

import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from anyio import to_thread

import locales
from bot.channel import choices, limits, turns
from bot.channel.answers import Answer, Practice
from bot.channel.errors import (
    Busy,
    ChatError,
    ConversationClosed,
    InvitationNotValid,
    LanguageNotEnabled,
    MessageIdUsed,
    NothingToTakeBack,
    NotSignedIn,
    TurnNotDone,
)
from bot.channel.failures import only_chat_errors
from bot.channel.one_at_a_time import OneAtATime
from bot.channel.own_copy import OwnCopy
from bot.channel.ports import Assistant, Invitation, Invitations, OnDelete
from bot.channel.rendering import Renderer
from bot.channel.view import ConversationView, Incoming, Message, Opened, Progress, Reply
from bot.engine.types import Entity, UserMessage
from bot.store import (
    Conflict,
    Conversation,
    ConversationStore,
    OfferedChoice,
    ShownMessage,
    StoredReply,
    StoreUnavailable,
    TurnRecord,
)

__all__ = ["ChatService", "ConversationView", "Incoming", "Message", "Opened", "OwnCopy", "Reply"]

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def _now() -> datetime:
    return datetime.now(UTC)


class ChatService:
    """One conversation per invitation. Every method raises a ChatError that a person can read, and nothing else."""

    def __init__(
        self,
        assistant: Assistant,
        store: ConversationStore,
        invitations: Invitations,
        *,
        on_delete: OnDelete | None = None,
        practice: Practice | None = None,
        renderer: Renderer | None = None,
        throttle: limits.OpenThrottle | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._assistant = assistant
        self._store = store
        self._invitations = invitations
        self._on_delete = on_delete
        self._practice = practice
        self._renderer = renderer or Renderer()
        self._throttle = throttle or limits.OpenThrottle()
        self._now = now
        self._alone = OneAtATime(store)

    async def open(self, *, token: str | None = None, code: str | None = None, remote: str = "") -> Opened:
        """Exchange a link's token or a typed code for a session; the first time, the welcome is said."""
        limits.check_invitation(token, code)
        self._throttle.check(remote, code=bool(code))
        with only_chat_errors():
            invitation = await self._invitations.resolve(token=token or None, code=code or None)
        now = self._now()
        if invitation is None or invitation.expires <= now:
            self._throttle.missed(remote, code=bool(code))
            raise InvitationNotValid()
        return await self.open_invitation(invitation)

    async def open_invitation(self, invitation: Invitation) -> Opened:
        """A session for an invitation that was found in another way, such as a tablet's short code."""
        now = self._now()
        async with self._alone(f"invitation {invitation.id}"):
            standing = await self._stored(self._store.load_of_invitation, invitation.id)
            if standing is not None and standing.question == turns.DELETED:
                await self._stored(self._store.delete_everything, standing.id)
                standing = None  # who had everything deleted and opens the link again may begin anew
            if standing is None:
                standing = await self._begin(invitation)
        session_token = secrets.token_urlsafe(32)
        await self._stored(self._store.start_session, session_token, standing.id, invitation.expires, now)
        return Opened(session_token, invitation.expires, await self._view(standing))

    async def leave(self, session_token: str | None) -> None:
        """End the session on this device; the conversation stays and can be opened again."""
        if session_token:
            await self._stored(self._store.end_session, session_token)

    async def read(self, session_token: str | None) -> ConversationView:
        """The conversation as it stands."""
        return await self._view(await self._standing(session_token))

    async def language_of(self, session_token: str | None) -> str | None:
        """The language to speak to whoever holds this token; None when it opens nothing."""
        try:
            return (await self._standing(session_token)).language
        except ChatError:
            return None

    async def send(self, session_token: str | None, incoming: Incoming) -> Reply:
        """One message of a person, answered once: sent again under the same id, the same reply comes back."""
        conversation = await self._conversation_of(session_token)
        message = limits.check(incoming)
        content = [message.text, sorted(message.choices), message.typed_by, message.move]
        digest = self._store.digest(json.dumps(content))
        async with self._alone(conversation):
            stored, standing = await self._stored(self._before_turn, conversation, message.id)
            if stored is not None:
                if stored.digest != digest:
                    raise MessageIdUsed("id")
                return Reply.from_json(stored.body)
            if standing is None:
                raise NotSignedIn()
            if standing.state not in turns.OPEN_STATES:
                raise ConversationClosed()
            said, spoken = await self._understand(standing, message)
            record = await self._turn(standing, spoken, said)
            reply = self._reply(record)
            body = StoredReply(message.id, digest, reply.as_json())
            await self._stored(self._store.commit_turn, replace(record, reply=body))
            return reply

    async def set_language(self, session_token: str | None, code: str) -> ConversationView:
        """Go on in another language: what was shown is shown in it, what the person said stays as it is."""
        conversation = await self._conversation_of(session_token)
        if turns.enabled(code) is None:
            raise LanguageNotEnabled("language")
        async with self._alone(conversation):
            standing = await self._load(conversation)
            record = turns.unchanged(standing, self._now())
            if standing.state in turns.OPEN_STATES:
                spoken = UserMessage("", "switch_language", (Entity("language", code),), {"language": code})
                record = await self._turn(standing, spoken)
            if (record.question, record.state) == (standing.question, standing.state):
                # the question on the table is shown again in the new language, so it is not said twice
                record = replace(record, messages=(), choices=(), keep_choices=True)
            await self._stored(self._store.commit_turn, replace(record, language=code))
            return await self._view(await self._load(conversation))

    async def delete(self, session_token: str | None) -> None:
        """Forget everything of this conversation, in the care plan first: a failure leaves a second try."""
        conversation = await self._conversation_of(session_token)
        async with self._alone(conversation):
            await self._forget(await self._load(conversation))

    async def own_copy(self, session_token: str | None) -> OwnCopy:
        """What the person may keep."""
        standing = await self._standing(session_token)
        view = await self._view(standing)
        summaries = (message.items for message in reversed(view.messages) if message.kind == turns.SUMMARY)
        rows = next(summaries, ())
        return OwnCopy(view.role, view.language, view.state, view.messages, rows, await self._answer(standing))

    async def answer(self, session_token: str | None) -> Answer | None:
        """What came back from the practice; None before the person has sent anything, or when it cannot be read."""
        return await self._answer(await self._standing(session_token))

    async def take_back(self, session_token: str | None, shared: str) -> None:
        """Take back something that was shared; raises NothingToTakeBack or AlreadyAgreed."""
        standing = await self._standing(session_token)
        if self._practice is None:
            raise NothingToTakeBack()
        with only_chat_errors():
            await self._practice.take_back(standing.visit, standing.role, shared)

    async def _answer(self, standing: Conversation) -> Answer | None:
        if self._practice is None or standing.state not in turns.SENT_STATES:
            return None
        try:
            with only_chat_errors():
                return await self._practice.answer(standing.visit, standing.role)
        except ChatError:  # the conversation itself goes on without it
            return None

    async def _begin(self, invitation: Invitation) -> Conversation:
        language = turns.enabled(invitation.language) or locales.SOURCE
        identity = secrets.token_hex(16)
        facts = {"visit": invitation.visit, "role": invitation.role, "language": language, "conversation": identity}
        standing = Conversation(
            id=identity,
            invitation=invitation.id,
            visit=invitation.visit,
            role=invitation.role,
            language=language,
            state="open",
            question=None,
            done=0,
            of=turns.PARTS,
            snapshot=None,
            version=0,
            last_event=0,
            last_message=0,
        )
        entities = tuple(Entity(name, value) for name, value in facts.items())
        opening = UserMessage("", "open_conversation", entities, {"language": language})
        record = await self._turn(standing, opening)
        try:
            await self._stored(self._store.commit_turn, record)
        except Busy:  # another process opened the same invitation first
            logger.info("an invitation was opened twice at once")
        begun = await self._stored(self._store.load_of_invitation, invitation.id)
        if begun is None:
            raise Busy()
        return begun

    async def _understand(self, standing: Conversation, message: Incoming) -> tuple[turns.Said, UserMessage]:
        typed_by = message.typed_by or "self"
        metadata = {"typed_by": typed_by, "language": standing.language, "message_id": message.id}
        if not message.choices and message.move is None:
            said = turns.Said(message.id, message.text, (), typed_by, changeable=True)
            return said, UserMessage(message.text or "", metadata=metadata)
        if message.move is not None:
            taken = choices.move(message.move)
        else:
            offered = await self._stored(self._store.find_choices, standing.id, message.choices)
            taken = choices.take(message.choices, offered)
        said = turns.Said(message.id, message.text, taken.labels, typed_by, taken.changeable)
        if message.text is not None:
            # words beside choices are words: the interpreter must see them, danger may be in them
            return said, UserMessage(message.text, None, taken.entities, metadata)
        labels = [self._renderer.text(each["text"], each["values"], standing.language) for each in taken.labels]
        text = locales.format_list(standing.language, labels)
        return said, UserMessage(text, taken.intent, taken.entities, metadata | {"choice": True})

    async def _turn(self, standing: Conversation, message: UserMessage, said: turns.Said | None = None) -> TurnRecord:
        """Let the engine handle the message; nothing is stored yet."""
        snapshot = None if standing.snapshot is None else dict(standing.snapshot)
        with only_chat_errors():
            turn = await self._assistant.handle(standing.id, snapshot, message)
            return turns.compose(standing, turn, said, self._now())

    def _reply(self, record: TurnRecord) -> Reply:
        messages = self._rendered(record.messages, record.choices, record.language, record.state)
        progress = Progress(record.done, record.of)
        return Reply(messages, record.question, progress, record.state, record.language)

    async def _view(self, standing: Conversation) -> ConversationView:
        shown = await self._stored(self._store.messages, standing.id)
        offered = await self._stored(self._store.open_choices, standing.id)
        return ConversationView(
            role=standing.role,
            language=standing.language,
            state=standing.state,
            question=standing.question,
            progress=Progress(standing.done, standing.of),
            messages=self._rendered(shown, offered, standing.language, standing.state),
        )

    def _rendered(
        self, shown: tuple[ShownMessage, ...], offered: tuple[OfferedChoice, ...], language: str, state: str
    ) -> tuple[Message, ...]:
        under: dict[int, list[OfferedChoice]] = {}
        for choice in offered:
            if state in turns.OPEN_STATES or not choice.lasting:
                under.setdefault(choice.seq, []).append(choice)
        return tuple(self._renderer.message(each, under.get(each.seq, ()), language) for each in shown)

    async def _forget(self, standing: Conversation) -> None:
        if self._on_delete is not None:
            with only_chat_errors():
                await self._on_delete(standing.visit, standing.role)
        await self._stored(self._store.delete_everything, standing.id)

    async def _conversation_of(self, session_token: str | None) -> str:
        if not session_token:
            raise NotSignedIn()
        found = await self._stored(self._store.find_session, session_token, self._now())
        if found is None:
            raise NotSignedIn()
        return found

    def _before_turn(self, conversation: str, message_id: str) -> tuple[StoredReply | None, Conversation | None]:
        return self._store.find_reply(conversation, message_id), self._store.load(conversation)

    async def _load(self, conversation: str) -> Conversation:
        standing = await self._stored(self._store.load, conversation)
        if standing is None:
            raise NotSignedIn()
        return standing

    async def _standing(self, session_token: str | None) -> Conversation:
        return await self._load(await self._conversation_of(session_token))

    async def _stored(self, work: Callable[..., Result], *arguments: Any) -> Result:
        try:
            return await to_thread.run_sync(work, *arguments)
        except Conflict:
            raise Busy() from None
        except StoreUnavailable as error:
            logger.error("the conversations cannot be stored: %s", error)
            raise TurnNotDone() from None
