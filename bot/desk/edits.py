"""Changing answers of an intake at the desk: what may be changed, how it is read and kept.

A change is marked "door begeleider", stands in the history, and stays when the client comes back
to the conversation, unless the client says something new (see `bot.intake.records`).
"""

import dataclasses
import datetime as dtm
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot import contract, store
from bot import intake as intakes
from bot.desk.calls import Form
from bot.desk.wording import say_themes
from bot.intake.records import EDITED
from bot.intake.summary import LABELS, say

LONG = ("dream", "strengths")
"""Text of more than one line."""
READ = ("phone", "email", "postcode")
"""Texts that are read as in the conversation, so that they are stored in one way."""
CONTACT = ("name", "phone", "email")
LONGEST_TEXT, LONGEST_LINE = 4000, 200


@dataclasses.dataclass(frozen=True)
class Group:
    """Fields that stand together in the form."""

    title: str
    fields: tuple[str, ...]


GROUPS = (
    Group("Wie en contact", ("name", "phone", "email", "postcode", "leerwinkel")),
    Group("Over de cliënt", ("gender", "age_band", "languages", "referral_source")),
    Group("Sterktes en ambities", ("dream", "strengths", "dream_themes")),
    Group("Werk en school", ("situation", "education_level", "diploma_origin",
                             "diploma_recognised", "dutch_level", "schedule")),
    Group("Drempels", ("barriers",)),
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Input:
    """One field of the form with the value to show in it."""

    name: str
    label: str
    kind: str
    """line | lines | choice | choices."""
    value: str
    chosen: frozenset[str]
    options: Mapping[str, str]
    problem: str


def values_of(work: Session, intake: store.Intake) -> dict[str, Any]:
    """The values of an intake; contact data that only an appointment has is taken from there."""
    values = {name: getattr(intake, name) for name in contract.fields()}
    if not all(values[field] for field in CONTACT):
        appointments = work.scalars(
            sa.select(store.Appointment)
            .where(store.Appointment.intake_id == intake.id)
            .order_by(store.Appointment.starts_at.desc())
        ).all()
        for field in CONTACT:
            # Whoever books without further consent leaves these with the appointment only.
            values[field] = values[field] or next(
                (given for one in appointments if (given := getattr(one, field))), None
            )
    return values


def version(values: Mapping[str, Any]) -> str:
    """A short name for these values: a form that was filled in on other values is too old."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def inputs(
    values: Mapping[str, Any], form: Form | None = None, problems: Mapping[str, str] | None = None
) -> list[tuple[str, list[Input]]]:
    """The form: titles with their fields, with what was typed when it has to be shown again."""
    return [
        (group.title, [_input(name, values, form, problems or {}) for name in group.fields])
        for group in GROUPS
    ]


def read(form: Form, before: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form says: the changed fields with their values, and per field what is wrong."""
    changed: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name in (field for group in GROUPS for field in group.fields):
        if not form.has(name) and not form.has(f"{name}.er"):
            continue
        try:
            value = _value(name, form)
        except ValueError as error:
            problems[name] = str(error)
            continue
        if isinstance(value, list):
            value = _in_old_order(value, before[name] or [])
        if (value or None) != (before[name] or None):
            changed[name] = value
    return changed, problems


def apply(
    work: Session,
    intake: store.Intake,
    before: Mapping[str, Any],
    changed: Mapping[str, Any],
    counsellor: store.Counsellor,
    *,
    now: dtm.datetime,
) -> None:
    """Keeps the changes with their history, in the transaction that is going on."""
    edited, status = dict(intake.edited or {}), dict(intake.status)
    for field, value in changed.items():
        first = edited.get(field) or {
            "was": getattr(intake, field),
            "mark": status.get(field),
        }
        setattr(intake, field, value)
        if value == first["was"]:  # taken back: it is again what the client said
            edited.pop(field, None)
            status.pop(field, None)
            if first["mark"]:
                status[field] = first["mark"]
        else:
            edited[field] = {**first, "by": counsellor.id, "at": now.isoformat()}
            status[field] = EDITED
        work.add(
            store.IntakeChange(
                intake_id=intake.id,
                at=now,
                counsellor_id=counsellor.id,
                field=field,
                before=before[field],
                after=value,
            )
        )
    intake.edited, intake.status = edited, status


def say_value(field: str, value: Any) -> str:
    """A value of the history in Dutch."""
    if field == "dream_themes":
        return say_themes(value) or "geen"
    return say(field, value) or "niets"


def _input(
    name: str, values: Mapping[str, Any], form: Form | None, problems: Mapping[str, str]
) -> Input:
    field = contract.fields()[name]
    value = values.get(name)
    options = contract.labels(field.codes) if field.codes else {}
    kind = _kind(field)
    text = _text(name, value) if kind in ("line", "lines") else ""
    chosen = frozenset(str(one) for one in _listed(value))
    if form is not None:
        text, chosen = form.get(name), frozenset(form.all(name))
    return Input(name, LABELS[name], kind, text, chosen, options, problems.get(name, ""))


def _kind(field: contract.Field) -> str:
    if field.type == "code":
        return "choice"
    if field.type == "list" and field.codes:
        return "choices"
    return "lines" if field.name in LONG else "line"


def _in_old_order(values: Sequence[str], before: Sequence[str]) -> list[str]:
    """A list as the client ordered it (what came first may matter most), new ones at the end."""
    kept = [one for one in before if one in values]
    return kept + [one for one in values if one not in kept]


def _text(name: str, value: Any) -> str:
    if name == "languages":
        return say(name, value) if value else ""
    return str(value) if value else ""


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _value(name: str, form: Form) -> Any:
    field = contract.fields()[name]
    if field.codes:
        known = contract.labels(field.codes)
        given = [code for code in form.all(name) if code]
        if any(code not in known for code in given):
            raise ValueError("Kies uit de lijst.")
        if field.type == "list":
            return [code for code in known if code in given]
        return given[0] if given else None
    text = form.get(name).strip()
    if name == "languages":
        return _languages(text)
    if not text:
        return None
    longest = LONGEST_TEXT if name in LONG else LONGEST_LINE
    if len(text) > longest:
        raise ValueError(f"Deze tekst is te lang. Neem hoogstens {longest} tekens.")
    if name in READ:
        found = intakes.read(name, text).value
        if found is None:
            raise ValueError(NOT_READ[name])
        return found
    return text if name in LONG else " ".join(text.split())


NOT_READ = {
    "phone": "Dit nummer klopt niet. Schrijf bijvoorbeeld 0478 12 34 56.",
    "email": "Dit e-mailadres klopt niet. Schrijf bijvoorbeeld naam@voorbeeld.be.",
    "postcode": "Deze gemeente ken ik niet. Schrijf de postcode, bijvoorbeeld 3600.",
}


def _languages(text: str) -> list[str]:
    codes: list[str] = []
    for part in (part.strip() for part in text.replace(";", ",").split(",")):
        if not part:
            continue
        found = intakes.read("languages", part).value
        if not found:
            raise ValueError(f"De taal “{part[:40]}” ken ik niet. Zet een komma tussen talen.")
        codes += [code for code in found if code not in codes]
    return codes
