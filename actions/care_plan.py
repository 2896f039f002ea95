"""Writes drafts and flags to the care-plan API over its HTTP interface, each with an idempotency key."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx2
from rasa_sdk import Tracker

from actions.elicitation.contribution import contribution
from actions.elicitation.interview import Interview
from actions.errors import CarePlanUnavailable

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
FINGERPRINT = 16  # hexadecimal digits


class WritesCarePlan:
    """What the actions tell the care-plan API, on behalf of the person that a tracker belongs to."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        """client: has the API's base URL and the service secret as its bearer token."""
        self._client = client

    async def save(self, tracker: Tracker, interview: Interview, cause: str) -> None:
        """Replace what the person has said so far. cause: id of the message that led to it.

        Raises:
            CarePlanUnavailable: the API did not take it; the turn fails and can be tried again.
        """
        body = contribution(interview, tracker.get_slot("language"), datetime.now(UTC))
        await self._call("PUT", self._path(tracker), self._key_of_state(tracker, cause, "save", body), body)

    async def delete(self, tracker: Tracker, cause: str) -> None:
        """Delete everything of the person. Raises CarePlanUnavailable."""
        await self._call("DELETE", self._path(tracker), self._key_of_state(tracker, cause, "delete", {}), None)

    async def raise_flags(self, tracker: Tracker, flags: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        """Put flags (category, words, lang, role, and the `cause`) on the visit; those that were not taken come back.

        It never raises: whoever writes of danger sees the numbers, whatever happens to the flag.
        """
        path = f"/api/v1/visits/{tracker.get_slot('visit')}/flags"
        unsent = []
        for flag in flags:
            body = {name: value for name, value in flag.items() if name != "cause"}
            try:
                await self._call("POST", path, self._key(tracker, flag["cause"], "flag"), body)
            except CarePlanUnavailable as error:
                logger.error("a flag waits to be sent again: %s", error)
                unsent.append(flag)
        return tuple(unsent)

    def _path(self, tracker: Tracker) -> str:
        return f"/api/v1/visits/{tracker.get_slot('visit')}/contributions/{tracker.get_slot('role')}"

    def _key(self, tracker: Tracker, cause: str, what: str) -> str:
        return f"{tracker.get_slot('conversation')}:{cause}:{what}"

    def _key_of_state(self, tracker: Tracker, cause: str, what: str, body: Mapping[str, Any]) -> str:
        """Also of what is asked and what stood before. A message whose turn was lost may come again after something
        else was said; then it is another request, under the same message id.
        """
        asked = {name: value for name, value in body.items() if name != "minutes"}
        state = json.dumps([tracker.get_slot("interview"), asked], sort_keys=True)
        return f"{self._key(tracker, cause, what)}:{hashlib.sha256(state.encode()).hexdigest()[:FINGERPRINT]}"

    async def _call(self, method: str, path: str, key: str, body: Mapping[str, Any] | None) -> None:
        try:
            response = await self._client.request(method, path, json=body, headers={"Idempotency-Key": key})
        except httpx2.HTTPError as error:
            raise CarePlanUnavailable(f"the care-plan API did not answer: {type(error).__name__}") from None
        if response.is_error:
            raise CarePlanUnavailable(f"the care-plan API answered {response.status_code} to {method}")
