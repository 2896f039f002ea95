"""What the actions need from outside: the care-plan API, the assessor, and the emergency numbers.

In one process `voorop` hands it in. As an action server of its own (`python -m rasa_sdk --actions actions`) it comes
from the environment: VOOROP_API_URL, VOOROP_SECRET_FILE.
"""

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import httpx2

from actions.care_plan import TIMEOUT_SECONDS, WritesCarePlan
from actions.elicitation.assessment import Assessor
from actions.elicitation.assessor import RuleAssessor
from actions.elicitation.listening import Listener
from actions.elicitation.recording import Said
from actions.elicitation.second_reader import SecondReader
from actions.errors import CarePlanUnavailable
from actions.safety.contacts import Contacts
from records.addresses import is_protected
from records.keys import Keys

DATA = Path(__file__).parent.parent / "data"
COUNTRY = "be"
DEFAULT_API_URL = "http://127.0.0.1:8000"
SERVICE_KEY = "service"  # label of the secret that the actions and the care-plan API share


@dataclass(frozen=True)
class Surroundings:
    care_plan: WritesCarePlan
    assessor: Assessor
    listener: Listener
    contacts: Contacts

    def listened(self, said: Said) -> Said:
        """What was said, with what is heard in its words."""
        return replace(said, **vars(self.listener.hear(said.text, said.lang)))


class Surrounded:
    """An action that needs surroundings. Without any it takes those of the environment, at first use: an action server
    copies its actions into worker processes, and a client cannot be copied.
    """

    def __init__(self, given: Surroundings | None = None) -> None:
        self._given = given

    @property
    def around(self) -> Surroundings:
        return self._given or from_environment()


def surroundings(client: httpx2.AsyncClient, reader: SecondReader | None = None) -> Surroundings:
    """Surroundings around a client of the care-plan API, with the rules and numbers of this project.

    reader: of statements. An action server of its own has none; there the rules assess alone.
    """
    return Surroundings(
        care_plan=WritesCarePlan(client),
        assessor=RuleAssessor.load(DATA / "assessment", reader=reader),
        listener=Listener.load(DATA / "listening"),
        contacts=Contacts.load(DATA / "contacts" / f"{COUNTRY}.yml"),
    )


def care_plan_client(
    url: str, service_secret: bytes, transport: httpx2.AsyncBaseTransport | None = None
) -> httpx2.AsyncClient:
    """A client that speaks to the care-plan API at `url` as the assistant's service."""
    bearer = {"Authorization": f"Bearer {service_secret.hex()}"}
    return httpx2.AsyncClient(
        base_url=url,
        headers=bearer,
        timeout=TIMEOUT_SECONDS,
        trust_env=False,  # what people said goes to the API, past any proxy of the environment
        transport=transport,
    )


@cache
def from_environment() -> Surroundings:
    """For an action server: the API and the secret file that the environment names.

    Raises:
        CarePlanUnavailable: what people say would travel there unprotected.
    """
    secret_file = Path(os.environ.get("VOOROP_SECRET_FILE", "var/secret"))
    url = os.environ.get("VOOROP_API_URL") or DEFAULT_API_URL
    if not is_protected(url):
        raise CarePlanUnavailable("VOOROP_API_URL must begin with https://, or with http:// on this machine")
    return surroundings(care_plan_client(url, Keys.load(secret_file).derive(SERVICE_KEY)))
