"""The tables. Times are stored in UTC and are always timezone-aware in Python."""

import datetime as dtm
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(sa.TypeDecorator[dtm.datetime]):
    """An aware datetime, stored in UTC on every database; naive ones are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dtm.datetime | None, dialect: sa.Dialect
    ) -> dtm.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: give it a time zone before storing it")
        value = value.astimezone(dtm.timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self, value: dtm.datetime | None, dialect: sa.Dialect
    ) -> dtm.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=dtm.timezone.utc)
        return value.astimezone(dtm.timezone.utc)


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own declaration style)
        dtm.datetime: UtcDateTime,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        list[Any]: sa.JSON,
    }


class Conversation(Base):
    """One per chat client. Without consent it is wiped at the end with all that hangs on it."""

    __tablename__ = "conversations"

    sender_id: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    """The sender id in Rasa: `web-<random>`, `telegram-<chat id>`, or what a REST client sent."""
    channel: Mapped[str] = mapped_column(sa.String(20), default="rest")
    consent: Mapped[bool | None] = mapped_column(default=None)
    """None: not asked yet or skipped (treated as no)."""
    started_at: Mapped[dtm.datetime]
    last_seen_at: Mapped[dtm.datetime] = mapped_column(index=True)
    over_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    """Set when the client said goodbye or stopped; a new message clears it."""


class ChatMessage(Base):
    """The chat API's own log: what came in by which id, and what was answered to it."""

    __tablename__ = "chat_messages"
    __table_args__ = (sa.UniqueConstraint("sender_id", "client_id", name="uq_chat_messages_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[str] = mapped_column(sa.String(120), index=True)
    client_id: Mapped[str] = mapped_column(sa.String(80))
    """The id that the client made; the same id twice is answered from here, handled once."""
    said: Mapped[dict[str, Any]]
    """{"text": ...} or {"payload": ..., "title": ...}: what the client sent."""
    answer: Mapped[list[Any] | None] = mapped_column(default=None)
    """The bot's messages; None while the turn runs or when it failed."""
    claimed_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    """Renewed by the process that handles the turn now; None when nobody does."""
    created_at: Mapped[dtm.datetime]


class Intake(Base):
    """The intake record (contract/intake.yaml): one column a field, saved answer by answer."""

    __tablename__ = "intakes"

    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[str] = mapped_column(sa.String(120), index=True)
    created_at: Mapped[dtm.datetime]
    updated_at: Mapped[dtm.datetime]
    agreed_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    """When the client agreed with the read-back; before that the desk shows it as "bezig"."""
    read_at: Mapped[dtm.datetime | None] = mapped_column(default=None)

    consent: Mapped[bool | None] = mapped_column(default=None)
    dream: Mapped[str | None] = mapped_column(sa.Text, default=None)
    dream_themes: Mapped[list[str] | None] = mapped_column(default=None)
    education_level: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    diploma_origin: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    diploma_recognised: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    dutch_level: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    situation: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    barriers: Mapped[list[str] | None] = mapped_column(default=None)
    schedule: Mapped[list[str] | None] = mapped_column(default=None)
    postcode: Mapped[str | None] = mapped_column(sa.String(4), default=None)
    leerwinkel: Mapped[str | None] = mapped_column(sa.String(40), index=True, default=None)
    strengths: Mapped[str | None] = mapped_column(sa.Text, default=None)
    age_band: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    languages: Mapped[list[str] | None] = mapped_column(default=None)
    referral_source: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    name: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    phone: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    email: Mapped[str | None] = mapped_column(sa.String(254), default=None)
    gender: Mapped[str | None] = mapped_column(sa.String(40), default=None)

    status: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field -> said | derived | skipped | unknown ("weet ik niet"); absent: not asked."""
    shown: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the client saw: {"courses": [{id,title,provider,type,reasons,missing}], "liked": [ids],
    "path": [{step,course_id,title,type,why}], "support": [{id,title,topic}]}."""

    appointments: Mapped[list["Appointment"]] = relationship(back_populates="intake")


class Counsellor(Base):
    """A user of the desk."""

    __tablename__ = "counsellors"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    first_name: Mapped[str] = mapped_column(sa.String(80))
    leerwinkel: Mapped[str] = mapped_column(sa.String(40), index=True)
    role: Mapped[str] = mapped_column(sa.String(20), default="counsellor")
    """counsellor | coordinator | administrator."""
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dtm.datetime]


class Availability(Base):
    """A counsellor's weekly hours, in local time (Europe/Brussels)."""

    __tablename__ = "availability"
    __table_args__ = (
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("from_minute < to_minute", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), index=True)
    weekday: Mapped[int]
    """0 is Monday."""
    from_minute: Mapped[int]
    """Minutes after local midnight."""
    to_minute: Mapped[int]

    counsellor: Mapped[Counsellor] = relationship()


class Appointment(Base):
    """An appointment of a client with a counsellor."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    leerwinkel: Mapped[str] = mapped_column(sa.String(40), index=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), index=True)
    intake_id: Mapped[int | None] = mapped_column(sa.ForeignKey("intakes.id"), index=True)
    sender_id: Mapped[str] = mapped_column(sa.String(120), index=True)
    starts_at: Mapped[dtm.datetime] = mapped_column(index=True)
    ends_at: Mapped[dtm.datetime]
    status: Mapped[str] = mapped_column(sa.String(20), default="booked")
    """booked | cancelled."""
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    email: Mapped[str | None] = mapped_column(sa.String(254), default=None)
    created_at: Mapped[dtm.datetime]
    changed_at: Mapped[dtm.datetime]

    intake: Mapped[Intake | None] = relationship(back_populates="appointments")
    counsellor: Mapped[Counsellor] = relationship()


class OccupiedQuarter(Base):
    """One row per counsellor and quarter of an hour that an appointment takes.

    Its primary key makes double booking impossible, overlaps of different lengths included,
    on SQLite and PostgreSQL alike. Cancelling deletes the rows.
    """

    __tablename__ = "occupied_quarters"

    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), primary_key=True)
    starts_at: Mapped[dtm.datetime] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("appointments.id", ondelete="CASCADE"), index=True
    )


class LookLog(Base):
    """Who looked at or changed which client's data, and when."""

    __tablename__ = "look_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dtm.datetime] = mapped_column(index=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"))
    intake_id: Mapped[int | None] = mapped_column(default=None)
    what: Mapped[str] = mapped_column(sa.String(80))


