"""Everything ready before the first client."""

from bot import intake
from bot.intake.reading import FIELDS, by_rules
from bot.intake.reading.lexicon import lexicon


def test_after_warming_no_answer_reads_a_word_list_any_more() -> None:
    intake.warm()
    given_read = lexicon.cache_info().misses

    for field in FIELDS:
        by_rules(field, "ik woon in Aalst en wil bakker worden")

    assert lexicon.cache_info().misses == given_read
