"""Who has to be called: near, unsure, and out of reach of reminders."""

import datetime as dtm
from collections.abc import Iterator

import pytest

from bot import store
from bot.appointments import to_call
from bot.appointments.calling import next_working_day
from bot.settings import settings
from tests.appointments.conftest import NOW

HOUR = dtm.timedelta(hours=1)


@pytest.fixture(autouse=True)
def channels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mail and Telegram are set up."""
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "mail.example.be")
    monkeypatch.setenv("LEERWIJZER_SMTP_FROM", "leerwijzer@example.be")
    monkeypatch.setenv("LEERWIJZER_TELEGRAM_TOKEN", "1:a")
    settings.cache_clear()
    yield
    settings.cache_clear()


def appointment(starts_at: dtm.datetime = NOW + 24 * HOUR, **values: object) -> store.Appointment:
    given = {
        "id": 1,
        "status": "booked",
        "sender_id": "web-1",
        "email": None,
        "phone": "+32478123456",
    }
    return store.Appointment(starts_at=starts_at, **(given | values))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2026-11-24"),
        ("2026-11-27", "2026-11-30"),  # a Friday
        ("2026-12-24", "2026-12-28"),  # Christmas is a Friday
        ("2027-07-09", "2027-07-12"),  # 11 July is a Sunday
    ],
)
def test_the_next_working_day(day: str, expected: str) -> None:
    assert next_working_day(dtm.date.fromisoformat(day)) == dtm.date.fromisoformat(expected)


def test_who_gave_only_a_number_is_called_the_working_day_before() -> None:
    assert to_call(appointment(), now=NOW)
    assert to_call(appointment(NOW + HOUR), now=NOW)
    friday = dtm.datetime(2026, 11, 27, 9, 0, tzinfo=dtm.timezone.utc)
    assert to_call(appointment(friday + 72 * HOUR), now=friday), "on Monday it is too late"
    assert not to_call(appointment(NOW + 72 * HOUR), now=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"email": "an@example.com"},
        {"sender_id": "telegram-12"},
        {"confirmed_at": NOW},
        {"status": "cancelled"},
        {"starts_at": NOW - HOUR},
    ],
)
def test_nobody_else_is_called(values: dict[str, object]) -> None:
    assert not to_call(appointment(**values), now=NOW)  # type: ignore[arg-type]


def test_a_refused_mail_makes_a_call_needed() -> None:
    assert to_call(appointment(email="wrong@example.com"), now=NOW, unreached={1})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("LEERWIJZER_SMTP_HOST", {"email": "an@example.com"}),
        ("LEERWIJZER_SMTP_FROM", {"email": "an@example.com"}),
        ("LEERWIJZER_TELEGRAM_TOKEN", {"sender_id": "telegram-12"}),
    ],
)
def test_an_address_on_a_channel_that_is_not_set_up_makes_a_call_needed(
    monkeypatch: pytest.MonkeyPatch, name: str, values: dict[str, object]
) -> None:
    monkeypatch.setenv(name, "")
    settings.cache_clear()
    assert to_call(appointment(**values), now=NOW)  # type: ignore[arg-type]
