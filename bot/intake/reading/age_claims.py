"""Which of the numbers in an answer is the age: whose it is, and of now or of another time.

Works on plain words with numbers in digits: "mijn man 50 , ik 39", "nu nog 44", "voel mij 30".
"""

import dataclasses
import re

_OTHERS = (
    r"(?:man|mannen|vrouw|vrouwtje|vent|zoon|zonen|zoontje\w*|dochter\w*|kind\w*|kids|oudste|"
    r"jongste|kleinkind\w*|kleinzoon\w*|kleindochter\w*|kleintje\w*|baby|broer\w*|broers|zus|"
    r"zusje\w*|zussen|zuster\w*|vader|moeder|mama|papa|"
    r"ouders|vriend\w*|partner|collega\w*|opa|oma|grootmoeder|grootvader|nonkel|tante|neef|nicht|"
    r"jongen\w*|meisje\w*|tweeling|hij|zij|ze|hem|haar|mieke|moe|va|bomma|bompa|schoonzoon|"
    r"schoondochter|schoonbroer|schoonzus|gasten|wijf|lief)"
)
_OTHER = re.compile(rf"\b{_OTHERS}\b")
_SELF = re.compile(
    r"\b(?:ik|ikke|ikzelf|i|je|j'ai|zelf|ben)\b"
    r"|^(?:(?!mijn|ons|onze|zijn|haar|de )\w+ ){0,2}(?:vrouw|man|dame|meisje|jongen|mama|papa|"
    r"moeder|vader|madam|meneer|mevrouw) van\b"
)
_I_AM_ONE = re.compile(
    r"\bben (?:een |ne |nen )?(?:\w+ )?(?:man|vrouw|moeder|vader|mama|papa|dame|meisje|jongen|"
    r"oma|opa)\b[^,]*$"
)
_BREAK = re.compile(r" [,.;:!?()-]+ | maar | en ")
_NUMBER = re.compile(r"(?<![\d.,:/'])(?<!' )\b(\d\d)\b(?![.,:/]\d|ste|de\b)")
_IK_AFTER = re.compile(
    r" (?:jaar )?(?:ben |word )?ik\b"
    r"(?! ben (?:\w+ )?(?:jonger|ouder)\b)(?! (?:ben |zijn |er |al |nu |pas |maar |van |net )*'?\d)"
)
"""After the number: "39 ik , man 50"; in "man 50 ik 27" the "ik" belongs to what follows."""
_SELF_ALONE = re.compile(r"(?:man|vrouw|jongen|meisje) \d\d(?: jaar)?(?: oud)?")
_MONTH = r"(?:jan|feb|maart|april|mei|juni|juli|aug|sep|okt|nov|dec)\w*"
_COUNTS_ELSE = re.compile(
    rf"^ (?:{_MONTH}|kind\w*|kids|klein\w*|(?:jaar|jaren) (?:in (?!{_MONTH})|hier|tot|te|voor|"
    r"bij|weg|thuis|werkloos|ziek|zelfstandig|huisvrouw|huismoeder|poets\w*|gekuist|"
    r"gestopt|huwelijk|gewerkt|geleden|later|terug|getrouwd|"
    r"belgie|school|gestudeerd|werk\w*|ervaring|lang|alleen|samen|ouder|jonger|les)|maand\w*|uur|"
    r"euro|zoon\w*|zonen|dochter\w*|keer|maal|dag|dagen|week|weken|klein\w*|procent|%)\b"
)
_ELSE_BEFORE = re.compile(
    r"\b(?:(?:werk|woon|leef|getrouwd|rook|ben hier|studeer|zit hier)(?: \w+){0,2}|"
    r"(?:al|sinds|sedert|gedurende|nog|over|binnen|na) (?:meer dan )?)$"
)
_THEN = re.compile(
    r"(?:\b(?:sinds|vanaf|tot|van) (?:mijn|me|men) |\btoen (?:was|ben|werd) ik |\b(?:toen|"
    r"als) ik |"
    r"\bik was (?:toen |nog )?|\bwas ik (?:toen )?|\b(?:trouwde|getrouwd|begon\w*|gestopt) "
    r"(?:met|op) )$"
)
_AT_MY = re.compile(r"\b(?:op|ip) (?:mijn|me|men|myn) $")
_STILL = re.compile(r"\b(?:nog|wil|wilt|ga|gaan|goa|zit|sta|krijg|krygen|krijgen|nu)\b")
_BEFORE_NOW = re.compile(
    r"\b(?:gestopt|begonnen|beginnen|begon|getrouwd|was|werd|kwam|gekomen|toen|gegaan|moest|"
    r"weg)\b"
)
_SEEMS = re.compile(
    r"\b(?:lijk|lijken|voel|gevoel|schat|schatten|geven|geeft|denken|denkt|eruit|uitzien|zie)\b"
)
_SEEMS_AFTER = re.compile(r"^ (?:jaar )?(?:lijk|lijken|geschat|uitzie)\b")
_PAPER = re.compile(r"\b(?:papier|papieren|kaart|paspoort|identiteitskaart|officieel)\b")
_REAL = re.compile(r"\b(?:echt|eigenlijk|werkelijk)\b")
_NOW = re.compile(
    r"\b(?:nu|dus|momenteel|vandaag)(?: ben ik| ik)?(?: \w+)?(?: nog)?(?: maar| net)? $"
    r"|\bnog(?: maar| altijd| net)? $"
)
_NEXT = re.compile(
    r"\b(?:turning|bijna|bekan|bekans|bijkans|almost|presque|haast|quasi|praktisch|morgen|binnenkort|"
    r"(?:net|juist|just) geen|nog (?:een|\d+) (?:dag|dagen|week|weken|maand|"
    r"maanden)(?: en)?(?: dan)?|"
    rf"(?:pas|eerst) in {_MONTH}|op (?:een|\w+) \w+ na|in (?:mijn|men|me)|(?:een )?kleine|"
    r"op weg naar(?: de)?|k?(?:be)?nader(?: ik)?(?: de)?|\d voor|kom(?: ik)? aan(?: de)?|"
    r"de(?= \d+ halen)|"
    r"(?:volgend|volgende|komende) (?:week|weken|maand|jaar|\w+dag)|"
    r"(?:over|binnen) (?:een|\d+|enkele|paar|een paar) (?:dag|dagen|week|weken|maand|maanden)|"
    r"k?(?:ga|goa|loop|gaan) (?:ik )?(?:naar|richting|op|tegen)(?: den?)?|(?:tegen|"
    r"richting)(?: den?)?|"
    r"k?(?:word|wor|wordt|ga))\b[^,.;]*$"
)
_NEXT_AFTER = re.compile(
    r"^ (?:jaar )?(?:(?:over|binnen) (?:een|\d+|enkele|paar|een paar) (?:dag|dagen|week|weken|"
    r"maand|maanden)|(?:volgende?|komende) (?:week|maand|jaar)|binnenkort|morgen|"
    r"(?:is )?in zicht|komt (?:eraan|dichterbij)|worden?\b|"
    r"halen\b)"
)
_MINUS = re.compile(
    r"^ (?:op|min) (?:een|enkele|een paar|1) (?:dag|dagen|week|weken|maand\w*) na\b"
)
_NOT_AGE = re.compile(
    r"\b(?:(?:huis)?nummer|huisnr|nr|bus|lijn|tram|maat|kamer|art|artikel|"
    r"straat|laan|kilometer|km|kilo) $"
)
_DENIED = re.compile(
    r"\b(?:niet|ni|nie|schrijf|schreef|geschreven|typte|getypt|tikte|getikt|stuurde)"
    r"(?: ik)? $"
)
_FOR_ONE_AGE = re.compile(
    r"\b(?:uitzie|eruit|fit|kras|jong|goe|goed)\b[^,.;]* voor (?:een |mijn )?$"
)
_TYPES = re.compile(
    rf"\b{_OTHERS} (?:typt|typ|schrijft|schrijf|tikt|helpt|vult)\b"
    r"|\bik (?:typ|schrijf|tik|vul(?: dit)?(?: in)?|antwoord|help) (?:dit |even )?(?:voor|mijn)\b"
)
"""Somebody else writes for the client: then the client is the one who is spoken of."""
_NAY = re.compile(r"\b(?:nee|neen|wacht|sorry|allee|bedoel)\b")
_RANGE = re.compile(r"\b(?:of|tot|tussen|a|/|-)\b")


