"""Intakes as a table for a spreadsheet, for coordinators: without names, contact or own words."""

import csv
import datetime as dtm
import io

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot import contract, store
from bot.appointments import local
from bot.desk import pages, rights
from bot.desk.calls import Call
from bot.desk.wording import STAGES
from bot.intake.summary import LABELS, say

LEFT_OUT = ("consent", "dream", "strengths", "name", "phone", "email")
"""Fields by which a person can be known."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet reads a cell that starts so as a formula."""


def download(call: Call) -> Response:
    """The table as a file."""
    with store.session() as work:
        call.note(work, "export")
        text = table(work, call.counsellor)
    name = f"intakes-{local(call.now):%Y-%m-%d}.csv"
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers=pages.HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'},
    )


def table(work: Session, counsellor: store.Counsellor) -> str:
    """One row an intake that the client agreed with; semicolons, as Excel in Belgium expects."""
    fields = [name for name in contract.fields() if name not in LEFT_OUT]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            "Intake", "Begonnen", "Akkoord", *(LABELS[name] for name in fields), "Stand",
            "Labels", "Opleiding", "School", "Gekozen", "Gestart", "Gestopt", "Klaar", "Behaald",
        ]
    )  # fmt: skip
    outcomes: dict[int, list[store.CourseOutcome]] = {}
    for one in work.scalars(sa.select(store.CourseOutcome).order_by(store.CourseOutcome.id)):
        outcomes.setdefault(one.intake_id, []).append(one)
    tags: dict[int, list[str]] = {}
    for number, tag in work.execute(
        sa.select(store.IntakeTag.intake_id, store.IntakeTag.tag).order_by(store.IntakeTag.tag)
    ):
        tags.setdefault(number, []).append(tag)
    found = work.scalars(
        sa.select(store.Intake)
        .where(
            rights.scope(counsellor, store.Intake.leerwinkel),
            store.Intake.consent.is_(True),
            store.Intake.agreed_at.is_not(None),
        )
        .order_by(store.Intake.id)
        .execution_options(yield_per=500)
    )
    for intake in found:
        mine = outcomes.get(intake.id, [])
        writer.writerow(
            [
                intake.id,
                _day(intake.created_at),
                _day(intake.agreed_at),
                *(_safe(say(name, getattr(intake, name))) for name in fields),
                STAGES[intake.stage],
                _safe(", ".join(tags.get(intake.id, ()))),
                *(_safe(_joined(mine, name)) for name in ("course", "provider")),
                *(
                    _joined(mine, name)
                    for name in ("chosen_on", "started_on", "stopped_on", "qualified_on")
                ),
                _safe(_joined(mine, "qualification")),
            ]
        )
    return out.getvalue()


def _joined(outcomes: list[store.CourseOutcome], name: str) -> str:
    said = (getattr(one, name) for one in outcomes)
    return " | ".join(f"{v:%d/%m/%Y}" if isinstance(v, dtm.date) else str(v or "") for v in said)


def _day(moment: dtm.datetime | None) -> str:
    return f"{local(moment):%d/%m/%Y}" if moment else ""


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text
