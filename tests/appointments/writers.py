"""Several processes with several threads each that book the same slot at the same moment.

Called by `test_parallel.py` with one JSON argument; writes a JSON list with one outcome a writer:
"booked" or the error. A process of its own, because it forks: the parts are imported once.
"""

import concurrent.futures
import datetime as dtm
import json
import multiprocessing
import sys
import threading
from multiprocessing.queues import SimpleQueue
from typing import Any

from bot import appointments, store

PATIENCE = 60
"""Seconds that a writer waits for the others to be ready."""


def writers(given: dict[str, Any], process: int, ready: Any, results: SimpleQueue[str]) -> None:
    """The threads of one process; each has its own connection, open before the race begins."""
    now = dtm.datetime.fromisoformat(given["now"])
    start = dtm.datetime.fromisoformat(given["start"])
    slot = appointments.Slot(given["counsellor"], start, start + dtm.timedelta(minutes=45))
    connected = threading.Barrier(given["threads"])

    def attempt(number: int) -> str:
        try:
            with store.session(writes=False) as work:
                work.connection()
                connected.wait(PATIENCE)
            ready.wait(PATIENCE)
            appointments.book(
                slot,
                sender_id=f"client-{process}-{number}" if given["many"] else "client",
                intake_id=None,
                leerwinkel="genk",
                name="Naam",
                phone=None,
                email=None,
                now=now,
            )
        except appointments.SlotTaken:
            return "SlotTaken"
        except Exception as error:
            return repr(error)
        return "booked"

    with concurrent.futures.ThreadPoolExecutor(given["threads"]) as pool:
        for outcome in pool.map(attempt, range(given["threads"])):
            results.put(outcome)
    store.engine().dispose()


def main() -> None:
    given = json.loads(sys.argv[1])
    appointments.free_slots("genk", now=dtm.datetime.fromisoformat(given["now"]))  # all is loaded
    store.engine().dispose()
    context = multiprocessing.get_context("fork")
    total = given["processes"] * given["threads"]
    ready, results = context.Barrier(total), context.SimpleQueue()
    running = [
        context.Process(target=writers, args=(given, process, ready, results))
        for process in range(given["processes"])
    ]
    for process in running:
        process.start()
    outcome = [results.get() for _ in range(total)]
    for process in running:
        process.join()
    sys.stdout.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main()
