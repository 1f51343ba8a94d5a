"""`python -m benchmarks.desk`: how long each page of the desk takes with many intakes.

Fills a database of its own (SQLite in a temporary folder, or PostgreSQL when an address is given)
with invented people and asks each page in turn, in this process, on one core: the time is that of
the whole request, but for the network. Beside the time on the clock stands that of the processor,
which is what counts when others use the machine at the same moment.
"""

import argparse
import datetime as dtm
import os
import random
import re
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning

from bot import contract, store
from bot.desk import accounts, routes
from bot.settings import settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

PASSWORD = "correct horse battery"  # noqa: S105 (of a database that is gone afterwards)
LIMIT_MS = 150
FIRST = ("Fatima", "Ahmed", "Maria", "Sofie", "Emre", "Amina", "Joris", "Lotte", "Karim", "Elif")
LAST = ("Yilmaz", "Peeters", "Janssens", "Popescu", "Diallo", "Kaya", "Maes", "Haddad", "Nowak")
DREAMS = (
    "Ik wil verpleegster worden in een ziekenhuis",
    "Ik wil met mijn handen werken, iets met hout of in de bouw",
    "Later wil ik een eigen restaurant",
    "Ik weet het nog niet, iets met kinderen misschien",
)
STAGES = ("new", "contacted", "in_guidance", "referred", "started", "stopped", "finished")


