"""kill -9 of the sending process at the worst moments: no mail twice, none lost."""

import collections
import datetime as dtm
import os
import pathlib
import signal
import subprocess
import sys
from typing import Any

import pytest
import sqlalchemy as sa

from bot import outbox, store
from tests.outbox.conftest import NOW, MailServer, Queue

ROOT = pathlib.Path(__file__).parents[2]
MAILS = 24
RCPT, DATA = "rcpt", "data"


class Killer(MailServer):
    """Kills the client of the n-th command of a kind, before answering it."""

    def __init__(self) -> None:
        super().__init__()
        self.victim: subprocess.Popen[bytes] | None = None
        self.at: tuple[str, int] | None = None
        self.seen: collections.Counter[str] = collections.Counter()

    def _perhaps(self, command: str) -> None:
        self.seen[command] += 1
        if self.victim and self.at == (command, self.seen[command]):
            os.kill(self.victim.pid, signal.SIGKILL)
            self.at = None

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802 (the name is aiosmtpd's)
        self._perhaps(RCPT)
        return await super().handle_RCPT(*given)

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(*given)
        self._perhaps(DATA)  # it has the mail, and its sender will never hear so
        return answer


@pytest.fixture
def killer(monkeypatch: pytest.MonkeyPatch) -> type[MailServer]:
    monkeypatch.setattr("tests.outbox.conftest.MailServer", Killer)
    return Killer


KILLS = ((RCPT, 1), (DATA, 2), (RCPT, 4), (DATA, 1), (DATA, 5), (None, 0))
"""Command before whose answer the sender dies, and the how many-th from its start on; at last it
lives."""


def send_and_kill(mail_server: MailServer, minutes: float) -> collections.Counter[str]:
    """Lets one process after the other send; the states of the messages at the end.

    Args:
        mail_server: kills them.
        minutes: how far ahead the clock of the first one is; the next is five minutes further.
    """
    assert isinstance(mail_server, Killer)
    for command, later in KILLS:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.outbox.sending", str(minutes)], cwd=ROOT
        )
        mail_server.victim = process
        mail_server.at = (command, mail_server.seen[command] + later) if command else None
        code = process.wait(60)
        assert code == (-signal.SIGKILL if command else 0)
        minutes += 5
    with store.session(writes=False) as work:
        return collections.Counter(work.scalars(sa.select(store.OutgoingMessage.state)))


def test_killed_again_and_again_each_mail_arrives_once(
    killer: type[MailServer], mail_server: MailServer, queue: Queue
) -> None:
    for number in range(MAILS):
        queue(f"client-{number}@example.com", now=outbox.utc_now())

    states = send_and_kill(mail_server, 0)

    arrived = collections.Counter(mail["To"] for mail in mail_server.taken)
    assert set(arrived.values()) == {1}
    assert len(arrived) == MAILS
    assert states == {"sent": MAILS - 3, "unknown": 3}


def test_killed_again_and_again_no_reminder_is_missed_or_comes_twice(
    killer: type[MailServer], mail_server: MailServer, appointment: int
) -> None:
    # Some fall due before the first process starts, others while one after the other dies.
    with store.session() as work:
        (given,) = work.scalars(sa.select(store.Appointment)).all()
        for number in range(MAILS):
            starts_at = NOW + dtm.timedelta(hours=2, minutes=number)
            work.add(
                store.Appointment(
                    leerwinkel="genk", counsellor_id=given.counsellor_id, sender_id=f"w-{number}",
                    starts_at=starts_at, ends_at=starts_at + dtm.timedelta(minutes=45),
                    name="Naam", email=f"client-{number}@example.com",
                    created_at=NOW - dtm.timedelta(days=3), changed_at=NOW - dtm.timedelta(days=3),
                )
            )  # fmt: skip

    states = send_and_kill(mail_server, (NOW - outbox.utc_now()) / dtm.timedelta(minutes=1))

    arrived = collections.Counter(mail["To"] for mail in mail_server.taken)
    assert set(arrived.values()) == {1}
    assert len(arrived) == MAILS
    assert states == {"sent": MAILS - 3, "unknown": 3}
