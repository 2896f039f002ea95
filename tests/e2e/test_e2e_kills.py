"""Power cuts: the program is killed between any two messages, and in the middle of one, and nothing is lost.

Several people are at different questions at each kill, so that every place in the
conversation is cut once (with the thorough ones).
"""

import threading
import time
import uuid
from collections.abc import Iterator

import httpx2
import pytest
from e2e_person import Person
from e2e_server import Clinician, Server
from e2e_words import WORDS, script, walk

STEPS = script("nl")
PLACES = range(len(STEPS) + 1)


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, to be killed."""
    server = Server(tmp_path_factory.mktemp("mortal") / "data", 4 * (len(STEPS) + 12))
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize(
    "places", [PLACES[2::8], *(pytest.param(PLACES[first::4], marks=pytest.mark.thorough) for first in range(4))]
)
def test_killed_between_two_messages_everyone_goes_on_at_the_same_question(mortal: Server, places: range) -> None:
    people = []
    for answers in places:
        patient = Person(mortal, mortal.invitation("patient", "nl"))
        walk(patient, STEPS[: max(answers - 1, 0)])
        people.append(patient)
    for answers, patient in zip(places, people, strict=True):  # the last answers just before the kill
        walk(patient, STEPS[max(answers - 1, 0) : answers])
    acknowledged = [(patient.question, patient.state, patient.progress, list(patient.said)) for patient in people]
    mortal.kill()
    mortal.start()
    for (question, state, progress, said), patient in zip(acknowledged, people, strict=True):
        told = patient.reads()
        assert (told["question"], told["state"], told["progress"]) == (question, state, progress)
        assert patient.said == said
    for answers, patient in zip(places, people, strict=True):
        walk(patient, STEPS[answers : answers + 1])


@pytest.mark.thorough
@pytest.mark.parametrize("after", [0.005, 0.04])
def test_killed_with_messages_under_way_each_retry_counts_exactly_once(mortal: Server, after: float) -> None:
    people = [Person(mortal, mortal.invitation("patient", "nl")) for _ in range(4)]
    for patient in people:
        walk(patient, STEPS, until="goal_support")
    ids = [str(uuid.uuid4()) for _ in people]
    answered: dict[str, httpx2.Response] = {}
    sending = [
        threading.Thread(target=_send, args=(patient, id, answered)) for patient, id in zip(people, ids, strict=True)
    ]
    for thread in sending:
        thread.start()
    time.sleep(after)
    mortal.kill()
    for thread in sending:
        thread.join()
    mortal.start()
    for patient, id in zip(people, ids, strict=True):
        again = patient.sends(id=id, text=WORDS["nl"].support)
        assert again.status_code == 200
        assert id not in answered or again.json() == answered[id].json()
        patient.reads()
        assert patient.said.count(WORDS["nl"].support) == 1
        assert patient.question == "more_goals"


@pytest.mark.thorough
def test_killed_while_sharing_the_goal_arrives_once(mortal: Server) -> None:
    patient, id = Person(mortal, mortal.invitation("patient", "nl")), str(uuid.uuid4())
    walk(patient, script("nl", goals=2), until="share")
    choice = patient.choice("affirm")
    sharing = threading.Thread(target=_send, args=(patient, id, {}), kwargs={"choice": choice})
    sharing.start()
    time.sleep(0.05)
    mortal.kill()
    sharing.join()
    mortal.start()
    assert patient.sends(id=id, choice=choice).status_code == 200
    assert patient.reads()["state"] == "finished"
    goals = {goal["words"]: goal["first"] for goal in Clinician(mortal).goals(patient.visit)}
    assert goals == dict(zip(WORDS["nl"].goals, (False, True), strict=True))
    assert "Traceback" not in mortal.log.read_text("utf-8")


def _send(patient: Person, id: str, answered: dict[str, httpx2.Response], choice: str = "") -> None:
    """One message whose answer may never come."""
    body = {"choice": choice} if choice else {"text": WORDS["nl"].support}
    try:
        answered[id] = patient.sends(id=id, **body)
    except httpx2.TransportError:
        return
