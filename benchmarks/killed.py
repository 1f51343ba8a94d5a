"""The whole product under load while its processes are killed with kill -9, one after the other.

    python -m benchmarks.killed [--attempts 2000 --slots 200 --clients 50] [--postgres]

Starts `leerwijzer serve` (supervisor, rasa, actions, web) on a database of its own, with a mail
server that counts what it receives. Fifty clients at once try to get an appointment: one in twenty
in the chat (web, rasa and actions; a message without an answer is sent again, as the widget does),
the others by telephone with a counsellor at the desk (web). Meanwhile reminders fall due. In each
of five waves a process is killed while half of the slots are booked, and the product is started
again, as a service manager does; clients try on in the meantime. Afterwards:

- what a client was told is in the database, and every slot has exactly one appointment;
- nobody saw an error page;
- each mail of the queue was received exactly once, by its Message-ID;
- each reminder that fell due was received.

Reminders go out by day only: run it between 8 and 21 o'clock in Brussels.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import dataclasses
import datetime as dtm
import email
import email.policy
import json
import os
import pathlib
import random
import re
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from bot import appointments, outbox, store
from bot.appointments import reminders, texts
from bot.appointments.days_off import day_off
from bot.desk import accounts
from bot.settings import settings
from tests.conversations.running import Client, Product, free_port
from tests.postgres import create_database, running_server

LEERWINKEL = "genk"
PASSWORD = "correct horse battery"  # noqa: S105 (of a database that is gone afterwards)
HOURS = range(9, 17)
"""Each is room for one appointment of 45 minutes."""
DAYS = 5
CHAT = 20
"""One attempt of so many is a chat."""
REMINDERS = 60
"""Of each kind; they fall due one after the other while clients book."""
EVERY_SECONDS = 3
ORDER = ("web", "actions", "rasa", "serve", "web")
"""What is killed. There is a wave of attempts for each, and each wave has its share of the slots:
else most would be gone before the second kill."""
PATIENCE = 1200.0
"""Seconds after which a client gives up on a product that is killed and starts again."""
DRAIN_SECONDS = 420.0
"""The lease of a message whose process died is two minutes; a failed one waits a minute."""


@dataclasses.dataclass
class Killable(Product):
    """The product with a database, a mail server and a secret that this process knows too."""

    database_url: str = ""
    smtp_port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "LEERWIJZER_DATABASE_URL": self.database_url,
            "LEERWIJZER_SMTP_HOST": "127.0.0.1",
            "LEERWIJZER_SMTP_PORT": str(self.smtp_port),
            "LEERWIJZER_SMTP_SECURITY": "none",
            "LEERWIJZER_SMTP_FROM": "Leerwijzer <leerwijzer@example.be>",
        }

    def kill(self, name: str) -> None:
        """kill -9, then wait until all of it has ended."""
        assert self.process is not None
        others = [self.part(part) for part in ("rasa", "actions", "web")]
        (self.process if name == "serve" else self.part(name)).kill()
        self.process.wait(60)
        for other in others:
            with contextlib.suppress(Exception):
                other.wait(60)


class PostOffice:
    """A mail server that takes everything and counts."""

    def __init__(self) -> None:
        self.received: collections.Counter[str] = collections.Counter()
        """By Message-ID."""
        self.to: collections.Counter[tuple[str, str]] = collections.Counter()
        """By receiver and subject."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received[str(mail["Message-ID"]).strip("<>").partition("@")[0]] += 1
        self.to[str(mail["To"]), str(mail["Subject"])] += 1
        return "250 OK"


@contextlib.contextmanager
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """A running one, and its port."""
    handler = PostOffice()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


@dataclasses.dataclass(frozen=True)
class Times:
    """Exactly the slots that there are, and the counsellors who log in."""

    slots: tuple[tuple[int, dtm.datetime], ...]
    accounts: tuple[str, ...]


