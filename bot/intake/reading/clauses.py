"""A long answer cut in clauses, and whose clause it is: the client's or somebody else's."""

import itertools
from collections.abc import Iterable, Sequence

from bot.intake.reading.lexicon import is_break, word_set

JOINTS = frozenset(("maar", "but", "mais", "want", "omdat", "doch", "echter", "terwijl"))
"""Words that begin a clause of their own."""
_AND = frozenset(("en", "dus", "daarna", "dan", "toen", "daarom", "sindsdien", "ondertussen"))
_ME = frozenset(("ik", "mij", "me", "mijzelf", "we", "wij"))
_OTHERS = word_set("words", "others")
_OWNERS = frozenset(("mijn", "ons", "onze", "de", "een", "haar", "zijn", "my", "ma", "mon"))
_WITH = frozenset(("met", "voor", "bij", "naar", "tegen", "aan", "zonder"))
""" "met de buren" is not about the neighbours."""


def clauses(words: Sequence[str], cuts: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Begin and end of the clauses: cut at punctuation, at "maar" and the like.

    Args:
        cuts: Further words that begin a clause, such as "en".
    """
    at = JOINTS | frozenset(cuts)
    begins = [0]
    for i, word in enumerate(words):
        if is_break(word) or word == ";":
            begins.append(i + 1)
        elif i and word in at:
            begins.append(i)
    begins.append(len(words))
    return list(itertools.pairwise(sorted(set(begins))))


def fine_clauses(words: Sequence[str]) -> list[tuple[int, int]]:
    """Clauses that are cut at "en", "dan" and the like too."""
    return clauses(words, _AND)


def about_others(clause: Sequence[str]) -> bool:
    """ "mijn dochter zit in het derde": the clause is about somebody else."""
    for i, word in enumerate(clause[:4]):
        if word in _ME:
            return False
        with_them = i > 1 and clause[i - 2] in _WITH
        if word in _OTHERS and not with_them and (i == 0 or clause[i - 1] in _OWNERS):
            return not any(w in _ME for w in clause[i:])
    return False
