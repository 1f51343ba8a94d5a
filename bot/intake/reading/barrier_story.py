"""What a story tells later about a barrier that it named before: solved, past, somebody else's."""

import dataclasses
import re
from collections.abc import Sequence

from bot.intake.reading.barrier_scope import HAVE
from bot.intake.reading.clauses import about_others
from bot.intake.reading.lexicon import Hit, is_break, vocabulary, word_set

_BESIDES = word_set("barriers", "besides")
_HIMSELF = frozenset(("health", "language", "digital", "confidence", "foreign_diploma"))
"""What is in the way of the husband or the child, and not of the client."""
_OUTSIDERS = word_set("words", "outsiders")
"""Whose car and money are not the client's."""
_MONEY_AND_CAR = frozenset(("finance", "mobility", "time"))
_CARED_FOR = re.compile(r"\bmet (?:hem|haar|hen)$|\bhij\b|\bzij\b(?! ook)")
_PAST = re.compile(
    r"\b(?:vroeger|toen|destijds|vorig jaar|jaren geleden|ik had|had ik|hadden we|we hadden|"
    r"in mijn (?:jonge|jeugd)\w*(?: jaren)?|was er|waren er|"
    r"ik moest|moest ik|ik was|ben .*\bgeweest|heb .*\bgehad)\b"
)
_NOW = re.compile(r"^(?:en |ma )?(?:nu|sinds|ondertussen|intussen|tegenwoordig|vandaag)\b")
_STILL = frozenset(
    ("geen", "niet", "nog", "moeilijk", "zwaar", "erger", "slechter", "minder", "weer", "opnieuw")
)
_SOLVED = tuple(re.compile(pattern) for pattern in vocabulary("barriers")["solved"])
_RIDE = re.compile(
    r"\b(?:heb|hebben|met) (?:ik |we )?(?:\w+ )?"
    r"(?:auto|fiets|brommer|step|moto|scooter|chauffeur)\b"
)
_GOOD = frozenset(("reed", "bus", "had"))
"""What is no more here was good: "vroeger reed er een bus"."""
_WELL = frozenset(
    ("lukt", "gaat", "kan", "goed", "ok", "gevonden", "gekregen", "alleen", "genoeg", "doe")
)
_UNWELL = frozenset(
    (*_STILL, "te", "weinig", "niks", "niets", "niemand", "weet", "wil", "hoe", "wie")
)
_ARTICLES = frozenset(("en", "een", "de", "het", "mijn", "ook", "goede", "eigen"))
_ME_NEITHER = re.compile(r"(?:alleen |maar )?ik(?: zelf)? (?:niet|nog niet|ook niet|kan dat niet)")
_MINE_NOT = re.compile(
    r"^(?:bij mij|voor mij|ik|wij|we|mij)(?: zelf)?(?: \w+)? (?:niet|wel|gaat .*|is .* ok)$"
)


@dataclasses.dataclass(frozen=True)
class Told:
    """What an earlier clause told: what is in the way, what is mentioned, if that is lacking."""

    clause: Sequence[str] = ()
    codes: Sequence[str] = ()
    mentioned: Sequence[str] = ()
    lacking: bool = False


def settled(clause: Sequence[str], before: Told) -> bool:
    """Whether a clause says that what the clause before it named is in the way no more."""
    said = " ".join(w for w in clause if w not in _BESIDES and not is_break(w)).strip()
    if any(pattern.search(said) for pattern in _SOLVED):
        return True
    past = bool(_PAST.search(" ".join(before.clause)))
    if said == "nu niet meer":
        return past and not any(w in _GOOD for w in before.clause)
    if _NOW.search(said) and past:
        return not any(w in _STILL for w in clause)
    return before.lacking and about_others(before.clause) and bool(_MINE_NOT.search(_plain(clause)))


def unlike_others(clause: Sequence[str], before: Told) -> bool:
    """ "mijn buurman kan goed met computers, ik niet": what others have or can, the client not."""
    others = about_others(before.clause) and not before.lacking
    return others and bool(_ME_NEITHER.fullmatch(_plain(clause)))


def goes_on_with_have(clause: Sequence[str], inside: Sequence[Hit], before: Told) -> bool:
    """ "ik heb een auto, opvang en tijd": a bare word in a list of what is there."""
    bare = sum(h.size for h in inside) == sum(
        not is_break(w) and w not in _ARTICLES for w in clause
    )
    listed = before.clause[-1:] in ([","], ["en"], [":"])
    there = listed and not before.lacking and not HAVE.isdisjoint(before.clause)
    return bool(inside) and bare and there and not any(w in _STILL for w in before.clause)


def in_doubt(words: Sequence[str], begin: int, end: int) -> bool:
    """ "... maar zo lukt het": something is well, and it is not clear what: better ask."""
    if not begin or words[begin - 1] not in ("maar", "ma", "but", "mais"):
        return False
    clause = words[begin:end]
    return any(w in _WELL for w in clause) and not any(w in _UNWELL for w in clause)


def _plain(clause: Sequence[str]) -> str:
    return " ".join(w for w in clause if not is_break(w))


def has_a_ride(clause: Sequence[str]) -> bool:
    """ "ik heb een auto", "met de fiets gaat het": said of a clause in which nothing is lacking."""
    return bool(_RIDE.search(" ".join(clause)))


def of_somebody_else(code: str, clause: Sequence[str]) -> bool:
    """ "mijn man spreekt geen nederlands", "mijn zus had schulden": not the client's barrier."""
    if not about_others(clause):
        return code == "health" and bool(_CARED_FOR.search(" ".join(clause).strip(" ,.")))
    stranger = any(w in _OUTSIDERS for w in clause[:3])
    return code in _HIMSELF or (stranger and code in _MONEY_AND_CAR)
