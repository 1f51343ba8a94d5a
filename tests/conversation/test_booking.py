"""Whole bookings through the dialogue: forms of talk, interpreter, holds, days, contact data."""

import datetime as dtm
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot import appointments, intake, store
from bot.settings import settings
from tests.conversation.talking import NOW, Client, tap, until

NINE_TO_FIVE = tuple((day, 9 * 60, 17 * 60) for day in range(5))


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def counsellor(database: None, make_counsellor) -> int:
    return make_counsellor("An", "genk", hours=NINE_TO_FIVE)


def rules(**changed: object) -> None:
    given = {
        "length_minutes": 45,
        "buffer_minutes": 0,
        "lead_hours": 24,
        "horizon_days": 42,
        "daily_limit": None,
        "forms": ["in_person"],
    } | changed
    appointments.set_rules("genk", **given)  # type: ignore[arg-type]


def appointment() -> store.Appointment:
    with store.session(writes=False) as work:
        return work.scalars(
            sa.select(store.Appointment).options(
                sa.orm.selectinload(store.Appointment.counsellor),
                sa.orm.selectinload(store.Appointment.branch),
            )
        ).one()


def queued(kind: str = "") -> list[store.OutgoingMessage]:
    with store.session(writes=False) as work:
        rows = work.scalars(sa.select(store.OutgoingMessage).order_by(store.OutgoingMessage.id))
        return [row for row in rows if row.state == "waiting" and kind in ("", row.kind)]


def booked(client: Client, contact: str = "fatima@example.com") -> Client:
    until(client, "appointment_time")
    client.taps(client.buttons()[0])
    client.types("Fatima El Amrani")
    client.types(contact)
    client.taps("/skip")
    return client


class TestProposals:
    def test_three_times_more_and_another_day(self, client):
        until(client, "appointment_time")

        titles = [button.title for button in client.reply.says[-1].buttons]
        assert titles == [
            "maandag 23 november, 10 uur",
            "maandag 23 november, 12 uur",
            "dinsdag 24 november, 9 uur",
            "Andere momenten",
            "Een andere dag",
        ]

    def test_another_day_by_tap(self, client):
        until(client, "appointment_time")
        client.taps(tap("appointment_time", "days"))
        assert client.said() == ["utter_which_day"]
        assert client.reply.says[-1].buttons[3].title == "donderdag 26 november"
        client.taps(client.buttons()[3])

        assert client.said()[-1].endswith("_appointment_time")
        assert all(s["starts_at"].startswith("2026-11-26") for s in client.state.memory.offered)

    def test_a_shown_time_is_kept_for_who_sees_it(self, client):
        until(client, "appointment_time")
        first = client.state.memory.offered[0]["starts_at"]
        other = until(Client("web-other"), "appointment_time")
        assert first not in [slot["starts_at"] for slot in other.state.memory.offered]

        client.types("laat maar, ik wil geen afspraak", "cancel_appointment")
        again = until(Client("web-third"), "appointment_time")
        assert first in [slot["starts_at"] for slot in again.state.memory.offered]

    def test_when_somebody_looks_at_the_last_time_it_is_said(self, client, make_counsellor):
        with store.session() as work:
            work.execute(sa.delete(store.Availability))
        make_counsellor("Bo", "genk", hours=((1, 540, 585),))
        rules(horizon_days=7)
        until(client, "appointment_time")
        other = until(Client("web-other"), "wants_appointment")
        other.taps(tap("wants_appointment", "yes"))

        assert other.said()[-1] == "utter_slots_held"
        assert "/book_appointment" in other.buttons()

    def test_the_place_is_on_the_button_of_a_zitdag(self, client):
        branch = appointments.add_branch("genk", name="Beringen", address="Markt 1, 3580 Beringen")
        an = 1
        appointments.set_weekly_hours(an, [appointments.WeeklyHours(1, 540, 720, branch_id=branch)])
        until(client, "appointment_time")

        first = client.reply.says[-1].buttons[0]
        assert first.title == "dinsdag 24 november, 9 uur (Beringen)"
        booked_there = booked_from(client)
        assert booked_there["place"] == "Leerwinkel Genk in Beringen"
        assert booked_there["map"].endswith("query=Markt+1%2C+3580+Beringen")


def booked_from(client: Client) -> dict[str, str]:
    client.taps(client.buttons()[0])
    client.types("Fatima")
    client.types("0470 11 22 33")
    client.taps("/skip")
    said = next(s for s in client.reply.says if s.response == "utter_booked")
    assert said.custom
    return said.custom["appointment"]


