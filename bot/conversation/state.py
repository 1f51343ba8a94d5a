"""What the dialogue remembers from one turn to the next, all of it in Rasa's slots."""

import dataclasses
from typing import Any, Self

from bot import contract

INTAKE = "intake_form"
BOOKING = "booking_form"


@dataclasses.dataclass
class Memory:
    """The slot `dialogue`: everything that is neither an answer nor shown to the client.

    Only what differs from the defaults is kept in the slot.
    """

    misses: int = 0
    """How often in a row the question that was asked was not understood."""
    simpler: bool = False
    """Whether the last question was put in its simpler words."""
    confirm: str | None = None
    """What a yes is awaited for: restart, delete_my_data, cancel_appointment or crisis."""
    doubted: dict[str, Any] | None = None
    """The message (text, intent, confidence) that made the bot ask whether it spoke of danger."""
    dream_step: str = "start"
    """Where the client is in the either/or questions about the dream."""
    collecting: str | None = None
    """The list field that is being filled tap by tap."""
    more_questions: str | None = None
    """yes, no or appointment: the answer to "may I ask a few more?"."""
    ideas_shown: bool = False
    readback_done: bool = False
    advice_shown: bool = False
    wants_appointment: bool | None = None
    contact_consent: bool | None = None
    """Leave to keep name and contact for an appointment; asked only without `consent`."""
    offered: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    """The slots that were last proposed."""
    within: list[str] | None = None
    """The day or days named for the appointment, local: first midnight and last."""
    not_on: list[int] = dataclasses.field(default_factory=list)
    """Weekdays on which the client cannot come, 0 for Monday."""
    not_at: list[tuple[int, int, int]] = dataclasses.field(default_factory=list)
    """Hours at which the client cannot come: weekday (-1 for all), from hour, to hour."""
    not_before: str | None = None
    """Local, ISO 8601: before it the client cannot come ("volgende week kan ik niet")."""
    chosen: dict[str, Any] | None = None
    """The slot that the client chose."""
    forms: list[str] = dataclasses.field(default_factory=list)
    """Forms of talk to choose from; empty when there is nothing to choose."""
    appointment_form: str | None = None
    """in_person, phone or video, when the client chose."""
    interpreter: str | None = None
    """None: not asked; no; yes: the language is still to be asked; else the language in words."""
    booked: bool = False
    """An appointment was made in this conversation, and not cancelled."""
    moving: int | None = None
    """The appointment that is being moved."""
    greeted: bool = False
    last_said: str | None = None
    """The response that was said last: its buttons may be typed."""
    handover: str | None = None
    """The question that was already put when the other form takes over."""
    aided: list[str] = dataclasses.field(default_factory=list)
    """Languages in which aid was given (ISO 639-1, or "und")."""
    aid_count: dict[str, int] = dataclasses.field(default_factory=dict)
    """Language -> how often aid was given in it; after `topics.AID_IN_FULL` times in short."""
    origin: dict[str, str] = dataclasses.field(default_factory=dict)
    """The Leerwinkel and the referrer by way of which the client came (see `origin`)."""
    history: list[str] = dataclasses.field(default_factory=list)
    """The fields answered last, newest at the end, for "terug"."""


@dataclasses.dataclass
class State:
    """A conversation between two turns."""

    sender_id: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    status: dict[str, str] = dataclasses.field(default_factory=dict)
    shown: dict[str, Any] = dataclasses.field(default_factory=dict)
    memory: Memory = dataclasses.field(default_factory=Memory)
    form: str | None = None
    """The active form, or None outside the forms."""
    asked: str | None = None
    """`requested_slot`: the field that the bot just asked."""

    @classmethod
    def from_slots(cls, sender_id: str, slots: dict[str, Any], form: str | None) -> Self:
        """The state that Rasa's slots hold."""
        known = {field.name for field in dataclasses.fields(Memory)}
        kept = {k: v for k, v in (slots.get("dialogue") or {}).items() if k in known}
        return cls(
            sender_id=sender_id,
            values={n: slots[n] for n in contract.fields() if slots.get(n) is not None},
            status=dict(slots.get("status") or {}),
            shown=dict(slots.get("shown") or {}),
            memory=Memory(**kept),
            form=form,
            asked=slots.get("requested_slot"),
        )

    def to_slots(self) -> dict[str, Any]:
        """Slot name -> value, for every slot that the dialogue sets."""
        default = Memory()
        memory = {
            f.name: getattr(self.memory, f.name)
            for f in dataclasses.fields(Memory)
            if getattr(self.memory, f.name) != getattr(default, f.name)
        }
        return {name: self.values.get(name) for name in contract.fields()} | {
            "status": self.status or None,
            "shown": self.shown or None,
            "dialogue": memory or None,
            "requested_slot": self.asked,
        }

    def open(self, field: str) -> bool:
        """Whether the field was neither answered, nor skipped, nor "weet ik niet"."""
        return field not in self.status

    def record(self, field: str, value: Any, mark: str = "said") -> None:
        """Keep an answer and say how it came about (said, derived)."""
        self.values[field] = value
        self.status[field] = mark

    def close(self, field: str, mark: str) -> None:
        """The client skipped the field (`skipped`) or does not know (`unknown`)."""
        self.values.pop(field, None)
        self.status[field] = mark

    def reopen(self, field: str) -> None:
        """Forget the answer, so that the question is asked again."""
        self.values.pop(field, None)
        self.status.pop(field, None)