class LoginFailure(Base):
    """A log-in at the desk that did not succeed (or is not decided yet); kept for a day."""

    __tablename__ = "login_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), index=True)
    """Keyed hash of what the attempts are counted by: account and address, account, or address."""
    at: Mapped[dtm.datetime] = mapped_column(index=True)


class Lease(Base):
    """Work that one process at a time may do; whoever does it renews its row."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(sa.String(40))
    until: Mapped[dtm.datetime]


class TelegramUpdate(Base):
    """What Telegram delivered: kept until it is answered, then only its number, for two days."""

    __tablename__ = "telegram_updates"

    id: Mapped[int] = mapped_column(primary_key=True)
    """The order in which updates came in."""
    update_id: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    """Telegram's number: the same one twice is handled once."""
    sender_id: Mapped[str | None] = mapped_column(sa.String(120), index=True, default=None)
    """`telegram-<chat id>`; None once it is answered."""
    content: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """The update as it came; None once it is answered."""
    answer: Mapped[list[Any] | None] = mapped_column(default=None)
    """What goes out for it; None as long as it was not handled, and again once it went out."""
    sent: Mapped[int] = mapped_column(default=0)
    """How many parts of the answer went out."""
    received_at: Mapped[dtm.datetime]
    done_at: Mapped[dtm.datetime | None] = mapped_column(index=True, default=None)


class TelegramGroup(Base):
    """A group that was told that the bot only talks with one person at a time."""

    __tablename__ = "telegram_groups"

    chat_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    told_at: Mapped[dtm.datetime]
