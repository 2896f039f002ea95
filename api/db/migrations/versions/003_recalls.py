"""What another system is asked to take back, and what each try to send a goal named."""

import sqlalchemy as sa
from alembic import op

revision = "003_recalls"
down_revision = "002_following"


def upgrade() -> None:
    op.create_table(
        "recalls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice", sa.String(32), nullable=False),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("patient", sa.String(32), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("standing", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["practice"], ["practices.id"], name=op.f("fk_recalls_practice_practices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
    )
    op.create_index("ix_recalls_state_next_at", "recalls", ["state", "next_at"], unique=False)
    op.create_index(op.f("ix_recalls_visit"), "recalls", ["visit"], unique=False)
    op.add_column("outbox", sa.Column("records", sa.JSON(), nullable=True))