def main() -> int:
    """Fills, asks, prints a table; status 1 when a page is slower than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intakes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ["LEERWIJZER_VAR"] = var
        os.environ["LEERWIJZER_DATABASE_URL"] = given.database_url
        settings.cache_clear()
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        store.upgrade()
        now = dtm.datetime.now(dtm.timezone.utc)
        began = time.perf_counter()
        fill(given.intakes, now)
        took = time.perf_counter() - began
        name = store.engine().dialect.name
        print(f"{name}: {given.intakes} intakes made in {took:.0f} s")  # noqa: T201
        slowest = measure(given.rounds)
        store.engine().dispose()
    return int(slowest > LIMIT_MS)


def fill(many: int, now: dtm.datetime) -> None:
    """Accounts, hours, intakes, appointments, notes, tags, outcomes, a log: always the same."""
    chance = random.Random(7)
    places = list(contract.labels("leerwinkel"))
    people: dict[str, list[int]] = {place: [] for place in places}
    for place in places:
        for number in range(4):
            role = ("coordinator", "counsellor", "counsellor", "counsellor")[number]
            made = accounts.add(
                f"{place}{number}@desk.example",
                name=FIRST[number],
                leerwinkel=place,
                role=role,
                password=PASSWORD,
                now=now,
            )
            people[place].append(made.id)
    accounts.add(
        "all@desk.example",
        name="Beheer",
        leerwinkel="genk",
        role="administrator",
        password=PASSWORD,
        now=now,
    )
    with store.session() as work:
        work.add_all(
            store.Availability(counsellor_id=one, weekday=day, from_minute=540, to_minute=960)
            for place in places
            for one in people[place]
            for day in range(5)
        )
        taken: set[tuple[int, dtm.datetime]] = set()
        for number in range(1, many + 1):
            intake = _intake(chance, number, places, now)
            work.add(intake)
            work.flush()
            for row in _around(chance, intake, people, taken, now):
                work.add(row)
        _messages(work, chance, now)
    with store.engine().begin() as connection:
        connection.execute(sa.text("ANALYZE"))


def _intake(
    chance: random.Random, number: int, places: list[str], now: dtm.datetime
) -> store.Intake:
    # Half of them come to one Leerwinkel: the worst case for its own counsellors.
    place = "genk" if chance.random() < 0.5 else chance.choice(places)
    begun = now - dtm.timedelta(minutes=chance.randrange(10, 3 * 365 * 24 * 60))
    agreed = None if chance.random() < 0.1 else begun + dtm.timedelta(minutes=20)
    old = now - begun > dtm.timedelta(days=10)
    values: dict[str, Any] = {
        "consent": True,
        "dream": chance.choice(DREAMS),
        "leerwinkel": place,
        "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        "phone": f"+324{chance.randrange(70_000_000, 99_999_999)}",
        "email": f"client{number}@example.org",
        "postcode": "3600",
        "strengths": "Ik zorg graag voor mensen en ik werk goed samen",
        "languages": chance.sample(["ar", "tr", "fr", "nl", "uk"], 2),
    }
    for field in contract.fields().values():
        if field.codes and field.name not in values:
            codes = list(contract.labels(field.codes))
            values[field.name] = (
                chance.sample(codes, 2) if field.type == "list" else chance.choice(codes)
            )
    return store.Intake(
        sender_id=f"web-{number}",
        created_at=begun,
        updated_at=agreed or begun,
        agreed_at=agreed,
        read_at=(agreed or begun) + dtm.timedelta(hours=5) if old else None,
        stage=chance.choice(STAGES[1:]) if old and chance.random() < 0.98 else "new",
        status=dict.fromkeys(values, "said"),
        shown=_shown(),
        **values,
    )


def _messages(work: Session, chance: random.Random, now: dtm.datetime) -> None:
    """A month of messages that went out, and some hundreds that did not."""
    appointments = work.scalars(
        sa.select(store.Appointment.id).order_by(store.Appointment.id.desc()).limit(1500)
    ).all()
    for number in appointments:
        for kind in ("booked", "reminder_day", "reminder_hours"):
            refused = chance.random() < 0.05
            work.add(
                store.OutgoingMessage(
                    channel="mail",
                    kind=kind,
                    address="weg@example.org" if refused else "",
                    state="refused" if refused else "sent",
                    problem="550" if refused else "",
                    appointment_id=number,
                    created_at=now,
                    next_try_at=now,
                    done_at=now,
                    expires_at=now + dtm.timedelta(days=3),
                )
            )


def _shown() -> dict[str, Any]:
    course = {
        "id": "nt2-genk",
        "title": "Nederlands niveau 2.1",
        "provider": "Centrum voor volwassenenonderwijs",
        "type": "nt2",
        "reasons": ["Je wil beter Nederlands leren.", "De les is overdag.", "Het is op 4 km."],
        "missing": ["Nederlands op niveau B1"],
    }
    step = {"step": 1, "course_id": "nt2-genk", "title": "NT2", "type": "nt2", "why": "Eerst taal."}
    measure = {"id": "ov", "title": "Vlaams opleidingsverlof", "topic": "finance"}
    return {"courses": [course] * 3, "liked": [], "path": [step] * 3, "support": [measure] * 4}


def _around(
    chance: random.Random,
    intake: store.Intake,
    people: dict[str, list[int]],
    taken: set[tuple[int, dtm.datetime]],
    now: dtm.datetime,
) -> Iterator[store.Base]:
    assert intake.leerwinkel
    who = chance.choice(people[intake.leerwinkel])
    if chance.random() < 0.6:
        day = intake.created_at.date() + dtm.timedelta(days=chance.randrange(1, 30))
        start = dtm.datetime.combine(day, dtm.time(8 + chance.randrange(8)), dtm.timezone.utc)
        if (who, start) not in taken:
            taken.add((who, start))
            yield store.Appointment(
                leerwinkel=intake.leerwinkel,
                counsellor_id=who,
                intake_id=intake.id,
                sender_id=intake.sender_id,
                starts_at=start,
                ends_at=start + dtm.timedelta(minutes=45),
                status="booked" if start > now else chance.choice(["came", "came", "no_show"]),
                name=intake.name,
                phone=intake.phone,
                email=intake.email if chance.random() < 0.7 else None,
                created_at=intake.created_at,
                changed_at=intake.created_at,
            )
    if chance.random() < 0.3:
        yield store.IntakeNote(
            intake_id=intake.id, counsellor_id=who, at=intake.updated_at, text="Belt liever later."
        )
        yield store.IntakeTag(intake_id=intake.id, tag=chance.choice(["zorg", "bellen", "tolk"]))
        yield store.CourseOutcome(
            intake_id=intake.id, course="Zorgkundige", changed_by=who, changed_at=intake.updated_at
        )
    for _ in range(5):
        yield store.LookLog(
            at=intake.updated_at,
            counsellor_id=who,
            intake_id=intake.id,
            what="intake",
            leerwinkel=intake.leerwinkel,
        )


def measure(rounds: int) -> float:
    """The median of each page in milliseconds, for three roles; the slowest one is returned."""
    with store.session(writes=False) as work:
        intake = work.scalar(
            sa.select(sa.func.max(store.Intake.id)).where(
                store.Intake.leerwinkel == "genk", store.Intake.agreed_at.is_not(None)
            )
        )
        meeting = work.scalar(
            sa.select(sa.func.max(store.Appointment.id)).where(
                store.Appointment.leerwinkel == "genk"
            )
        )
    pages = {
        "overzicht": "/",
        "overzicht, blad 50": "/?pagina=50",
        "zoeken op naam": "/?zoek=yilmaz",
        "zoeken op nummer": "/?zoek=0478",
        "stand, thema en label": "/?stand=finished&thema=care&label=zorg",
        "nieuws": "/nieuws",
        "intake": f"/intakes/{intake}",
        "intake wijzigen": f"/intakes/{intake}/wijzig",
        "gesprek": f"/intakes/{intake}/gesprek",
        "agenda, week": "/agenda",
        "agenda, dag": "/agenda?zicht=dag",
        "boeken": f"/agenda/boek?intake={intake}",
        "afspraak": f"/afspraken/{meeting}",
        "tijd vrij houden": "/agenda/blok",
        "uren": "/uren",
        "regels": "/uren/regels",
        "collega's": "/collegas",
        "logboek": "/logboek",
        "berichten": "/berichten",
        "logboek van een intake": f"/logboek?intake={intake}",
        "account": "/account",
        "tweede stap": "/account/tweede-stap",
    }
    roles = {
        "begeleider": "genk1@desk.example",
        "coördinator": "genk0@desk.example",
        "beheerder": "all@desk.example",
    }
    slowest = busiest = 0.0
    print(f"{'page: median ms (of CPU)':<28}" + "".join(f"{role:>16}" for role in roles))  # noqa: T201
    clients = {role: _log_in(email) for role, email in roles.items()}
    for name, path in pages.items():
        cells = []
        for client in clients.values():
            times = [_ask(client, path) for _ in range(rounds)]
            if any(status != 200 for *_, status in times):
                cells.append("-")
                continue
            median = statistics.median(took for took, *_ in times)
            worked = statistics.median(worked for _, worked, _ in times)
            slowest, busiest = max(slowest, median), max(busiest, worked)
            cells.append(f"{median:.0f} ({worked:.0f})")
        print(f"{name:<28}" + "".join(f"{cell:>16}" for cell in cells))  # noqa: T201
    print(f"slowest: {slowest:.0f} ms, {busiest:.0f} ms of CPU (limit {LIMIT_MS} ms)")  # noqa: T201
    return slowest


def _log_in(email: str) -> TestClient:
    client = TestClient(Starlette(routes=routes), follow_redirects=False)
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/desk/login").text)
    assert found
    data = {"csrf": found[1], "email": email, "password": PASSWORD}
    answer = client.post("/desk/login", data=data)
    assert answer.status_code == 303, answer.text
    return client


def _ask(client: TestClient, path: str) -> tuple[float, float, int]:
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(f"/desk{path}")
    took, worked = time.perf_counter() - began, time.process_time() - worked
    return took * 1000, worked * 1000, answer.status_code


if __name__ == "__main__":
    sys.exit(main())
