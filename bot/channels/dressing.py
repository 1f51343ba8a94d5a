"""What the widget shows beside a message and no other channel needs: pictures and hard words."""

import functools
import json
import pathlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from bot import catalogue

FILE = pathlib.Path(__file__).parent / "pictures.yaml"
PICTURES = pathlib.Path(__file__).parent / "widget" / "pictures"
OWN_NAME = ("dream_themes", "dream_step")
"""Fields whose codes are the names of their pictures."""
_LETTER = r"0-9A-Za-zÀ-ɏ"


def dress(messages: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The messages with, where there are any:

    - `pictures`: for each button the name of its picture, or null;
    - `words`: hard words in the message and its courses, `[{"word", "text"}]`: the word as it is
      written there, and its explanation.
    """
    return [_dressed(message) for message in messages]


def _dressed(message: Mapping[str, Any]) -> dict[str, Any]:
    dressed = dict(message)
    pictures = [picture(button["payload"]) for button in message.get("buttons") or ()]
    if any(pictures):
        dressed["pictures"] = pictures
    if message.get("from") != "client" and (words := hard_words(_texts(message))):
        dressed["words"] = words
    return dressed


def warm() -> None:
    """Read what is needed, so that the first message needn't wait for it."""
    hard_words("")
    picture("")


def picture(payload: str) -> str | None:
    """The name of the picture for a button; None when there is none."""
    intent, brace, rest = payload.removeprefix("/").partition("{")
    keys = [intent]
    if brace:
        try:
            fields = json.loads(brace + rest)
        except ValueError:
            return None
        keys = [key for field, code in fields.items() for key in (f"{field}.{code}", f"{field}.*")]
    for key in keys:
        field, _, code = key.partition(".")
        if field in OWN_NAME and code in _names():
            return code
        if key in _by_key():
            return _by_key()[key]
    return None


def hard_words(text: str) -> list[dict[str, str]]:
    """The hard words of the glossary in a text, each explanation once, in order.

    A word isn't marked where the text itself explains it.
    """
    entries, pattern = _glossary()
    found: dict[str, str] = {}
    for match in pattern.finditer(text):
        entry = entries[match[0].lower()]
        if entry.text not in text:
            found.setdefault(f"{entry.text} {entry.example}", match[0])
    return [{"word": word, "text": explanation} for explanation, word in found.items()]


def _texts(message: Mapping[str, Any]) -> str:
    parts = [str(message.get("text") or "")]
    for course in message.get("courses") or ():
        parts += [str(course.get("summary") or ""), *course.get("reasons", ())]
        parts += course.get("missing", ())
    return "\n".join(parts)


@functools.cache
def _by_key() -> Mapping[str, str]:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: name for name, entry in content.items() for key in entry["for"]}


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(path.stem for path in PICTURES.glob("*.svg"))


@functools.lru_cache(maxsize=1)
def _glossary_of(current: catalogue.Catalogue) -> tuple[dict[str, Any], re.Pattern[str]]:
    entries: dict[str, catalogue.GlossaryEntry] = {}
    for entry in current.glossary:
        for form in (entry.word, *entry.also):
            entries.setdefault(form.lower(), entry)
    longest_first = sorted(entries, key=len, reverse=True)
    forms = "|".join(re.escape(form) for form in longest_first) or r"(?!)"
    pattern = re.compile(rf"(?<![{_LETTER}])(?:{forms})(?![{_LETTER}])", re.IGNORECASE)
    return entries, pattern


def _glossary() -> tuple[dict[str, Any], re.Pattern[str]]:
    try:
        return _glossary_of(catalogue.current())
    except catalogue.CatalogueError:
        return {}, re.compile(r"(?!)")
