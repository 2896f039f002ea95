"""Patients who come again, the care team and its tasks, attainment, notes back, shares, the outbox, tablets."""

import sqlalchemy as sa
from alembic import op

revision = "002_following"
down_revision = "001_first"


def upgrade() -> None:
    op.create_table(
        "patients",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("practice", sa.String(32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("reference", sa.LargeBinary(), nullable=True),
        sa.Column("reference_hash", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice"], ["practices.id"], name=op.f("fk_patients_practice_practices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
        sa.UniqueConstraint("practice", "reference_hash", name=op.f("uq_patients_practice_reference_hash")),
    )
    op.create_table(
        "tablets",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("practice", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["practice"], ["practices.id"], name=op.f("fk_tablets_practice_practices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tablets_token_hash")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name=op.f("fk_notes_visit_visits"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_visit"), "notes", ["visit"], unique=False)
    op.create_table(
        "shares",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("organisation", sa.LargeBinary(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("consent", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name=op.f("fk_shares_visit_visits"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shares_token_hash")),
    )
    op.create_index(op.f("ix_shares_visit"), "shares", ["visit"], unique=False)
    op.create_table(
        "team_members",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("organisation", sa.LargeBinary(), nullable=True),
        sa.Column("user", sa.String(32), nullable=True),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name=op.f("fk_team_members_user_users")),
        sa.ForeignKeyConstraint(
            ["visit"], ["visits.id"], name=op.f("fk_team_members_visit_visits"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_members")),
    )
    op.create_index(op.f("ix_team_members_visit"), "team_members", ["visit"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit", sa.String(32), nullable=False),
        sa.Column("goal", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(64), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["goal"], ["goals.id"], name=op.f("fk_outbox_goal_goals"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name=op.f("fk_outbox_visit_visits"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("goal", "version", name=op.f("uq_outbox_goal_version")),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"], unique=False)
    op.create_index("ix_outbox_visit", "outbox", ["visit"], unique=False)
    op.create_table(
        "scalings",
        sa.Column("goal", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("levels", sa.LargeBinary(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["goal"], ["goals.id"], name=op.f("fk_scalings_goal_goals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("goal", "version", name=op.f("pk_scalings")),
    )
    op.create_table(
        "scores",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("goal", sa.String(32), nullable=False),
        sa.Column("scaling", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("scored_by", sa.String(16), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["goal"], ["goals.id"], name=op.f("fk_scores_goal_goals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
    )
    op.create_index(op.f("ix_scores_goal"), "scores", ["goal"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("goal", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal"], ["goals.id"], name=op.f("fk_tasks_goal_goals"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_goal"), "tasks", ["goal"], unique=False)
    op.create_table(
        "task_versions",
        sa.Column("task", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("added_value", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["team_members.id"], name=op.f("fk_task_versions_member_team_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task"], ["tasks.id"], name=op.f("fk_task_versions_task_tasks"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("task", "version", name=op.f("pk_task_versions")),
    )
    op.create_index(op.f("ix_task_versions_member"), "task_versions", ["member"], unique=False)
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.add_column("goal_versions", sa.Column("meaning", sa.LargeBinary(), nullable=True))
    op.add_column("invitations", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("practices", sa.Column("zone", sa.String(100), nullable=True))
    op.add_column("practices", sa.Column("retention_days", sa.Integer(), nullable=True))
    op.add_column("users", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("visits", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("visits", sa.Column("discussed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "visits",
        sa.Column("patient", sa.String(32), sa.ForeignKey("patients.id"), nullable=True),
        inline_references=True,
    )
    # Who came to which visit was not kept until now: every visit is a patient of its own.
    op.execute("INSERT INTO patients (id, practice, created_at) SELECT id, practice, created_at FROM visits")
    op.execute("UPDATE visits SET patient = id")
    op.create_index(op.f("ix_visits_patient"), "visits", ["patient"], unique=False)
