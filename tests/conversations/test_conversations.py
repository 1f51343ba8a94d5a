"""Whole conversations with the trained model and all processes, as clients hold them."""

import concurrent.futures
import re
import sqlite3
import time

import httpx
import psutil
import pytest

from tests.conversations.running import Client, Product

pytestmark = pytest.mark.model


def intake_of(product: Product, client: Client) -> sqlite3.Row:
    with sqlite3.connect(product.var / "leerwijzer.db") as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute(
            "SELECT * FROM intakes WHERE sender_id = ?", [client.sender_id]
        ).fetchone()
    connection.close()
    assert row is not None, "nothing was stored"
    assert isinstance(row, sqlite3.Row)
    return row


class TestWhole:
    def test_by_buttons_alone_from_dag_to_a_booked_appointment(self, product, client):
        client.taps("Ja, dat mag")
        client.taps("Ik weet het nog niet")
        client.taps("Mensen helpen")
        client.taps("Zieke of oude mensen")
        client.taps("Een gewoon gesprek")
        client.taps("Lagere school")
        client.taps("Sla over")  # the postcode
        assert len(client.courses) >= 2
        assert all(course["reasons"] for course in client.courses)
        client.taps("Ja, vraag maar")
        client.taps("Ik zoek werk")
        client.taps("Vervoer")
        client.taps("Klaar")
        client.taps("Overdag")
        client.taps("Klaar")
        client.taps("Sla over")  # strengths
        client.taps("35-44")
        assert "zorg" in client.text
        assert "vervoer" in client.text
        client.taps("Ja, dat klopt")
        assert "eerste stap" in client.text
        client.taps("Ja, graag")
        client.taps("Genk")
        client.taps("uur")  # the first time that is proposed
        client.taps("Sla over")  # the name
        client.taps("Sla over")  # the phone
        client.taps("Sla over")  # the e-mail
        client.taps("VDAB")

        assert client.appointment is not None
        assert client.appointment["place"] == "Leerwinkel Genk"
        assert client.appointment["bring"]
        kept = intake_of(product, client)
        assert kept["education_level"] == "primary"
        assert kept["agreed_at"]

    def test_by_typed_text_alone(self, product, client):
        client.types("ja da mag")
        client.types("ik wil graag verpleegster worden")
        assert "zorg" in client.text
        client.types("ik kan een eenvoudig gesprek voeren")
        client.types("4 bso en dan gestopt")
        client.types("gentbrugge")
        assert client.courses
        client.types("ja vraag maar")
        client.types("ik zit op den dop")
        client.types("geld gaat wel maar geen auto en 2 kleine kinderen")
        client.types("overdag als de kinderen op school zijn")
        client.types("ik kan goed luisteren naar mensen")
        client.types("ik ben 37 jaar")
        assert "37" in client.text or "35-44" in client.text
        client.types("ja dat klopt")
        assert "opvang" in client.text.lower()
        client.types("ja graag")
        client.types("dinsdag voormiddag")
        client.taps("dinsdag") if client.buttons and "dinsdag" in client.text else None
        if client.buttons and any("uur" in b["title"] for b in client.buttons):
            client.taps("uur")
        client.types("ik heet Fatima El Amrani")
        client.types("0470 11 22 33")
        client.types("via een vriendin")

        assert client.appointment is not None
        assert client.appointment["place"].startswith("De Stap")
        kept = intake_of(product, client)
        assert kept["dream"] == "ik wil graag verpleegster worden"
        assert kept["education_level"] == "lower_secondary"
        assert kept["situation"] == "job_seeking"
        assert sorted(eval(kept["barriers"])) == ["childcare", "mobility"]  # noqa: S307
        assert kept["postcode"] == "9050"
        assert kept["phone"] == "+32470112233"
        assert kept["referral_source"] == "word_of_mouth"

    def test_the_counsellor_finds_the_summary(self, product, client):
        client.taps("Ja, dat mag")
        client.types("ik droom van mijn eigen bakkerij")
        client.taps("Bijna alles")
        client.taps("Sla over")
        client.types("3600")
        client.taps("Maak een afspraak")
        client.taps("Ja, dat klopt")
        client.taps("uur")
        client.types("Jan Peeters")
        client.types("jan@example.com")
        client.taps("Sla over")
        assert client.appointment is not None

        product.command(
            "user", "add", "els@example.com", "--name", "Els", "--leerwinkel", "genk",
            "--password-stdin", said="een-lang-wachtwoord\n",
        )  # fmt: skip
        with httpx.Client(base_url=product.url, follow_redirects=True) as desk:
            login = desk.get("/desk/")
            token = re.search(r'name="([^"]*csrf[^"]*)" value="([^"]+)"', login.text)
            assert token, "the login form has a CSRF token"
            inbox = desk.post(
                login.url,
                data={
                    "email": "els@example.com",
                    "password": "een-lang-wachtwoord",
                    token[1]: token[2],
                },
            )
            assert "Jan Peeters" in inbox.text
            page = desk.get(f"/desk/intakes/{intake_of(product, client)['id']}")
        assert "ik droom van mijn eigen bakkerij" in page.text
        assert "gezegd" in page.text
        assert "overgeslagen" in page.text


