"""The texts of messages: plain, nothing personal in a subject, every gap can be filled."""

import datetime as dtm
import re

import pytest

from bot import store
from bot.appointments import notices, texts
from tests.appointments.conftest import NOW

MOST_WORDS = 12
APPOINTMENT = store.Appointment(
    id=1, leerwinkel="brussel", counsellor_id=1, sender_id="w", status="booked", name="Fatima A",
    phone="+32470112233", email="f@example.com", form="in_person", sequence=0, uid="u",
    starts_at=NOW, ends_at=NOW + dtm.timedelta(minutes=45), interpreter="Arabisch",
    counsellor=store.Counsellor(id=1, first_name="An", email="a@x.example"),
)  # fmt: skip
STAFF = {"desk": "https://x.example/desk/"}


@pytest.mark.parametrize("kind", texts.kinds())
def test_every_gap_can_be_filled(kind: str) -> None:
    filled = texts.body(kind, STAFF if kind.startswith("staff") else notices.gaps(APPOINTMENT))
    assert "{" not in filled
    assert "None" not in filled


@pytest.mark.parametrize("kind", texts.kinds())
def test_sentences_are_short_and_subjects_have_no_gaps(kind: str) -> None:
    assert "{" not in texts.subject(kind)
    for line in texts._content()["messages"][kind]["lines"]:
        for sentence in re.split(r"(?<=[.!?:]) ", line):
            assert len(sentence.split()) <= MOST_WORDS, sentence


@pytest.mark.parametrize("kind", [k for k in texts.kinds() if k.startswith("staff")])
def test_mails_to_staff_can_only_hold_a_link(kind: str) -> None:
    lines = "".join(texts._content()["messages"][kind]["lines"])
    assert set(re.findall(r"\{(\w+)\}", lines)) == {"desk"}


def test_a_line_without_its_gap_is_left_out() -> None:
    APPOINTMENT.form = "phone"
    try:
        filled = texts.body("booked", notices.gaps(APPOINTMENT))
    finally:
        APPOINTMENT.form = "in_person"
    assert "We bellen je op +32470112233." in filled
    for line in ("Waar:", "Kaart:", "Breng mee:"):
        assert line not in filled
    assert "We vragen een tolk: Arabisch." in filled


@pytest.mark.parametrize("word", ["yes", "?"])
def test_an_interpreter_for_a_language_that_nobody_named(word: str) -> None:
    APPOINTMENT.interpreter = word
    try:
        filled = notices.gaps(APPOINTMENT)["interpreter"]
    finally:
        APPOINTMENT.interpreter = "Arabisch"
    assert filled == "We vragen een tolk."
