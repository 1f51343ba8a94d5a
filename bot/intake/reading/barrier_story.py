"""What a story tells later about a barrier that it named before: solved, past, somebody else's."""

import re
from collections.abc import Sequence

from bot.intake.reading.clauses import about_others
from bot.intake.reading.lexicon import is_break, vocabulary, word_set

_BESIDES = word_set("barriers", "besides")
_HIMSELF = frozenset(("health", "language", "digital", "confidence", "foreign_diploma"))
"""What is in the way of the husband or the child, and not of the client."""
_OUTSIDERS = word_set("words", "outsiders")
"""Whose car and money are not the client's."""
_MONEY_AND_CAR = frozenset(("finance", "mobility", "time"))
_CARED_FOR = re.compile(r"\bmet (?:hem|haar|hen)$|\bhij\b|\bzij\b(?! ook)")
_PAST = re.compile(
    r"\b(?:vroeger|toen|destijds|vorig jaar|jaren geleden|ik had|had ik|hadden we|we hadden|"
    r"ik moest|moest ik|ik was|ben .*\bgeweest|heb .*\bgehad)\b"
)
_NOW = re.compile(r"^(?:en |ma )?(?:nu|sinds|ondertussen|intussen|tegenwoordig|vandaag)\b")
_STILL = frozenset(
    ("geen", "niet", "nog", "moeilijk", "zwaar", "erger", "slechter", "minder", "weer", "opnieuw")
)
_SOLVED = tuple(re.compile(pattern) for pattern in vocabulary("barriers")["solved"])
_RIDE = re.compile(
    r"\b(?:heb|hebben|met) (?:ik |we )?(?:\w+ )?(?:auto|fiets|brommer|step|moto|scooter|chauffeur)\b"
)
_MINE_NOT = re.compile(
    r"^(?:bij mij|voor mij|ik|wij|we|mij)(?: zelf)?(?: \w+)? (?:niet|wel|gaat .*|is .* ok)$"
)


def settled(clause: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a clause says that what the clause before it named is in the way no more.

    Args:
        clause: The clause, in which nothing (yet) is a barrier.
        before: The clause before it.
    """
    said = " ".join(w for w in clause if w not in _BESIDES and not is_break(w)).strip()
    if any(pattern.search(said) for pattern in _SOLVED):
        return True
    if _NOW.search(said) and _PAST.search(" ".join(before)):
        return not any(w in _STILL for w in clause)
    told = " ".join(w for w in clause if not is_break(w))
    return about_others(before) and bool(_MINE_NOT.search(told))


def has_a_ride(clause: Sequence[str]) -> bool:
    """ "ik heb een auto", "met de fiets gaat het": said of a clause in which nothing is lacking."""
    return bool(_RIDE.search(" ".join(clause)))


def of_somebody_else(code: str, clause: Sequence[str]) -> bool:
    """ "mijn man spreekt geen nederlands", "mijn zus had schulden": not the client's barrier."""
    if not about_others(clause):
        return code == "health" and bool(_CARED_FOR.search(" ".join(clause).strip(" ,.")))
    stranger = any(w in _OUTSIDERS for w in clause[:3])
    return code in _HIMSELF or (stranger and code in _MONEY_AND_CAR)
