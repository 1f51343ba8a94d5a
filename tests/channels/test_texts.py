"""The channel's own texts."""

import re
from typing import Any

import pytest
import yaml

from bot.channels import texts
from bot.channels.app import WIDGET

ALL: dict[str, Any] = yaml.safe_load(texts.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", ALL)
def test_sentences_are_short(key: str) -> None:
    sentences = [part for part in re.split(r"[.!?]", texts.say(key)) if part.strip()]

    assert sentences
    assert all(len(sentence.split()) <= 12 for sentence in sentences)


def test_every_text_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in texts.FILE.parent.glob("*.py"))

    assert [key for key in ALL if f'"{key}"' not in code] == []


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.say("no such text")


def _all_texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    parts = content.values() if isinstance(content, dict) else content
    return [text for part in parts for text in _all_texts(part)]


def test_the_widgets_texts_are_short_too() -> None:
    file = WIDGET.parent / "widget.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))

    sentences = [s for text in _all_texts(content) for s in re.split(r"[.!?]", text)]

    assert len(sentences) > 40
    assert all(len(sentence.split()) <= 12 for sentence in sentences)
