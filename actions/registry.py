"""All actions of the assistant, and the executor that runs them in this process."""

from typing import Any

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.asking import AskOneThing, AskShare, AskSummary
from actions.danger import AskHuman, Safety
from actions.interview_form import ValidateInterviewForm
from actions.moves import (
    AfterClosing,
    Back,
    ChangeAnswer,
    DeleteEverything,
    Finish,
    KeepQuestion,
    Pause,
    Skip,
    StartOver,
    SwitchLanguage,
)
from actions.opening import OpenConversation
from actions.submitting import Submit
from actions.surroundings import Surroundings

PLAIN: tuple[type[Action], ...] = (
    OpenConversation,
    AskOneThing,
    AskSummary,
    AskShare,
    Back,
    ChangeAnswer,
    Pause,
    Finish,
    StartOver,
    DeleteEverything,
    KeepQuestion,
    SwitchLanguage,
)
WITH_SURROUNDINGS: tuple[type[Action], ...] = (
    ValidateInterviewForm,
    Skip,
    Submit,
    AfterClosing,
    Safety,
    AskHuman,
)


class Actions:
    """Runs actions by the action server's protocol, without a server in between."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._executor = ActionExecutor()
        for plain in PLAIN:
            self._executor.register_action(plain())
        for action in WITH_SURROUNDINGS:
            self._executor.register_action(action(surroundings))

    async def run(self, call: dict[str, Any]) -> dict[str, Any]:
        """The answer to one call: `{"events": [...], "responses": [...]}`.

        Raises:
            ActionExecutionRejection: the action rejects its execution.
            Exception: what an action raises passes through; the turn fails and nothing of it is kept.
        """
        answer = await self._executor.run(call)
        return dict(answer.model_dump()) if answer is not None else {"events": [], "responses": []}


__all__ = ["ActionExecutionRejection", "Actions"]
