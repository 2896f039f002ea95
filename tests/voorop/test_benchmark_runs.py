"""The measurements themselves, in the smallest numbers: people who talk to the whole application."""

from collections.abc import Iterator

import pytest

from voorop.benchmarks.along import BACK, KINDS, STATEMENT, against_first, first_turns, measure_along
from voorop.benchmarks.at_once import measure_at_once
from voorop.benchmarks.house import House, house
from voorop.benchmarks.memory import measure_memory
from voorop.benchmarks.turns import measure_turn


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as found:
        yield found


def test_a_turn_stands_beside_a_bare_commit(home: House) -> None:
    found = measure_turn(home, times=3)
    assert 0 < found.bare < found.turn


def test_turns_of_every_kind_stand_beside_the_first_ones(home: House) -> None:
    along = measure_along(home, conversations=1, around=(8,), window=1)
    assert [each.kind for each in along] == list(KINDS) * 3
    assert [each.turn for each in along] == list(range(2, 11))
    assert [each.turn for each in along if each.first is not None] == [5, 6, 7, 8, 9, 10]
    assert against_first(along, STATEMENT, 8, window=1) > 0
    assert first_turns(along, BACK) > 0


@pytest.mark.thorough
def test_every_level_does_the_same_work_with_so_many_at_once(home: House) -> None:
    found = measure_at_once(home, levels=(1, 2), conversations=2, portions=2)
    assert [each.number for each in found] == [1, 2]
    for each in found:
        assert len(each.turns) == len(each.bare) == 2
        assert 0 < each.share < 100


@pytest.mark.thorough
def test_memory_is_that_of_a_process_of_its_own() -> None:
    weight = bytearray(b"x") * 700_000_000  # in this process, so not in the figure
    found = measure_memory(10)
    assert [each.conversations for each in found] == [0, 1, 10]
    assert all(0 < each.megabytes < len(weight) / 1e6 for each in found)
