"""Alembic's entry to the care plan's migrations; `records.migrations.upgrade` opens the connection."""

from records import migrations

migrations.run()