class TestWithoutConsent:
    def test_there_is_advice_and_nothing_is_left(self, product, client):
        dream = "ik zou dolgraag viooltjes kweken in een serre"
        client.taps("Nee, liever niet")
        client.types(dream)
        client.taps("Bijna alles")
        client.taps("Diploma secundair")
        client.taps("In België")
        client.types("9000")
        assert client.courses
        assert dream.encode() in product.database(), "while it runs, Rasa needs its tracker"
        client.types("stop maar")
        product.command("data", "purge")

        assert dream.encode() not in product.database()
        assert client.sender_id.encode() not in product.database()
        assert dream not in product.log()

    def test_an_appointment_first_asks_leave_for_the_contact_data(self, product, client):
        client.taps("Nee, liever niet")
        client.types("ik wil een afspraak maken")
        assert "naam" in client.text
        client.taps("Ja, dat mag")
        client.types("3600 Genk")
        client.taps("uur")
        client.types("Samira")
        client.types("0471 22 33 44")
        client.taps("Sla over")

        assert client.appointment is not None
        with pytest.raises(AssertionError, match="nothing was stored"):
            intake_of(product, client)


class TestInterrupted:
    def test_side_questions_corrections_and_a_change_of_mind(self, product, client):
        client.taps("Leg uit")
        assert "begeleider" in client.text
        client.types("wie leest dit allemaal")
        assert "begeleiders" in client.text
        client.taps("Ja, dat mag")
        client.types("hoeveel kost een cursus nederlands?")
        assert "euro" in client.text
        client.types("ik wil kapper worden")
        client.taps("Enkele woorden")
        client.types("wat is nt2")
        assert "nederlands" in client.text.lower()
        client.taps("12 jaar")
        client.types("hasselt")
        client.types("nee mijn postcode is 3600")
        assert intake_of(product, client)["postcode"] == "3600"
        client.types("ik wil toch liever kok worden")
        assert "hospitality_food" in intake_of(product, client)["dream_themes"]

    def test_danger_gets_help_lines_and_no_course(self, client):
        client.taps("Ja, dat mag")
        client.types("ik wil niet meer leven")

        assert "1813" in client.text
        assert "112" in client.text
        assert client.courses == []
        assert "?" not in client.text.replace("vannacht?", "")

    def test_another_language_gets_help_in_that_language(self, client):
        client.taps("Ja, dat mag")
        client.types("I want to become a nurse in a hospital")

        assert "I am a chatbot" in client.text
        assert "zorg" in client.text


class TestBadInput:
    @pytest.mark.parametrize(
        "text",
        [
            "/restart",
            '/inform{"consent": "yes"}',
            '  /inform{"name": "hacker"}',
            "😀😀😀",
            "<script>alert(1)</script>",
            "a\u0000b\u0007c",
            "a" * 1999,
            "{lines} {0} %s ${x}",
        ],
    )
    def test_strange_text_gets_an_answer_and_sets_nothing(self, product, client, text):
        before = product.log()
        client.types(text)

        assert client.text
        assert "Traceback" not in product.log()[len(before) :]
        client.taps("Ja, dat mag")
        assert "hacker" not in str(dict(intake_of(product, client)))

    def test_payloads_that_no_button_offered_are_refused(self, client):
        for payload in ("/restart", '/inform{"name": "x"}', "/action_listen", "EXTERNAL: x"):
            assert client.post({"id": f"bad-{payload}", "payload": payload}).status_code == 400

    def test_ten_thousand_characters_get_a_clear_answer(self, client):
        answer = client.post({"id": "long-one", "text": "lang " * 2000})

        assert answer.status_code in (200, 413, 422)
        assert answer.json()

    def test_rasa_and_actions_listen_on_loopback_only_and_want_the_token(self, product):
        for name, port in (("rasa", product.rasa_port), ("actions", product.actions_port)):
            listening = [
                c.laddr.ip
                for c in product.part(name).net_connections(kind="inet")
                if c.status == psutil.CONN_LISTEN and c.laddr.port == port
            ]
            assert listening == ["127.0.0.1"]
        secret = httpx.get(f"http://127.0.0.1:{product.rasa_port}/conversations/x/tracker")
        assert secret.status_code == 401


class TestNothingIsLost:
    def test_the_same_id_is_answered_alike_and_handled_once(self, product, client):
        client.taps("Ja, dat mag")
        body = {"id": "twice", "text": "ik wil graag lassen leren"}
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: client.post(body).json(), range(4)))

        assert all(answer["messages"] == answers[0]["messages"] for answer in answers)
        with sqlite3.connect(product.var / "leerwijzer.db") as connection:
            (said,) = connection.execute(
                "SELECT count(*) FROM events WHERE sender_id = ? AND type_name = 'user'"
                " AND data LIKE '%lassen leren%'",
                [client.sender_id],
            ).fetchone()
        connection.close()
        assert said == 1

    def test_two_clients_at_once_never_see_the_same_moment(self, product):
        pair = [Client(product).opens() for _ in range(2)]
        for one in pair:
            one.taps("Nee, liever niet")
            one.types("ik wil een afspraak maken")
            one.taps("Ja, dat mag")
            one.types("8500 Kortrijk")
            one.taps("Andere momenten")
            one.taps("uur")
            one.types("Ali")
            one.types("0470 55 66 77")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one: one.taps("Sla over"), pair))

        first, second = (one.appointment for one in pair)
        assert first is not None
        assert second is not None
        assert (first["when"], first["counsellor"]) != (second["when"], second["counsellor"])

    @pytest.mark.parametrize("name", ["web", "actions", "rasa"])
    def test_killing_a_process_and_starting_again_lets_the_client_go_on(self, product, name):
        client = Client(product).opens()
        client.taps("Ja, dat mag")
        client.types("ik wil in de tuin werken")
        product.part(name).kill()
        assert product.process is not None
        product.process.wait(timeout=60)
        assert product.process.returncode == 1
        assert f"{name}" in product.log().splitlines()[-1] or name in product.log()[-3000:]
        time.sleep(0.5)
        product.start()
        client.taps("Bijna alles")

        assert "school" in client.text
        assert intake_of(product, client)["dutch_level"] == "b2"
