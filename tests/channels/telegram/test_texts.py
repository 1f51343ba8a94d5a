"""The texts of this channel: simple, complete, within Telegram's limits."""

import pathlib
import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot import contract
from bot.channels.telegram import hearing, texts

CONTENT: dict[str, Any] = yaml.safe_load(texts.FILE.read_text(encoding="utf-8"))
CODE = "".join(file.read_text(encoding="utf-8") for file in texts.FILE.parent.glob("*.py"))
MOST_WORDS = 12


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif not str(value).startswith("/"):
        yield str(value)


def test_sentences_are_short() -> None:
    for text in strings(CONTENT):
        for sentence in re.split(r"[.!?\n]", text):
            assert len(sentence.split()) <= MOST_WORDS, sentence


def test_every_text_is_used() -> None:
    for part in ("profile", "notices", "shared", "cards"):
        for key in CONTENT[part]:
            assert re.search(rf"""["']{key}["']""", CODE), key


def test_notices_can_be_said_in_two_ways() -> None:
    single = {"edited_change", "group"}
    for key, ways in CONTENT["notices"].items():
        if key not in single:
            assert len(set(ways)) == 2, key


def test_the_profile_fits_telegram() -> None:
    """Bot API: setMyDescription 512, setMyShortDescription 120, BotCommand 32 and 256."""
    assert len(texts.profile("description")) <= 512
    assert len(texts.profile("short_description")) <= 120
    for command in texts.commands().values():
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)
        assert len(command.description) <= 256


def test_every_command_means_an_intent_of_the_contract() -> None:
    assert {"start", "stop", "privacy", "help"} <= texts.commands().keys()
    for command in texts.commands().values():
        assert command.payload.removeprefix("/") in contract.intents()


def test_links_hold_every_code_of_the_contract() -> None:
    for leerwinkel in contract.labels("leerwinkel"):
        for source in contract.labels("referral_source"):
            found = hearing.origin_of(f"{leerwinkel}-{source}")
            assert found == {"leerwinkel": leerwinkel, "referral_source": source}


def test_a_link_with_nonsense_tells_nothing() -> None:
    for parameter in ("", "nergens", "genk; DROP", "x" * 65, "genk vdab", "../genk"):
        assert hearing.origin_of(parameter) == {}


def test_no_text_of_a_client_stands_in_python() -> None:
    for file in pathlib.Path(texts.FILE.parent).glob("*.py"):
        assert "Ik kan" not in file.read_text(encoding="utf-8")
