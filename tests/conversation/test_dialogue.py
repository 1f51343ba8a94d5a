"""The rules of the conversation, turn by turn."""

import datetime as dtm
import itertools
import zoneinfo

import pytest

from bot import appointments, intake
from bot.conversation import BOOKING, INTAKE
from tests.conversation.talking import NOW, RESPONSES, Client, tap, until

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def client() -> Client:
    return Client()


class TestOrder:
    def test_the_bot_speaks_first_and_asks_consent(self, client):
        client.types("dag", "greet")

        assert client.said() == ["utter_welcome", "utter_question_consent"]
        assert client.state.asked == "consent"

    def test_first_ideas_come_after_at_most_five_questions(self, client):
        client.types("dag", "greet")
        asked = []
        while client.state.asked != "more_questions":
            asked.append(client.state.asked)
            until(client, client.state.asked)
            answer = {"dream": "ik wil kok worden", "postcode": "genk"}.get(client.state.asked)
            if answer:
                client.types(answer, "share_dream" if "wil" in answer else "inform")
            else:
                value = {"education_level": "upper_secondary", "diploma_origin": "abroad"}
                code = {"consent": "no", "dutch_level": "a2"} | value
                client.taps(tap(client.state.asked, code[client.state.asked]))

        assert asked[0] == "consent"
        assert len(asked) - 1 == 5, "dream, Dutch, education, where from, postcode"
        assert "utter_courses" in client.said()

    def test_recognition_is_asked_only_for_a_diploma_from_abroad(self, client):
        until(client, "education_level")
        client.taps(tap("education_level", "higher"))
        client.taps(tap("diploma_origin", "belgium"))
        client.types("3600")
        client.taps(tap("more_questions", "yes"))

        assert client.state.asked == "situation"

    def test_the_whole_intake_by_button_ends_in_a_read_back(self, client):
        until(client, "readback")

        assert client.said()[:1] == ["utter_readback"]
        assert "verpleegster worden" in client.reply.says[0].params["lines"]

    def test_school_abroad_without_a_diploma_asks_for_no_recognition(self, client):
        until(client, "more_questions")
        client.state.record("diploma_origin", "abroad")
        client.taps(tap("more_questions", "yes"))

        assert client.state.values["education_level"] == "lower_secondary"
        assert client.state.asked == "situation"

    @pytest.mark.parametrize("given_intent", ["affirm", "deny", "skip", "dont_know"])
    def test_a_guess_at_an_intent_gives_no_consent_and_takes_none(self, client, given_intent):
        until(client, "consent")

        client.types("test", given_intent, 0.25)

        assert client.state.asked == "consent"
        assert "consent" not in client.state.values

    def test_who_wants_no_more_questions_gets_no_more(self, client):
        until(client, "more_questions")
        client.taps(tap("more_questions", "no"))

        assert client.state.asked == "wants_appointment"


class TestDoubtedDream:
    DREAM = "ik wil werken met oude mensen maar ik weet niet of dat nog lukt op mijn leeftijd"

    def test_a_dream_with_a_worry_is_kept_and_the_worry_is_answered(self, client):
        until(client, "dream")

        client.types(self.DREAM, "express_doubt", 0.95)

        assert client.said()[0] == "utter_express_doubt"
        assert client.state.values["dream"] == self.DREAM
        assert client.state.values["dream_themes"] == ["care"]
        assert client.state.asked != "dream"

    def test_a_worry_alone_is_no_dream(self, client):
        until(client, "dream")

        client.types("ik ben bang dat ik te oud ben om te leren", "express_doubt", 0.95)

        assert client.state.asked == "dream"
        assert "dream" not in client.state.values


