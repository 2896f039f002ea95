"""Alembic's entry: runs the conversations' migrations on the connection it is given."""

from records.migrations import run

run()
