"""From the bot's messages to what Telegram shows: HTML text and an inline keyboard."""

import datetime as dtm
import html
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.channels.rasa import Message
from bot.channels.telegram import buttons as callback
from bot.channels.telegram.texts import card

Part = dict[str, Any]
"""{"text": HTML, "keyboard": [[{"text", "callback_data" or "url"}]]}: one message on Telegram."""

COMFORT = 3000
"""Characters beyond which a new message starts; Telegram's limit is 4096."""
SHORT_TITLE = 15
"""Two titles of at most so many characters fit side by side on a small phone."""
BETWEEN = "\n\n"
"""An empty line, between what are bubbles of their own on the website."""
NO_TEXT = "👇"


def parts(sender_id: str, messages: Iterable[Message]) -> list[Part]:
    """What goes out for the bot's messages, in order; cards take the place of their text.

    Messages are joined, with an empty line between: Telegram counts messages and a phone buzzes
    at each. A new one starts after buttons, and before it gets too long.
    """
    made: list[Part] = []
    goes_on = False
    for message in messages:
        rows = keyboard(sender_id, message.get("buttons") or ())
        cards = _cards(message)
        texts = [BETWEEN.join(cards)] if cards else _texts(message)
        if cards and len(texts[0]) > COMFORT:
            texts = cards
        if rows and not texts and not goes_on:
            texts = [NO_TEXT]
        for text in texts:
            if goes_on and len(made[-1]["text"]) + len(BETWEEN) + len(text) <= COMFORT:
                made[-1]["text"] += BETWEEN + text
            else:
                made.append({"text": text, "keyboard": []})
            goes_on = True
        if rows:
            made[-1]["keyboard"] = rows
            goes_on = False
    return made


def keyboard(sender_id: str, buttons: Sequence[Mapping[str, Any]]) -> list[list[dict[str, str]]]:
    """Rows of buttons: short ones two by two, a long one alone."""
    rows: list[list[dict[str, str]]] = []
    room = False
    for button in buttons:
        title = str(button["title"])
        if button.get("url"):
            made = {"text": title, "url": str(button["url"])}
        else:
            data = callback.data_for(sender_id, str(button["payload"]))
            made = {"text": title, "callback_data": data}
        short = len(title) <= SHORT_TITLE
        if short and room:
            rows[-1].append(made)
            room = False
        else:
            rows.append([made])
            room = short
    return rows


def chosen(text: str, title: str) -> str:
    """A message whose button was tapped: what was chosen takes the place of the buttons.

    Args:
        text: the message as HTML.
        title: what stood on the button.
    """
    return f"{text}\n\n✔️ <b>{html.escape(title, quote=False)}</b>"


def _cards(message: Message) -> list[str]:
    courses = message.get("courses") or ()
    numbers = [f"{number}. " for number in range(1, len(courses) + 1)] if len(courses) > 1 else [""]
    cards = [_course(number, course) for number, course in zip(numbers, courses, strict=False)]
    if message.get("appointment"):
        cards.append(_appointment(message["appointment"]))
    return cards


def _texts(message: Message) -> list[str]:
    pieces = split(str(message["text"])) if message.get("text") else []
    return [html.escape(piece, quote=False) for piece in pieces]


def split(text: str) -> list[str]:
    """A text in pieces that Telegram takes, cut at line ends or spaces where there are any."""
    pieces = []
    while len(text) > COMFORT:
        cut = max(text.rfind("\n", 0, COMFORT), text.rfind(" ", 0, COMFORT))
        cut = cut if cut > COMFORT // 2 else COMFORT
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces


def _course(number: str, course: Mapping[str, Any]) -> str:
    where = ", ".join(str(course[key]) for key in ("provider", "place") if course.get(key))
    lines = [
        f"<b>{number}{_safe(course['title'])}</b>",
        _safe(course.get("summary")),
        where and f"📍 {_safe(where)}",
        *(f"✅ {_safe(reason)}" for reason in course.get("reasons") or ()),
        card("missing") if course.get("missing") else "",
        *(f"👉 {_safe(thing)}" for thing in course.get("missing") or ()),
        card("check") if course.get("check") else "",
        _source(course),
    ]
    return "\n".join(line for line in lines if line)


def _source(course: Mapping[str, Any]) -> str:
    source = str(course.get("source") or "")
    if not source:
        return ""
    parts_of = urllib.parse.urlsplit(source)
    if parts_of.scheme in ("http", "https") and parts_of.hostname:
        name = parts_of.hostname.removeprefix("www.")
        source = f'<a href="{html.escape(source)}">{_safe(name)}</a>'
    else:
        source = _safe(source)
    checked = course.get("checked_on")
    seen = f" ({card('checked')} {_day(str(checked))})" if checked else ""
    return f"<i>{card('source')}: {source}{seen}</i>"


def _appointment(appointment: Mapping[str, Any]) -> str:
    place = ", ".join(str(appointment[key]) for key in ("place", "address") if appointment.get(key))
    lines = [
        f"<b>{card('appointment')}</b>",
        f"🕙 <b>{_safe(appointment['when'])}</b>" if appointment.get("when") else "",
        f"📍 {_safe(place)}" if place else "",
        f"👤 {card('with')} {_safe(appointment['counsellor'])}"
        if appointment.get("counsellor")
        else "",
    ]
    if bring := appointment.get("bring"):
        lines += [f"{card('bring')}:", *(f"• {_safe(thing)}" for thing in bring)]
    return "\n".join(line for line in lines if line)


def _safe(text: object) -> str:
    return html.escape(str(text or ""), quote=False)


def _day(iso: str) -> str:
    try:
        day = dtm.date.fromisoformat(iso)
    except ValueError:
        return _safe(iso)
    return f"{day.day}/{day.month}/{day.year}"
