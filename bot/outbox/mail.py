"""Sending mail over SMTP: takes what is due from the queue, and notes what came of each.

A server takes a message for good when it has read the line with a single full stop (RFC 5321,
4.1.1.4); whoever hangs up before that has sent nothing. So the message is marked as handed over
between its text and that line: a process killed earlier sends it again later, and one killed
after it never does. Only the moment between the mark and those three bytes can lose a mail.
"""

import datetime as dtm
import re
import smtplib
import ssl
from collections.abc import Callable

import structlog

from bot.outbox import queue
from bot.outbox.letters import letter
from bot.outbox.queue import Outgoing
from bot.outbox.ready import can_send
from bot.settings import Settings, settings

CHANNEL = "mail"
BATCH = 10
FINAL_TIMEOUT = 100.0
"""Seconds to wait for the answer to a whole mail; less than the lease of the queue."""
_DOT = re.compile(rb"^\.", re.MULTILINE)
_INTERMEDIATE, _PERMANENT = 354, 500

Clock = Callable[[], dtm.datetime]
log = structlog.get_logger()


class Postman:
    """Sends the mails of the queue. One for each process."""

    def __init__(self) -> None:
        self._told = False

    def drain(self, clock: Clock) -> int:
        """Sends what is due, a batch at a time; how many went out.

        Without a mail server in the settings nothing is taken from the queue, and the log says
        so once.
        """
        given = settings()
        if not can_send(CHANNEL):
            self._tell()
            return 0
        count = 0
        while batch := queue.claim(CHANNEL, now=clock(), limit=BATCH):
            done = _send(batch, given, clock)
            count += done
            if done < len(batch):
                break  # the server has trouble: the next round tries again what is due by then
        return count

    def _tell(self) -> None:
        if not self._told and (count := queue.waiting(CHANNEL)):
            self._told = True
            log.warning("mail_not_configured", waiting=count, see="LEERWIJZER_SMTP_HOST")


def _send(batch: list[Outgoing], given: Settings, clock: Clock) -> int:
    """Sends the messages over one connection; how many the server took."""
    try:
        server = _connect(given)
    except (OSError, smtplib.SMTPException) as error:
        problem = _word(error)
        log.warning("mail_server_away", problem=problem, waiting=len(batch))
        for message in batch:
            queue.try_later(message, now=clock(), problem=problem)
        return 0
    count = 0
    try:
        for message in batch:
            count += _deliver(server, message, given, clock)
    except BaseException:
        server.close()  # perhaps in the middle of a text: not another word
        raise
    _hang_up(server)
    return count


def _connect(given: Settings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    where = (given.smtp_host, given.smtp_port)
    server = (
        smtplib.SMTP_SSL(*where, timeout=given.smtp_timeout, context=context)
        if given.smtp_security == "tls"
        else smtplib.SMTP(*where, timeout=given.smtp_timeout)
    )
    try:
        if given.smtp_security == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if given.smtp_user:
            server.login(given.smtp_user, given.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _deliver(server: smtplib.SMTP, message: Outgoing, given: Settings, clock: Clock) -> bool:
    """One message; whether the server took it."""
    try:
        mail = letter(message, sender=given.smtp_from, now=clock())
        recipient = message.address.encode("ascii").decode()
        text = mail.as_bytes()
        sender = str(mail["From"].addresses[0].addr_spec)
    except (UnicodeError, ValueError, IndexError):  # an address that mail cannot carry
        queue.refused(message, now=clock(), problem="bad_address")
        return True
    try:
        if not _prepare(server, sender, recipient, text, message, clock):
            return False
    except (OSError, smtplib.SMTPException) as error:
        queue.try_later(message, now=clock(), problem=_word(error))
        return False
    if not queue.handing_over(message, now=clock()):
        server.close()  # without the last line the server has nothing
        return False
    try:
        if server.sock is not None:
            server.sock.settimeout(FINAL_TIMEOUT)
        server.send(b".\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        queue.unknown(message, now=clock(), problem=_word(error))
        return False
    if code >= _PERMANENT:
        queue.refused(message, now=clock(), problem=str(code))
    elif code >= 400:
        queue.try_later(message, now=clock(), problem=str(code))
        return False
    else:
        queue.sent(message, now=clock())
    if server.sock is not None:
        server.sock.settimeout(given.smtp_timeout)
    return True


def _prepare(
    server: smtplib.SMTP,
    sender: str,
    recipient: str,
    text: bytes,
    message: Outgoing,
    clock: Clock,
) -> bool:
    """Everything but the last line; False when the server did not want it."""
    code, _ = server.mail(sender)
    if code >= 400:  # about us, not about this message: it may be mended
        return _not_now(server, message, code, clock)
    code, _ = server.rcpt(recipient)
    if code >= _PERMANENT:
        queue.refused(message, now=clock(), problem=str(code))
        server.rset()
        return False
    if code >= 400:
        return _not_now(server, message, code, clock)
    code, _ = server.docmd("DATA")
    if code >= _PERMANENT:
        queue.refused(message, now=clock(), problem=str(code))
        server.rset()
        return False
    if code != _INTERMEDIATE:
        return _not_now(server, message, code, clock)
    server.send(_DOT.sub(b"..", text))
    return True


def _not_now(server: smtplib.SMTP, message: Outgoing, code: int, clock: Clock) -> bool:
    queue.try_later(message, now=clock(), problem=str(code))
    if code != 421:  # 421: the server hangs up itself
        server.rset()
    return False


def _hang_up(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _word(error: Exception) -> str:
    """What went wrong without what the server wrote."""
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__
