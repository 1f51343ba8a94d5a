"""The moment of an appointment: days, hours, and what is said beside another moment."""

import datetime as dtm
import zoneinfo

import pytest

from bot import appointments
from tests.conversation.talking import NOW, Client, tap, until

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
NINE_TO_FIVE = tuple((day, 9 * 60, 17 * 60) for day in range(5))


@pytest.fixture(autouse=True)
def counsellor(database: None, make_counsellor) -> int:
    return make_counsellor("An", "genk", hours=NINE_TO_FIVE)


@pytest.fixture
def client() -> Client:
    return Client()


def offered(client: Client) -> list[str]:
    """Day and hour of what is proposed, on the clock of the client."""
    moments = (
        dtm.datetime.fromisoformat(slot["starts_at"]) for slot in client.state.memory.offered
    )
    return [f"{moment.astimezone(BRUSSELS):%d %H:%M}" for moment in moments]


def booked(client: Client, time: str) -> Client:
    until(client, "appointment_time")
    client.types(time)
    assert client.state.memory.chosen, offered(client)
    client.types("Fatima")
    client.types("0470 11 22 33")
    client.taps("/skip")
    return client


def at(client: Client) -> str:
    """When the appointment is."""
    made = appointments.booking_of(client.sender_id, now=NOW)
    assert made
    return f"{made.starts_at.astimezone(BRUSSELS):%d %H:%M}"


class TestPast:
    @pytest.mark.parametrize("given_text", ["gisteren", "vorige week maandag", "1 november"])
    def test_what_is_over_is_said_and_other_times_are_proposed(self, client, given_text):
        until(client, "appointment_time")
        client.types(given_text)

        assert client.said()[0] == "utter_time_past"
        assert client.state.asked == "appointment_time"
        assert client.state.memory.offered


class TestRank:
    @pytest.mark.parametrize(
        ("given_text", "place"),
        [
            ("de eerste", 0),
            ("den tweeden is goed", 1),
            ("ja doe maar het derde moment", 2),
            ("de leste", 2),
        ],
    )
    def test_one_of_the_proposals_is_chosen_by_its_place(self, client, given_text, place):
        until(client, "appointment_time")
        proposed = list(client.state.memory.offered)
        client.types(given_text)

        assert client.state.memory.chosen == proposed[place]

    def test_the_first_of_a_month_is_a_day(self, client):
        until(client, "appointment_time")
        client.types("de eerste december")

        assert client.state.memory.chosen is None
        assert {time[:2] for time in offered(client)} == {"01"}


class TestHoursOfAChosenDay:
    @pytest.mark.parametrize("given_text", ["smorgens", "'s morgens", "in de voormiddag"])
    def test_a_part_of_the_day_keeps_the_day(self, client, given_text):
        until(client, "appointment_time")
        client.types("woensdag")
        client.types(given_text)

        assert "utter_time_not_free" not in client.said()
        assert {time[:2] for time in offered(client)} == {"25"}
        assert all(time[3:] < "12:00" for time in offered(client))

    def test_a_tapped_day_is_kept_as_well(self, client):
        until(client, "appointment_time")
        client.taps(tap("appointment_time", "days"))
        client.taps(tap("appointment_time", "day:2026-11-26"))
        client.types("in de namiddag")

        assert {time[:2] for time in offered(client)} == {"26"}
        assert all(time[3:] >= "12:00" for time in offered(client))

    def test_an_hour_is_one_of_the_day(self, client):
        until(client, "appointment_time")
        client.types("donderdag")
        client.types("om 9 uur 45")

        chosen = client.state.memory.chosen
        assert chosen
        assert chosen["starts_at"].startswith("2026-11-26T08:45")

    def test_of_a_week_it_is_the_first_day_that_has_it(self, client):
        until(client, "appointment_time")
        client.types("de week van 7 december")
        client.types("'s morgens")

        assert {time[:2] for time in offered(client)} == {"07"}

    def test_without_a_day_it_is_the_first_day_that_has_it(self, client):
        until(client, "appointment_time")
        client.types("in de namiddag")

        assert "utter_time_not_free" not in client.said()
        assert {time[:2] for time in offered(client)} == {"23"}

    def test_a_part_that_is_not_free_gives_the_rest_of_the_day(self, client):
        until(client, "appointment_time")
        client.types("woensdag")
        client.types("savonds")

        assert client.said()[0] == "utter_time_not_free"
        assert {time[:2] for time in offered(client)} == {"25"}

    def test_tomorrow_is_a_day(self, client):
        until(client, "appointment_time")
        first = offered(client)[0]
        client.types("overmorgen 10 uur")

        assert first == "23 10:00"
        assert offered(client)[0] == "24 10:00", "not the proposal at 10 o'clock of the day before"


class TestBesideTheOldAppointment:
    @pytest.mark.parametrize(
        ("given_text", "expected"),
        [
            ("een uur later", "25 10:45"),
            ("kan het een dag later", "26 09:45"),
            ("zelfde uur volgende week", "02 09:45"),
        ],
    )
    def test_a_step_is_taken_from_the_old_hour(self, client, given_text, expected):
        booked(client, "woensdag om 9 uur 45")
        client.taps("/change_appointment")
        client.types(given_text)

        moved = at(client) if client.said()[0] == "utter_moved" else offered(client)[0]
        assert moved >= expected
        assert moved[:2] == expected[:2]

    def test_the_request_itself_may_say_it(self, client):
        booked(client, "woensdag om 9 uur")
        client.types("kan mijn afspraak een dag later", "change_appointment")

        assert client.said()[0] == "utter_moved"
        assert at(client) == "26 09:00"

    def test_later_on_the_same_day(self, client):
        booked(client, "woensdag om 9 uur 45")
        client.taps("/change_appointment")
        client.types("dezelfde dag maar later")

        assert {time[:2] for time in offered(client)} == {"25"}
        assert all(time[3:] > "09:45" for time in offered(client))

    def test_a_day_too_early_is_over(self, client):
        booked(client, "woensdag om 9 uur 45")
        client.taps("/change_appointment")
        client.types("een week vroeger")

        assert client.said()[0] == "utter_time_past"

    def test_a_time_that_was_chosen_and_not_booked_yet_is_chosen_again(self, client):
        until(client, "appointment_time")
        client.types("woensdag om 9 uur 45")
        assert client.state.asked == "name"
        client.types("kan het toch een andere dag", "change_appointment")

        assert client.state.asked == "appointment_time"
        assert "utter_no_appointment" not in client.said()

    def test_before_there_is_one_a_day_later_is_after_what_was_proposed(self, client):
        until(client, "appointment_time")
        last = offered(client)[-1]
        client.types("een dag later")

        assert all(time[:2] > last[:2] for time in offered(client))