class TestAnswers:
    @pytest.mark.parametrize(
        ("given_field", "given_text", "expected_codes"),
        [
            ("dutch_level", "goed", ["b1", "b2"]),
            ("situation", "ik werk in het zwart", ["working", "no_income"]),
            ("education_level", "middelbare school", ["lower_secondary", "upper_secondary"]),
        ],
    )
    def test_between_two_it_asks_with_two_buttons_and_records_nothing(
        self, client, given_field, given_text, expected_codes
    ):
        until(client, given_field)

        client.types(given_text)

        assert client.said() == ["utter_which_one"]
        assert client.buttons() == [tap(given_field, code) for code in expected_codes]
        assert client.state.asked == given_field
        assert client.state.values.get(given_field) is None

        client.taps(tap(given_field, expected_codes[0]))

        assert client.state.values[given_field] == expected_codes[0]

    def test_a_list_is_chosen_tap_by_tap(self, client):
        until(client, "barriers")
        client.taps(tap("barriers", "mobility"))
        assert client.said() == ["utter_more_barriers"]
        assert tap("barriers", "mobility") not in client.buttons()
        client.taps(tap("barriers", "finance"))
        client.taps(tap("barriers", "done"))

        assert client.state.values["barriers"] == ["mobility", "finance"]
        assert client.state.asked == "schedule"

    def test_what_is_left_to_choose_has_capitals_as_every_button(self, client):
        until(client, "barriers").taps(tap("barriers", "finance"))
        left = [button.title for button in client.reply.says[-1].buttons]

        assert "Vervoer" in left
        assert [title for title in left if title[0].islower()] == []

    def test_a_list_in_one_sentence_is_complete(self, client):
        until(client, "barriers")
        client.types("geld gaat wel maar geen auto en 2 kleine kinderen")

        assert client.state.values["barriers"] == ["mobility", "childcare"]
        assert client.state.asked == "schedule"

    @pytest.mark.parametrize("intent", ["skip", "dont_know"])
    @pytest.mark.parametrize(
        "field", ["dutch_level", "education_level", "postcode", "situation", "barriers", "age_band"]
    )
    def test_every_question_can_be_left_open(self, client, field, intent):
        until(client, field)
        client.taps(f"/{intent}")

        assert client.state.asked != field
        assert client.state.status[field] == {"skip": "skipped", "dont_know": "unknown"}[intent]

    def test_no_dream_leads_to_either_or_and_then_a_theme(self, client):
        until(client, "dream")
        client.types("geen idee", "dont_know")
        assert client.state.asked == "dream_themes"
        client.taps(tap("dream_step", "people"))
        assert tap("dream_themes", "care") in client.buttons()
        client.taps(tap("dream_themes", "care"))

        assert client.state.values["dream_themes"] == ["care"]
        assert client.state.status["dream"] == "unknown"
        assert client.state.asked == "dutch_level"

    @pytest.mark.parametrize(
        ("field", "title", "value"),
        [
            ("dutch_level", "Enkele woorden", "a1"),
            ("education_level", "lagere school", "primary"),
            ("barriers", "durf niet goed", ["confidence"]),
        ],
    )
    def test_a_button_can_be_typed(self, client, field, title, value):
        until(client, field)
        client.types(title, "ask_explain", 0.9)

        assert client.state.values.get(field) == value

    def test_a_typed_choice_of_a_list_is_the_whole_list(self, client):
        until(client, "schedule")
        client.types("overdag")

        assert client.state.values["schedule"] == ["day"]
        assert client.state.asked == "strengths"

    def test_not_knowing_more_keeps_what_was_chosen(self, client):
        until(client, "schedule")
        client.taps(tap("schedule", "evening"))
        client.types("weet ik niet", "dont_know")

        assert client.state.values["schedule"] == ["evening"]
        assert client.state.asked == "strengths"

    def test_a_number_is_no_strength(self, client):
        until(client, "strengths")
        client.types("42")

        assert client.state.values["age_band"] == "35_44"
        assert client.state.asked == "strengths"

    def test_a_typed_button_of_an_either_or_question_leads_on(self, client):
        until(client, "dream")
        client.types("geen idee", "dont_know")
        client.types("werken met mijn handen", "share_dream")

        assert client.state.memory.dream_step == "hands"

    def test_a_bare_answer_is_the_answer_whatever_the_classifier_makes_of_it(self, client):
        until(client, "situation")
        client.types("leefloon", "ask_benefit_rules", 0.95)

        assert client.state.values["situation"] == "living_wage"

    def test_a_town_that_is_not_known_is_no_new_dream(self, client):
        until(client, "postcode")
        client.types("roubaix", "share_dream", 0.9)

        assert client.state.values["dream"] == "verpleegster worden"
        assert client.state.asked == "postcode"

    def test_outside_flanders_and_brussels_it_says_so(self, client):
        until(client, "postcode")
        client.types("4000", "inform")

        assert "utter_outside_region" in client.said()

    def test_volunteered_facts_are_kept_and_not_asked_again(self, client):
        until(client, "dream")
        client.types("ik ben 34 en wil verpleegster worden, ik woon in genk", "share_dream")

        assert client.state.values["age_band"] == "26_34"
        assert client.state.values["dream_themes"] == ["care"]
        assert client.state.values["leerwinkel"] == "genk"
        client.taps(tap("dutch_level", "b2"))
        client.taps(tap("education_level", "none"))
        assert client.state.asked == "more_questions", "the postcode is known"

    def test_a_bare_fact_is_no_dream_but_is_kept(self, client):
        until(client, "dream")
        client.types("3600 genk", "inform")

        assert client.state.values["postcode"] == "3600"
        assert client.state.asked == "dream"

    def test_a_code_that_no_button_offers_sets_nothing(self, client):
        until(client, "dutch_level")
        client.taps('/inform{"dutch_level": "z9"}')
        client.taps('/inform{"leerwinkel": "antwerpen"}')
        client.taps('/inform{"shown": "x"}')

        assert "dutch_level" not in client.state.values
        assert "leerwinkel" not in client.state.values
        assert client.state.shown == {}

    def test_an_old_button_changes_the_earlier_answer(self, client):
        until(client, "situation")
        client.taps(tap("dutch_level", "a1"))

        assert client.state.values["dutch_level"] == "a1"
        assert client.state.asked == "situation"


