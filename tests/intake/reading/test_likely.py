"""The second reader: answers without a word that the rules know."""

import pytest

from bot import intake
from bot.intake.reading import likely
from bot.intake.reading.reading import NOTHING, Reading


def test_it_only_chooses_among_the_options_of_the_rules() -> None:
    # given a text that is surely one code, when the rules were torn between others
    torn = Reading(None, ("neet", "no_income"))
    # then what the rules found stays
    assert likely.most_like("situation", "ik werk in een fabriek in ploegen", torn) == torn
    sure = likely.most_like("situation", "ik werk in een fabriek in ploegen", NOTHING)
    assert sure.value == "working"


@pytest.mark.parametrize("field", likely.taught_fields())
@pytest.mark.parametrize(
    "given_text",
    [
        "hallo",
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
    assert set(before) == set(likely.taught_fields())
