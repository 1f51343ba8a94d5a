"""Whether something named is in the way: lacking, too heavy, or no problem at all."""

import itertools
import re
from collections.abc import Sequence

from bot.intake.reading.lexicon import Hit, is_break, lexicon, vocabulary, word_set

_NO = frozenset(("geen", "niet", "no", "zonder", "pas", "kein", "noch", "nooit"))
_NOT_ANY = (_NO - {"pas"}) | {"niks", "niets"}
_FINE = word_set("words", "fine")
_FAMILY = word_set("words", "family")
_HELPS = word_set("words", "helps")
_SAYS_NOTHING = 3
"""Words up to which a clause such as "maar nu niet meer" names nothing new."""
_LONG_AGO = frozenset(("vroeger", "toen", "destijds", "had", "was"))
_GOES_ON = frozenset(("werk", "is", "gaat", "heb", "ben", "kan", "verdien", "lukt", "woon"))
_SHORT_OF = frozenset(("nood", "behoefte", "gebrek", "tekort"))
_BUT_THIS = frozenset(("daarentegen", "echter", "juist", "dan"))
_TROUBLE = frozenset(
    ("probleem", "problemen", "moeite", "zorgen", "last", "moeilijkheden", "issue")
)
_HARD = frozenset(("moeilijker", "lastiger",
     "probleem", "problemen", "nodig", "moeite", "moeilijk", "lastig", "zwaar",
                   "kapot",
     "slecht", "tekort", "ontbreekt", "ontoereikend", "onvoldoende"))  # fmt: skip
_NO_PROBLEM = (
    "geen probleem", "geen zorg", "geen obstakel", "geen hinder", "geen belemmering",
    "geen beletsel", "geen moeilijkheden", "geen bezwaar", "geen struikelblok", "geen drempel",
    "geen issue", "geen punt", "geen ramp", "geen moeite", "geen last", "geen enkel probleem",
    "niet nodig",
)  # fmt: skip
_PROVIDED = {
    "mobility": (
        "om de hoek", "voor mijn deur", "voor de deur", "vlakbij", "vlak bij", "dichtbij",
        "dicht bij", "wandelafstand", "staat klaar", "brengt mij", "voert mij", "rijdt mij",
        "mij brengen",
        "mij voeren", "mij halen", "haalt mij", "goede verbinding", "naast de deur",
        "zelf met de auto", "eigen wagen",
    ),
    "finance": (
        "gedragen door", "betaald door", "betaalt alles", "betaalt de", "betaalt het",
        "betaalt mijn",
        "vergoed", "terugbetaald", "stabiel", "toereikend", "comfortabel",
    ),
}  # fmt: skip
"""What says, in a clause without a "not", that somebody or something sees to it."""
_GIVEN = re.compile(
    r"\b(?:heeft|hebben|heb|kreeg) (?:(?:mij|me|ons|ik|van)\b.* )?"
    r"(?:gegeven|geleend|gekregen|gekocht|gevonden|geleerd|leren|getoond|uitgelegd)\b"
)
_IN_ORDER = re.compile(r"\b(?:gekregen|ontvangen|in orde|rond|aanvaard|binnen)\b")
_BARE = 6
"""Words of a clause up to which a resource that is just named is a barrier."""
_TOLD = 8
"""Words up to which "ik heb ..." says that it is there and nothing more."""
HAVE = frozenset(("heb", "hebben", "beschik", "beschikt", "bezit"))
_HAS = HAVE | {"wel", "rij", "rijd"}
_ENOUGH = frozenset(("genoeg", "voldoende", "toereikend", "ruim", "vast", "eigen", "stabiel"))
_LACKING = word_set("words", "lacking")
_THERE = (
    ["heb", "ik"], ["is", "er"], ["hebben", "we"], ["kan", "ik"], ["ik", "kan"], ["ken", "ik"],
    ["ik", "heb"],
)  # fmt: skip
_REASSURES = re.compile("|".join(vocabulary("barriers")["reassures"]))
_PLAIN = 11
"""Words of a clause up to which what is well in it is what it names."""
_RECOVERED = re.compile(r"\b(?:beter|gezond|gezonde|genezen|hersteld|goed te been)\b")
_TROUBLED = (
    _HARD | _TROUBLE | _NO | word_set("barriers", "troubled") | frozenset(("niks", "niets"))
)  # fmt: skip
_NOT_FINE = (
    "niet goed", "niet zo goed", "niet in orde", "niet genoeg", "niet ok", "niet oke", "goed niet",
    "niet geregeld", "niet altijd", "gaat niet", "lukt niet", "nog niet",
)  # fmt: skip
_DENIED_AFTER = (
    "is het niet", "probleem niet", "is geen", "niet erg", "groot", "groter", "niet het probleem",
    "niet echt het probleem", "niet moeilijk", "niet zwaar",
    "niet zozeer", "niet het ergste", "valt mee", "vormt geen",
    "vormen geen",
    "is er genoeg", "niet nodig", "laat het toe", "laat dat toe", "is gratis", "voor mij gratis",
)  # fmt: skip


