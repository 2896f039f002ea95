"""Two processes on one PostgreSQL: what comes at once for one conversation is answered one after the other."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_world import World

from bot.channel import ChatError, Incoming
from bot.channel.one_at_a_time import OneAtATime
from tests.installed import Prepared, migrate
from tests.postgresql import PostgreSQL


@pytest.fixture(scope="module")
def on_postgresql(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    made = Prepared(tmp_path_factory.mktemp("workers"), postgresql)
    migrate(made.url)
    return made


@pytest.fixture
def worlds(on_postgresql: Prepared, tmp_path: Path) -> Iterator[tuple[World, World]]:
    url = on_postgresql.copy(tmp_path)
    made = tuple(World(tmp_path, url=url, migrate=False) for _ in range(2))
    yield made[0], made[1]
    for world in made:
        world.engine.dispose()
    on_postgresql.drop(url)


def message(text: str) -> Incoming:
    return Incoming(str(uuid.uuid4()), text)


def test_messages_to_both_at_once_are_all_answered_each_once(worlds: tuple[World, World]) -> None:
    async def talk() -> None:
        opened = await worlds[0].service.open(token="patient-v1")
        sent = [message(f"words {number}") for number in range(4)]
        sends = [
            world.service.send(opened.session_token, each) for each in sent for world in worlds
        ]  # each to both of them
        replies = await asyncio.gather(*sends)
        assert replies[::2] == replies[1::2]
        view = await worlds[1].service.read(opened.session_token)
        said = [each.text for each in view.messages if each.sender == "person"]
        assert sorted(said) == [each.text for each in sent]
        assert sum(len(world.assistant.heard) for world in worlds) == 1 + len(sent)

    asyncio.run(talk())


def test_both_open_one_invitation_at_once_and_share_the_conversation(worlds: tuple[World, World]) -> None:
    async def both() -> None:
        opened = await asyncio.gather(*(world.service.open(token="patient-v1") for world in worlds))
        assert opened[0].view == opened[1].view
        assert sum(len(world.assistant.heard) for world in worlds) == 1

    asyncio.run(both())


def test_a_turn_that_fails_in_one_lets_the_other_go_on(worlds: tuple[World, World]) -> None:
    async def talk() -> None:
        opened = await worlds[0].service.open(token="patient-v1")
        worlds[0].assistant.fail = True
        with pytest.raises(ChatError):
            await worlds[0].service.send(opened.session_token, message("a"))
        assert (await worlds[1].service.send(opened.session_token, message("b"))).question == "life_goal"

    asyncio.run(talk())


def test_who_waits_too_long_is_told(worlds: tuple[World, World]) -> None:
    async def wait() -> None:
        first, second = (OneAtATime(world.store, longest_wait_seconds=0.1) for world in worlds)
        async with first("c1"):
            with pytest.raises(ChatError) as told:
                async with second("c1"):
                    raise AssertionError("both are in")
            assert told.value.code == "busy"
            async with second("c2"):
                pass
        async with second("c1"):
            pass

    asyncio.run(wait())


def test_the_locks_of_a_process_that_loses_its_connection_are_free(worlds: tuple[World, World]) -> None:
    first, second = (world.store for world in worlds)
    assert first.take_lock("c1")
    assert not second.take_lock("c1")
    with worlds[1].engine.connect() as connection:
        # With a time in milliseconds PostgreSQL answers once the other side is really gone.
        everybody_else = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"{everybody_else} AND datname = current_database()")
    assert second.take_lock("c1")
    second.release_lock("c1")
