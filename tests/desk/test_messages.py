"""Messages that did not get away: who sees them, what is said, sending them again."""

import datetime as dtm
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot import outbox, store
from bot.desk.wording import say_trouble
from bot.settings import settings
from tests.desk.conftest import NOW, Browser, User, add_appointment


def refused(address: str = "weg@example.com", problem: str = "550", **values: Any) -> None:
    given = {"kind": "booked", "text": "Dag Fatima", "now": NOW, "channel": "mail"} | values
    with store.session() as work:
        outbox.enqueue(work, address=address, **given)
    (message,) = outbox.claim("mail", now=NOW)
    outbox.refused(message, now=NOW, problem=problem)


def row() -> store.OutgoingMessage:
    with store.session(writes=False) as work:
        return work.scalars(sa.select(store.OutgoingMessage)).one()


@pytest.fixture
def wrong_address(make_user: User) -> store.Appointment:
    """Tomorrow's appointment, whose confirmation was refused."""
    made = add_appointment(make_user(), NOW + dtm.timedelta(days=1), email="weg@example.com")
    refused(appointment_id=made.id)
    return made


def test_a_coordinator_reads_what_to_whom_and_why_and_nothing_more(
    browser: Browser, make_user: User, wrong_address: store.Appointment
) -> None:
    make_user("co@genk.be", role="coordinator")
    browser.log_in("co@genk.be")
    assert "1 bericht raakt niet weg. Kijk waarom" in browser.read("/")
    page = browser.read("/berichten")
    for part in (
        "Bevestiging van de afspraak aan de cliënt, afspraak morgen om 10 uur",
        "De mailserver weigert dit adres of deze mail.",
        "Opnieuw proberen",
    ):
        assert part in page
    for secret in ("Fatima", "weg@example.com"):
        assert secret not in page


def test_a_counsellor_sees_it_at_the_appointment_and_knows_to_call(
    browser: Browser, wrong_address: store.Appointment
) -> None:
    browser.log_in()
    assert "raakt niet weg" not in browser.read("/")
    assert browser.get("/desk/berichten").status_code == 404
    page = browser.read("/afspraken/1")
    assert "De mailserver weigert dit adres of deze mail." in page
    assert "bel even" in browser.read("/")


def test_once_more_it_goes_to_the_address_that_is_known_now(
    browser: Browser, wrong_address: store.Appointment
) -> None:
    with store.session() as work:
        work.get_one(store.Appointment, wrong_address.id).email = "juist@example.com"
    browser.log_in()
    answer = browser.fill("/berichten/1/opnieuw")
    assert answer.headers["location"] == "/desk/afspraken/1?gedaan=bericht"
    assert (row().state, row().address) == ("waiting", "juist@example.com")
    answer = browser.fill("/berichten/1/opnieuw")
    with store.session() as work:
        outbox.withdraw(work, wrong_address.id, now=NOW)
    assert browser.fill("/berichten/1/opnieuw").headers["location"].endswith("bericht-weg")


def test_another_leerwinkel_sees_and_sends_nothing(
    open_browser: Callable[[], Browser], make_user: User, wrong_address: store.Appointment
) -> None:
    make_user("co@gent.be", leerwinkel="gent", role="coordinator")
    make_user("all@x.be", leerwinkel="gent", role="administrator")
    gent, everywhere = open_browser(), open_browser()
    gent.log_in("co@gent.be")
    assert "raakt niet weg" not in gent.read("/")
    assert "Alles is vertrokken." in gent.read("/berichten")
    assert gent.fill("/berichten/1/opnieuw").status_code == 404
    everywhere.log_in("all@x.be")
    assert "Leerwinkel Limburg" in everywhere.read("/berichten") or "Genk" in everywhere.read(
        "/berichten"
    )


def test_mails_to_colleagues_are_for_who_leads(
    open_browser: Callable[[], Browser], make_user: User
) -> None:
    make_user()
    make_user("co@genk.be", role="coordinator")
    refused("an@genk.be", kind="staff_new")
    an, co = open_browser(), open_browser()
    an.log_in()
    assert an.fill("/berichten/1/opnieuw").status_code == 404
    co.log_in("co@genk.be")
    assert "Mail over een nieuwe intake aan An" in co.read("/berichten")
    assert co.fill("/berichten/1/opnieuw").headers["location"] == "/desk/berichten?gedaan=bericht"
    assert row().state == "waiting"


def test_without_a_mail_server_the_desk_says_so(
    browser: Browser, make_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "")
    settings.cache_clear()
    make_user(role="coordinator")
    with store.session() as work:
        outbox.enqueue(
            work, channel="mail", kind="staff_new", address="an@genk.be", text="x",
            now=NOW - dtm.timedelta(hours=1),
        )  # fmt: skip
    browser.log_in()
    page = browser.read("/berichten")
    assert "Er is nog geen mailserver ingesteld." in page
    assert "Opnieuw proberen" not in page


@pytest.mark.parametrize(
    ("channel", "state", "problem", "said"),
    [
        ("mail", "waiting", "451", "De mailserver zegt: nu even niet."),
        ("mail", "waiting", "ConnectionRefusedError", "De mailserver antwoordt niet."),
        ("mail", "waiting", "535", "aanvaardt ons wachtwoord niet"),
        ("mail", "refused", "bad_address", "Dit adres klopt niet."),
        ("mail", "unknown", "TimeoutError", "Misschien kwam dit aan"),
        ("mail", "dropped", "451", "niet op tijd"),
        ("telegram", "refused", "gone", "gestopt"),
        ("telegram", "waiting", "", "Telegram antwoordt niet."),
    ],
)
def test_why_is_said_in_dutch(channel: str, state: str, problem: str, said: str) -> None:
    assert said in say_trouble(channel, state, problem, mail_off=False)
