"""Desk: secrets of the second factor are encrypted; those that are there stay in use."""

import sqlalchemy as sa
from alembic import op

from bot.store.sealing import seal

revision = "sealed_second_factor"
down_revision = "telegram_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("counsellors", sa.Column("totp_sealed", sa.String(length=255), nullable=True))
    counsellors = sa.table(
        "counsellors",
        sa.column("id", sa.Integer),
        sa.column("totp_secret", sa.String),
        sa.column("totp_sealed", sa.String),
    )
    work = op.get_bind()
    for number, secret in work.execute(
        sa.select(counsellors.c.id, counsellors.c.totp_secret).where(
            counsellors.c.totp_secret.is_not(None)
        )
    ).all():
        work.execute(
            sa.update(counsellors)
            .where(counsellors.c.id == number)
            .values(totp_sealed=seal(secret, f"totp-{number}"))
        )
    # Not as a batch: copying the table would take the sessions with it.
    op.drop_column("counsellors", "totp_secret")
