"""Messages to queue, and a mail server that does as it is told."""

import asyncio
import datetime as dtm
import email
import email.message
import email.policy
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from bot import outbox, store
from bot.settings import settings

NOW = dtm.datetime(2026, 11, 23, 10, 0, tzinfo=dtm.timezone.utc)
"""A Monday, 11 o'clock in Brussels."""
Queue = Callable[..., bool]


@pytest.fixture
def queue() -> Queue:
    """Puts a message in the queue."""

    def put(address: str = "an@example.com", *, channel: str = "mail", **more: Any) -> bool:
        with store.session() as work:
            given = {"kind": "test", "text": "Dag", "subject": "Onderwerp", "now": NOW} | more
            return outbox.enqueue(work, channel=channel, address=address, **given)

    return put


@pytest.fixture
def appointment(queue: Queue) -> int:
    """The number of an appointment to queue messages about."""
    with store.session() as work:
        counsellor = store.Counsellor(
            email="a@x.example", first_name="A", leerwinkel="genk", password_hash="-",
            created_at=NOW,
        )  # fmt: skip
        work.add(counsellor)
        work.flush()
        made = store.Appointment(
            leerwinkel="genk", counsellor_id=counsellor.id, sender_id="w", starts_at=NOW,
            ends_at=NOW + dtm.timedelta(minutes=45), created_at=NOW, changed_at=NOW,
        )  # fmt: skip
        work.add(made)
        work.flush()
        return made.id


class MailServer:
    """Answers as `answers` says, in turn; when they are used up it takes everything."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.rcpt: list[str] = []
        """Answers to RCPT."""
        self.data: list[str] = []
        """Answers to the end of DATA; "hang" waits, "drop" takes the mail and hangs up."""
        self.lock = threading.Lock()

    async def handle_RCPT(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer == "hang":
            await asyncio.sleep(3)
        if answer.startswith("2") or answer == "drop":
            parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
            with self.lock:
                self.taken.append(parsed)  # type: ignore[arg-type]
        if answer == "drop":
            server.transport.abort()
        return answer if answer[0].isdigit() else "250 OK"


@pytest.fixture
def mail_server(database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A running mail server, named in the settings."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("LEERWIJZER_SMTP_PORT", str(controller.port))
    monkeypatch.setenv("LEERWIJZER_SMTP_SECURITY", "none")
    monkeypatch.setenv("LEERWIJZER_SMTP_FROM", "Leerwijzer <leerwijzer@example.be>")
    monkeypatch.setenv("LEERWIJZER_SMTP_TIMEOUT", "1")
    settings.cache_clear()
    yield handler
    controller.stop()
    settings.cache_clear()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
