"""The assistant: loads a bot's files once, then handles one message at a time.

A turn is pure with respect to storage: state in, state out. It differs from Rasa 3.6 on purpose in these points:
* An error of an action, a validator or the interpreter fails the whole turn; the caller keeps the old state.
* After a fallback inside a form, the open question is asked again.
* The text of a button is never kept by a from_text mapping, and typed text is never read as a payload.
* Actions see the events of this turn and those since the last question, not the whole history.
* Variations of a response come in turn, not at random.
Each with its reason and a test: docs/reference/rasa-differences.md.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.engine import events
from bot.engine.actions import Actions, json_copy
from bot.engine.config import Config
from bot.engine.domain import (
    ACTION_DEFAULT_FALLBACK,
    ACTION_LISTEN,
    ACTION_SESSION_START,
    REQUESTED_SLOT,
    SESSION_METADATA_SLOT,
    Domain,
)
from bot.engine.ensemble import Ensemble
from bot.engine.errors import ActionRejected, EngineError, TurnFailed
from bot.engine.hearing import hear
from bot.engine.loading import load_files
from bot.engine.rule_policy import Prediction
from bot.engine.tracker import Tracker
from bot.engine.types import ActionRunner, Interpreter, ParseData, Turn, UserMessage

MOST_PREDICTIONS = 10
_log = logging.getLogger(__name__)


class Assistant:
    """One bot, ready to talk. It keeps nothing between turns, so one serves every conversation."""

    def __init__(
        self,
        config: Config,
        domain: Domain,
        ensemble: Ensemble,
        interpreter: Interpreter,
        actions: ActionRunner,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.config = config
        self.domain = domain
        self.ensemble = ensemble
        self._interpreter = interpreter
        self._actions = Actions(domain, actions)
        self._clock = clock

    @classmethod
    def load(
        cls,
        bot_dir: Path,
        data_dirs: Sequence[Path],
        *,
        interpreter: Interpreter,
        actions: ActionRunner,
        clock: Callable[[], float] = time.time,
    ) -> "Assistant":
        """Read and check all files. Raises ConfigurationError, which names the file and the line."""
        intents = getattr(interpreter, "intents", ())
        files = load_files(bot_dir, data_dirs, intents)
        ensemble = Ensemble(files.config, files.domain, files.dialogues)
        return cls(files.config, files.domain, ensemble, interpreter, actions, clock)

    async def handle(self, conversation: str, state: dict[str, Any] | None, message: UserMessage) -> Turn:
        """One message, until the bot listens again. `state` is that of the turn before, None at first.

        Raises TurnFailed; then nothing of the turn counts.
        """
        tracker = Tracker.restore(conversation, self.domain, state, self._clock)
        try:
            await self._start_session(tracker, message)
            parsed = await self._parse(tracker, message)
            tracker.update(events.user(message, parsed))
            tracker.update(*await self._actions.extract_slots(tracker))
            await self._talk(tracker)
        except TurnFailed:
            raise
        except EngineError as error:
            raise TurnFailed(str(error)) from error
        found = tuple(tracker.turn)
        window = self.ensemble.window
        tracker.end_turn(window)
        messages = tuple(events.bot_message(event) for event in found if event["event"] == "bot")
        slots = dict(tracker.live.slots)
        requested = slots.get(REQUESTED_SLOT) if tracker.live.loop_name else None
        return Turn(tracker.snapshot(window.steps), found, messages, slots, requested)

    async def _start_session(self, tracker: Tracker, message: UserMessage) -> None:
        if not tracker.is_new and not self._expired(tracker):
            return
        if message.metadata:
            tracker.update(events.slot(SESSION_METADATA_SLOT, json_copy(dict(message.metadata), "the metadata")))
        start = Prediction("", 0, {ACTION_SESSION_START: 1.0})
        await self._run(ACTION_SESSION_START, start, tracker)

    def _expired(self, tracker: Tracker) -> bool:
        minutes = self.domain.session_expiration_minutes
        if minutes <= 0 or tracker.last_user_time is None:
            return False
        return (self._clock() - tracker.last_user_time) / 60 > minutes

    async def _parse(self, tracker: Tracker, message: UserMessage) -> ParseData:
        slots = tracker.live.slots
        question = slots.get(REQUESTED_SLOT) if tracker.live.loop_name else None
        return await hear(message, self.domain, self._interpreter, language=slots.get("language"), question=question)

    async def _talk(self, tracker: Tracker) -> None:
        for _ in range(2 * MOST_PREDICTIONS):
            if tracker.live.paused and tracker.live.intent != "restart":
                return
            if _actions_since_listening(tracker) >= MOST_PREDICTIONS:
                break
            name, prediction = self._predict(tracker)
            await self._run(name, prediction, tracker)
            if name in (ACTION_LISTEN, ACTION_SESSION_START):
                return
            if name in self._fallbacks():
                await self._ask_again(tracker)
        _log.warning("a turn was stopped after %d actions", MOST_PREDICTIONS)

    def _fallbacks(self) -> tuple[str | None, ...]:
        rules = self.config.rules
        return (ACTION_DEFAULT_FALLBACK, rules.fallback_action if rules else None)

    def _predict(self, tracker: Tracker) -> tuple[str, Prediction]:
        followup = tracker.live.followup_action
        if followup:
            tracker.live.followup_action = None
            if followup in self.domain.action_names:
                return followup, Prediction("followup_action", 0, {followup: 1.0})
            _log.error("the followup action %s is unknown and left out", followup)
        prediction = self.ensemble.predict(tracker)
        return prediction.best[0], prediction

    async def _run(self, name: str, prediction: Prediction, tracker: Tracker) -> None:
        """Run an action and log it; the policy's own events stand before it."""
        policy, sure = prediction.policy or None, prediction.best[1]
        trial = tracker.copy()
        trial.update(*prediction.events)
        try:
            found = await self._actions.run(name, trial)
        except ActionRejected:
            tracker.update(events.rejected(name, policy, sure))
            return
        if not any(event["event"] == "action_execution_rejected" for event in found):
            tracker.update(*prediction.events, events.action(name, policy, sure, prediction.hide))
        tracker.update(*found)

    async def _ask_again(self, tracker: Tracker) -> None:
        """After a fallback inside a form the person must know what is still asked."""
        loop, requested = tracker.live.loop, tracker.live.slots.get(REQUESTED_SLOT)
        if loop is None or loop.name not in self.domain.forms or not requested:
            return
        if not loop.rejected and tracker.live.latest_action != loop.name:
            return
        tracker.update(*await self._actions.form(loop.name).ask(requested, tracker))
        if loop.rejected:
            tracker.update({"event": "followup", "name": ACTION_LISTEN})


def _actions_since_listening(tracker: Tracker) -> int:
    count = 0
    for event in reversed(tracker.turn):
        if event["event"] == "action":
            if event["name"] in (ACTION_LISTEN, ACTION_SESSION_START):
                break
            count += 1
    return count
