"""How alike texts are."""

import numpy as np

from bot.intake import alike


def test_like_vectors_are_most_alike() -> None:
    meanings = alike.centred(np.eye(3, dtype=np.float32), np.zeros(3, dtype=np.float32))

    near = alike.near(meanings, np.array([1, 0, 0], np.float32), np.zeros(3, np.float32))

    assert near[0] == 1
    assert near[0] > near[1] == near[2] > 0


def test_words_that_share_letters_share_places() -> None:
    one, two = (set(alike.letter_groups(word, 4096)) for word in ("kapper", "kapster"))

    assert one & two
    assert one != two
    assert max(one | two) < 4096


def test_what_every_text_has_weighs_nothing() -> None:
    rarities = alike.rarity([[0, 1], [0, 2]], 3)

    assert rarities[0] < rarities[1] == rarities[2]
    weights = alike.weighed(np.array([0, 1]), rarities)
    assert np.linalg.norm(weights) == np.float32(1)


def test_a_text_without_groups_weighs_nothing() -> None:
    assert alike.weighed(np.array([], dtype=np.intp), np.ones(3, np.float32)).size == 0