@dataclasses.dataclass(frozen=True)
class Claim:
    """The age or ages that a text claims, in years."""

    ages: list[int]
    is_sure: bool
    """False when only a round number that may be a figure of speech was named."""


def is_of_other(said: str, at: int) -> bool:
    """Whether the number at `at` is of another person: "mijn man is er 60"."""
    clause = _clause(said, at)
    others = [m.end() for m in _OTHER.finditer(clause)]
    selves = [m.end() for m in _SELF.finditer(clause)]
    if not others or _IK_AFTER.match(re.sub(r"^\d+", "", said[at:])):
        return False
    if _SELF_ALONE.fullmatch(said):
        return False
    return not _I_AM_ONE.search(clause) and (not selves or max(others) > max(selves))


def counts_else(after: str) -> bool:
    """Whether a number counts something else, by what follows it: "9 jaar hier"."""
    return bool(_COUNTS_ELSE.match(after))


def claimed(said: str) -> Claim | None:
    """The age that the numbers of a text claim; None when none of them is an age of now."""
    found: dict[str, list[int]] = {}
    of_others = False
    last_end = -1
    corrected = [m.end() for m in _NAY.finditer(said)]
    numbers = list(_NUMBER.finditer(said))
    after_nay = [m for m in numbers if corrected and m.start() > corrected[-1]]
    for match in numbers:
        listed = said[last_end : match.start()].strip() in (",", "en", ", en", "of")
        kind = _kind(said, match)
        if kind == "bare" and listed and of_others:
            kind = "other"
        of_others = kind == "other"
        last_end = match.end()
        if after_nay and match not in after_nay:
            continue
        found.setdefault(kind, []).append(int(match[1]) - (kind == "next"))
    if found.get("paper") and found.get("real"):
        return Claim([*found["paper"], *found["real"]], is_sure=True)
    if _TYPES.search(said) and len(found.get("other", [])) == 1:
        return Claim(found["other"], is_sure=True)
    for kind in ("now", "own", "real", "bare", "next", "paper"):
        if ages := found.get(kind):
            if kind == "bare" and len(ages) > 1 and _first_is_own(said):
                ages = ages[:1]
            return Claim(ages, is_sure=any(age % 10 for age in ages) or kind in ("now", "own"))
    return None


