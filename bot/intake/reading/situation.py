"""What somebody lives from: work, a benefit, nothing."""

from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, Lexicon, is_break, lexicon, tokens, vocabulary
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.scope import denied

# Somebody on a benefit or living wage who also looks for work is known by the income.
_INCOME_FIRST = ("living_wage", "sick_or_disabled", "school_leaver_waiting")


def _codes() -> Lexicon:
    content = vocabulary("situation")
    name = "_codes"
    return _cached(name, tuple(k for k in content if k not in ("torn", "past", "others")))


_LEXICONS: dict[str, Lexicon] = {}


def _cached(name: str, codes: Sequence[str]) -> Lexicon:
    if name not in _LEXICONS:
        content = vocabulary("situation")
        torn = content["torn"]
        _LEXICONS[name] = Lexicon({**{c: content[c] for c in codes}, **torn})
    return _LEXICONS[name]


def situation(text: str) -> Reading:
    """The situation; options when somebody says "ik werk niet" and no more."""
    words = digits(tokens(text), ones=False)
    hits = _codes().find(words)
    lost = denied(words, hits)
    hits = [h for h in hits if h not in lost]
    hits = _present(words, hits)
    codes = list(dict.fromkeys(h.code for h in hits))
    sure = [c for c in codes if " " not in c]
    if not sure:
        if not codes:
            return (
                Reading(None, ("job_seeking", "neet", "no_income"))
                if any(h.code == "working" for h in lost)
                else NOTHING
            )
        return Reading(None, tuple(codes[0].split()))
    return _choose(sure, words)


def _present(words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """Without what was before, or is somebody else's, when something else is left."""
    past = lexicon("situation", "past", fuzzy=False).find(words)
    others = lexicon("situation", "others", fuzzy=False).find(words)
    gone = []
    for hit in hits:
        begin, end = _clause(words, hit.start)
        if any(begin <= p.start < end and p.start <= hit.end + 2 for p in (*past, *others)) and (
            hit.code not in ("no_income", "school_leaver_waiting")
        ):
            gone.append(hit)
    return [h for h in hits if h not in gone] or (
        [h for h in hits if not any(p.start <= h.start for p in others)]
    )


def _clause(words: Sequence[str], at: int) -> tuple[int, int]:
    ends = [
        i for i, w in enumerate(words) if is_break(w) or w in ("maar", "ma", "nu", "en", "want")
    ]
    begin = max((i for i in ends if i <= at and words[i] != "nu"), default=-1)
    end = min((i for i in ends if i > at), default=len(words))
    return begin + 1, end


def _choose(codes: list[str], words: Sequence[str]) -> Reading:
    if len(codes) == 1:
        return Reading(codes[0])
    found = set(codes)
    if "working" in found and {"living_wage"} & found and "60" in words:
        return Reading("working")  # "artikel 60 bij het OCMW" is a job with a contract
    found.discard("other") if len(found) > 1 else None
    if "neet" in found and len(found) == 2:
        found.discard("neet")
    if "job_seeking" in found and len(found) > 1:
        if found & set(_INCOME_FIRST):
            found.discard("job_seeking")
        elif found == {"working", "job_seeking"} and {"ander", "andere", "iets"} & set(words):
            return Reading("working")
        elif found == {"no_income", "job_seeking"}:
            return (
                Reading("job_seeking")
                if "krijg" not in words
                else Reading(None, ("job_seeking", "no_income"))
            )
    if found == {"child_benefit", "no_income"}:
        return Reading("child_benefit")
    if found == {"neet", "no_income"} or found == {"no_income", "other"}:
        found = {"no_income"}
    return one_of([c for c in codes if c in found])
