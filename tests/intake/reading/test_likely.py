"""The second reader: what answers like this one mean."""

import pytest

from bot import intake
from bot.intake.reading import by_rules, likely
from bot.intake.reading.reading import NOTHING, Reading

UNKNOWN_TO_RULES = (
    ("barriers", "12 uur per dag in de frituur en dan nog thuis", ["time"]),
    ("schedule", "als de kleine slaapt", ["evening"]),
)
QUITE_SURE = {"working": 0.9, "neet": -0.8, "nothing": -0.9}
IN_BETWEEN = {"working": 0.1, "neet": 0.05, "nothing": -0.9}


@pytest.mark.parametrize(("field", "text", "expected"), UNKNOWN_TO_RULES)
def test_it_reads_what_no_rule_knows(field: str, text: str, expected: object) -> None:
    # given an answer without a word that the rules know
    assert by_rules(field, text).value is None
    # then what similar answers meant is read
    assert intake.read(field, text).value == expected


def test_where_both_say_the_same_the_rules_stand() -> None:
    rules = Reading("working")

    assert likely.together("situation", QUITE_SURE, rules) == rules


def test_a_clear_second_reader_wins_from_the_rules() -> None:
    assert likely.together("situation", QUITE_SURE, Reading("neet")) == Reading("working")


def test_without_a_clear_winner_the_client_is_asked_which() -> None:
    found = likely.together("situation", IN_BETWEEN, Reading("neet"))

    assert found.value is None
    assert set(found.options) == {"working", "neet"}


def test_a_yes_or_no_is_read_by_both_as_a_code() -> None:
    assert likely.in_codes(Reading(True)) == Reading("yes")
    assert likely.in_codes(Reading(False)) == Reading("no")
    assert likely.in_codes(NOTHING) == NOTHING


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ja maar schrijf mijn naam er niet bij", True),
        ("van mij mag je dat opschrijven", True),
        ("liever niet, dat blijft onder ons", False),
        ("wat gebeurt er daarna met wat ik zeg", None),
    ],
)
def test_consent_is_a_yes_a_no_or_nothing(given: str, expected: bool | None) -> None:
    assert intake.read("consent", given).value is expected


def test_a_list_is_asked_about_when_one_of_its_codes_is_in_doubt() -> None:
    scores = {"finance": 0.9, "mobility": 0.05, "health": -0.9, "nothing": -0.8, "none": -1.0}

    found = likely.together("barriers", scores, Reading(["finance", "mobility"]))

    assert found == Reading(None, ("finance", "mobility"))


def test_a_code_counts_sooner_when_the_rules_tell_nothing() -> None:
    scores = {"finance": -0.1, "mobility": -0.9, "health": -0.9, "nothing": -0.8, "none": -1.0}

    assert likely.together("barriers", scores, NOTHING) == Reading(["finance"])


def test_a_denial_that_only_the_rules_hear_is_asked_about() -> None:
    # given "mijn ogen zijn niet goed", which the rules take for "nothing in the way"
    scores = {"health": -0.3, "language": -0.35, "time": -0.9, "nothing": -0.9, "none": -0.2}

    found = likely.together("barriers", scores, Reading([]))

    assert found == Reading(None, ("health", "language"))


@pytest.mark.parametrize("field", likely.TAUGHT)
def test_a_single_word_is_left_to_the_rules(field: str) -> None:
    assert intake.read(field, "kwibus") == NOTHING


def test_what_is_about_something_else_gives_no_choice() -> None:
    # given an answer of which the rules tell nothing and the second reader thinks the same
    scores = {"day": -0.9, "evening": -0.45, "weekend": -0.5, "nothing": 0.6}
    # then the client is not asked to choose between what merely may be
    assert likely.together("schedule", scores, NOTHING) == NOTHING


def test_the_next_likely_code_is_offered_beside_the_only_doubted_one() -> None:
    scores = {"finance": 0.1, "mobility": -0.6, "health": -0.9, "nothing": -0.8, "none": -1.0}

    found = likely.together("barriers", scores, Reading(final=True))

    assert found == Reading(None, ("finance", "mobility"))


def test_a_list_may_be_said_to_be_empty() -> None:
    scores = {"finance": -0.9, "health": -0.9, "nothing": -0.6, "none": 0.7}

    assert likely.together("barriers", scores, NOTHING) == Reading([])


def test_a_list_keeps_the_order_in_which_things_were_said() -> None:
    scores = {"finance": 0.9, "mobility": 0.9, "nothing": -0.8, "none": -1.0}

    found = likely.together("barriers", scores, Reading(["mobility", "finance"]))

    assert found.value == ["mobility", "finance"]


@pytest.mark.parametrize("field", likely.TAUGHT)
@pytest.mark.parametrize(
    "given_text",
    [
        "goeiedag",
        "...",
        "😀😀",
        "wat is de leerwinkel eigenlijk?",
        "het regent pijpenstelen buiten",
        "mijn kat is weg",
    ],
)
def test_what_is_no_answer_stays_unread(field: str, given_text: str) -> None:
    assert intake.read(field, given_text).value is None


def test_what_was_learned_is_kept_and_read_back() -> None:
    likely.warm()

    before = likely._before()

    assert before is not None
    assert set(before) == set(likely.TAUGHT)
