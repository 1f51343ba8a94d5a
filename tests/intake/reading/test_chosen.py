"""Which of several addresses in an answer is the one to use."""

import re

import pytest

from bot.intake.reading.chosen import Candidate, chosen


@pytest.mark.parametrize(
    ("given_text", "expected_value"),
    [
        ("<a> of <b>", "<a>"),
        ("<a> *<b>", "<b>"),
        ("oud: <a> nieuw: <b>", "<b>"),
        ("nieuw <a> oud <b>", "<a>"),
        ("<a> bestaat niet meer, <b>", "<b>"),
        ("<a> (werk), <b> (thuis)", "<b>"),
        ("<a> en <b>, neem de tweede", "<b>"),
        ("<a> / <b> / laatste liefst", "<b>"),
        ("thuis <a> en op zee <b>, liefst die van thuis", "<a>"),
        ("mijn dochter heeft <a> en ik <b>", "<b>"),
        ("eerst was het <a>, intussen <b>", "<b>"),
    ],
)
def test_the_words_around_them_tell_which(given_text: str, expected_value: str) -> None:
    assert chosen(given_text, _candidates(given_text)) == expected_value


@pytest.mark.parametrize(
    "given_text",
    [
        "<a> <b>",
        "<a> werkt niet meer",
        "vroeger <a>",
        "oud <a>, ook oud <b>",
        "<a> en <b>, de derde",
    ],
)
def test_in_doubt_there_is_none(given_text: str) -> None:
    assert chosen(given_text, _candidates(given_text)) is None


def _candidates(text: str) -> list[Candidate]:
    return [Candidate(m[0], m.start(), m.end()) for m in re.finditer(r"<\w>", text)]
