"""kill -9 of the sending process at the worst moments: no mail twice, none lost."""

import collections
import os
import pathlib
import signal
import subprocess
import sys
from typing import Any

import pytest
import sqlalchemy as sa

from bot import outbox, store
from tests.outbox.conftest import MailServer, Queue

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


def test_killed_again_and_again_each_mail_arrives_once(
    killer: type[MailServer], mail_server: MailServer, queue: Queue
) -> None:
    assert isinstance(mail_server, Killer)
    for number in range(MAILS):
        queue(f"client-{number}@example.com", now=outbox.utc_now())
    minutes = 0.0
    for command, later in ((RCPT, 1), (DATA, 2), (RCPT, 4), (DATA, 1), (DATA, 5), (None, 0)):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.outbox.sending", str(minutes)], cwd=ROOT
        )
        mail_server.victim = process
        mail_server.at = (command, mail_server.seen[command] + later) if command else None
        code = process.wait(60)
        assert code == (-signal.SIGKILL if command else 0)
        minutes += 5

    arrived = collections.Counter(mail["To"] for mail in mail_server.taken)
    assert set(arrived.values()) == {1}
    assert len(arrived) == MAILS
    with store.session(writes=False) as work:
        states = collections.Counter(work.scalars(sa.select(store.OutgoingMessage.state)))
    assert states == {"sent": MAILS - 3, "unknown": 3}