def barrier_clauses(words: Sequence[str]) -> list[tuple[int, int]]:
    """Begin and end of the clauses: cut at punctuation, "maar", "wel" and "en"."""
    cuts = [0]
    for i, word in enumerate(words):
        if is_break(word) or (i and word in ("maar", "but", "en", "et", "mais", "dus", "want")):
            cuts.append(i + 1)
        elif _is_turn(words, i) or (
            i and word in ("wel", "alleen", "enkel", "vooral") and i + 1 < len(words)
        ):
            cuts.append(i)
    cuts.append(len(words))
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _is_turn(words: Sequence[str], at: int) -> bool:
    """ "vroeger geen geld nu werk ik": what comes after "nu" is a clause of its own."""
    goes_on = words[at] == "nu" and not _GOES_ON.isdisjoint(words[at + 1 : at + 2])
    return goes_on and not _LONG_AGO.isdisjoint(words[:at])


def in_the_way(hit: Hit, words: Sequence[str], begin: int, end: int) -> bool:
    """Whether a hit in the clause from `begin` to `end` is a barrier there."""
    kind, code = hit.code.split()
    before = _from_i_have(words[max(begin, hit.start - 4) : hit.start])
    # a clause may go on after the cut: "geld is er, wel"
    reach = end + 1 if words[end : end + 1] == ["wel"] else end
    after = [w for w in words[hit.end : min(reach, hit.end + 5)] if not is_break(w)]
    after = after[:-1] if after[-1:] == ["maar"] else after
    after = [w for w in after if w not in _BUT_THIS] if "wel" in after else after
    if reassured(words[begin:end], code):
        return False  # "mijn gezondheid is uitstekend", "rijbewijs op zak"
    if _trouble_denied(before):
        return False  # "geen problemen met geld"
    if provided(code, words[begin:end]):
        return False
    if after[:1] == ["nee"] and "ja" in words:
        return False  # "vervoer nee, geld ja"
    if code == "health" and any(w in before[-3:] for w in _FAMILY):
        return False
    if code == "childcare" and (_looked_after(words) or _helper(hit, words, begin, end)):
        return False
    if kind == "problem":
        well = names_no_trouble(hit, words) and _fine(after) and not _is_hard(after)
        return _problem(before, code) and not well  # "met de computer lukt het"
    if after == ["niet"] and kind != "problem" and _troubles(words[:begin]):
        return False
    if after == ["wel"] and _no_trouble(words[:begin]):
        return True  # "geld is geen probleem, tijd wel"
    if kind == "burden":
        denied = any(w in _NO for w in before[-2:]) and "meer" not in before
        return not denied and not _fine(after)
    if before[:1] == ["wel"] and words[hit.start - 2 : hit.start - 1] == ["nu"]:
        return False  # "vroeger geen fiets, nu wel een fiets"
    if before[:1] == ["wel"] and before[1:] in ([], ["met"], ["met", "de"], ["de"], ["het"]):
        return _no_trouble(words[:begin]) or any(w in _NO for w in words[:begin])
    if after[:1] == ["ook"] and begin and _fine(words[:begin][-4:]):
        return False  # "mijn nederlands is goed, mijn computer ook"
    return _lacks(before, after) and not _only_told(words[begin:end], after)


def reassured(clause: Sequence[str], code: str) -> bool:
    """Whether a clause says that all is well, without any word of trouble in it."""
    if len(clause) > _PLAIN:
        return False
    said = " ".join(clause)
    left = _REASSURES.sub(" ", said)
    if code == "health":
        left = _RECOVERED.sub(" ", left)
    return left != said and not any(w in _TROUBLED for w in left.split())


def names_no_trouble(hit: Hit, words: Sequence[str]) -> bool:
    """Whether a hit, though a `problem`, only names a thing: "lezen", "met de computer"."""
    return words[hit.end - 1] in word_set("barriers", "things")


def _is_hard(after: Sequence[str]) -> bool:
    return any(w in _HARD or w in _NO for w in after)


def _from_i_have(before: Sequence[str]) -> list[str]:
    """ "geen probleem ik heb een ...": what stands before "ik heb" is another clause."""
    starts = [i for i, pair in enumerate(itertools.pairwise(before)) if pair == ("ik", "heb")]
    return list(before[starts[-1] :]) if starts else list(before)


def provided(code: str, clause: Sequence[str]) -> bool:
    """ "mijn man brengt mij", "de kosten worden gedragen door mijn werkgever"."""
    against = (*(_NO - {"pas"}), *_HARD, "moet", "moeten", "weinig")
    if any(w in against for w in clause):
        return False
    said = " ".join(clause)
    if code in ("foreign_diploma", "paperwork") and _IN_ORDER.search(said):
        return True  # "diploma in orde", "brief van naric gekregen"
    return bool(_GIVEN.search(said)) or any(p in said for p in _PROVIDED.get(code, ()))


