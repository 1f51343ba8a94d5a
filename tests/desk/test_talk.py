"""The conversation on request: complete, logged, and only when the client agreed."""

import datetime as dtm
import json

import pytest
import sqlalchemy as sa

from bot import store
from tests.desk.conftest import NOW, Browser, MakeIntake, User


@pytest.fixture
def number(browser: Browser, make_user: User, make_intake: MakeIntake) -> int:
    """An intake, and An logged in."""
    make_user()
    browser.log_in()
    return make_intake()


def test_what_was_said_stands_in_order_with_its_time(browser: Browser, number: int) -> None:
    with store.session() as work:
        for nth, (said, answer) in enumerate(
            [
                ({"text": "<i>hallo</i>"}, [{"text": "Dag!", "buttons": [{"title": "Verder"}]}]),
                (
                    {"payload": "/x", "title": "Verder"},
                    [{"text": "Kies.", "courses": [{"title": "NT2"}]}],
                ),
                ({"text": "dank je"}, None),
            ]
        ):
            work.add(
                store.ChatMessage(
                    sender_id="web-1",
                    client_id=str(nth),
                    said=said,
                    answer=answer,
                    created_at=NOW + dtm.timedelta(minutes=nth),
                )
            )
    said = browser.read(f"/intakes/{number}/gesprek")
    order = [
        said.index(part)
        for part in (
            "zondag 22 november",
            "10:00 <i>hallo</i>",
            "Dag!",
            "Knoppen: Verder",
            "10:01 Verder",
            "Kies. NT2",
            "10:02 dank je",
        )
    ]
    assert order == sorted(order)
    assert said.count("zondag 22 november") == 1


def test_a_channel_without_a_log_of_its_own_is_read_from_rasas_events(
    browser: Browser, number: int
) -> None:
    with store.engine().begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, "
                "timestamp FLOAT, data TEXT)"
            )
        )
        for type_name, event in (
            ("action", {"event": "action", "name": "action_listen"}),
            ("user", {"event": "user", "text": "hallo"}),
            ("bot", {"event": "bot", "text": "Dag!", "data": {"buttons": [{"title": "Ja"}]}}),
            ("user", {"event": "user", "text": "/affirm"}),
        ):
            connection.execute(
                sa.text(
                    "INSERT INTO events (sender_id, type_name, timestamp, data) "
                    "VALUES ('web-1', :type, :at, :data)"
                ),
                {"type": type_name, "at": NOW.timestamp(), "data": json.dumps(event)},
            )
    said = browser.read(f"/intakes/{number}/gesprek")
    assert "10:00 hallo" in said
    assert "10:00 Dag! Knoppen: Ja" in said
    assert "/affirm" not in said


def test_every_look_is_logged(browser: Browser, number: int) -> None:
    for _ in range(2):
        assert "Er is geen gesprek bewaard." in browser.read(f"/intakes/{number}/gesprek")
    with store.session(writes=False) as work:
        looks = work.scalars(
            sa.select(store.LookLog.intake_id).where(store.LookLog.what == "conversation")
        ).all()
    assert looks == [number, number]


@pytest.mark.parametrize(
    "values", [{"agreed": False}, {"consent": None}, {"consent": False}, {"leerwinkel": "gent"}]
)
def test_it_stays_closed_without_agreement_consent_or_right(
    browser: Browser, number: int, make_intake: MakeIntake, values: dict[str, object]
) -> None:
    other = make_intake(**values)
    assert browser.get(f"/desk/intakes/{other}/gesprek").status_code == 404
