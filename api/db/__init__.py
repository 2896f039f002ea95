"""The care plan's tables and migrations."""

from pathlib import Path

from sqlalchemy.engine import Engine

from records.migrations import Migrations

MIGRATIONS = Migrations(Path(__file__).parent / "migrations", "care_plan_version")


def upgrade(engine: Engine) -> None:
    """Bring the care plan's tables to the newest migration."""
    MIGRATIONS.upgrade(engine)