def prepare(slots: int, now: dtm.datetime) -> Times:
    """Counsellors with exactly so many slots, and appointments whose reminders fall due soon."""
    appointments.set_rules(
        LEERWINKEL, length_minutes=45, buffer_minutes=0, lead_hours=1, horizon_days=21,
        daily_limit=None, forms=["in_person"],
    )  # fmt: skip
    today = appointments.local(now).date()
    ahead = (today + dtm.timedelta(days=number) for number in range(3, 20))
    days = [day for day in ahead if day_off(day) is None][:DAYS]
    windows = [(day, 60 * hour) for day in days for hour in HOURS]
    people, offered = [], []
    for number in range(-(-slots // len(windows))):
        one = accounts.add(
            f"c{number}@example.com", name=f"C{number}", leerwinkel=LEERWINKEL,
            role="counsellor", password=PASSWORD, now=now,
        )  # fmt: skip
        people.append(one.email)
        for day, minute in windows[: slots - number * len(windows)]:
            hours = appointments.DayHours(day, day, minute, minute + 45)
            appointments.add_exception(one.id, hours, extra=True)
            offered.append((one.id, appointments.moment(day, minute)))
    _remindable(now)
    return Times(tuple(offered), tuple(people))


def _remindable(now: dtm.datetime) -> None:
    """Appointments of some days ago; their reminders fall due from half a minute from now on."""
    other = accounts.add(
        "other@example.com", name="O", leerwinkel="gent", role="counsellor",
        password=PASSWORD, now=now,
    )  # fmt: skip
    before = now - dtm.timedelta(days=3)
    with store.session() as work:
        for number in range(REMINDERS):
            due = now + dtm.timedelta(seconds=30 + EVERY_SECONDS * number)
            for kind, ahead in reminders.BEFORE.items():
                work.add(
                    store.Appointment(
                        leerwinkel="gent", counsellor_id=other.id, sender_id=f"{kind}-{number}",
                        starts_at=due + ahead, ends_at=due + ahead + dtm.timedelta(minutes=45),
                        name="Naam", email=f"{kind}-{number}@example.com", created_at=before,
                        changed_at=before,
                    )
                )  # fmt: skip


class Load:
    """The clients, and what they were told."""

    def __init__(self, product: Killable, times: Times, attempts: int) -> None:
        self.product = product
        self.times = times
        self.attempts = attempts
        self.said: collections.Counter[str] = collections.Counter()
        self.told: list[tuple[str, str]] = []
        """(kind, key): the number of an appointment at the desk, the sender of a chat."""
        self.again: collections.Counter[str] = collections.Counter()
        """Requests that got no answer, or 503 while the product started again."""
        self.wave_done = False
        self._slots: Sequence[tuple[int, dtm.datetime]] = times.slots
        self._numbers = iter(range(0))
        self._lock = threading.Lock()
        self._cookies: dict[str, httpx.Cookies] = {}
        self._csrf: dict[str, str] = {}

    @property
    def booked(self) -> int:
        return len(self.told)

    def slots_of(self, wave: int) -> Sequence[tuple[int, dtm.datetime]]:
        """What clients at the desk ask for in this wave."""
        return self.times.slots[wave :: len(ORDER)]

    def begin(self, wave: int) -> None:
        """The attempts of this wave come next."""
        self.wave_done = False
        self._slots = self.slots_of(wave)
        self._numbers = iter(range(wave, self.attempts, len(ORDER)))

    def log_in(self) -> None:
        """One session for each counsellor; it outlives every kill."""
        for address in self.times.accounts:
            with self._desk() as browser:
                data = {"csrf": _token(browser.get("/desk/login").text), "email": address}
                answer = browser.post("/desk/login", data=data | {"password": PASSWORD})
                assert answer.status_code == 303, answer.text
                self._csrf[address] = _token(browser.get("/desk/account").text)
                self._cookies[address] = browser.cookies

    def run(self, clients: int) -> None:
        """All attempts of the wave, by so many clients at once."""
        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            for one in [pool.submit(self._client) for _ in range(clients)]:
                one.result()
        self.wave_done = True

    def finish(self) -> None:
        """The slots that nobody happened to ask for, at the desk."""
        for slot in self.times.slots:
            self._note(*self._at_the_desk(f"late-{uuid.uuid4().hex[:8]}", slot))

    def _client(self) -> None:
        while True:
            with self._lock:
                number = next(self._numbers, None)
            if number is None:
                return
            said, key = (
                self._in_the_chat(f"chat-{number}")
                if number // len(ORDER) % CHAT == 0
                else self._at_the_desk(f"desk-{number}", random.choice(self._slots))
            )
            self._note(said, key)

    def _note(self, said: str, key: str) -> None:
        with self._lock:
            self.said[said] += 1
            if said.startswith("booked: "):
                self.told.append((said.removeprefix("booked: "), key))

    def _desk(self, address: str = "") -> httpx.Client:
        return httpx.Client(
            base_url=self.product.url, cookies=self._cookies.get(address), timeout=60,
            trust_env=False,
        )  # fmt: skip

    def _at_the_desk(self, name: str, slot: tuple[int, dtm.datetime]) -> tuple[str, str]:
        address = random.choice(self.times.accounts)
        start = appointments.local(slot[1])
        form = {
            "csrf": self._csrf[address], "wie": str(slot[0]), "dag": f"{start:%Y-%m-%d}",
            "uur": f"{start:%H:%M}", "duur": "45", "vorm": "in_person", "naam": "Naam",
            "telefoon": "", "email": f"{name}@example.com", "tolk": "", "via": "", "waar": "",
        }  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with self._desk(address) as browser:
                    answer = browser.post("/desk/agenda/boek", data=form)
            except httpx.HTTPError as error:
                self._wait(type(error).__name__)
                continue
            if answer.status_code == 303:
                found = re.search(r"/afspraken/(\d+)\?gedaan=geboekt", answer.headers["location"])
                return ("booked: desk", found[1]) if found else ("error: logged out", "")
            taken = answer.status_code == 422 and 'role="alert"' in answer.text
            return ("taken" if taken else f"error: desk {answer.status_code}", "")
        return "error: never up again", ""

    def _in_the_chat(self, name: str) -> tuple[str, str]:
        client = _Patient(self.product, self)
        try:
            client.opens()
            client.taps("Nee, liever niet")
            client.types("ik wil een afspraak maken")
            client.taps("Ja, dat mag")
            client.types("3600 Genk")
            for _ in range(6):
                times = [b["title"] for b in client.buttons if " uur" in b["title"]]
                if not times:
                    break
                client.taps(random.choice(times))
                if client.appointment is None and not any(
                    "uur" in b["title"] for b in client.buttons
                ):
                    client.types("Samira")
                    client.types(f"{name}@example.com")
                    client.taps("Sla over")
                if client.appointment is not None:
                    return "booked: chat", client.sender_id
        except (AssertionError, _GoneError) as problem:
            if any("Een mens spreken" in button["title"] for button in client.buttons):
                return "an apology and a button to a person", ""  # its turn died twice
            return f"error: {str(problem)[:120]}", ""
        return "nothing free", ""

    def _wait(self, why: str) -> None:
        with self._lock:
            self.again[why] += 1
        time.sleep(random.uniform(2, 4))


class _GoneError(Exception):
    """The product did not come back."""


class _Patient(Client):
    """A client whose widget sends a message again until it is answered."""

    def __init__(self, product: Killable, load: Load) -> None:
        super().__init__(product)
        self._load = load

    def post(self, body: dict[str, Any]) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = super().post(body)
            except httpx.HTTPError as error:
                self._load._wait(type(error).__name__)
                continue
            if answer.status_code != 503:
                return answer
            self.session = answer.json().get("session") or self.session
            self._load._wait("503 with a message that the bot is away")
        raise _GoneError("chat: never up again")


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page
    return found[1]


def kill(product: Killable, load: Load, name: str, at: int) -> tuple[str, int, float]:
    """Kills a process when so many are booked, and starts the product again.

    Returns:
        What was killed, how many bookings clients had been told of by then, and how many seconds
        it took until the product was whole again.
    """
    while load.booked < at and not load.wave_done:
        time.sleep(0.01)
    booked, began = load.booked, time.monotonic()
    product.kill(name)
    product.start()
    seconds = round(time.monotonic() - began, 1)
    sys.stderr.write(f"killed {name} at {booked} bookings, whole again in {seconds} s\n")
    return name, booked, seconds


def _until_sent() -> None:
    until = time.monotonic() + DRAIN_SECONDS
    row = store.OutgoingMessage
    open_ones = sa.select(sa.func.count()).where(
        row.state.in_(("waiting", "claimed", "handing_over"))
    )
    while time.monotonic() < until:
        with store.session(writes=False) as work:
            if not work.scalar(open_ones):
                return
        time.sleep(1)


def outcome(load: Load, office: PostOffice, began: dtm.datetime) -> dict[str, Any]:
    """What is in the database beside what clients and the mail server saw."""
    ended = outbox.utc_now()
    with store.session(writes=False) as work:
        rows = work.scalars(
            sa.select(store.Appointment).where(
                store.Appointment.leerwinkel == LEERWINKEL, store.Appointment.status == "booked"
            )
        ).all()
        quarters = work.scalar(
            sa.select(sa.func.count())
            .select_from(store.OccupiedQuarter)
            .where(store.OccupiedQuarter.appointment_id.is_not(None))
        )
        mails = work.scalars(sa.select(store.OutgoingMessage)).all()
        coming = work.scalars(
            sa.select(store.Appointment).where(store.Appointment.leerwinkel == "gent")
        ).all()
    there = {str(one.id) for one in rows} | {one.sender_id for one in rows}
    ids = {f"leerwijzer-{one.id}-{int(one.created_at.timestamp())}": one for one in mails}
    subjects = {kind: texts.subject(kind) for kind in reminders.BEFORE}
    due = [
        (one.email, subjects[kind])
        for one in coming
        for kind in reminders.BEFORE
        if one.sender_id.startswith(kind)
        and began < reminders.due_at(kind, one.starts_at) < ended - dtm.timedelta(seconds=30)
    ]
    return {
        "appointments": len(rows),
        "distinct": len({(one.counsellor_id, one.starts_at) for one in rows}),
        "quarters": quarters,
        "told": len(load.told),
        "told_and_lost": sum(key not in there for _, key in load.told),
        "said": dict(load.said),
        "sent_again_by_clients": dict(load.again),
        "mails": len(mails),
        "mail_states": dict(collections.Counter(one.state for one in mails)),
        "mails_received_once": sum(office.received[one] == 1 for one in ids),
        "mails_received_twice": sum(many > 1 for many in office.received.values()),
        "mails_never_received": sorted(
            f"{row.kind} {row.state} {row.problem}"
            for one, row in ids.items()
            if not office.received[one]
        ),
        "clients_without_confirmation": sum(
            not office.to[str(one.email), texts.subject("booked")] for one in rows
        ),
        "reminders_due": len(due),
        "reminders_received": sum(office.to[one] == 1 for one in due),
    }


def _wave(product: Killable, load: Load, number: int, clients: int) -> tuple[str, int, float]:
    """One share of the attempts for one share of the slots, with a kill in the middle."""
    at = load.booked + len(load.slots_of(number)) // 2
    load.begin(number)
    with concurrent.futures.ThreadPoolExecutor(1) as killer:
        killed = killer.submit(kill, product, load, ORDER[number], at)
        load.run(clients)
        return killed.result()


def run(product: Killable, office: PostOffice, attempts: int, slots: int, clients: int) -> Any:
    """One run on an empty database."""
    store.upgrade()
    began = outbox.utc_now()
    times = prepare(slots, began)
    load = Load(product, times, attempts)
    product.start()
    try:
        load.log_in()
        started = time.monotonic()
        killed = [_wave(product, load, number, clients) for number in range(len(ORDER))]
        seconds = time.monotonic() - started
        load.finish()
        _until_sent()
    finally:
        product.stop()
    found = outcome(load, office, began)
    return {"killed": killed, "seconds_of_load": round(seconds), **found}


def passed(found: dict[str, Any], slots: int) -> bool:
    """Whether the product kept its promises."""
    return (
        found["appointments"] == found["distinct"] == slots
        and found["quarters"] == 3 * slots
        and found["told_and_lost"] == found["mails_received_twice"] == 0
        and not any(said.startswith("error") for said in found["said"])
        and found["mails_received_once"] == found["mails"]
        and found["reminders_received"] == found["reminders_due"]
    )


def main() -> int:
    """The command; writes JSON, status 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=2000)
    parser.add_argument("--slots", type=int, default=200)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        var = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lw-killed-")))
        office, port = stack.enter_context(post_office())
        url = create_database(stack.enter_context(running_server())) if given.postgres else ""
        os.environ["LEERWIJZER_VAR"] = str(var)
        os.environ["LEERWIJZER_DATABASE_URL"] = url
        settings.cache_clear()
        product = Killable(var, database_url=url, smtp_port=port)
        found = run(product, office, given.attempts, given.slots, given.clients)
        store.engine().dispose()
        found = {"database": "postgresql" if url else "sqlite", **found}
    good = passed(found, given.slots)
    sys.stdout.write(json.dumps(found | {"passed": good}, indent=1) + "\n")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
