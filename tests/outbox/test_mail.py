"""Mails against a real SMTP server that sometimes refuses."""

import datetime as dtm
import smtplib

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from structlog.testing import capture_logs

from bot import outbox, store
from bot.outbox.letters import letter
from bot.settings import settings
from tests.outbox.conftest import NOW, MailServer, Queue, free_port

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def drain(minutes: float = 0) -> int:
    now = NOW + dtm.timedelta(minutes=minutes)
    outbox.tidy(now)
    return outbox.Postman().drain(lambda: now)


def states() -> list[tuple[str, str]]:
    with store.session(writes=False) as work:
        rows = work.scalars(sa.select(store.OutgoingMessage).order_by(store.OutgoingMessage.id))
        return [(row.state, row.problem) for row in rows]


def test_a_mail_arrives_as_it_was_queued(mail_server: MailServer, queue: Queue) -> None:
    queue(
        "fatima@example.com",
        subject="Je afspraak",
        text="Dag Fatima,\n\nJe afspraak is gemaakt.\n.\nKaart: https://map.example/?q=a&b",
        buttons=[outbox.Button("Verzetten", "/x", "https://x.example/afspraak/1")],
        calendar=CALENDAR,
    )
    assert drain() == 1

    (mail,) = mail_server.taken
    assert (mail["To"], mail["Subject"]) == ("fatima@example.com", "Je afspraak")
    assert mail["From"] == "Leerwijzer <leerwijzer@example.be>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.be>")
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == (
        "Dag Fatima,\n\nJe afspraak is gemaakt.\n.\nKaart: https://map.example/?q=a&b\n\n"
        "Verzetten: https://x.example/afspraak/1\n"
    )
    rich = mail.get_body(("html",))
    assert rich is not None
    assert 'href="https://map.example/?q=a&amp;b"' in rich.get_content()
    invites = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert invites[0].get_param("method") == "REQUEST"
    assert invites[1].get_filename() == "afspraak.ics"
    assert states() == [("sent", "")]


@pytest.mark.parametrize("answers", [("rcpt", "450 later"), ("data", "451 later")])
def test_a_mail_that_is_refused_for_now_comes_later_once(
    mail_server: MailServer, queue: Queue, answers: tuple[str, str]
) -> None:
    queue()
    setattr(mail_server, answers[0], [answers[1]] * 2)
    assert drain() == 0
    assert states() == [("waiting", answers[1][:3])]
    assert drain(0.5) == 0, "too soon"
    assert drain(1) == 0
    assert drain(3) == 1
    assert drain(60) == 0
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize("answers", [("rcpt", "550 nobody"), ("data", "554 no")])
def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    mail_server: MailServer, queue: Queue, answers: tuple[str, str]
) -> None:
    queue()
    queue("second@example.com")
    setattr(mail_server, answers[0], [answers[1]])
    with capture_logs() as logs:
        drain()
        drain(1)
        drain(600)

    assert [mail["To"] for mail in mail_server.taken] == ["second@example.com"]
    assert states() == [("refused", answers[1][:3]), ("sent", "")]
    assert "an@example.com" not in repr(logs)


def test_a_server_that_answers_too_late_may_have_it_and_is_not_asked_again(
    mail_server: MailServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.mail.FINAL_TIMEOUT", 0.2)
    queue()
    mail_server.data = ["hang"]
    assert drain() == 0
    assert drain(600) == 0
    assert states()[0][0] == "unknown"


def test_a_server_that_takes_it_and_hangs_up_gets_it_once(
    mail_server: MailServer, queue: Queue
) -> None:
    queue()
    mail_server.data = ["drop"]
    drain()
    drain(600)
    assert len(mail_server.taken) == 1
    assert states()[0][0] == "unknown"


def test_a_server_that_is_away_loses_nothing(
    mail_server: MailServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    monkeypatch.setattr(
        smtplib.SMTP, "connect", lambda *_, **__: (_ for _ in ()).throw(ConnectionRefusedError())
    )
    assert drain() == 0
    assert states() == [("waiting", "ConnectionRefusedError")]
    monkeypatch.undo()
    settings.cache_clear()


def test_what_was_withdrawn_while_it_was_written_does_not_arrive(
    mail_server: MailServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    monkeypatch.setattr("bot.outbox.queue.handing_over", lambda *_, **__: False)
    drain()
    assert mail_server.taken == []


def test_an_address_that_mail_cannot_carry_is_refused(
    mail_server: MailServer, queue: Queue
) -> None:
    queue("fatima@voorbééld.example")
    queue("a@b.example\nBcc: c@d.example")
    drain()
    drain(1)
    assert mail_server.taken == []
    assert states() == [("refused", "bad_address")] * 2


def test_without_a_server_in_the_settings_mails_wait_and_the_log_says_so_once(
    database: None, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "")
    settings.cache_clear()
    postman = outbox.Postman()
    with capture_logs() as logs:
        assert postman.drain(lambda: NOW) == 0
        queue()
        assert postman.drain(lambda: NOW) == 0
        assert postman.drain(lambda: NOW) == 0

    assert [entry["event"] for entry in logs] == ["mail_not_configured"]
    assert states() == [("waiting", "")]


def test_a_letter_cannot_be_made_to_hold_another_header() -> None:
    message = outbox.Outgoing(
        1, "x", "a@b.example", "Een\r\nBcc: c@d.example", "t", (), None, 0, "c", "id"
    )
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        letter(message, sender="L <l@x.example>", now=NOW)


def test_without_the_encryption_that_was_asked_nothing_is_said(
    mail_server: MailServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_SMTP_SECURITY", "starttls")
    settings.cache_clear()
    queue()
    assert drain() == 0
    assert mail_server.taken == []
    assert states() == [("waiting", "SMTPNotSupportedError")]


# The server of the test has no certificate; ours refuses to go on without encryption (see above).
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_logging_in_with_user_and_password(
    mail_server: MailServer, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def check(
        _server: object, _session: object, _envelope: object, _how: str, given: object
    ) -> object:
        seen.append((given.login, given.password))  # type: ignore[attr-defined]
        return AuthResult(success=given.password == b"right", handled=False)  # type: ignore[attr-defined]

    controller = Controller(
        mail_server, hostname="127.0.0.1", port=free_port(), authenticator=check,
        auth_required=True, auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    monkeypatch.setenv("LEERWIJZER_SMTP_PORT", str(controller.port))
    monkeypatch.setenv("LEERWIJZER_SMTP_USER", "leerwijzer")
    monkeypatch.setenv("LEERWIJZER_SMTP_PASSWORD", "wrong")
    settings.cache_clear()
    try:
        queue()
        assert drain() == 0
        assert states() == [("waiting", "535")]
        monkeypatch.setenv("LEERWIJZER_SMTP_PASSWORD", "right")
        settings.cache_clear()
        assert drain(1) == 1
    finally:
        controller.stop()
    assert seen[-1] == (b"leerwijzer", b"right")
