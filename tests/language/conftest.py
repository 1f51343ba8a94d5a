"""The real lexicon, and texts to hold against the rules."""

import pathlib

import pytest

from bot.language import lexicon
from bot.language.collecting import Kind, Text

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session")
def known() -> lexicon.Lexicon:
    return lexicon.current(ROOT / "catalogue")


def text(words: str, kind: Kind = "bubble") -> Text:
    return Text("domain/x.yml", 1, "responses.utter_x.0.text", kind, words)
