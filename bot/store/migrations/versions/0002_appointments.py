"""Rules, places, exceptions, holds, blocked time and the queue of messages."""

import sqlalchemy as sa
from alembic import op

import bot.store.tables

revision = "appointments"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booking_rules",
        sa.Column("leerwinkel", sa.String(length=40), nullable=False),
        sa.Column("length_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_hours", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("daily_limit", sa.Integer(), nullable=True),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("leerwinkel", name=op.f("pk_booking_rules")),
    )
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leerwinkel", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
    )
    with op.batch_alter_table("branches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_branches_leerwinkel"), ["leerwinkel"], unique=False)

    op.create_table(
        "blocked_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_blocked_times_order")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_blocked_times_counsellor_id_counsellors"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocked_times")),
    )
    with op.batch_alter_table("blocked_times", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blocked_times_counsellor_id"), ["counsellor_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_blocked_times_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "closing_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leerwinkel", sa.String(length=40), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closing_days_order")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_closing_days_branch_id_branches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_days")),
    )
    with op.batch_alter_table("closing_days", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_closing_days_leerwinkel"), ["leerwinkel"], unique=False
        )

    op.create_table(
        "hours_exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_hours_exceptions_days")),
        sa.CheckConstraint("from_minute < to_minute", name=op.f("ck_hours_exceptions_order")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_hours_exceptions_branch_id_branches")
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_hours_exceptions_counsellor_id_counsellors"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_exceptions")),
    )
    with op.batch_alter_table("hours_exceptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hours_exceptions_counsellor_id"), ["counsellor_id"], unique=False
        )

    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leerwinkel", sa.String(length=40), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_minute < to_minute", name=op.f("ck_opening_hours_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branches.id"], name=op.f("fk_opening_hours_branch_id_branches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
    )
    with op.batch_alter_table("opening_hours", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opening_hours_leerwinkel"), ["leerwinkel"], unique=False
        )

    op.create_table(
        "outgoing_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("daytime_only", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("claimed_until", bot.store.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", bot.store.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", bot.store.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_outgoing_messages_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_messages_key")),
    )
    with op.batch_alter_table("outgoing_messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outgoing_messages_appointment_id"), ["appointment_id"], unique=False
        )
        batch_op.create_index(
            "ix_outgoing_messages_queue", ["channel", "state", "next_try_at"], unique=False
        )

    # Not in batch mode: SQLite would make these tables anew, and dropping the old takes the rows
    # that hang on it along.
    op.add_column(
        "appointments",
        sa.Column("branch_id", sa.Integer(), sa.ForeignKey("branches.id"), nullable=True),
        inline_references=True,
    )
    op.add_column(
        "appointments",
        sa.Column("booked_by", sa.Integer(), sa.ForeignKey("counsellors.id"), nullable=True),
        inline_references=True,
    )
    for column in (
        sa.Column("form", sa.String(length=20), server_default="in_person", nullable=False),
        sa.Column("interpreter", sa.String(length=80), nullable=True),
        sa.Column("referral_source", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", bot.store.tables.UtcDateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.String(length=64), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
    ):
        op.add_column("appointments", column)
    op.execute("UPDATE appointments SET uid = 'afspraak-' || id")
    op.create_index(op.f("ix_appointments_uid"), "appointments", ["uid"], unique=True)
    op.add_column(
        "availability",
        sa.Column("branch_id", sa.Integer(), sa.ForeignKey("branches.id"), nullable=True),
        inline_references=True,
    )
    for column in (
        sa.Column("daily_limit", sa.Integer(), nullable=True),
        sa.Column("video_url", sa.String(length=300), nullable=True),
        sa.Column("feed_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("feed_names", sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column("counsellors", column)

    with op.batch_alter_table("occupied_quarters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blocked_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_by", sa.String(length=120), nullable=True))
        batch_op.add_column(
            sa.Column("held_until", bot.store.tables.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.alter_column("appointment_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_occupied_quarters_blocked_id"), ["blocked_id"])
        batch_op.create_index(batch_op.f("ix_occupied_quarters_held_by"), ["held_by"])
        batch_op.create_foreign_key(
            batch_op.f("fk_occupied_quarters_blocked_id_blocked_times"),
            "blocked_times",
            ["blocked_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_occupied_quarters_one_owner"),
            "(CASE WHEN appointment_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN blocked_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN held_by IS NULL THEN 0 ELSE 1 END) = 1",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_occupied_quarters_hold"),
            "(held_by IS NULL) = (held_until IS NULL)",
        )


def downgrade() -> None:
    raise NotImplementedError("restore the backup from before the upgrade (docs/operators.md)")