def _first_is_own(said: str) -> bool:
    """ "27 en 2 kinderen": the answer begins with the age, what follows is about others."""
    return bool(re.match(r"(?:ja |al |nu )?\d\d(?: jaar)?(?: en| ,| met| maar)", said)) and not (
        _RANGE.search(said)
    )


def _clause(said: str, at: int) -> str:
    """What stands before a number in its own clause; "en" ends none between numbers."""
    before = said[:at]
    start = 0
    for match in _BREAK.finditer(f"{before} "):
        joined = match[0] == " en " and re.search(r"\d$", before[: match.start()])
        if match.end() <= at + 1 and not (joined and not _SELF.search(before[match.end() :])):
            start = match.end()
    return before[start:]


def _several(said: str) -> bool:
    return len({match[1] for match in _NUMBER.finditer(said)}) > 1


def _kind(said: str, match: re.Match[str]) -> str:
    at, after = match.start(), said[match.end() :]
    clause = _clause(said, at)
    if _COUNTS_ELSE.match(after) or _THEN.search(said[:at]) or re.match(r" (?:was|werd)\b", after):
        return "else"
    if _NOT_AGE.search(said[:at]) or (_DENIED.search(said[:at]) and _several(said)):
        return "else"
    if _FOR_ONE_AGE.search(said[:at]):
        return "own"
    if _AT_MY.search(clause):
        present = _STILL.search(said) and not _BEFORE_NOW.search(said)
        return "own" if present else "else"
    if re.match(r" (?:jaar|jaren)\b(?! oud)", after) and _ELSE_BEFORE.search(clause.rstrip()):
        return "else"
    if is_of_other(said, at):
        return "other"
    if _SEEMS.search(clause) or _SEEMS_AFTER.match(after):
        return "seems"
    if _PAPER.search(clause):
        return "paper"
    if _NOW.search(said[:at]):
        return "now"
    if _NEXT.search(clause) or _NEXT_AFTER.match(after) or _MINUS.match(after):
        return "next"
    if _REAL.search(clause):
        return "real"
    if _SELF.search(clause) or _IK_AFTER.match(after):
        return "own"
    return "bare"