class TestInterruptions:
    @pytest.mark.parametrize(
        ("text", "intent", "response"),
        [
            ("hoeveel kost nt2", "ask_cost", "utter_ask_cost"),
            ("wie leest dit", "ask_privacy", "utter_ask_privacy"),
            ("ben jij een robot", "ask_bot", "utter_ask_bot"),
            ("betalen ze de bus", "ask_mobility_support", "utter_ask_mobility_support"),
            ("ik ben te oud", "express_doubt", "utter_express_doubt"),
            ("stomme bot", "insult", "utter_insult"),
        ],
    )
    def test_a_side_question_is_answered_then_the_question_comes_again(
        self, client, text, intent, response
    ):
        until(client, "education_level")
        client.types(text, intent)

        assert client.said()[0] == response
        assert client.said()[-1] == "utter_simpler_education_level"
        assert client.state.asked == "education_level"
        assert "education_level" not in client.state.values

    def test_a_word_is_explained_then_the_question_comes_again(self, client):
        until(client, "education_level")
        client.types("wat is nt2", "ask_explain")

        assert client.said() == ["utter_glossary", "utter_simpler_education_level"]

    def test_an_everyday_word_is_explained_whatever_the_intent_and_nothing_is_answered(
        self, client
    ):
        until(client, "situation")
        client.types("wat betekent vervoer?", "inform")

        assert client.said()[0] == "utter_glossary"
        assert client.state.asked == "situation"
        assert "situation" not in client.state.values

    def test_a_question_is_explained(self, client):
        until(client, "situation")
        client.types("hoezo", "ask_explain")

        assert client.said()[0] == "utter_explain_situation"

    def test_an_answer_that_sounds_like_a_question_is_still_the_answer(self, client):
        until(client, "situation")
        client.types("ik zit op den dop", "ask_benefit_rules", confidence=0.4)

        assert client.state.values["situation"] == "job_seeking"

    @pytest.mark.parametrize(
        ("text", "intent", "asks"),
        [
            ("opvang voor mijn kinderen is moeilijk", "ask_childcare", False),
            ("is er opvang voor mijn kinderen", "ask_childcare", True),
            ("ik heb geen geld, hoeveel kost dat", "ask_cost", True),
            ("geen geld, dat is moeilijk voor mij", "ask_finance_support", False),
        ],
    )
    def test_a_statement_answers_and_a_question_interrupts(self, client, text, intent, asks):
        until(client, "barriers")
        client.types(text, intent, 0.95)

        assert (client.state.asked == "barriers") is asks
        assert ("barriers" in client.state.status) is not asks

    @pytest.mark.parametrize(
        ("text", "field", "intent", "asks"),
        [
            ("ik kan een klein gesprek doen", "dutch_level", "book_appointment", False),
            ("ik wil een gesprek met iemand", "dutch_level", "book_appointment", True),
            ("ik werk niet en wil met iemand praten", "situation", "talk_to_human", True),
        ],
    )
    def test_what_somebody_can_answers_and_what_they_want_interrupts(
        self, client, text, field, intent, asks
    ):
        until(client, field)
        client.types(text, intent, 0.97)

        assert (field not in client.state.status) is asks

    def test_other_language_gets_aid_and_is_noted(self, client):
        until(client, "education_level")
        client.types("I do not understand this", "other_language", language="en")

        assert client.said() == ["utter_aid_en"]
        assert client.state.values["languages"] == ["en"]
        assert client.state.asked == "education_level"

    @pytest.mark.parametrize(
        "field",
        ["dutch_level", "education_level", "postcode", "situation", "barriers", "schedule",
         "strengths", "age_band", "more_questions", "wants_appointment"],
    )  # fmt: skip
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("can I bring my child", "en"),
            ("how much does it cost", "en"),
            ("est-ce que je peux venir avec mon enfant", "fr"),
            ("çocuğumu getirebilir miyim", "tr"),
            ("هل يمكنني إحضار طفلي", "ar"),
        ],
    )
    def test_a_question_in_another_language_is_no_answer(self, client, field, text, language):
        until(client, field)
        before = {k: v for k, v in client.state.values.items() if k != "languages"}
        for _ in range(2):  # the second time as well
            client.types(text, "other_language", 1.0, language=language)

            assert client.said()[0] == f"utter_aid_{language}"
            assert client.said()[-1].endswith(f"_{field}")
            assert "utter_not_understood" not in client.said()
            assert client.state.asked == field
            now = {k: v for k, v in client.state.values.items() if k != "languages"}
            assert now == before

    def test_an_answer_in_another_language_is_still_one(self, client):
        until(client, "dutch_level")
        client.types("sí, un poco", "other_language", 1.0, language="es")

        assert client.state.values["dutch_level"] == "a1"

    @pytest.mark.parametrize("field", ["dream", "name"])
    def test_nor_is_it_a_dream_or_a_name(self, client, make_counsellor, field):
        make_counsellor("An", "genk", hours=[(day, 540, 1020) for day in range(5)])
        until(client, "dream" if field == "dream" else "appointment_time")
        if field == "name":
            client.taps(client.buttons()[0])
        client.types("can I bring my child", "other_language", 1.0, language="en")

        assert client.said()[0] == "utter_aid_en"
        assert client.state.asked == field
        assert client.state.open(field)

    def test_what_is_no_answer_gets_the_aid_again_and_the_question(self, client):
        until(client, "education_level")
        client.types("I do not understand this", "other_language", language="en")
        client.types("this is too difficult for me", "other_language", language="en")

        assert client.said()[0] == "utter_aid_en"
        assert client.said()[-1].endswith("_education_level")

    def test_the_third_time_the_aid_is_short_and_the_question_stays(self, client):
        until(client, "education_level")
        said = []
        for _ in range(4):
            client.types("this is too difficult for me", "other_language", language="en")
            said.append(client.said()[0])

        assert said == ["utter_aid_en"] * 2 + ["utter_aid_short_en"] * 2
        assert client.said()[-1].endswith("_education_level")
        client.types("to jest dla mnie za trudne", "other_language", language="pl")
        assert client.said()[0] == "utter_aid_pl"

    def test_a_dream_in_another_language_is_understood(self, client):
        until(client, "dream")
        client.types("I want to become a nurse", "other_language", language="en")

        assert client.said()[0] == "utter_aid_en"
        assert client.state.values["dream_themes"] == ["care"]
        assert client.state.asked == "dutch_level"

    def test_danger_comes_before_everything_and_asks_nothing(self, client):
        until(client, "barriers")
        stored = dict(client.state.values)
        client.types("ik wil niet meer leven", "crisis", confidence=1.0)

        assert client.said() == ["utter_crisis"]
        assert client.state.values == stored
        assert client.state.asked == "barriers"

    def test_danger_that_is_not_sure_is_asked(self, client):
        until(client, "barriers")
        client.types("ik kan niet meer", "express_doubt", maybe_danger=True)
        assert client.said() == ["utter_confirm_crisis"]
        client.types("ja", "affirm")

        assert client.said() == ["utter_crisis"]

    def test_a_story_in_the_place_of_a_yes_or_no_is_an_answer_itself(self, client):
        until(client, "dream")
        client.types("zeg het niet tegen mijn man", "inform", maybe_danger=True)
        assert client.said() == ["utter_confirm_crisis"]
        client.types("ik wil kok worden maar mijn brood kan ik niet bakken", "share_dream")

        assert client.state.values["dream_themes"] == ["hospitality_food"]
        assert "utter_not_confirmed" not in client.said()

    def test_a_story_cancels_nothing(self, client):
        until(client, "situation")
        before = dict(client.state.values)
        client.types("wis alles", "delete_my_data")
        client.types("hoe zit dat eigenlijk want mijn zus zei ja dat is goed", "ask_privacy")

        assert before.items() <= client.state.values.items()

    @pytest.mark.parametrize(("text", "name"), [("Selam", "Selam"), ("merhaba", None)])
    def test_a_name_that_is_also_a_greeting_is_a_name(self, client, text, name):
        until(client, "readback").taps(tap("readback", "yes"))
        client.state.form, client.state.asked = "booking_form", "name"
        client.types(text, "greet", 0.99)

        assert client.state.values.get("name") == name

    @pytest.mark.parametrize(
        ("text", "is_yes"),
        [
            ("bijna alles maar techniek mag daar af", False),
            ("ja klopt ma tis nie helemaal just", False),
            ("ja doe maar", True),
            ("ja hoor ga maar verder", True),
        ],
    )
    def test_a_yes_with_a_reservation_confirms_no_answers(self, client, text, is_yes):
        until(client, "readback")
        client.types(text, "affirm")

        assert client.state.memory.readback_done is is_yes

    @pytest.mark.parametrize("text", ["Ninove of Denderhoutem", "aalst of ninove"])
    def test_of_two_places_one_is_chosen(self, client, text):
        until(client, "postcode")
        client.types(text, "inform")
        assert client.said() == ["utter_which_one"]
        assert len(client.buttons()) == 2
        client.taps(tap("postcode", "9400"))

        assert client.state.values["postcode"] == "9400"

    def test_no_danger_after_all(self, client):
        until(client, "barriers")
        client.types("ik kan niet meer", "express_doubt", maybe_danger=True)
        client.types("nee hoor", "deny")

        assert client.said()[0] == "utter_no_danger"
        assert client.state.asked == "barriers"

    def test_what_made_the_bot_ask_is_read_after_a_no(self, client):
        until(client, "barriers")
        client.types("geld en mijn man laat mij niet alleen weg", "inform", maybe_danger=True)
        client.types("nee dat gaat wel", "deny")

        assert client.said()[0] == "utter_no_danger"
        assert client.state.values["barriers"] == ["finance"]
        assert client.state.asked != "barriers"

    def test_a_consent_with_a_wish_holds_after_a_no(self, client):
        client.types("hallo", "greet")
        client.types("ja maar niet tegen mijn man zeggen", "inform", maybe_danger=True)
        client.types("nee nee geen gevaar", "deny", maybe_danger=True)

        assert client.state.values["consent"] is True
        assert client.state.memory.doubted is None

    def test_what_was_not_understood_is_not_said_to_be(self, client):
        until(client, "barriers")
        client.types("alles is donker", "crisis", confidence=0.3)
        client.types("nee", "deny")

        assert client.said()[0] == "utter_no_danger"
        assert client.state.asked == "barriers"
        assert client.state.memory.misses == 0


