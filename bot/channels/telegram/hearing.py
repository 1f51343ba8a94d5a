"""What a client does on Telegram, as one of a few things that the bot can handle."""

import dataclasses
import re
from typing import Literal

import telegram

from bot import contract, places
from bot.channels.telegram import texts

PREFIX = "telegram-"
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def sender_of(chat_id: int) -> str:
    """The sender id of a private chat."""
    return f"{PREFIX}{chat_id}"


def chat_of(sender_id: str) -> int:
    """The chat id in a sender id.

    Raises:
        ValueError: it is not a sender on Telegram.
    """
    if not sender_id.startswith(PREFIX):
        raise ValueError("not a sender on Telegram")
    return int(sender_id.removeprefix(PREFIX))


@dataclasses.dataclass(frozen=True)
class Words:
    """The client said something: typed it, or shared a number or a place.

    `echo`: what the bot read in what was shared, said before its answer.
    """

    text: str
    message_id: int
    echo: str = ""


@dataclasses.dataclass(frozen=True)
class Ordered:
    """A command of the menu; `origin` holds what its link tells of the client."""

    command: texts.Command
    message_id: int
    origin: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Tapped:
    """A button; `html` is the text above it, None when Telegram no longer gives it."""

    data: str
    message_id: int
    title: str | None
    html: str | None


@dataclasses.dataclass(frozen=True)
class Edited:
    """An earlier message got another text."""

    text: str
    message_id: int


@dataclasses.dataclass(frozen=True)
class Unreadable:
    """Something that is no text; `notice` names what the bot says to it."""

    notice: str


@dataclasses.dataclass(frozen=True)
class InGroup:
    """Somebody put the bot in a group, or spoke to it there."""


@dataclasses.dataclass(frozen=True)
class Left:
    """The client blocked the bot."""


Heard = Words | Ordered | Tapped | Edited | Unreadable | InGroup | Left | None


def hear(update: telegram.Update) -> Heard:
    """What an update means; None when there is nothing to say to it."""
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    chat = update.effective_chat
    if chat is None:
        return None
    if chat.type != telegram.constants.ChatType.PRIVATE:
        return InGroup()
    if update.callback_query is not None:
        return _tapped(update.callback_query)
    if update.edited_message is not None:
        edited = update.edited_message
        text = edited.text or edited.caption
        return Edited(text, edited.message_id) if text else None
    return _said(update.message) if update.message is not None else None


def _membership(change: telegram.ChatMemberUpdated) -> InGroup | Left | None:
    status = change.new_chat_member.status
    gone = status in (telegram.ChatMember.BANNED, telegram.ChatMember.LEFT)
    if change.chat.type == telegram.constants.ChatType.PRIVATE:
        return Left() if gone else None
    return None if gone else InGroup()


def _tapped(query: telegram.CallbackQuery) -> Tapped | None:
    if not query.data or query.message is None:
        return None
    message = query.message
    if not isinstance(message, telegram.Message):  # too old for Telegram to give it
        return Tapped(query.data, message.message_id, None, None)
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    title = next((b.text for row in rows for b in row if b.callback_data == query.data), None)
    html = message.text_html if message.text else None
    return Tapped(query.data, message.message_id, title, html)


def _said(message: telegram.Message) -> Heard:
    if message.text:
        return _ordered(message.text, message.message_id) or Words(message.text, message.message_id)
    if message.contact is not None:
        phone = "+" + re.sub(r"\D", "", message.contact.phone_number)
        echo = texts.shared("phone_seen", phone=phone)
        return Words(texts.shared("phone", phone=phone), message.message_id, echo)
    if message.location is not None:
        return _located(message.location, message.message_id)
    notice = _notice(message)
    if notice and message.caption:
        return Words(message.caption, message.message_id)
    return Unreadable(notice) if notice else None


def _ordered(text: str, message_id: int) -> Ordered | None:
    found = _COMMAND.fullmatch(text.strip())
    command = texts.commands().get(found[1].lower()) if found else None
    if found is None or command is None:
        return None
    origin = origin_of(found[2] or "") if command.name == "start" else {}
    return Ordered(command, message_id, origin)


def origin_of(parameter: str) -> dict[str, str]:
    """What a deep link (`t.me/bot?start=genk-vdab`) tells: Leerwinkel, referrer, or both.

    Codes of the contract, with "-" between them; what is no code is left out.
    """
    found: dict[str, str] = {}
    if not _START.fullmatch(parameter):
        return found
    for word in parameter.lower().split("-"):
        for field in ("leerwinkel", "referral_source"):
            if word in contract.labels(field):
                found.setdefault(field, word)
    return found


def _located(location: telegram.Location, message_id: int) -> Words | Unreadable:
    place = places.nearest(location.latitude, location.longitude)
    if place is None:
        return Unreadable("place_unknown")
    gaps = {"postcode": place.postcode, "name": place.name}
    return Words(texts.shared("place", **gaps), message_id, texts.shared("place_seen", **gaps))


Notice = Literal["voice", "picture", "video", "document", "sticker", "other"]


def _notice(message: telegram.Message) -> Notice | None:
    """Which answer fits; None for what Telegram itself notes in the chat (a pin, a new photo)."""
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo:
        return "picture"
    if message.animation or message.sticker:
        return "sticker"
    if message.video or message.story:
        return "video"
    if message.document:
        return "document"
    if message.poll or message.dice or message.game or message.paid_media or message.checklist:
        return "other"
    return None
