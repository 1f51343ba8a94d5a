"""What the intents make of a message weighs in its chance of danger."""

import numpy as np
import pytest

from bot.nlu import danger_model


@pytest.mark.parametrize(
    ("given_odds", "given_crisis", "at_least", "below"),
    [
        (2.0, 0.9, 0.85, 1.0),  # both hear danger
        (1.0, 0.02, 0.0, 0.3),  # words of danger in a message that asks for something else
        (-1.0, 0.7, 0.4, 0.6),  # in between: the bot asks
        (-6.0, 0.0, 0.0, 0.001),
    ],
)
def test_what_else_a_message_may_be_counts(
    given_odds: float, given_crisis: float, at_least: float, below: float
) -> None:
    odds = danger_model.beside_intents(np.array([given_odds]), np.array([given_crisis]))

    chance = danger_model.chance(odds)[0]

    assert at_least <= chance < below
    assert np.isfinite(odds).all()