class TestLaterFacts:
    """Facts that come when nothing of the kind is asked."""

    def test_what_was_skipped_can_still_be_told(self, client):
        until(client, "situation")
        client.taps("/skip")
        client.types("ah ja, ik stempel al 2 jaar", "inform")

        assert client.state.values["situation"] == "job_seeking"

    def test_a_first_message_with_four_facts_is_not_asked_again(self, client):
        text = "ben 34, alleen met 2 kinderen, wil in de zorg maar geen diploma"
        client.types(text, "inform")
        assert client.state.values == {
            "age_band": "26_34",
            "barriers": ["childcare"],
            "dream": text,
            "dream_themes": ["care"],
        }
        client.taps(tap("consent", "yes"))
        assert client.state.asked == "dutch_level"

    @pytest.mark.parametrize("asked", ["consent", "dream"])
    def test_a_bad_back_in_the_first_story_reaches_record_and_advice(self, client, asked):
        story = "ik wil iets met auto's maar mijn rug is kapot"
        if asked == "dream":
            until(client, "dream")
        client.types(story, "share_dream")

        assert client.said()[-3:-1] == ["utter_dream_heard", "utter_barriers_heard"]
        assert client.state.values["barriers"] == ["health"]
        assert client.state.values["dream_themes"] == ["engineering"]
        until(client, "wants_appointment")
        assert client.state.values["barriers"] == ["health"], "not asked again"
        helps = [measure["id"] for measure in client.state.shown["support"]]
        assert "werk-dat-je-volhoudt" in helps
        told = [
            line.text
            for area in intake.summary(
                client.state.values, client.state.status, client.state.shown
            ).areas
            for line in area.lines
        ]
        assert "gezondheid" in told, "what a counsellor reads"
        assert story in told

    def test_hands_are_no_town(self, client):
        until(client, "dream")
        client.types("met mijn handen", "inform")

        assert client.state.open("postcode")

    def test_a_town_at_another_question_is_kept(self, client):
        until(client, "dutch_level")
        client.types("genk", "inform")

        assert client.state.values["postcode"] == "3600"
        assert client.said() == ["utter_noted", "utter_simpler_dutch_level"]

    def test_a_barrier_said_in_passing_is_added(self, client):
        until(client, "schedule")
        client.state.record("barriers", ["finance"])
        client.types("ik heb ook geen auto", "inform")

        assert client.state.values["barriers"] == ["finance", "mobility"]
        assert client.state.asked == "schedule"

    def test_a_bare_barrier_at_the_next_question_is_kept(self, client):
        until(client, "schedule")
        client.state.record("barriers", ["childcare"])
        client.types("geld en ook vervoer", "inform")

        assert client.state.values["barriers"] == ["childcare", "finance", "mobility"]
        assert client.state.asked == "schedule"

    def test_a_barrier_more_in_the_read_back_leaves_the_others(self, client):
        until(client, "readback")
        client.state.record("barriers", ["childcare"])
        client.types("nee ik heb ook geen geld voor de les", "correct_answer")

        assert client.state.values["barriers"] == ["childcare", "finance"]

    def test_a_barrier_instead_of_another_replaces_it(self, client):
        until(client, "readback")
        client.state.record("barriers", ["childcare"])
        client.types("nee niet de opvang maar ik heb geen geld", "correct_answer")

        assert client.state.values["barriers"] == ["finance"]

    def test_a_new_number_after_the_intake_replaces_the_old_one(self, client):
        until(client, "wants_appointment")
        client.taps(tap("wants_appointment", "no"))
        client.state.record("phone", "+32478000001")
        client.types("mijn nummer is nu 0478 00 00 02", "inform")

        assert client.state.values["phone"] == "+32478000002"
        assert "utter_corrected" in client.said()

    def test_what_is_known_already_is_thanked_for(self, client):
        until(client, "wants_appointment")
        client.taps(tap("wants_appointment", "no"))
        client.state.record("name", "Amina Haddad")
        client.types("mijn naam is Amina Haddad", "inform")

        assert client.said()[0] == "utter_noted"


