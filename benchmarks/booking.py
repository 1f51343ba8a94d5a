"""Many clients at once for few appointments, with a process killed in the middle.

    python -m benchmarks.booking --attempts 2000 --slots 200 [--database-url postgresql+psycopg://...]

Each attempt is a client who looks at three free times and takes one, or who takes one from a page
that was loaded long ago. However many there are, every slot is booked once and nobody sees an
error. One of the processes is killed with kill -9 on the way and another goes on in its place.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import datetime as dtm
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEERWINKEL = "genk"
NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)
"""A Sunday; the slots lie in the week after."""
AFTER_HOLDS = NOW + dtm.timedelta(minutes=10)
PER_COUNSELLOR = 40
"""Slots: eight hours on each of five days, each hour with room for one appointment."""
THREADS = 10
"""Clients in a process; SQLAlchemy's pool has 15 connections, so each gets its own."""
STALE = 0.3
"""Part of the clients whose page was loaded long ago."""
PATIENCE = 600.0


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    answers: collections.Counter[str]
    """booked, taken, nothing_free, or the kind of an error."""
    appointments: int
    distinct_times: int
    quarters: int
    lost: int
    """Bookings that a client was told of and that are not in the database."""
    killed: int
    seconds: float


def prepare(slots: int) -> None:
    """Makes the tables, and counsellors with exactly so many slots."""
    from bot import appointments, store

    store.upgrade()
    appointments.set_rules(
        LEERWINKEL, length_minutes=45, buffer_minutes=0, lead_hours=1, horizon_days=7,
        daily_limit=None, forms=["in_person"],
    )  # fmt: skip
    windows = [(day, 60 * hour) for day in range(5) for hour in range(9, 17)]
    assert len(windows) == PER_COUNSELLOR
    with store.session() as work:
        for number in range(-(-slots // PER_COUNSELLOR)):
            counsellor = store.Counsellor(
                email=f"c{number}@example.com", first_name="An", leerwinkel=LEERWINKEL,
                password_hash="-", created_at=NOW,  # noqa: S106 (no password fits it)
            )  # fmt: skip
            work.add(counsellor)
            work.flush()
            for day, minute in windows[: slots - number * PER_COUNSELLOR]:
                work.add(
                    store.Availability(
                        counsellor_id=counsellor.id, weekday=day, from_minute=minute,
                        to_minute=minute + 45,
                    )
                )  # fmt: skip


def all_slots() -> list[tuple[int, str]]:
    """Every slot that there is, as (counsellor, start)."""
    import sqlalchemy as sa

    from bot import store
    from bot.appointments.offer import slots_in
    from bot.appointments.rules import rules_in

    with store.session(writes=False) as work:
        counsellors = work.scalars(sa.select(store.Counsellor)).all()
        rules = rules_in(work, LEERWINKEL)
        found = slots_in(
            work, counsellors, rules, NOW, NOW + rules.horizon, now=NOW, holds_count=False
        )
        return [(slot.counsellor_id, slot.starts_at.isoformat()) for slot in found]


def attempt(sender: str, stale: list[tuple[int, str]], now: dtm.datetime, chance: float) -> str:
    """One client; what they were told."""
    from bot import appointments

    try:
        if random.random() < chance:
            counsellor, start = random.choice(stale)
            starts_at = dtm.datetime.fromisoformat(start)
            slot = appointments.Slot(counsellor, starts_at, starts_at + dtm.timedelta(minutes=45))
        else:
            shown = appointments.propose(LEERWINKEL, sender_id=sender, now=now)
            if not shown:
                return "nothing_free"
            slot = random.choice(shown)
        appointments.book(
            slot, sender_id=sender, intake_id=None, leerwinkel=LEERWINKEL, name="Naam",
            phone=None, email=f"{sender}@example.com", now=now,
        )  # fmt: skip
    except appointments.SlotTaken:
        return "taken"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    return "booked"


def worker(number: int, attempts: int) -> None:
    """One process: its clients try one after the other, a line of output for each answer."""
    stale = [tuple(slot) for slot in json.loads(sys.stdin.readline())]
    lock = threading.Lock()

    def client(index: int) -> None:
        sender = f"p{number}-{index}"
        said = attempt(sender, stale, NOW, STALE)
        with lock:  # what a client was told counts from here on
            sys.stdout.write(json.dumps([sender, said]) + "\n")
            sys.stdout.flush()

    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(client, range(attempts)))


class _Process:
    """A worker and what its clients were told so far."""

    def __init__(self, number: int, attempts: int, slots: list[tuple[int, str]]) -> None:
        self.attempts = attempts
        self.told: list[tuple[str, str]] = []
        self._running = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.booking", "--worker", str(number), str(attempts)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._running.stdin
        self._running.stdin.write(json.dumps(slots) + "\n")
        self._running.stdin.close()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._running.stdout
        for line in self._running.stdout:
            if line.endswith("\n"):
                sender, said = json.loads(line)
                self.told.append((sender, said))

    def kill(self) -> None:
        """kill -9."""
        os.kill(self._running.pid, signal.SIGKILL)

    def wait(self) -> int:
        """The exit status, when all that it said is read."""
        code = self._running.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self._running.stdout
        self._running.stdout.close()
        return code


def run(*, attempts: int, slots: int, processes: int = 5, kill: bool = True) -> Outcome:
    """Lets `processes` times ten clients make so many attempts at once.

    The database of the settings must be empty. Processes get the settings by their environment.
    """
    prepare(slots)
    offered = all_slots()
    assert len(offered) == slots, f"{len(offered)} slots instead of {slots}"
    began = time.monotonic()
    share = -(-attempts // processes)
    running = [_Process(number, share, offered) for number in range(processes)]
    killed = 0
    if kill:
        victim = running[0]
        while len(victim.told) < share // 8:
            time.sleep(0.005)
        victim.kill()
        killed = 1
        victim.wait()
        running.append(_Process(processes, share - len(victim.told), offered))
    codes = [process.wait() for process in running]
    assert codes[killed:] == [0] * (len(codes) - killed), codes
    told = [one for process in running for one in process.told]
    # What a killed process kept for its clients is free after some minutes.
    number = 0
    while (said := attempt(f"late-{number}", offered, AFTER_HOLDS, 0)) != "nothing_free":
        told.append((f"late-{number}", said))
        number += 1
    return _outcome(told, killed, time.monotonic() - began)


def _outcome(told: list[tuple[str, str]], killed: int, seconds: float) -> Outcome:
    import sqlalchemy as sa

    from bot import store

    with store.session(writes=False) as work:
        rows = work.execute(
            sa.select(
                store.Appointment.sender_id,
                store.Appointment.counsellor_id,
                store.Appointment.starts_at,
            ).where(store.Appointment.status == "booked")
        ).all()
        quarters = work.scalar(
            sa.select(sa.func.count())
            .select_from(store.OccupiedQuarter)
            .where(store.OccupiedQuarter.appointment_id.is_not(None))
        )
    senders = {row[0] for row in rows}
    return Outcome(
        answers=collections.Counter(said for _, said in told),
        appointments=len(rows),
        distinct_times=len({(row[1], row[2]) for row in rows}),
        quarters=quarters or 0,
        lost=sum(said == "booked" and sender not in senders for sender, said in told),
        killed=killed,
        seconds=seconds,
    )


def main() -> None:
    """The command; writes one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=2000)
    parser.add_argument("--slots", type=int, default=200)
    parser.add_argument("--processes", type=int, default=5)
    parser.add_argument("--database-url", default="", help="an empty database; default: SQLite")
    parser.add_argument("--worker", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        worker(*given.worker)
        return
    with tempfile.TemporaryDirectory() as var:
        os.environ["LEERWIJZER_VAR"] = var
        os.environ["LEERWIJZER_DATABASE_URL"] = given.database_url
        outcome = run(attempts=given.attempts, slots=given.slots, processes=given.processes)
    sys.stdout.write(json.dumps(vars(outcome) | {"answers": dict(outcome.answers)}) + "\n")


if __name__ == "__main__":
    main()
