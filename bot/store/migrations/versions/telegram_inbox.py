"""Inbox of Telegram updates, groups that were told, leases."""

import sqlalchemy as sa
from alembic import op

import bot.store.tables

revision = "telegram_inbox"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("until", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "telegram_groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_telegram_groups")),
    )
    op.create_table(
        "telegram_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("sender_id", sa.String(length=120), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("received_at", bot.store.tables.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", bot.store.tables.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_updates")),
        sa.UniqueConstraint("update_id", name=op.f("uq_telegram_updates_update_id")),
    )
    with op.batch_alter_table("telegram_updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_updates_done_at"), ["done_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_telegram_updates_sender_id"), ["sender_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("telegram_updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_updates_sender_id"))
        batch_op.drop_index(batch_op.f("ix_telegram_updates_done_at"))

    op.drop_table("telegram_updates")
    op.drop_table("telegram_groups")
    op.drop_table("leases")
