"""The thread that sends."""

import threading

from structlog.testing import capture_logs

from bot import outbox
from tests.outbox.conftest import NOW, MailServer, Queue


def test_a_round_does_the_chores_and_sends(mail_server: MailServer, queue: Queue) -> None:
    queue()
    seen = []
    sender = outbox.Sender([seen.append], [outbox.Postman().drain], clock=lambda: NOW)
    assert sender.once() == 1
    assert sender.once() == 0
    assert seen == [NOW, NOW]
    assert len(mail_server.taken) == 1


def test_what_fails_stops_nothing_else() -> None:
    def broken(_given: object) -> int:
        raise RuntimeError("secret")

    sender = outbox.Sender([broken], [broken, lambda clock: 2], clock=lambda: NOW)
    with capture_logs() as logs:
        assert sender.once() == 2
    assert [entry["event"] for entry in logs] == ["sender_failed"] * 2
    assert "secret" not in repr(logs)


def test_the_thread_goes_on_until_it_is_stopped() -> None:
    rounds = threading.Semaphore(0)
    sender = outbox.Sender([lambda now: rounds.release()], [], every_seconds=0.01)
    sender.start()
    for _ in range(3):
        assert rounds.acquire(timeout=30)
    sender.stop()
    assert not sender._thread.is_alive()