class TestForms:
    def test_with_one_form_nothing_is_asked(self, client):
        until(client, "appointment_time")
        assert client.state.memory.forms == []

    @pytest.mark.parametrize(
        "answer", ["bel mij maar", "telefoon", tap("appointment_form", "phone")]
    )
    def test_a_talk_by_phone_needs_a_number(self, client, answer):
        rules(forms=["in_person", "phone"])
        until(client, "appointment_form")
        if answer.startswith("/"):
            client.taps(answer)
        else:
            client.types(answer)
        client.taps(client.buttons()[0])
        client.types("Fatima")
        client.types("fatima@example.com")
        assert client.state.asked == "phone"
        client.types("0470 11 22 33")
        client.taps("/skip")

        said = next(s for s in client.reply.says if s.response == "utter_booked")
        assert said.params["where"] == "We bellen je op 0470 11 22 33."
        assert appointment().form == "phone"

    def test_who_skips_gets_the_first_form(self, client):
        rules(forms=["video", "in_person"])
        until(client, "appointment_form")
        client.taps("/skip")
        assert client.state.memory.appointment_form == "video"
        assert client.state.asked == "appointment_time"


class TestInterpreter:
    def low(self, client: Client, languages: list[str]) -> Client:
        until(client, "appointment_time")
        client.state.record("dutch_level", "a1")
        if languages:
            client.state.record("languages", languages, "derived")
        client.taps(client.buttons()[0])
        client.types("Fatima")
        client.types("0470 11 22 33")
        return client

    def test_it_is_not_asked_of_who_speaks_dutch(self, client):
        booked(client)
        assert appointment().interpreter is None

    def test_little_dutch_and_one_language_needs_only_a_yes(self, client):
        self.low(client, ["ar"])
        assert client.state.asked == "interpreter"
        client.taps(tap("interpreter", "yes"))
        assert client.state.asked == "referral_source"
        client.taps("/skip")

        assert appointment().interpreter == "Arabisch"
        said = next(s for s in client.reply.says if s.response == "utter_booked")
        assert "Ik vraag een tolk: Arabisch." in said.params["also"]

    def test_the_language_is_asked_when_it_is_not_known(self, client):
        self.low(client, [])
        client.types("ja", "affirm")
        assert client.state.asked == "interpreter_language"
        client.types("Tamazight")
        client.taps("/skip")
        assert appointment().interpreter == "Tamazight"

    def test_the_language_may_come_with_the_yes(self, client):
        self.low(client, [])
        client.types("ja turks")
        assert client.state.memory.interpreter == "Turks"

    def test_no_interpreter(self, client):
        self.low(client, ["ar", "fr"])
        client.types("nee", "deny")
        client.taps("/skip")
        assert appointment().interpreter == "", "asked, and not wanted"

    def test_a_skipped_interpreter_is_as_if_it_was_not_asked(self, client):
        self.low(client, ["ar", "fr"])
        client.taps("/skip")
        client.taps("/skip")
        assert appointment().interpreter is None

    def test_who_does_not_know_the_language_gets_a_question_mark(self, client):
        self.low(client, [])
        client.taps(tap("interpreter", "yes"))
        client.taps("/skip")
        client.taps("/skip")
        assert appointment().interpreter == "?"