class TestRepair:
    def test_a_string_of_letters_is_no_dream_the_first_time(self, client):
        until(client, "dream")
        client.types("sdfghjkl qzdrf", "inform", 0.3)
        assert client.said()[0] == "utter_not_understood"
        assert client.state.open("dream")
        # what somebody says again is kept: the counsellor may know the word
        client.types("sdfghjkl qzdrf", "inform", 0.3)
        assert client.state.values["dream"] == "sdfghjkl qzdrf"

    def test_once_simpler_twice_a_way_out_never_the_same_sentence(self, client):
        until(client, "education_level")
        seen = [client.said()]
        for _ in range(4):
            client.types("xyzzy", "nlu_fallback", 0.1)
            seen.append(client.said())

        assert seen[1] == ["utter_not_understood", "utter_simpler_education_level"]
        assert seen[2] == ["utter_stuck"]
        assert seen[3] == ["utter_still_stuck"]
        assert all(a != b for a, b in itertools.pairwise(seen))
        assert client.state.values.keys() == {"consent", "dream", "dream_themes", "dutch_level"}

    def test_an_answer_after_being_stuck_is_taken(self, client):
        until(client, "education_level")
        client.types("xyzzy", "nlu_fallback", 0.1)
        client.types("xyzzy", "nlu_fallback", 0.1)
        client.types("4 bso")

        assert client.state.values["education_level"] == "lower_secondary"

    def test_a_correction_that_names_the_field_asks_it_again(self, client):
        until(client, "situation")
        client.types("mijn postcode is fout", "correct_answer")
        assert client.state.asked == "postcode"
        client.types("9000")

        assert client.state.values["leerwinkel"] == "gent"
        assert client.state.asked == "situation"

    def test_a_correction_with_the_new_value_is_taken_at_once(self, client):
        until(client, "situation")
        client.types("nee mijn postcode is 9000", "correct_answer")

        assert client.state.values["postcode"] == "9000"
        assert client.said()[0] == "utter_corrected"
        assert client.state.asked == "situation"

    def test_a_correction_without_a_field_is_about_what_it_reads_as(self, client):
        until(client, "situation")
        client.state.record("age_band", "26_34")
        client.taps(tap("situation", "working"))
        client.types("nee ik bedoel 44 jaar", "correct_answer")

        assert client.state.values["age_band"] == "35_44"
        assert client.state.values["consent"] is True
        assert client.state.values["situation"] == "working"

    def test_a_correction_that_starts_with_no_is_not_a_no(self, client):
        until(client, "more_questions")
        client.types("nee mijn postcode is 9000", "deny")

        assert client.state.values["postcode"] == "9000"
        assert client.state.memory.more_questions is None

    @pytest.mark.parametrize("asked", ["more_questions", "readback", "wants_appointment"])
    @pytest.mark.parametrize(
        "text", ["nee toch liever iets met kinderen", "neen doe maar iets met kinderen"]
    )
    def test_a_no_with_another_dream_behind_it_changes_the_dream(self, client, asked, text):
        until(client, asked)
        client.types(text, "deny")

        assert client.state.values["dream_themes"] == ["childcare"]
        assert "kinderen" in client.state.values["dream"]
        assert "nee" not in client.state.values["dream"].split()
        assert client.state.memory.more_questions != "no"
        assert client.state.memory.wants_appointment is None

    def test_the_first_ideas_come_again_for_another_dream(self, client):
        until(client, "more_questions")
        client.types("nee ik wil toch liever kok worden", "deny")

        assert "utter_first_ideas" in client.said()
        assert client.state.asked == "more_questions"

    def test_a_yes_with_another_dream_behind_it_is_a_yes_as_well(self, client):
        until(client, "more_questions")
        client.types("ja maar ik wil toch liever kok worden", "affirm")

        assert client.state.values["dream_themes"] == ["hospitality_food"]
        assert client.state.memory.more_questions is None, "with a but it is no clear yes"

        client.types("ja graag, en ik wil toch liever met dieren werken", "affirm")

        assert client.state.values["dream_themes"] == ["green_animals"]
        assert client.state.values["dream"] == "ik wil toch liever met dieren werken"
        assert client.state.memory.more_questions == "yes"

    @pytest.mark.parametrize(
        ("text", "intent", "wants"),
        [
            ("nee ik wil eerst met mijn man praten", "deny", False),
            ("ja ik wil hulp met papieren en computer", "affirm", True),
            ("ja graag ik wil praten over de opleiding van kapper", "affirm", True),
        ],
    )
    def test_what_belongs_to_the_yes_or_no_is_no_other_dream(self, client, text, intent, wants):
        until(client, "wants_appointment")
        client.types(text, intent)

        assert client.state.values["dream_themes"] == ["care"]
        assert client.state.memory.wants_appointment is wants

    def test_a_fact_that_changed_is_kept_at_a_yes_or_no(self, client):
        until(client, "wants_appointment")
        client.state.record("postcode", "9000")
        client.types("ik woon in genk", "inform")

        assert client.state.values["postcode"] == "3600"
        assert "utter_corrected" in client.said()
        assert client.state.memory.wants_appointment is None
        assert client.state.asked == "readback", "the counsellor gets what the client read"

    def test_a_yes_with_a_changed_fact_is_a_yes_as_well(self, client):
        until(client, "wants_appointment")
        client.types("ja en ik woon nu in gent", "affirm")

        assert client.state.values["postcode"] == "9000"
        assert client.state.memory.wants_appointment is True

    @pytest.mark.parametrize(
        "text",
        [
            "moet ik ja zeggen",
            "wat gebeurt er als ik ja zeg",
            "wat als ik nee zeg",
            "is dat verplicht",
        ],
    )
    def test_a_question_about_a_yes_or_no_is_neither(self, client, text):
        until(client, "consent")
        client.types(text, "skip" if "verplicht" in text else "affirm")

        assert "utter_explain_consent" in client.said()
        assert client.state.asked == "consent"
        assert client.state.open("consent")

    def test_why_not_is_a_yes(self, client):
        until(client, "more_questions")
        client.types("waarom niet", "affirm")

        assert client.state.memory.more_questions == "yes"

    def test_a_question_at_the_read_back_sends_nothing(self, client):
        until(client, "readback")
        client.types("mag mijn dokter dat weten", "affirm", 0.5)

        assert client.state.memory.readback_done is False
        assert client.state.asked == "readback"

    @pytest.mark.parametrize(
        ("text", "intent", "theme"),
        [
            ("nee serieus iets met auto's", "deny", "engineering"),
            ("kapper", "inform", "hair_beauty"),
        ],
    )
    def test_a_dream_at_consent_is_kept_and_consent_asked_again(self, client, text, intent, theme):
        until(client, "consent")
        client.types(text, intent)

        assert client.state.values["dream_themes"] == [theme]
        assert client.state.asked == "consent"

    def test_what_somebody_likes_best_may_be_typed(self, client):
        until(client, "dream")
        client.taps("/dont_know")
        client.types("iets met mn handen", "share_dream")

        assert client.said() == ["utter_question_dream_hands"]

    def test_a_dream_without_a_theme_goes_on_where_it_points(self, client):
        until(client, "dream")
        client.types("iets met mn handen", "share_dream")

        assert client.said() == ["utter_dream_kept", "utter_question_dream_hands"]

    def test_who_does_not_know_about_consent_hears_that_nothing_is_kept(self, client):
        until(client, "consent")
        client.types("weet ik niet", "dont_know")

        assert client.state.values["consent"] is False
        assert client.said()[0] == "utter_consent_refused"

        client.types("wacht, je mag het wel bewaren", "correct_answer")
        assert client.state.values["consent"] is True

    def test_another_dream_at_a_question_with_choices_is_no_answer(self, client):
        until(client, "dutch_level")
        client.types("ik wil elektricien worden niet bakker", "share_dream")

        assert client.state.values["dream_themes"] == ["engineering"]
        assert client.state.asked == "dutch_level"

        client.types("ik wil beter nederlands praten", "share_dream")
        assert client.state.values["dream_themes"] == ["engineering"]

    def test_an_answer_that_was_given_already_is_taken_in_other_words(self, client):
        until(client, "postcode")
        client.types("ieper da zei ik toch", "correct_answer")

        assert client.state.values["postcode"] == "8900"

    def test_a_move_is_heard(self, client):
        until(client, "situation")
        client.types("ik woon niet meer in leuven ben verhuisd naar tienen", "inform")

        assert client.state.values["postcode"] == "3300"

    def test_nothing_to_change_after_all(self, client):
        until(client, "situation")
        client.types("er klopt iets niet", "correct_answer")
        client.types("nee laat maar", "deny")

        assert client.state.asked == "situation"

    def test_good_dutch_at_another_question_is_no_barrier(self, client):
        until(client, "situation")
        client.types("heel goed nederlands", "inform")
        assert not client.state.values.get("barriers")

        client.types("nederlands is moeilijk", "inform")
        assert client.state.values["barriers"] == ["language"]

    def test_digits_behind_a_phone_number_are_no_age(self, client):
        until(client, "wants_appointment")
        client.state.asked, client.state.form = "phone", "booking_form"
        client.types("nul vier zeven een 23 45 67 nee wacht 89", "inform")

        assert "age_band" not in client.state.values or client.state.values["age_band"] == "35_44"

    def test_what_stands_behind_a_yes_or_no_is_kept(self, client):
        until(client, "wants_appointment")
        client.types("ja mijn nummer is 0470 11 22 33", "affirm")

        assert client.state.memory.wants_appointment is True
        assert client.state.values["phone"] == "+32470112233"

    def test_no_time_for_questions_is_no_barrier(self, client):
        until(client, "more_questions")
        client.types("nee geen tijd nu", "deny")

        assert client.state.memory.more_questions == "no"
        assert not client.state.values.get("barriers")

    def test_a_fact_that_changed_is_kept_at_a_question_with_choices(self, client):
        until(client, "situation")
        client.state.record("postcode", "9000")
        client.types("ik woon nu in genk", "inform")

        assert client.state.values["postcode"] == "3600"
        assert client.state.asked == "situation"

    def test_a_correction_of_nothing_in_particular_offers_the_answers(self, client):
        until(client, "situation")
        client.types("er klopt iets niet", "correct_answer")
        assert client.state.asked == "correct_field"
        client.taps(tap("correct_field", "dutch_level"))

        assert client.state.asked == "dutch_level"

    def test_a_changed_answer_takes_back_what_hung_on_it(self, client):
        until(client, "education_level")
        client.taps(tap("education_level", "higher"))
        client.taps(tap("diploma_origin", "abroad"))
        client.taps(tap("education_level", "primary"))

        assert "diploma_origin" not in client.state.values

    def test_back_asks_the_previous_question(self, client):
        until(client, "postcode")
        client.types("terug", "out_of_scope")

        assert client.state.asked == "education_level"
        assert "education_level" not in client.state.values

    def test_the_read_back_can_be_corrected(self, client):
        until(client, "readback")
        client.taps(tap("readback", "no"))
        client.taps(tap("correct_field", "age_band"))
        client.taps(tap("age_band", "18_25"))

        assert client.state.asked == "readback"
        assert "18-25" in client.reply.says[0].params["lines"]

    def test_stop_and_come_back_goes_on_where_it_was(self, client):
        until(client, "postcode")
        client.types("stop maar", "stop")
        assert client.state.form is None
        assert client.reply.over
        client.types("verder", "resume")

        assert client.state.asked == "postcode"

    def test_restart_asks_first(self, client):
        until(client, "postcode")
        client.types("opnieuw", "restart")
        assert client.said() == ["utter_confirm_restart"]
        client.types("nee", "deny")
        assert client.state.asked == "postcode"
        client.types("opnieuw", "restart")
        client.types("ja", "affirm")

        assert client.state.asked == "dream"
        assert client.state.values == {"consent": True}

    def test_a_guess_at_a_yes_deletes_nothing(self, client):
        until(client, "dutch_level")
        before = dict(client.state.values)
        client.types("wis alles", "delete_my_data")

        client.types("test", "affirm", 0.25)

        assert client.state.values == before

    def test_delete_my_data_asks_first_then_forgets(self, client):
        until(client, "situation")
        client.types("wis alles", "delete_my_data")
        client.types("ja", "affirm")

        assert client.reply.forget
        assert client.state.form is None
        assert client.state.values == {}, "the consent is gone as well"

    def test_an_answer_after_stopping_takes_the_intake_up_again(self, client):
        until(client, "dutch_level")
        client.types("klaar voor vandaag", "stop")
        client.types("een eenvoudig gesprek lukt")

        assert client.state.values["dutch_level"] == "a2"
        assert client.state.asked == "education_level"

    def test_klaar_ends_a_list_not_the_conversation(self, client):
        until(client, "schedule")
        client.taps(tap("schedule", "evening"))
        client.types("klaar", "stop", 0.44)

        assert client.state.values["schedule"] == ["evening"]
        assert client.state.asked == "strengths"


