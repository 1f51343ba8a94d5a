"""What somebody lives from: work, a benefit, nothing."""

import functools
import re
from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, Lexicon, is_break, lexicon, tokens, vocabulary, word_set
from bot.intake.reading.numbers import digits
from bot.intake.reading.reading import BESIDE, Reading, one_of
from bot.intake.reading.scope import denied

# Somebody on a benefit or living wage who also looks for work is known by the income.
_INCOME_FIRST = ("living_wage", "sick_or_disabled", "school_leaver_waiting")
_SECTIONS = ("torn", "past", "others", "perhaps")
_NOTHING_MORE = frozenset(("niks", "niets"))
_SCHOOL_DONE = re.compile(
    r"\b(?:school|studies?|studeren|zesde|zevende|zesdes|middelbaar|6de|7de|diploma|bso|tso|aso)\b"
    r".*\b(?:klaar|gedaan|af|uit|gestopt|juni|behaald|gehaald|voorbij|afgelopen)\b|"
    r"\bafgestudeerd\b|"
    r"\b(?:klaar|gedaan|gestopt) met (?:\w+ )?(?:school|zesde|zevende|6de|7de|studeren)\b"
)
_WAITS = re.compile(
    r"\b(?:wacht|wachten|wachtende|wachtje)\b(?: \w+){0,6} "
    r"(?:geld|uitkering|rva|dop|vdab|vakbond|dagen)\b|"
    r"\b(?:310|156|nog) dagen(?: \w+){0,2} wachten\b|\bnog geen (?:recht|dop|uitkering)\b"
)
""" "school klaar, nu wachten op geld van rva"."""
_TURN = re.compile(r"\b(?:maar|sinds|thans|intussen|ondertussen)\b")
_OTHERS_ALONE = re.compile(
    r"^(?:mijn|onze|de) (?:\w+ )?(?:man|vrouw|partner|vriend|vriendin|broer|zus|zoon|dochter|vader|"
    r"moeder|ouders|kinderen|lief|echtgenoot|echtgenote)\b"
)
_OWN = re.compile(r"\b(?:ik|wij|we|mij|ons|zelf|thuis|huisvrouw|huisman)\b")
_WISH = word_set("words", "wishes")


@functools.cache
def known_words() -> Lexicon:
    """Phrases that tell a situation, surely, perhaps (`?`) or one of two."""
    content = vocabulary("situation")
    sure = {code: phrases for code, phrases in content.items() if code not in _SECTIONS}
    perhaps = {f"{code}?": phrases for code, phrases in content["perhaps"].items()}
    return Lexicon({**sure, **content["torn"], **perhaps})


def situation(text: str) -> Reading:
    """The situation; options when somebody says "ik werk niet" and no more."""
    words = digits(tokens(text), ones=False)
    said = " ".join(words)
    if _SCHOOL_DONE.search(said) and _WAITS.search(said):
        return Reading("school_leaver_waiting")
    hits = known_words().find(words)
    if _only_others(said, hits):
        return BESIDE
    # "geen school geen werk niks": the last word takes nothing back
    spoken = ["/" if w in _NOTHING_MORE else w for w in words]
    lost = denied(spoken, hits)
    hits = _present(words, [h for h in hits if h not in lost])
    hits = [h for h in hits if h.code not in ("working", "working?") or not _wished(words, h)]
    codes = list(dict.fromkeys(h.code for h in hits))
    sure = [c for c in codes if " " not in c and not c.endswith("?")]
    if not sure:
        torn = next((c for c in codes if " " in c), "")
        if torn:
            return Reading(None, tuple(torn.split()))
        if any(h.code.startswith("working") for h in lost):
            return Reading(None, ("job_seeking", "neet", "no_income"))
        return one_of([c.rstrip("?") for c in codes])
    return _choose(sure, words)


def _only_others(said: str, hits: Sequence[Hit]) -> bool:
    """ "mijn vrouw werkt bij bpost": nothing about the client."""
    about_them = bool(_OTHERS_ALONE.search(said)) and not _OWN.search(said)
    return (
        about_them
        and {h.code for h in hits} & {"working", "child_benefit", "sick_or_disabled"} != set()
    )


def _wished(words: Sequence[str], hit: Hit) -> bool:
    """ "ik wil in de bouw" tells no situation."""
    return any(w in _WISH for w in words[max(0, hit.start - 4) : hit.start + 1])


def _present(words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    """Without what was before, or is somebody else's, when something else is left."""
    past = lexicon("situation", "past", fuzzy=False).find(words)
    others = lexicon("situation", "others", fuzzy=False).find(words)
    gone = []
    for hit in hits:
        begin, end = _clause(words, hit.start)
        if any(begin <= p.start < end and p.start <= hit.end + 2 for p in (*past, *others)) and (
            hit.code not in ("no_income", "school_leaver_waiting", "child_benefit")
        ):
            gone.append(hit)
    left = [h for h in hits if h not in gone]
    if gone and not left and past and _TURN.search(" ".join(words)):
        return []  # "ik was ziek maar nu ...": what is now was not understood
    return left or ([h for h in hits if not any(p.start <= h.start for p in others)])


def _clause(words: Sequence[str], at: int) -> tuple[int, int]:
    ends = [
        i
        for i, w in enumerate(words)
        if is_break(w) or w in ("maar", "nu", "en", "want", "dus", "toen", "sindsdien", "daarna")
    ]
    begin = max((i for i in ends if i <= at and words[i] not in ("nu", "toen")), default=-1)
    end = min((i for i in ends if i > at and words[i] != "toen"), default=len(words))
    return begin + 1, end


def _choose(codes: list[str], words: Sequence[str]) -> Reading:
    if len(codes) == 1:
        return Reading(codes[0])
    found = set(codes)
    if "working" in found and {"living_wage"} & found and "60" in words:
        return Reading("working")  # "artikel 60 bij het OCMW" is a job with a contract
    if len(found) > 1 and not ("other" in found and found <= {"other", "job_seeking", "neet"}):
        found.discard("other")
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
    if found in ({"neet", "no_income"}, {"no_income", "other"}):
        found = {"no_income"}
    return one_of([c for c in codes if c in found])
