"""Requests that count once: the same one sent again under its key is answered as before, and nothing is done anew.

Kept are the key, a hash of the request and an answer of ids and versions; never words.
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context, sha256
from careplan.errors import Invalid, KeyReused
from careplan.people import Actor, Duty
from records.database import hold

FIELD = "Idempotency-Key"
LABEL = "idempotent requests"
LONGEST_KEY = 200


def once(
    context: Context,
    connection: Connection,
    actor: Actor,
    key: str,
    request: list[Any],
    work: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """What `work` answers, or answered when this request came first. Access is checked before, every time.

    request: all that makes it the same one. What is refused does not use up its key.

    Raises:
        Invalid: there is no usable key.
        KeyReused: the key belongs to another request.
    """
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Invalid("missing" if not key else "value", field=FIELD)
    name = _name(actor, key)
    hold(connection, f"{LABEL} {name}")  # the same request, sent again while the first is under way, waits for it
    table = context.tables.idempotency_keys
    row = connection.execute(sa.select(table).where(table.c.key == name)).one_or_none()
    if row is not None:
        if row.request_hash not in {_hash(context, request, key_id) for key_id, _ in context.keys.roots}:
            raise KeyReused(field=FIELD)
        earlier: dict[str, Any] = row.answer
        return earlier
    answer = work()
    connection.execute(
        table.insert().values(key=name, request_hash=_hash(context, request), answer=answer, created_at=context.now())
    )
    return answer


def made_once(
    context: Context, connection: Connection, actor: Actor, key: str | None, request: list[Any], make: Callable[[], str]
) -> str:
    """The id of the record that `make` makes, or made when this request came first; without a key it always makes one.

    Raises:
        Invalid: the key is not usable.
        KeyReused: the key belongs to another request.
    """
    if key is None:
        return make()
    record: str = once(context, connection, actor, key, request, lambda: {"id": make()})["id"]
    return record


def _name(actor: Actor, key: str) -> str:
    """The action server's keys by themselves; everybody else has keys of their own, whatever others call theirs."""
    return key if actor.has(Duty.SERVICE) else sha256(f"{actor.id} {key}")


def _hash(context: Context, request: list[Any], key_id: str | None = None) -> str:
    return context.keyed_hash(LABEL, json.dumps(request, sort_keys=True), key_id)
