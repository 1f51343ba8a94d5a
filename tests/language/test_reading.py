"""Sentences, words, syllables, Flesch-Douma."""

import pytest

from bot.language import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dag. Wat wil je?", ["Dag.", "Wat wil je?"]),
        ("Les NT2 kost 1.50 euro.", ["Les NT2 kost 1.50 euro."]),
        ("Waar: Genk\nKaart: https://x.example/?q=a", ["Waar: Genk", "Kaart:"]),
        ("Typ 'verder'. Dan gaan we door.", ["Typ 'verder'.", "Dan gaan we door."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert reading.sentences(text) == expected


def test_words_leave_out_addresses() -> None:
    assert reading.words("Mail 's avonds naar ali@voorbeeld.be of 1813.") == [
        "Mail", "'s", "avonds", "naar", "of", "1813",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "beats"),
    [("les", 1), ("school", 1), ("leren", 2), ("opleiding", 3), ("ideeën", 3), ("nieuwe", 2),
     ("ziek", 1), ("VDAB", 4), ("NARIC", 2), ("secundair", 3), ("cheque", 1),
     ("eeuw", 1), ("begeleider", 4), ("12", 1)],
)  # fmt: skip
def test_syllables(word: str, beats: int) -> None:
    assert reading.syllables(word) == beats


def test_flesch_douma_is_doumas_formula() -> None:
    # 4 words, 1 sentence, 5 syllables
    assert reading.flesch_douma(["Je wil iets leren."]) == pytest.approx(
        206.84 - 0.93 * 4 - 77 * 5 / 4
    )


def test_no_words_no_figure() -> None:
    assert reading.flesch_douma(["{lines}"]) is not None  # a gap has a name
    assert reading.flesch_douma(["..."]) is None


def test_a_gap_counts_as_many_words_as_usually_fill_it() -> None:
    assert len(reading.words(reading.filled("Je komt {when}."))) == 2 + 6
