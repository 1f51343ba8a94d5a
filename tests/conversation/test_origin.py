"""What the site or the link tells of a client, and how it gives way to what the client says."""

from bot.conversation import known_origin
from tests.conversation.talking import Client, tap, until

GENK = {"leerwinkel": "genk"}


def given_client(**origin: str) -> Client:
    client = Client()
    client.types("dag", "greet", origin=origin)
    return client


def test_only_codes_of_the_contract_are_taken() -> None:
    given = {"leerwinkel": "genk", "referral_source": "nobody", "channel": "telegram", "x": 1}

    assert known_origin(given) == GENK
    assert known_origin({"leerwinkel": None, "referral_source": ["vdab"]}) == {}


def test_a_link_fills_in_the_leerwinkel_and_the_referrer() -> None:
    client = given_client(leerwinkel="genk", referral_source="vdab")

    assert client.state.values["leerwinkel"] == "genk"
    assert client.state.values["referral_source"] == "vdab"
    assert client.state.status["leerwinkel"] == "derived"


def test_the_postcode_says_better_where_somebody_belongs(database: None) -> None:
    client = until(given_client(**GENK), "postcode")
    client.types("9000 Gent", origin=GENK)

    assert client.state.values["leerwinkel"] == "gent"
    client.types("dag", "greet", origin=GENK)
    assert client.state.values["leerwinkel"] == "gent"


def test_what_the_client_says_about_the_referrer_stays() -> None:
    client = Client()
    client.taps(tap("referral_source", "ocmw"))
    client.types("dag", "greet", origin={"referral_source": "gigos"})

    assert client.state.values["referral_source"] == "ocmw"


def test_a_later_link_replaces_an_earlier_one() -> None:
    client = given_client(**GENK)
    client.types("dag", "greet", origin={"leerwinkel": "leuven"})

    assert client.state.values["leerwinkel"] == "leuven"


def test_a_link_alone_is_nothing_to_restart_or_correct() -> None:
    client = given_client(leerwinkel="genk", referral_source="vdab")
    client.types("dat klopt niet", "correct_answer")
    assert "utter_nothing_to_correct" in client.said()
    client.types("ik wil opnieuw beginnen", "restart")

    assert "utter_confirm_restart" not in client.said()


def test_a_restart_keeps_the_link_and_a_removal_does_not() -> None:
    client = given_client(**GENK)
    client.taps(tap("consent", "yes"))
    client.types("opnieuw", "restart")
    client.types("ja", "affirm")
    assert client.state.values["leerwinkel"] == "genk"
    client.types("wis alles", "delete_my_data")
    client.types("ja", "affirm")

    assert "leerwinkel" not in client.state.values
