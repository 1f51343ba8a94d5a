"""The tables. Times are stored in UTC and are always timezone-aware in Python."""

import datetime as dtm
import secrets
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
    __table_args__ = (
        # The desk's lists read these without touching the wide rows.
        sa.Index(
            "ix_intakes_desk",
            "leerwinkel", "consent", "updated_at", "agreed_at", "read_at", "stage",
            "search",
        ),
        sa.Index("ix_intakes_news", "consent", "updated_at", "agreed_at", "read_at", "stage",
            "search",
        ),
    )  # fmt: skip

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

    edited: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Field -> {"was", "mark", "by", "at"} for what a counsellor changed: the value and mark of
    the conversation at that moment, who and when. See `bot.intake.records`."""
    stage: Mapped[str] = mapped_column(sa.String(20), default="new", server_default="new")
    """new | contacted | in_guidance | referred | started | stopped | finished; set at the desk."""
    stage_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    search: Mapped[str] = mapped_column(sa.String(500), default="", server_default="")
    """What the desk searches in, folded; kept by `bot.store.search`."""

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
    daily_limit: Mapped[int | None] = mapped_column(default=None)
    """Most appointments a day for this person; None: the rule of the Leerwinkel."""
    video_url: Mapped[str | None] = mapped_column(sa.String(300), default=None)
    """Their own room for talks by video; None: they send the client a link."""
    feed_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """Which calendar link is valid: 0 none, and a new number ends the link before it."""
    feed_names: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether the calendar feed may show names of clients."""
    temporary_password: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Somebody else made the password: a new one is asked before anything else."""
    totp_sealed: Mapped[str | None] = mapped_column(sa.String(255), default=None)
    """Secret of the second factor, encrypted (`bot.desk.totp`); None: it is not switched on."""
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    """The last half minute whose code was used: no code counts twice."""


class DeskSession(Base):
    """Somebody who is logged in at the desk; the row goes at the log-out."""

    __tablename__ = "desk_sessions"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """SHA-256 of the random token in the cookie: the table alone opens no door."""
    counsellor_id: Mapped[int] = mapped_column(
        sa.ForeignKey("counsellors.id", ondelete="CASCADE"), index=True
    )
    csrf: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[dtm.datetime]
    seen_at: Mapped[dtm.datetime]
    """Of the last page that a person asked for, to within some minutes."""


class RecoveryCode(Base):
    """A code that replaces the second factor once; only its keyed hash is kept."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    counsellor_id: Mapped[int] = mapped_column(
        sa.ForeignKey("counsellors.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(sa.String(64))


class Branch(Base):
    """A place besides the main office where a Leerwinkel sits on some days (a "zitdag")."""

    __tablename__ = "branches"

    id: Mapped[int] = mapped_column(primary_key=True)
    leerwinkel: Mapped[str] = mapped_column(sa.String(40), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)


class OpeningHours(Base):
    """When a place is open each week, local time. A place without rows sets no limit."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("from_minute < to_minute", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    leerwinkel: Mapped[str] = mapped_column(sa.String(40), index=True)
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branches.id"), default=None)
    """None: the main office."""
    weekday: Mapped[int]
    from_minute: Mapped[int]
    to_minute: Mapped[int]


class ClosingDay(Base):
    """Days on which nobody is received, besides the public holidays."""

    __tablename__ = "closing_days"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    leerwinkel: Mapped[str | None] = mapped_column(sa.String(40), index=True, default=None)
    """None: all Leerwinkels."""
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branches.id"), default=None)
    """None: every place of the Leerwinkel."""
    first_day: Mapped[dtm.date]
    last_day: Mapped[dtm.date]
    name: Mapped[str] = mapped_column(sa.String(120), default="")


class HoursException(Base):
    """Days on which a counsellor is away, or there besides the weekly hours."""

    __tablename__ = "hours_exceptions"
    __table_args__ = (
        sa.CheckConstraint("from_minute < to_minute", name="order"),
        sa.CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), index=True)
    first_day: Mapped[dtm.date]
    last_day: Mapped[dtm.date]
    from_minute: Mapped[int]
    """Of each of the days; minutes after local midnight."""
    to_minute: Mapped[int]
    extra: Mapped[bool]
    """True: there as well; False: away."""
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branches.id"), default=None)
    """Where, for extra hours; None: the main office."""
    note: Mapped[str] = mapped_column(sa.String(120), default="")


class BookingRules(Base):
    """How appointments are given at a Leerwinkel; without a row the defaults hold."""

    __tablename__ = "booking_rules"

    leerwinkel: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    length_minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    """Kept free after each appointment."""
    lead_hours: Mapped[int]
    horizon_days: Mapped[int]
    daily_limit: Mapped[int | None] = mapped_column(default=None)
    """Most appointments a day for one counsellor; None: no limit."""
    forms: Mapped[list[str]]
    """Which of in_person, phone, video a client may choose."""


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
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branches.id"), default=None)
    """Where the counsellor sits then; None: the main office."""

    counsellor: Mapped[Counsellor] = relationship()


def _uid() -> str:
    return secrets.token_hex(16)


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
    """booked | cancelled | came | no_show."""
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    email: Mapped[str | None] = mapped_column(sa.String(254), default=None)
    created_at: Mapped[dtm.datetime]
    changed_at: Mapped[dtm.datetime]
    """When it was booked, moved or cancelled last."""
    branch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("branches.id"), default=None)
    """Where; None: the main office."""
    form: Mapped[str] = mapped_column(
        sa.String(20), default="in_person", server_default="in_person"
    )
    """in_person | phone | video."""
    interpreter: Mapped[str | None] = mapped_column(sa.String(80), default=None)
    """The language for which an interpreter is needed (code or the client's word); None: none."""
    referral_source: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    """How the client came here (code of the contract), also kept without an intake."""
    booked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("counsellors.id"), default=None)
    """The counsellor who booked it at the desk; None: the client."""
    confirmed_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    """When the client said "ik kom" to the time as it is now."""
    uid: Mapped[str] = mapped_column(
        sa.String(64), unique=True, index=True, default=_uid, nullable=True
    )
    """Stable name in calendars."""
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """Rises with every move and with the cancellation; links and calendar files carry it."""

    intake: Mapped[Intake | None] = relationship(back_populates="appointments")
    counsellor: Mapped[Counsellor] = relationship(foreign_keys=[counsellor_id])
    branch: Mapped[Branch | None] = relationship()


class BlockedTime(Base):
    """Time that a counsellor keeps free of appointments: a meeting, a visit."""

    __tablename__ = "blocked_times"
    __table_args__ = (sa.CheckConstraint("starts_at < ends_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), index=True)
    starts_at: Mapped[dtm.datetime] = mapped_column(index=True)
    ends_at: Mapped[dtm.datetime]
    note: Mapped[str] = mapped_column(sa.String(120), default="")


class OccupiedQuarter(Base):
    """One row per counsellor and quarter of an hour that is taken: by an appointment, by time
    that the counsellor blocked, or held for a client who looks at it now.

    Its primary key makes double booking impossible, overlaps of different lengths included,
    on SQLite and PostgreSQL alike. Cancelling deletes the rows; a hold that ran out gives way.
    """

    __tablename__ = "occupied_quarters"
    __table_args__ = (
        sa.CheckConstraint(
            "(CASE WHEN appointment_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN blocked_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN held_by IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        sa.CheckConstraint("(held_by IS NULL) = (held_until IS NULL)", name="hold"),
    )

    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"), primary_key=True)
    starts_at: Mapped[dtm.datetime] = mapped_column(primary_key=True)
    appointment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("appointments.id", ondelete="CASCADE"), index=True, default=None
    )
    blocked_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("blocked_times.id", ondelete="CASCADE"), index=True, default=None
    )
    held_by: Mapped[str | None] = mapped_column(sa.String(120), index=True, default=None)
    """The sender for whom it is held."""
    held_until: Mapped[dtm.datetime | None] = mapped_column(default=None)


class OutgoingMessage(Base):
    """A message that has to go out, or went: the queue of every channel (see bot/outbox)."""

    __tablename__ = "outgoing_messages"
    __table_args__ = (sa.Index("ix_outgoing_messages_queue", "channel", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(20))
    """mail | telegram."""
    kind: Mapped[str] = mapped_column(sa.String(40))
    address: Mapped[str] = mapped_column(sa.String(254))
    """E-mail address or chat id; empty once it went out or makes no sense any more."""
    subject: Mapped[str] = mapped_column(sa.String(200), default="")
    text: Mapped[str] = mapped_column(sa.Text, default="")
    """Empty as the address: nothing is kept that nobody needs."""
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    """[{"title", "payload", "url"}]."""
    calendar: Mapped[str | None] = mapped_column(sa.Text, default=None)
    """An iCalendar file that goes with it."""
    key: Mapped[str | None] = mapped_column(sa.String(120), unique=True, default=None)
    """The same key is queued once."""
    appointment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("appointments.id", ondelete="CASCADE"), index=True, default=None
    )
    daytime_only: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(sa.String(20), default="waiting")
    """waiting | claimed | handing_over | sent | unknown | refused | dropped."""
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(sa.String(32), default=None)
    claimed_until: Mapped[dtm.datetime | None] = mapped_column(default=None)
    created_at: Mapped[dtm.datetime]
    next_try_at: Mapped[dtm.datetime]
    expires_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    """After this it makes no sense any more and is dropped."""
    done_at: Mapped[dtm.datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(sa.String(80), default="")
    """The last problem: a fixed word or a reply code, never a text of a server."""


class IntakeChange(Base):
    """One change of a field of an intake at the desk, or by a client after such a change."""

    __tablename__ = "intake_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(
        sa.ForeignKey("intakes.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[dtm.datetime]
    counsellor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("counsellors.id"))
    """None: the client."""
    field: Mapped[str] = mapped_column(sa.String(40))
    """A field of the contract, or "stage"."""
    before: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)


class IntakeNote(Base):
    """What a counsellor wrote down about a client."""

    __tablename__ = "intake_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(
        sa.ForeignKey("intakes.id", ondelete="CASCADE"), index=True
    )
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"))
    at: Mapped[dtm.datetime]
    text: Mapped[str] = mapped_column(sa.Text)

    counsellor: Mapped[Counsellor] = relationship()


class IntakeTag(Base):
    """A word by which counsellors find intakes back."""

    __tablename__ = "intake_tags"

    intake_id: Mapped[int] = mapped_column(
        sa.ForeignKey("intakes.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(sa.String(40), primary_key=True, index=True)


class CourseOutcome(Base):
    """What became of a client: a course that was chosen, and how it went on."""

    __tablename__ = "course_outcomes"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(
        sa.ForeignKey("intakes.id", ondelete="CASCADE"), index=True
    )
    course: Mapped[str] = mapped_column(sa.String(200))
    course_id: Mapped[str | None] = mapped_column(sa.String(120), default=None)
    """Of the catalogue; None when it is not in there."""
    provider: Mapped[str] = mapped_column(sa.String(200), default="")
    chosen_on: Mapped[dtm.date | None] = mapped_column(default=None)
    started_on: Mapped[dtm.date | None] = mapped_column(default=None)
    stopped_on: Mapped[dtm.date | None] = mapped_column(default=None)
    """Stopped without a qualification."""
    qualified_on: Mapped[dtm.date | None] = mapped_column(default=None)
    qualification: Mapped[str] = mapped_column(sa.String(200), default="")
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"))
    changed_at: Mapped[dtm.datetime]


class LookLog(Base):
    """Who looked at or changed which client's data (or an account), and when.

    It outlives what it names and holds no personal data of clients but the intake's number.
    """

    __tablename__ = "look_log"
    __table_args__ = (
        sa.Index("ix_look_log_leerwinkel", "leerwinkel", "id"),
        sa.Index("ix_look_log_intake", "intake_id", "id"),
        sa.Index("ix_look_log_counsellor", "counsellor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dtm.datetime] = mapped_column(index=True)
    counsellor_id: Mapped[int] = mapped_column(sa.ForeignKey("counsellors.id"))
    intake_id: Mapped[int | None] = mapped_column(default=None)
    what: Mapped[str] = mapped_column(sa.String(80))
    """A fixed word: see `bot.desk.audit`."""
    leerwinkel: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    """Whose data it was: of the intake, the appointment or the account."""
    detail: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    """Which fields, or a code; never what they hold."""
    appointment_id: Mapped[int | None] = mapped_column(default=None)
    about_id: Mapped[int | None] = mapped_column(default=None)
    """The counsellor whose account or hours it was."""


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
