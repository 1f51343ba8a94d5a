"""A button's title typed instead of tapped: the titles stand in `domain/`."""

import functools
import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import yaml

from bot.settings import ROOT
from bot.text import fold

YES, NO = "ja", "nee"
"""First word of a title that says so."""
_PUNCTUATION = re.compile(r"[^\w\s]+")


def payload_of(text: str, response: str | None) -> tuple[str, dict[str, Any]] | None:
    """The intent and fields of the button with this title under a response, or None.

    Args:
        text: what the client typed.
        response: name of the response that was said last.
    """
    payload = _titles().get(response or "", {}).get(_plain(text))
    return None if payload is None else _taken_apart(payload)


def payload_of_yes_or_no(said: bool, response: str | None) -> tuple[str, dict[str, Any]] | None:
    """The intent and fields of the one button under a response that begins with yes, or no."""
    start = YES if said else NO
    titles = _titles().get(response or "", {})
    found = {payload for title, payload in titles.items() if title.split()[:1] == [start]}
    return _taken_apart(found.pop()) if len(found) == 1 else None


def warm() -> None:
    """Have the titles in memory before they are needed."""
    _titles()


def _taken_apart(payload: str) -> tuple[str, dict[str, Any]]:
    intent, brace, rest = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + rest) if brace else {}


def _plain(text: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", fold(text)).split())


@functools.cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    """Response -> plain title -> payload, over all variants of the response."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "domain").glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, variants in (content.get("responses") or {}).items():
            for button in (b for variant in variants for b in variant.get("buttons", [])):
                payload = button["payload"].replace("{{", "{").replace("}}", "}")
                found.setdefault(name, {})[_plain(button["title"])] = payload
    return MappingProxyType(found)
