"""Desk: sessions, second factor, edits, notes, tags, stages, outcomes, a fuller log."""

import sqlalchemy as sa
from alembic import op

import bot.store.tables
from bot.store.search import text_of

revision = "desk"
down_revision = "appointments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=200), nullable=False),
        sa.Column("course_id", sa.String(length=120), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("qualified_on", sa.Date(), nullable=True),
        sa.Column("qualification", sa.String(length=200), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["counsellors.id"],
            name=op.f("fk_course_outcomes_changed_by_counsellors"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_course_outcomes_intake_id_intakes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_outcomes")),
    )
    with op.batch_alter_table("course_outcomes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_course_outcomes_intake_id"), ["intake_id"], unique=False
        )

    op.create_table(
        "desk_sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_desk_sessions_counsellor_id_counsellors"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_sessions")),
    )
    with op.batch_alter_table("desk_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_sessions_counsellor_id"), ["counsellor_id"], unique=False
        )

    op.create_table(
        "intake_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_intake_changes_counsellor_id_counsellors"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_intake_changes_intake_id_intakes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_changes")),
    )
    with op.batch_alter_table("intake_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_intake_changes_intake_id"), ["intake_id"], unique=False
        )

    op.create_table(
        "intake_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_intake_notes_counsellor_id_counsellors"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_intake_notes_intake_id_intakes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_notes")),
    )
    with op.batch_alter_table("intake_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_notes_intake_id"), ["intake_id"], unique=False)

    op.create_table(
        "intake_tags",
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_intake_tags_intake_id_intakes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("intake_id", "tag", name=op.f("pk_intake_tags")),
    )
    with op.batch_alter_table("intake_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_tags_tag"), ["tag"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellors.id"],
            name=op.f("fk_recovery_codes_counsellor_id_counsellors"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_codes_counsellor_id"), ["counsellor_id"], unique=False
        )

    op.add_column(
        "counsellors",
        sa.Column("temporary_password", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("counsellors", sa.Column("totp_secret", sa.String(length=64), nullable=True))
    op.add_column(
        "counsellors", sa.Column("totp_step", sa.Integer(), server_default="0", nullable=False)
    )

    op.add_column("intakes", sa.Column("edited", sa.JSON(), server_default="{}", nullable=False))
    op.add_column(
        "intakes", sa.Column("stage", sa.String(length=20), server_default="new", nullable=False)
    )
    op.add_column(
        "intakes", sa.Column("stage_at", bot.store.tables.UtcDateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "intakes", sa.Column("search", sa.String(length=500), server_default="", nullable=False)
    )
    op.create_index(
        "ix_intakes_desk",
        "intakes",
        ["leerwinkel", "consent", "updated_at", "agreed_at", "read_at", "stage", "search"],
        unique=False,
    )
    op.create_index(
        "ix_intakes_news",
        "intakes",
        ["consent", "updated_at", "agreed_at", "read_at", "stage", "search"],
        unique=False,
    )

    op.add_column("look_log", sa.Column("leerwinkel", sa.String(length=40), nullable=True))
    op.add_column(
        "look_log", sa.Column("detail", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("look_log", sa.Column("appointment_id", sa.Integer(), nullable=True))
    op.add_column("look_log", sa.Column("about_id", sa.Integer(), nullable=True))
    op.create_index("ix_look_log_counsellor", "look_log", ["counsellor_id", "id"], unique=False)
    op.create_index("ix_look_log_intake", "look_log", ["intake_id", "id"], unique=False)
    op.create_index("ix_look_log_leerwinkel", "look_log", ["leerwinkel", "id"], unique=False)

    _fill()


def _fill() -> None:
    """Lets the search find the intakes that are there already."""
    work = op.get_bind()
    intakes = sa.table(
        "intakes",
        *(sa.column(name) for name in ("id", "name", "phone", "email", "dream", "search")),
    )
    for row in work.execute(sa.select(intakes)).all():
        text = text_of(row.name, row.phone, row.email, row.dream)
        work.execute(sa.update(intakes).where(intakes.c.id == row.id).values(search=text))