class TestDaysThatDoNotSuit:
    @pytest.mark.parametrize(
        "given_text", ["ik kan niet op dinsdag", "dinsdag werk ik", "alle dagen behalve dinsdag"]
    )
    def test_at_the_question_other_days_are_proposed(self, client, given_text):
        until(client, "appointment_time")
        assert any(time.startswith("24") for time in offered(client))
        client.types(given_text, "deny")

        assert client.said()[0] == "utter_other_days"
        assert offered(client)
        assert not any(time.startswith("24") for time in offered(client))

    @pytest.mark.parametrize(
        "given_text",
        ["dinsdagvoormiddag kan ik niet", "ni dinsdagvoormiddag", "dinsdag voormiddag is moeilijk"],
    )
    def test_a_part_of_a_day_leaves_the_other_part(self, client, given_text):
        until(client, "appointment_time")
        client.types(given_text, "deny")

        assert client.said()[0] == "utter_other_days"
        client.types("dinsdag")
        assert offered(client)
        assert all(time >= "24 12:00" for time in offered(client))

    def test_a_part_of_every_day_is_left_out(self, client):
        until(client, "appointment_time")
        client.types("in de voormiddag kan ik niet", "deny")

        assert offered(client)
        assert all(time[3:] >= "12:00" for time in offered(client))

    def test_a_part_that_suits_after_all_is_proposed(self, client):
        until(client, "appointment_time")
        client.types("dinsdagvoormiddag kan ik niet", "deny")
        client.types("dinsdagvoormiddag kan toch")

        assert offered(client)
        assert all("24 08:00" <= time < "24 12:00" for time in offered(client))

    @pytest.mark.parametrize(
        ("given_text", "expected_from"),
        [("morgen kan ik niet", "24"), ("volgende week lukt niet", "30")],
    )
    def test_a_near_day_or_week_is_passed_over(self, client, given_text, expected_from):
        until(client, "appointment_time")
        client.types(given_text, "deny")

        assert client.said()[0] == "utter_other_days"
        assert offered(client)
        assert offered(client)[0][:2] >= expected_from
        client.types("in de namiddag")
        assert offered(client)[0][:2] >= expected_from

    def test_who_refuses_everything_gets_all(self, client):
        until(client, "appointment_time")
        client.types("in de voormiddag kan ik niet", "deny")
        client.types("in de namiddag kan ik niet", "deny")

        assert offered(client)

    def test_at_the_read_back_it_is_kept_and_the_read_back_comes_again(self, client):
        until(client, "readback")
        client.types("ik kan niet op dinsdag", "deny", 0.9)

        assert client.said()[0] == "utter_time_kept"
        assert client.state.asked == "readback"
        client.taps(tap("readback", "yes"))
        client.taps(tap("wants_appointment", "yes"))
        assert offered(client)
        assert not any(time.startswith("24") for time in offered(client))

    def test_a_yes_in_front_still_holds(self, client):
        until(client, "readback")
        client.types("ja maar niet op maandag", "affirm", 0.9)

        assert client.state.memory.readback_done
        assert client.state.asked == "wants_appointment"
        assert client.state.memory.not_on == [0]

    def test_a_day_that_suits_is_kept_as_well(self, client):
        until(client, "wants_appointment")
        client.types("ja liefst op donderdag", "affirm", 0.9)

        assert client.said()[0] == "utter_time_kept"
        assert {time[:2] for time in offered(client)} == {"26"}

    def test_who_names_the_day_after_all_gets_it(self, client):
        until(client, "appointment_time")
        client.types("niet op dinsdag")
        client.types("dinsdag kan toch")

        assert {time[:2] for time in offered(client)} == {"24"}

    def test_a_day_in_another_story_is_no_wish(self, client):
        until(client, "readback")
        client.types("nee ik woon sinds 3 maart in Leuven", "correct_answer", 0.9)

        assert "utter_time_kept" not in client.said()


class TestEvening:
    @pytest.mark.parametrize("given_text", ["avond", "in de avond"])
    def test_it_is_an_answer_at_a_question_about_time(self, client, given_text):
        until(client, "schedule").types(given_text, "greet", 0.95)
        assert client.state.values["schedule"] == ["evening"]

        until(client, "appointment_time").types(given_text, "greet", 0.95)
        assert client.said()[0] == "utter_time_not_free", "nobody is there in the evening"

    @pytest.mark.parametrize("given_text", ["goeieavond", "Goede avond!", "goei oavend"])
    @pytest.mark.parametrize("asked", ["schedule", "appointment_time"])
    def test_a_greeting_stays_a_greeting(self, client, asked, given_text):
        until(client, asked).types(given_text, "greet", 0.6)

        assert client.said()[0] == "utter_greet"
        assert client.state.asked == asked
