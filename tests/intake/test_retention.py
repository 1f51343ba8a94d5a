"""Nothing is left of a conversation that is wiped, in no table and in no file."""

import datetime as dtm
import pathlib

import pytest
import sqlalchemy as sa

from bot import intake, store
from bot.intake import retention
from bot.settings import settings

NOW = dtm.datetime(2026, 11, 22, 10, 0, tzinfo=dtm.timezone.utc)
SECRET = "Zilverspin-uit-Genk"
HOUR = dtm.timedelta(hours=1)
MINUTE = dtm.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _clean(database: None) -> None:
    """Every test here has a database of its own."""


def _talk(
    sender: str, *, consent: bool | None, seen: dtm.datetime = NOW, over: bool = False
) -> None:
    intake.save_turn(
        sender,
        channel="web",
        values={"consent": consent, "dream": SECRET},
        status={"dream": "said"},
        shown={},
        agreed=False,
        over=over,
        now=seen,
    )
    with store.session() as work:
        work.add(
            store.ChatMessage(
                sender_id=sender, client_id="1", said={"text": SECRET}, answer=[], created_at=seen
            )
        )


def _rasa_says(sender: str, at: dtm.datetime = NOW) -> None:
    """What Rasa's tracker store would have written."""
    with store.session() as work:
        work.execute(
            sa.text(
                "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, "
                "type_name TEXT, timestamp FLOAT, intent_name TEXT, action_name TEXT, data TEXT)"
            )
        )
        work.execute(
            sa.text("INSERT INTO events (sender_id, timestamp, data) VALUES (:s, :t, :d)"),
            {"s": sender, "t": at.timestamp(), "d": f'{{"text": "{SECRET}"}}'},
        )


def _book(sender: str, starts: dtm.datetime, status: str = "booked") -> None:
    with store.session() as work:
        counsellor = store.Counsellor(
            email=f"{sender}@example.be", first_name="An", leerwinkel="genk", password_hash="x",
            created_at=NOW,
        )  # fmt: skip
        work.add(counsellor)
        work.flush()
        appointment = store.Appointment(
            leerwinkel="genk", counsellor_id=counsellor.id, sender_id=sender, starts_at=starts,
            ends_at=starts + HOUR, status=status, name="Ali", created_at=NOW, changed_at=NOW,
        )  # fmt: skip
        work.add(appointment)
        work.flush()
        work.add(
            store.OccupiedQuarter(
                counsellor_id=counsellor.id, starts_at=starts, appointment_id=appointment.id
            )
        )


def _on_disk() -> bool:
    """Whether the secret stands anywhere in the files of the database."""
    folder: pathlib.Path = settings().var
    return any(SECRET.encode() in f.read_bytes() for f in folder.glob("leerwijzer.db*"))


def test_wiping_leaves_no_trace_in_tables_and_files() -> None:
    _talk("web-1", consent=True)
    _rasa_says("web-1")
    _book("web-1", NOW + 24 * HOUR)
    assert _on_disk()
    assert retention.wipe("web-1")
    assert not _on_disk()
    assert retention.export("web-1") == {}
    with store.session(writes=False) as work:
        assert work.scalars(sa.select(store.OccupiedQuarter)).all() == []


def test_wiping_somebody_unknown_says_so() -> None:
    assert not retention.wipe("nobody")


def test_wiping_one_leaves_the_other() -> None:
    _talk("web-1", consent=True)
    _talk("web-2", consent=True)
    retention.wipe("web-1")
    assert retention.export("web-2")


@pytest.mark.parametrize("given_consent", [None, False])
def test_a_silent_conversation_without_consent_is_purged(given_consent: bool | None) -> None:
    _talk("web-1", consent=given_consent)
    _rasa_says("web-1")
    limit = settings().no_consent_minutes * MINUTE
    assert retention.purge(NOW + limit - MINUTE) == 0
    assert retention.purge(NOW + limit + MINUTE) == 1
    assert not _on_disk()


def test_a_conversation_that_is_over_is_purged_at_once() -> None:
    _talk("web-1", consent=None, over=True)
    assert retention.purge(NOW) == 1
    assert not _on_disk()


def test_a_conversation_with_consent_is_kept() -> None:
    _talk("web-1", consent=True, over=True)
    assert retention.purge(NOW + 1000 * HOUR) == 0
    assert intake.open_record("web-1") is not None


def test_an_appointment_to_come_stays_but_nothing_of_the_conversation() -> None:
    _talk("web-1", consent=False, over=True)
    _rasa_says("web-1")
    _book("web-1", NOW + 24 * HOUR)
    assert retention.purge(NOW + 2 * HOUR) == 1
    assert not _on_disk()
    assert set(retention.export("web-1")) == {"conversation", "appointments"}
    assert retention.purge(NOW + 3 * HOUR) == 0
    assert retention.purge(NOW + 26 * HOUR) == 1
    assert retention.export("web-1") == {}


def test_a_cancelled_appointment_keeps_nothing() -> None:
    _talk("web-1", consent=False, over=True)
    _book("web-1", NOW + 24 * HOUR, status="cancelled")
    assert retention.purge(NOW) == 1


def test_messages_and_events_of_a_conversation_never_noted_are_purged() -> None:
    _rasa_says("rest-7")
    with store.session() as work:
        work.add(
            store.ChatMessage(
                sender_id="web-9", client_id="1", said={"text": SECRET}, created_at=NOW
            )
        )
    assert retention.purge(NOW + MINUTE) == 0
    assert retention.purge(NOW + 2 * HOUR) == 2
    assert not _on_disk()


def test_the_export_holds_everything() -> None:
    _talk("web-1", consent=True)
    _rasa_says("web-1")
    _book("web-1", NOW + 24 * HOUR)
    found = retention.export("web-1")
    assert set(found) == {"conversation", "intakes", "appointments", "messages", "events"}
    assert found["intakes"][0]["dream"] == SECRET
    assert found["events"] == [{"text": SECRET}]
