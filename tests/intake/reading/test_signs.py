"""What an answer shows to the readers that learn."""

import numpy as np

from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.signs import BUCKETS, SIZE, Signs, signs, weights


def shown(field: str, text: str, rules: Reading = NOTHING) -> Signs:
    return signs(field, text, rules)


def shared(one: Signs, other: Signs, kind: str) -> set[int]:
    return set(getattr(one, kind).tolist()) & set(getattr(other, kind).tolist())


def test_words_that_the_rules_know_are_alike_when_they_mean_the_same() -> None:
    # given two answers that share no word but "geen" and "moeilijk"
    bus, car = shown("barriers", "geen bus moeilijk"), shown("barriers", "geen auto moeilijk")
    money = shown("barriers", "geen geld moeilijk")
    # then bus and car are more alike than bus and money
    assert len(shared(bus, car, "coded")) > len(shared(bus, money, "coded"))
    assert len(shared(bus, car, "rows")) == len(shared(bus, money, "rows"))


def test_a_denied_word_is_another_sign_than_one_that_is_meant() -> None:
    meant, denied = shown("schedule", "in het weekend"), shown("schedule", "niet in het weekend")

    assert set(meant.coded.tolist()) - set(denied.coded.tolist())


def test_what_the_rules_read_is_a_sign() -> None:
    read = shown("situation", "ik werk", Reading("working"))
    unread = shown("situation", "ik werk")

    assert not shared(read, unread, "rules")


def test_every_kind_has_places_of_its_own() -> None:
    found = shown("dutch_level", "ik lees een brief van school", Reading("b1"))

    for number, places in enumerate((found.letters, found.rows, found.coded)):
        assert len(places)
        assert set((places // BUCKETS).tolist()) == {number}
    assert found.rules.min() >= 3 * BUCKETS
    assert found.rules.max() < SIZE


def test_rare_signs_weigh_more() -> None:
    found = shown("schedule", "woensdag")
    rarities = np.ones(SIZE, dtype=np.float32)
    rarities[found.letters[0]] = 5.0

    letters = dict(zip(*(values.tolist() for values in weights(found, rarities)[0]), strict=True))

    assert max(letters, key=lambda place: letters[place]) == found.letters[0]


def test_an_empty_answer_shows_only_what_the_rules_read() -> None:
    found = shown("barriers", "")

    assert not len(found.rare)
    assert len(found.rules)