def _only_told(clause: Sequence[str], after: Sequence[str]) -> bool:
    """A resource in a long clause without a word of trouble: "jaren met de bus gereden"."""
    plain = [w for w in clause if not is_break(w)]
    if len(plain) <= _BARE or after[:1] == ["niet"]:
        return False
    return not any(w in _LACKING or w in _NO or w in _HARD or w in _TROUBLE for w in plain)


def _trouble_denied(before: Sequence[str]) -> bool:
    return any(a in _NO and b in _TROUBLE for a, b in itertools.pairwise(before))


def _problem(before: Sequence[str], code: str) -> bool:
    lacking = any(w in _NO and w != "nooit" for w in before[-2:])
    return not lacking or code == "confidence" or "niet" in before[-1:] or "wel" in before


def _lacks(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a resource is lacking: "geen auto", "te weinig tijd", or just "geld"."""
    near = list(before[-3:])
    if not _SHORT_OF.isdisjoint(near) or near[-2:] == ["heb", "niet"]:
        return True
    if (near and near[-1] == "niet") or near[-2:] in (["niet", "de"], ["niet", "het"]):
        return False  # "niet de taal maar de tijd"
    lacking = any(w in _NO for w in near) or "weinig" in near or any(w in _ENOUGH for w in near)
    if lacking:
        if any(w in _NO for w in near) and "nodig" in after[:2]:
            return False
        enough = any(w in _ENOUGH for w in near) and not any(w in _NO for w in before)
        return "probleem" not in after[:1] and not enough
    if list(after[:2]) in _THERE and not any(w in _NO or w in _HARD for w in after):
        return False
    if any(w in before for w in _HAS) and not any(w in _HARD for w in (*before, *after)):
        return False
    return not _fine(after)


def _fine(after: Sequence[str]) -> bool:
    """Whether what follows says that all is well: "gaat wel", "is geen probleem"."""
    said = " ".join(after)
    if any(p in said for p in _NO_PROBLEM):
        return True
    if any(p in said for p in _NOT_FINE) or after[:3] == ["heb", "ik", "niet"]:
        return False
    if after[:1] == ["niet"]:
        return False
    denied = any(p in said for p in _DENIED_AFTER)
    return denied or any(w in _FINE for w in after[:4])


def already_there(words: Sequence[str], hits: Sequence[Hit]) -> bool:
    """Whether each thing named is said to be fine, solved or not there: nothing is in the way."""
    if _looked_after(words) or (
        len(words) <= _TOLD and any(w in words for w in ("heb", "hebben", "is", "zijn"))
    ):
        return True
    return all(
        _is_well(hit.code.split()[1], words[begin:end])
        for begin, end in barrier_clauses(words)
        for hit in hits
        if begin <= hit.start < end
    )


def something_left(words: Sequence[str], hits: Sequence[Hit]) -> bool:
    """ "de taal lukt, alleen opstaan niet": what is no good stands in a clause of its own."""
    for begin, end in barrier_clauses(words):
        clause = [w for w in words[begin:end] if not is_break(w)]
        opened = clause[:1] in (["alleen"], ["enkel"]) or words[begin - 1 : begin] == ["maar"]
        unknown = not any(begin <= h.start < end for h in hits) and len(clause) > _SAYS_NOTHING
        if opened and unknown and any(w in _NOT_ANY for w in clause):
            return True
    return False


def _is_well(code: str, clause: Sequence[str]) -> bool:
    said = " ".join(clause)
    return (
        any(w in _FINE or w in _NO or w in ("heb", "hebben") for w in clause)
        or any(p in said for p in _NO_PROBLEM)
        or provided(code, clause)
    )


def _troubles(words: Sequence[str]) -> bool:
    """ "geld is een probleem, taal niet": the "niet" denies the trouble."""
    return any(w in ("probleem", "problemen", "moeilijk", "lastig") for w in words)


def _no_trouble(words: Sequence[str]) -> bool:
    said = " ".join(words)
    return any(
        p in said
        for p in (
            *_NO_PROBLEM,
            "niet het probleem",
            "niet moeilijk",
            "nodig",
        )
    )


def _looked_after(words: Sequence[str]) -> bool:
    """Somebody looks after the children already, or they are big: "mijn moeder past op"."""
    if any(w in words for w in ("niemand", "wie", "wanneer", "soms")):
        return False
    found = lexicon("barriers", "looked_after", fuzzy=False).find(words)
    return any(not any(w in _NO for w in words[max(0, h.start - 3) : h.start]) for h in found)


def _helper(hit: Hit, words: Sequence[str], begin: int, end: int) -> bool:
    """ "mijn zoon heeft mij een tablet gegeven": no child to look after."""
    if words[hit.start] not in ("zoon", "dochter", "zoons", "dochters", "kinderen"):
        return False
    clause = words[begin:end]
    return any(w in _HELPS for w in clause) and "niet" not in clause
