"""Questions beside the point."""

import pytest

from bot import catalogue
from tests.conversation.talking import Client, until

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client() -> Client:
    return Client()


def lines(client: Client) -> list[str]:
    return str(client.reply.says[0].params["lines"]).splitlines()


class TestDuration:
    def test_of_a_course_that_is_named(self, client):
        until(client, "more_questions")
        client.types("hoe lang duurt graduaat verpleegkunde", "ask_foreign_diploma", 0.9)

        assert client.said()[0] == "utter_duration"
        assert any("erpleeg" in line and "3 jaar" in line for line in lines(client))
        assert client.state.asked == "more_questions"

    @pytest.mark.parametrize("given_text", ["hoe lang duurt dat", "duurt dat lang?"])
    def test_of_what_was_shown(self, client, given_text):
        until(client, "more_questions")
        courses = catalogue.current().courses
        known = next(c for c in courses if c.duration)
        unknown = next(c for c in courses if not (c.duration or c.hours))
        client.state.shown["courses"] = [{"id": known.id}, {"id": unknown.id}]
        client.types(given_text, "ask_capabilities", 0.9)

        assert client.said()[0] == "utter_duration"
        assert known.duration in lines(client)[0]
        assert lines(client)[1].startswith(f"• {unknown.title} (")
        assert lines(client)[1].endswith("dat weet ik niet.")

    def test_nothing_is_made_up_when_it_is_not_known(self, client):
        until(client, "more_questions")
        unknown = next(c for c in catalogue.current().courses if not (c.duration or c.hours))
        client.state.shown["courses"] = [{"id": unknown.id}]
        client.types("hoelang duurt die opleiding", "search_courses", 0.9)

        assert client.said()[0] == "utter_duration_unknown"

    @pytest.mark.parametrize("given_text", ["hoe lang duurt dit gesprek", "hoe lang duurt dat"])
    def test_before_anything_was_shown_it_may_be_the_questions(self, client, given_text):
        until(client, "education_level")
        client.types(given_text, "ask_capabilities", 0.9)

        assert client.said()[0] == "utter_ask_capabilities"


class TestOthers:
    @pytest.mark.parametrize("asked", ["dream", "education_level", "barriers", "wants_appointment"])
    @pytest.mark.parametrize(
        ("given_text", "given_intent", "expected"),
        [
            ("wanneer zijn jullie open", "ask_leerwinkel_info", "utter_opening_hours"),
            ("tot hoe laat zijn jullie open?", "ask_my_appointment", "utter_opening_hours"),
            ("kan ik dat doen in de gevangenis", "ask_prior_learning", "utter_in_prison"),
            ("betaald educatief verlof", "ask_finance_support", "utter_leave"),
            ("hoe zit het met opleidingsverlof", "ask_finance_support", "utter_leave"),
        ],
    )
    def test_it_is_answered_and_the_question_comes_again(
        self, client, asked, given_text, given_intent, expected
    ):
        until(client, asked)
        before = dict(client.state.values)
        client.types(given_text, given_intent, 0.9)

        assert client.said()[0] == expected
        assert client.state.asked == asked
        assert client.state.values == before

    @pytest.mark.parametrize(
        ("asked", "given_text", "expected_value"),
        [
            ("barriers", "geld, want ik wil mijn loon houden", ["finance"]),
            ("barriers", "geen tijd en geen educatief verlof", ["time"]),
            ("barriers", "ik krijg geen betaald verlof van mijn baas", ["time"]),
            ("situation", "ik werk voltijds en krijg opleidingsverlof", "working"),
        ],
    )
    def test_an_answer_that_names_leave_is_kept_as_well(
        self, client, asked, given_text, expected_value
    ):
        until(client, asked)
        client.types(given_text, "ask_finance_support", 0.9)

        assert client.said()[0] == "utter_leave"
        assert client.state.values[asked] == expected_value
        assert client.state.asked != asked

    def test_a_question_about_leave_is_no_answer(self, client):
        until(client, "barriers")
        client.types("kan ik mijn loon houden?", "ask_finance_support", 0.9)

        assert client.said()[0] == "utter_leave"
        assert client.state.asked == "barriers"

    def test_leave_to_learn_shows_the_rules_with_their_source(self, client):
        client.types("betaald educatief verlof", "ask_finance_support", 0.9)

        helps = [measure["id"] for measure in client.state.shown["support"]]
        assert "opleidingsverlof" in helps

    def test_a_dream_about_a_prison_is_a_dream(self, client):
        until(client, "dream")
        client.types("ik wil bewaker worden in de gevangenis", "share_dream", 0.9)

        assert client.state.values["dream_themes"] == ["security"]