class TestAfterwards:
    def test_the_confirmation_is_queued_with_a_calendar_file_and_the_staff_mail_says_nothing(
        self, client
    ):
        booked(client)
        client_mail, staff_mail = queued()

        assert (client_mail.kind, client_mail.address) == ("booked", "fatima@example.com")
        assert "METHOD:REQUEST" in (client_mail.calendar or "")
        assert staff_mail.kind == "staff_new"
        assert staff_mail.subject == "Nieuwe intake"
        for personal in ("Fatima", "fatima", "0470"):
            assert personal not in staff_mail.text
            assert personal not in client_mail.subject

    @pytest.fixture
    def mail_server(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "mail.example.be")
        monkeypatch.setenv("LEERWIJZER_SMTP_FROM", "leerwijzer@example.be")
        settings.cache_clear()
        yield
        settings.cache_clear()

    def test_no_mail_is_offered_when_none_can_be_sent(self, client):
        booked(client, "0470 11 22 33")
        assert "utter_offer_mail" not in client.said()

    def test_who_gave_no_address_is_asked_for_one_and_then_gets_the_mail(self, client, mail_server):
        booked(client, "0470 11 22 33")
        assert "utter_offer_mail" in client.said()
        assert queued("booked") == []
        client.types("fatima@example.com", "nlu_fallback")

        assert client.said() == ["utter_contact_changed_mail"]
        assert appointment().email == "fatima@example.com"
        assert [mail.address for mail in queued("booked")] == ["fatima@example.com"]

    def test_a_mistyped_address_is_asked_again(self, client):
        booked(client, "0470 11 22 33")
        client.types("samira@@x", "nlu_fallback")

        assert client.said() == ["utter_email_unclear"]
        assert not appointment().email

    def test_a_corrected_number_reaches_the_appointment(self, client):
        booked(client, "0470 11 22 33")
        client.types("nee mijn nummer is 0499 88 77 66", "correct_answer")

        assert appointment().phone == "+32499887766"
        assert "utter_contact_changed_phone" in client.said()

    @pytest.mark.parametrize(
        ("given_contact", "expected_line"),
        [
            ("0478 12 34 nee wacht 0479 12 34 56", "Telefoon: 0479 12 34 56"),
            ("+31 6 12345678", "Telefoon: +31 6 12345678"),
            ("fatima@example.com", "E-mail: fatima@example.com"),
        ],
    )
    def test_number_and_address_are_read_back_so_that_a_mistake_is_seen(
        self, client, given_contact, expected_line
    ):
        booked(client, given_contact)

        said = next(s for s in client.reply.says if s.response == "utter_booked")
        assert said.params["also"].splitlines()[:2] == [
            expected_line,
            "Is dat fout? Typ het dan juist.",
        ]

    def test_a_number_that_was_read_wrong_is_typed_again(self, client):
        booked(client, "0478 12 34 56")
        client.types("nee 0479 12 34 56", "correct_answer")

        assert appointment().phone == "+32479123456"
        assert client.said()[0] == "utter_contact_changed_phone"
        assert client.reply.says[0].params == {"phone": "0479 12 34 56"}

    def test_i_am_coming(self, client):
        booked(client)
        client.taps(tap("appointment_coming", "yes"))

        assert client.said() == ["utter_coming"]
        assert appointment().confirmed_at == NOW
        assert client.state.form is None

    def test_i_am_coming_to_nothing(self, client):
        client.taps(tap("appointment_coming", "yes"))
        assert client.said() == ["utter_no_appointment"]

    def test_a_moved_appointment_is_told_with_a_higher_sequence(self, client):
        booked(client)
        client.types("kan het op een andere dag", "change_appointment")
        client.taps(client.buttons()[2])

        assert client.said()[0] == "utter_moved"
        assert [mail.kind for mail in queued() if mail.kind != "staff_changed"][-1] == "moved"
        assert queued("booked") == [], "the mail about the old time is taken back"
        assert appointment().sequence == 1

    def test_the_freed_time_is_free_at_once(self, client):
        booked(client)
        time = appointment().starts_at
        client.types("ik kan niet komen", "cancel_appointment")
        client.types("ja", "affirm")

        free = appointments.free_slots("genk", now=NOW, limit=1)
        assert free[0].starts_at == time
        assert [mail.kind for mail in queued() if mail.calendar] == ["cancelled"]

    def test_who_has_everything_wiped_leaves_no_appointment_and_the_counsellor_hears_it(
        self, client
    ):
        booked(client)
        client.types("wis alles", "delete_my_data")
        client.types("ja", "affirm")
        assert client.reply.forget
        intake.forget(client.sender_id, now=NOW)  # as the edge to Rasa does after the turn

        assert appointments.booking_of(client.sender_id, now=NOW) is None
        assert [message.kind for message in queued()] == ["staff_new", "staff_changed"]

    def test_the_chosen_time_stays_kept_while_a_slow_typer_gives_a_name(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        chosen = dtm.datetime.fromisoformat(client.state.memory.chosen["starts_at"])
        later = NOW + dtm.timedelta(minutes=4)
        with store.session(writes=False) as work:
            until_when = work.scalars(sa.select(store.OccupiedQuarter.held_until)).all()

        assert len(until_when) == 3, "the other proposals are let go"
        assert all(moment and moment > later for moment in until_when)
        others = appointments.free_slots("genk", now=later, limit=100)
        assert chosen not in [slot.starts_at for slot in others]


class TestAnAppointmentBeforeTheIntake:
    def test_what_is_told_later_is_found_with_the_appointment(self, client):
        until(client, "appointment_time")
        number = client.sender_id
        with store.session() as work:  # given an appointment made before there was an intake
            work.add(
                store.Appointment(
                    leerwinkel="genk", counsellor_id=1, sender_id=number, name="Fatima",
                    starts_at=NOW + dtm.timedelta(days=2), ends_at=NOW + dtm.timedelta(days=2.1),
                    created_at=NOW, changed_at=NOW,
                )
            )  # fmt: skip
        # when the client agrees that answers are kept
        intake.save(number, {"consent": True, "dream": "kok worden"}, {}, {}, now=NOW)
        # then counsellors find them with it
        assert appointment().intake_id is not None


class TestAChangeOfMindAtTheTime:
    def test_another_form_of_talk_is_taken(self, client: Client) -> None:
        rules(forms=["in_person", "phone"])
        until(client, "appointment_form")
        client.taps(tap("appointment_form", "in_person"))
        client.types("wil telefoneren", "inform", 0.4)

        assert client.state.memory.appointment_form == "phone"
        assert client.state.asked == "appointment_time"
        assert client.state.memory.offered

    def test_another_town_gives_the_times_of_another_leerwinkel(
        self, client: Client, make_counsellor
    ) -> None:
        els = make_counsellor("Els", "gent", hours=NINE_TO_FIVE)
        until(client, "appointment_time")
        client.types("wacht ik woon nu in gent", "correct_answer")

        assert client.state.values["leerwinkel"] == "gent"
        assert client.state.asked == "appointment_time"
        assert {slot["counsellor_id"] for slot in client.state.memory.offered} == {els}