class TestFirstContact:
    def test_a_question_gets_its_answer_not_an_intake(self, client):
        client.types("hoeveel kost nt2?", "ask_cost")

        assert client.said() == ["utter_ask_cost", "utter_what_next"]
        assert client.state.form is None

    def test_a_dream_starts_the_intake_and_is_kept(self, client):
        client.types("ik wil kapper worden", "share_dream")
        assert client.state.asked == "consent"
        client.taps(tap("consent", "yes"))

        assert client.state.asked == "dutch_level"
        assert client.state.values["dream_themes"] == ["hair_beauty"]

    def test_asking_for_an_appointment_that_is_not_there_offers_one(self, client):
        client.types("wanneer is mijn afspraak", "ask_my_appointment")

        assert client.said() == ["utter_no_appointment"]
        assert "/book_appointment" in client.buttons()

    def test_an_appointment_is_booked_at_once(self, client):
        client.types("ik wil een afspraak", "book_appointment")

        assert client.state.form == BOOKING
        assert client.state.asked == "contact_consent"


class TestBooking:
    @pytest.fixture(autouse=True)
    def counsellor(self, database, make_counsellor):
        hours = [(day, 9 * 60, 17 * 60) for day in range(5)]
        make_counsellor("An", "genk", hours=hours)

    def booked(self, client: Client) -> Client:
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("Fatima El Amrani", "inform")
        client.types("0470 11 22 33", "inform")
        client.taps("/skip")
        return client

    def test_from_advice_to_a_booked_appointment(self, client):
        self.booked(client)

        assert "utter_booked" in client.said()
        booked = next(said for said in client.reply.says if said.custom)
        assert booked.custom["appointment"]["counsellor"] == "An"
        made = appointments.booking_of(client.sender_id, now=NOW)
        assert made is not None
        assert made.starts_at > NOW + dtm.timedelta(hours=23)
        assert intake.open_record(client.sender_id).name == "Fatima El Amrani"
        assert client.state.form is None

    def test_an_email_instead_of_a_phone_number_is_enough(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("Ali", "inform")
        client.types("ali@example.com", "inform")

        assert client.state.values["email"] == "ali@example.com"
        assert client.state.asked == "referral_source"

    def test_a_slot_just_taken_gives_other_times(self, client):
        until(client, "appointment_time")
        payload = client.buttons()[0]
        client.taps(payload)
        chosen = client.state.memory.chosen
        appointments.book_for_client(  # the desk overrules what is kept for a client
            counsellor_id=chosen["counsellor_id"],
            starts_at=dtm.datetime.fromisoformat(chosen["starts_at"]),
            name="B",
            by=chosen["counsellor_id"],
            now=NOW,
        )
        client.types("Fatima", "inform")
        client.types("0470 11 22 33", "inform")
        client.taps("/skip")

        assert client.said()[1:] == ["utter_slot_taken", "utter_question_appointment_time"]
        assert payload not in client.buttons()
        client.taps(client.buttons()[0])
        assert "utter_booked" in client.said()

    def test_a_typed_day_gives_times_on_that_day(self, client):
        until(client, "appointment_time")
        client.types("woensdag voormiddag")

        offered = client.state.memory.offered
        assert len(offered) == 3
        assert all(slot["starts_at"].startswith("2026-11-25") for slot in offered)

    def test_a_typed_hour_that_is_free_is_taken(self, client):
        until(client, "appointment_time")
        client.types("woensdag om 10 uur")
        if client.state.asked == "appointment_time":  # 10:00 is not on the grid of proposals
            assert client.said()[0] == "utter_time_not_free"
        else:
            assert client.state.asked == "name"

    def test_without_consent_it_first_asks_leave_for_the_contact_data(self, client):
        client.types("dag", "greet")
        client.taps(tap("consent", "no"))
        client.types("ik wil een afspraak", "book_appointment")
        assert client.state.asked == "contact_consent"
        client.taps(tap("contact_consent", "no"))

        assert client.said() == ["utter_no_contact_consent"]
        assert client.state.form is None

    def test_not_knowing_is_no_leave_for_the_contact_data(self, client):
        client.types("ik wil een afspraak", "book_appointment")
        client.types("weet ik niet", "dont_know")

        assert client.said() == ["utter_no_contact_consent"]
        client.taps("/book_appointment")
        assert client.state.asked == "contact_consent"

    def test_the_answers_are_read_back_before_an_appointment(self, client):
        until(client, "more_questions")
        client.taps(tap("more_questions", "no"))
        client.taps(tap("wants_appointment", "yes"))

        assert client.state.asked == "readback"

    def test_a_bare_hour_takes_the_proposal_at_that_hour(self, client):
        until(client, "appointment_time")
        client.types("dinsdag")
        third = client.state.memory.offered[2]
        hour = dtm.datetime.fromisoformat(third["starts_at"]).astimezone(BRUSSELS)
        client.types(f"{hour:%H:%M}")

        assert client.state.memory.chosen == third
        assert client.state.asked == "name"

    def test_a_correction_after_booking_offers_no_new_times(self, client):
        self.booked(client)
        client.types("nee mijn postcode is 9000", "correct_answer")

        assert "utter_question_appointment_time" not in client.said()
        assert client.state.values["leerwinkel"] == "genk", "where the appointment is"

    def test_a_name_in_another_script_is_a_name(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("محمد العلي", "other_language", 1.0, language="ar")

        assert client.state.values["name"] == "محمد العلي"

    def test_a_name_that_looks_like_a_greeting_is_a_name(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("Joy", "greet", 0.82)

        assert client.state.values["name"] == "Joy"

    def test_a_request_at_the_name_is_no_name(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("leg uit", "ask_explain", 0.9)

        assert client.state.open("name")

    def test_name_and_number_in_one_sentence(self, client):
        until(client, "appointment_time")
        client.taps(client.buttons()[0])
        client.types("ik heet Maria en mijn nummer is 0499 11 22 33", "inform")

        assert client.state.values["name"] == "Maria"
        assert client.state.values["phone"] == "+32499112233"

    def test_with_leave_for_contact_data_only_no_intake_is_stored(self, client):
        client.types("dag", "greet")
        client.taps(tap("consent", "no"))
        client.types("ik wil een afspraak", "book_appointment")
        client.taps(tap("contact_consent", "yes"))
        client.types("3600")
        client.taps(client.buttons()[0])
        client.types("Ali", "inform")
        client.types("0470 11 22 33", "inform")
        client.taps("/skip")

        assert "utter_booked" in client.said()
        assert intake.open_record(client.sender_id) is None

    def test_the_appointment_can_be_asked_moved_and_cancelled(self, client):
        self.booked(client)
        first = appointments.booking_of(client.sender_id, now=NOW)
        client.types("wanneer is mijn afspraak", "ask_my_appointment")
        assert client.said()[0] == "utter_appointment_is"
        client.types("kan het op een andere dag", "change_appointment")
        assert client.state.asked == "appointment_time"
        client.taps(client.buttons()[2])
        assert client.said()[0] == "utter_moved"
        moved = appointments.booking_of(client.sender_id, now=NOW)
        assert moved.id == first.id
        assert moved.starts_at != first.starts_at
        client.types("ik kan niet komen", "cancel_appointment")
        client.types("ja", "affirm")
        assert client.said()[0] == "utter_cancelled"
        assert appointments.booking_of(client.sender_id, now=NOW) is None

    def test_dropping_a_booking_goes_back_to_the_intake(self, client):
        until(client, "appointment_time")
        client.types("laat maar, ik wil geen afspraak", "cancel_appointment")

        assert client.said()[0] == "utter_booking_dropped"
        assert client.state.form is None


def test_without_free_slots_the_contact_is_given(client):
    until(client, "wants_appointment")
    client.taps(tap("wants_appointment", "yes"))

    assert client.said()[-1] == "utter_no_slots"
    assert "leerwinkel@genk.be" in client.reply.says[-1].params["contact"]


def test_every_intent_has_an_answer_in_and_outside_the_forms():
    from bot import contract
    from bot.conversation.topics import HANDLERS

    assert set(HANDLERS) == set(contract.intents())
    for intent in contract.intents():
        outside = Client()
        outside.types("iets", intent, language="fr")
        assert outside.said(), intent
        inside = until(Client(), "education_level")
        inside.types("iets", intent, language="fr")
        assert inside.said(), intent
        assert all(name in RESPONSES for name in (*outside.said(), *inside.said()))
        assert inside.state.form in (None, INTAKE, BOOKING)


class TestMoreHelp:
    """Not ten measures in a row: the first few, then on request the rest."""

    @pytest.fixture
    def advised(self, client: Client) -> Client:
        until(client, "barriers")
        for barrier in ("childcare", "finance", "mobility", "digital"):
            client.taps(tap("barriers", barrier))
        client.taps(tap("barriers", "done"))
        return until(client, "wants_appointment")

    def test_a_few_come_at_once_and_the_rest_is_named(self, advised):
        (shown,) = [said for said in advised.reply.says if said.response == "utter_support"]

        assert len(advised.state.shown["support"]) == 3
        assert shown.params["lines"].count("\u2022") == 3
        assert shown.params["lines"].splitlines()[-1].startswith("Ik weet ook hulp voor: ")
        assert "de computer" in shown.params["lines"]
        assert tap("more_help", "yes") in advised.buttons()

    @pytest.mark.parametrize("way", ["button", "Meer hulp"])
    def test_the_rest_comes_on_request_and_then_the_question_again(self, advised, way):
        due = [*advised.state.shown["support"], *advised.state.shown["support_left"]]
        times = 0
        while tap("more_help", "yes") in advised.buttons():
            advised.taps(tap("more_help", "yes")) if way == "button" else advised.types(way)
            assert advised.said()[0] == "utter_support"
            assert advised.state.asked == "wants_appointment"
            times += 1

        assert times >= 1
        assert advised.state.shown["support"] == due
        assert "support_left" not in advised.state.shown

    def test_a_button_of_before_says_that_it_was_all(self, advised):
        while tap("more_help", "yes") in advised.buttons():
            advised.taps(tap("more_help", "yes"))
        advised.taps(tap("more_help", "yes"))

        assert advised.said()[0] == "utter_no_more_help"

    def test_after_the_conversation_the_rest_is_still_there(self, advised):
        advised.taps(tap("wants_appointment", "no"))
        advised.types("bedankt", "thank")

        assert advised.state.form is None
        assert tap("more_help", "yes") in advised.buttons()


class TestAfterAJoke:
    """A joke as the dream, then a real one."""

    @pytest.mark.parametrize("joke", ["astronaut lol", "rijk worden"])
    @pytest.mark.parametrize("intent", ["share_dream", "inform", "nlu_fallback"])
    def test_the_real_dream_takes_its_place_at_the_next_question(self, client, joke, intent):
        until(client, "dream").types(joke, "share_dream")
        assert client.state.asked == "dream_themes"
        client.types("auto's herstellen", intent, 0.7)

        assert client.state.values["dream"] == "auto's herstellen"
        assert client.state.values["dream_themes"] == ["engineering"]

    @pytest.mark.parametrize("asked", ["education_level", "more_questions", "readback"])
    @pytest.mark.parametrize("intent", ["share_dream", "inform"])
    def test_and_at_any_later_question_with_new_ideas(self, client, asked, intent):
        until(client, "dream").types("astronaut lol", "share_dream")
        client.taps("/skip")
        until(client, asked).types("auto's herstellen", intent, 0.7)

        assert client.state.values["dream"] == "auto's herstellen"
        assert client.state.values["dream_themes"] == ["engineering"]
        if asked == "more_questions":
            assert "utter_courses" in client.said()

    def test_a_chosen_picture_leaves_the_words(self, client):
        until(client, "dream").types("gelukkig zijn", "share_dream")
        client.taps(tap("dream_themes", "care"))

        assert client.state.values["dream"] == "gelukkig zijn"


class TestShowNow:
    """ "laat nu zien" is no goodbye: somebody wants to see ideas."""

    @pytest.mark.parametrize(
        "text", ["laat nu zien", "toon het nu", "laat maar zien", "laat ma zien wa je hebt"]
    )
    def test_the_ideas_come_and_then_the_question_again(self, client, text):
        until(client, "education_level")
        client.types(text, "stop", 0.95)

        assert client.said()[:2] == ["utter_first_ideas", "utter_courses"]
        assert client.state.asked == "education_level"

    def test_better_ideas_come_when_the_rest_is_known(self, client):
        until(client, "education_level").types("laat nu zien", "stop", 0.95)
        until(client, "more_questions")

        assert "utter_courses" in client.said()

    def test_without_a_dream_it_is_asked_for(self, client):
        until(client, "dream")
        client.types("toon maar", "stop", 0.95)

        assert client.said()[0] == "utter_first_your_dream"
        assert client.state.asked == "dream"

    @pytest.mark.parametrize("text", ["laat maar", "laat maar zitten", "stop nu"])
    def test_who_stops_stops(self, client, text):
        until(client, "education_level")
        client.types(text, "stop", 0.95)

        assert client.state.form is None

    def test_the_own_answers_are_something_else(self, client):
        until(client, "education_level")
        client.types("toon mijn antwoorden", "show_my_data", 0.9)

        assert client.said()[0] == "utter_show_my_data"


class TestTheDoor:
    @pytest.mark.parametrize(
        ("text", "intent"),
        [
            ("weet ik niet", "dont_know"),
            ("kinderen", "inform"),
            ("ja", "affirm"),
            ("euh", "nlu_fallback"),
        ],
    )
    def test_a_few_words_start_the_intake(self, client, text, intent):
        client.types(text, intent)

        assert client.said()[0] == "utter_welcome_short"
        assert client.state.asked == "consent"

    def test_a_dream_of_one_word_is_kept(self, client):
        client.types("kinderen", "inform")

        assert client.state.values["dream_themes"] == ["childcare"]

    @pytest.mark.parametrize("yes", ["ja", "ok", "ja hoor"])
    def test_a_typed_yes_takes_the_offer_that_has_a_button(self, client, yes):
        client.types("hoeveel kost nt2", "ask_cost")
        client.types(yes, "affirm")

        assert client.state.form == "intake_form"
        assert client.state.asked == "consent"

    def test_who_is_not_understood_twice_is_taken_along(self, client):
        client.types("hoeveel kost nt2", "ask_cost")
        client.types("xx", "nlu_fallback")
        assert client.said() == ["utter_what_can_i_do"]
        client.types("xx", "nlu_fallback")

        assert client.state.asked == "consent"
