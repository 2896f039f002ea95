"""The care plan's tables and migrations."""

from pathlib import Path

from sqlalchemy.engine import Engine

from records import migrations

VERSION_TABLE = "care_plan_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Bring the care plan's tables to the newest migration."""
    migrations.upgrade(engine, MIGRATIONS, VERSION_TABLE)
