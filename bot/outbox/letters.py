"""A queued message as a mail: plain text, the same with links to tap, and the calendar file."""

import datetime as dtm
import email.message
import email.policy
import email.utils
import html
import re

from bot.outbox.queue import Outgoing

_URL = re.compile(r"https?://[^\s<>\"]+")
_METHOD = re.compile(r"^METHOD:(\w+)\r?$", re.MULTILINE)
_BUTTON = (
    "display:inline-block;margin:4px 8px 4px 0;padding:12px 18px;border-radius:6px;"
    "background:#0b5c4a;color:#ffffff;text-decoration:none;font-weight:bold"
)
FILE_NAME = "afspraak.ics"


def letter(message: Outgoing, *, sender: str, now: dtm.datetime) -> email.message.EmailMessage:
    """The mail of a message.

    Args:
        message: its address is an e-mail address.
        sender: "Leerwijzer <leerwijzer@example.be>".
        now: for the date.
    """
    name, address = email.utils.parseaddr(sender)
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = email.utils.formataddr((name, address))
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Date"] = email.utils.format_datetime(now)
    mail["Message-ID"] = f"<{message.message_id}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from holiday messages
    mail["Content-Language"] = "nl"
    mail.set_content(_plain(message))
    mail.add_alternative(_rich(message), subtype="html")
    if message.calendar:
        found = _METHOD.search(message.calendar)
        # Mail programs read the part among the alternatives, people open the attached file.
        mail.add_alternative(message.calendar, subtype="calendar")
        part = list(mail.iter_parts())[-1]
        part.set_param("method", found[1] if found else "PUBLISH")
        mail.make_mixed()
        mail.add_attachment(message.calendar, subtype="calendar", filename=FILE_NAME)
    return mail


def _plain(message: Outgoing) -> str:
    choices = [f"{button.title}: {button.url}" for button in message.buttons if button.url]
    return "\n".join([message.text, "", *choices]).rstrip() + "\n"


def _rich(message: Outgoing) -> str:
    paragraphs = [
        "<br>\n".join(_linked(line) for line in part.split("\n"))
        for part in message.text.split("\n\n")
    ]
    buttons = " ".join(
        f'<a href="{html.escape(button.url)}" style="{_BUTTON}">{html.escape(button.title)}</a>'
        for button in message.buttons
        if button.url
    )
    body = "\n".join(f"<p>{part}</p>" for part in (*paragraphs, buttons) if part)
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        f"<title>{html.escape(message.subject)}</title></head>\n"
        '<body style="font-family:sans-serif;font-size:17px;line-height:1.5;color:#1a1a1a">\n'
        f"{body}\n</body></html>\n"
    )


def _linked(line: str) -> str:
    parts, end = [], 0
    for found in _URL.finditer(line):
        address = html.escape(found[0].rstrip(".,"))
        parts += [html.escape(line[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.start() + len(found[0].rstrip(".,"))
    return "".join((*parts, html.escape(line[end:])))
