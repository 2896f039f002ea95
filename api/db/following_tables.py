"""Tables of what comes after the review: the care team, who does what, how far a goal has come, the note back."""

from functools import partial

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from api.db.types import UtcDateTime
from records.keys import Keys
from records.sealed import SealedJSON, SealedText

Needed = partial(Column, nullable=False)


def following_tables(metadata: MetaData, keys: Keys) -> dict[str, Table]:
    """By name; part of `api.db.tables.Tables`."""
    team_members = Table(
        "team_members",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), index=True),
        Needed("role", String(32)),
        Needed("name", SealedText(keys)),
        Column("organisation", SealedText(keys)),
        Column("user", String(32), ForeignKey("users.id")),  # when the member signs in here
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
        Column("left_at", UtcDateTime),
    )
    tasks = Table(
        "tasks",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("goal", String(32), ForeignKey("goals.id", ondelete="CASCADE"), index=True),
        Needed("version", Integer),  # the newest of task_versions
    )
    task_versions = Table(
        "task_versions",
        metadata,
        Needed("task", String(32), ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
        Needed("version", Integer, primary_key=True, autoincrement=False),
        Needed("state", String(16)),
        Needed("member", String(32), ForeignKey("team_members.id", ondelete="CASCADE"), index=True),
        Needed("what", SealedText(keys)),
        Column("added_value", SealedText(keys)),  # what this role adds
        Column("reason", SealedText(keys)),
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
    )
    scalings = Table(
        "scalings",
        metadata,
        Needed("goal", String(32), ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
        Needed("version", Integer, primary_key=True, autoincrement=False),
        Needed("levels", SealedJSON(keys)),  # five texts, from much less (-2) to much better (+2) than expected
        Needed("weight", Integer),
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
    )
    scores = Table(
        "scores",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("goal", String(32), ForeignKey("goals.id", ondelete="CASCADE"), index=True),
        Needed("scaling", Integer),  # the version that was scored
        Needed("level", Integer),  # -2 to 2
        Needed("scored_by", String(16)),  # patient, caregiver or clinician: whose judgement it is
        Column("note", SealedText(keys)),
        Needed("author", String(64)),
        Needed("at", UtcDateTime),
    )
    notes = Table(
        "notes",
        metadata,
        Column("id", String(32), primary_key=True),
        Needed("visit", String(32), ForeignKey("visits.id", ondelete="CASCADE"), index=True),
        Needed("role", String(16)),  # to whom
        Needed("text", SealedText(keys)),
        Needed("lang", String(35)),
        Needed("author", String(64)),
        Needed("created_at", UtcDateTime),
    )
    return {
        "team_members": team_members,
        "tasks": tasks,
        "task_versions": task_versions,
        "scalings": scalings,
        "scores": scores,
        "notes": notes,
    }
