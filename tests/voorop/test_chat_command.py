"""The conversation in a terminal: the real program, with what is typed piped in."""

import json
import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channel import Choice
from locales import translate
from voorop.chat_choosing import Offers
from voorop.chat_lines import DRAFTS, HOW_TO, LATER
from voorop.demonstration import LINKS, clinician_of
from voorop.installation import open_records
from voorop.settings import PROJECT, Settings

WELCOME = "Hello. I am a computer program, not a person."
WISH = "I want to walk in the forest with my grandson every week."


def voorop_chat(data: Path, *options: str, typed: bytes) -> subprocess.CompletedProcess[bytes]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("VOOROP_")}
    return subprocess.run(
        [sys.executable, "-c", "import sys; from voorop.cli import main; sys.exit(main())", "chat", *options]
        + ["--data", str(data)],
        input=typed,
        capture_output=True,
        timeout=120,
        cwd=PROJECT,
        env=own,
    )


@dataclass(frozen=True)
class Talks:
    """What the terminal showed in a first start, a second one that goes on, and a third with a new conversation."""

    data: Path
    begun: str
    resumed: str
    fresh: str


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    data = tmp_path_factory.mktemp("chat") / "data"
    begun = voorop_chat(data, "--lang", "en", typed=b"\xff\xfe\n1\n\nI get up and walk the dog.\n1, 3\n")
    finish = f"{WISH}\nI have said everything, I want to finish now\nyes\nyes\n"
    resumed = voorop_chat(data, typed=finish.encode())
    fresh = voorop_chat(data, "--new", "--lang", "ar", "--role", "caregiver", typed="1\nأريد أن أموت\n".encode())
    for run in (begun, resumed, fresh):
        assert (run.returncode, run.stderr) == (0, b"")
    return Talks(data, begun.stdout.decode(), resumed.stdout.decode(), fresh.stdout.decode())


@pytest.mark.thorough
def test_a_number_chooses_and_other_text_is_an_answer(talks: Talks) -> None:
    assert "  1  Yes, we can begin" in talks.begun
    assert "> Yes, we can begin" in talks.begun
    assert "> I get up and walk the dog." in talks.begun
    assert "> Family and friends and Washing, dressing, eating" in talks.begun


@pytest.mark.thorough
def test_what_is_no_text_is_refused_kindly_and_the_conversation_goes_on(talks: Talks) -> None:
    assert "There is a sign in your text that we cannot store." in talks.begun


@pytest.mark.thorough
def test_a_later_start_goes_on_where_it_stopped(talks: Talks) -> None:
    assert talks.begun.splitlines()[-1] == LATER
    assert WELCOME in talks.begun
    assert WELCOME not in talks.resumed
    open_question = talks.begun.rpartition("\n> ")[2].partition("\n")[2].removesuffix(f"\n{LATER}\n")
    assert "?" in open_question
    assert talks.resumed.startswith(f"{HOW_TO}\n{open_question}")


@pytest.mark.thorough
def test_at_the_end_the_drafts_stand_there_and_the_clinician_reads_the_same(talks: Talks) -> None:
    assert talks.resumed.partition(DRAFTS)[2].split("\n")[1] == f"  - {WISH}"
    records = open_records(Settings.from_environment({}, talks.data))
    links = json.loads((talks.data / LINKS).read_text("utf-8"))
    visit = links["patient"][0]["visit"]
    read = records.care_plan.goals_for(clinician_of(records.care_plan, links), visit)
    assert [goal.words for goal in read] == [WISH]
    assert f"/clinician/visits/{visit}" in talks.resumed


@pytest.mark.thorough
def test_a_new_conversation_begins_and_danger_comes_first_in_its_language(talks: Talks) -> None:
    assert translate("ar", WELCOME) in talks.fresh
    assert talks.fresh.splitlines()[0] == translate("ar", HOW_TO)
    assert "  112  " in talks.fresh
    assert "Zelfmoordlijn 1813" in talks.fresh


def test_an_unknown_language_is_one_clear_line(tmp_path: Path) -> None:
    ended = voorop_chat(tmp_path / "data", "--lang", "xx", typed=b"")
    assert ended.returncode == 1
    assert not ended.stdout
    assert ended.stderr.decode().startswith("voorop: there is no language 'xx'")
    assert ended.stderr.count(b"\n") == 1


CARDS = {number: Choice(f"card-{number}", "a card", "an area") for number in (1, 2, 3)}
BUTTON = {4: Choice("button", "a button", "affirm")}
SCALE = {number: Choice(f"scale-{number}", str(number), str(number)) for number in range(11)}
CHOOSING = Offers(CARDS | BUTTON, {}, frozenset(card.id for card in CARDS.values()))
MESSAGE = str(uuid.uuid4())


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("2", ["card-2"]), ("1, 3", ["card-1", "card-3"]), ("٢،١", ["card-2", "card-1"]), ("1,1", ["card-1"])],
)
def test_numbers_choose_as_many_as_may_be_chosen(typed: str, chosen: list[str]) -> None:
    incoming = CHOOSING.incoming(typed, MESSAGE)
    assert (incoming.text, list(incoming.choices)) == (None, chosen)


@pytest.mark.parametrize("typed", ["5", "0", "1, 4", "1, 9", "1 and 2", "2 times a week", "-1", "1.", "²"])
def test_what_no_number_stands_for_is_an_answer(typed: str) -> None:
    incoming = CHOOSING.incoming(typed, MESSAGE)
    assert (incoming.text, incoming.choices) == (typed, ())


@pytest.mark.parametrize(("typed", "chosen"), [("0", ("scale-0",)), ("10", ("scale-10",)), ("٨", ("scale-8",))])
def test_on_a_scale_the_number_typed_is_the_number_chosen(typed: str, chosen: tuple[str, ...]) -> None:
    assert Offers({}, SCALE, frozenset()).incoming(typed, MESSAGE).choices == chosen


@pytest.mark.parametrize("typed", ["11", "8,5", "an eight"])
def test_what_is_not_on_the_scale_is_an_answer(typed: str) -> None:
    assert Offers({}, SCALE, frozenset()).incoming(typed, MESSAGE).text == typed
