"""Where a diploma was earned."""

from collections.abc import Sequence

from bot import places
from bot.intake.reading.clauses import about_others, fine_clauses
from bot.intake.reading.lexicon import Hit, lexicon, tokens, word_set
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.scope import denied
from bot.intake.reading.yes_no import said_dont_know

_PASSING = 4
"""Words up to which "daar" is the answer and not said in passing."""
_SHORT = 6
"""Words up to which a bare place is the answer."""
_SCHOOL = word_set("words", "schooling")
_ROOTS = word_set("words", "roots")


def diploma_origin(text: str) -> Reading:
    """Belgium or abroad; options when both were named."""
    if text.rstrip().endswith("?") or said_dont_know(text):
        return NOTHING
    words = tokens(text)
    hits = lexicon("countries").find(words)
    lost = denied(words, hits)
    theirs = [c for c in fine_clauses(words) if about_others(words[c[0] : c[1]])]
    lost += [h for h in hits if any(b <= h.start < e for b, e in theirs) and h not in lost]
    kept = [h for h in hits if h not in lost and not _vague(words, h)]
    if not kept and lost and not theirs and {h.code for h in lost} == {"belgium"}:
        return Reading("abroad")
    codes = {h.code for h in kept}
    if not codes and len(words) <= _SHORT and not theirs:
        return Reading("belgium") if places.find(text) else NOTHING
    codes |= {
        "belgium" for c in fine_clauses(words) if c not in theirs and _town(words[c[0] : c[1]])
    }
    if len(codes) > 1:
        codes = _of_the_school(words, kept) or codes
    return one_of(sorted(codes, reverse=True))


def _vague(words: Sequence[str], hit: Hit) -> bool:
    """ "daar" and "hier" in passing: "daar staan nu appartementen", "ik woon hier"."""
    if hit.phrase not in ("daar", "hier") or hit.size > 1:
        return False
    begin, end = next(c for c in fine_clauses(words) if c[0] <= hit.start < c[1])
    if hit.phrase == "daar":
        return end - begin > _PASSING
    return any(w in _ROOTS for w in words[begin:end]) and not any(
        w in _SCHOOL for w in words[begin:end]
    )


def _town(clause: Sequence[str]) -> bool:
    """Whether a clause names a Belgian town, and not as where somebody lives or went to."""
    if any(w in _ROOTS for w in clause) and not any(w in _SCHOOL for w in clause):
        return False
    said = " ".join(clause)
    found = places.mentioned(said) or (set(clause) & _SCHOOL and places.find(said))
    return bool(found) and not lexicon("countries", fuzzy=False).find(clause)


def _of_the_school(words: Sequence[str], kept: Sequence[Hit]) -> set[str]:
    """Codes of the clauses that speak of a school, not of where somebody lives or comes from."""
    codes = set()
    for begin, end in fine_clauses(words):
        clause = words[begin:end]
        if about_others(clause) or not any(w in _SCHOOL for w in clause):
            continue
        for hit in kept:
            if begin <= hit.start < end and not any(
                w in _ROOTS for w in words[max(begin, hit.start - 3) : hit.start]
            ):
                codes.add(hit.code)
        if _town(clause) and not any(w in _ROOTS for w in clause):
            codes.add("belgium")
    return codes
