"""Killed between the engine's work and the commit: nothing acknowledged is lost, nothing is half there."""

import subprocess
import sys
import uuid
from pathlib import Path

from chat_world import World, say

CHILD = """
import sys, uuid
from pathlib import Path
sys.path.insert(0, {tests!r})
from chat_world import World, say
world = World(Path({folder!r}))
patient = world.patient()
for words in ("yes", "Walk with my dog"):
    print(say(patient, words).status_code, flush=True)
world.assistant.die = True
say(patient, "lost words", message_id={sent!r})
print("answered", flush=True)
"""


def test_a_kill_before_the_commit_loses_nothing_acknowledged(tmp_path: Path) -> None:
    sent = str(uuid.uuid4())
    script = CHILD.format(tests=str(Path(__file__).parent), folder=str(tmp_path), sent=sent)
    root = Path(__file__).parents[2]
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=False)
    assert (child.returncode, child.stdout.split()) == (-9, ["200", "200"])
    world = World(tmp_path)
    patient = world.patient()
    body = patient.get("/api/chat").json()
    assert body["question"] == "matters_most"
    assert [message["text"] for message in body["messages"] if message["from"] == "person"] == [
        "yes",
        "Walk with my dog",
    ]
    again = say(patient, "lost words", message_id=sent)
    assert again.json()["question"] == "goal_readback"
    assert again.content == say(patient, "lost words", message_id=sent).content
    world.engine.dispose()
