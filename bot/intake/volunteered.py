"""Facts that somebody tells without being asked: only what is stated beyond doubt.

A question that was answered this way is not asked again, so a wrong fact costs more here than a
missed one: misspellings are not guessed, and what is said about others or in a question is left.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot import places
from bot.intake import meaning
from bot.intake.dream_words import dream_tokens, find
from bot.intake.dreams import decided
from bot.intake.reading.age import band
from bot.intake.reading.barriers import barriers
from bot.intake.reading.education import education_level
from bot.intake.reading.email import email
from bot.intake.reading.lexicon import Lexicon, is_break, lexicon, tokens, word_set
from bot.intake.reading.name import name
from bot.intake.reading.numbers import digits
from bot.intake.reading.origin import diploma_origin
from bot.intake.reading.phone import phone
from bot.intake.reading.reading import NOTHING
from bot.intake.reading.scope import denied
from bot.intake.reading.spoken import languages
from bot.text import LONGEST, fold

_END = (
    r"(?= ?(?:$|[,.;]|"
    r"(?:en|maar|oud|jong|alleen|ik|wil|heb|met|woon|zonder|zoek|zit|geworden|nee)\b))"
)
_AGE = re.compile(
    r"(?<!toen )\b(?:ik ben|ben|ik|zijn|i am|i'm|im|met mijn|mijn leeftijd is) "
    r"(?:nu |al |ondertussen |pas |nog maar |er |der |wacht |een \w+ van |vrouw |man |net )?"
    rf"(\d\d)(?: ?(?:jaar|jr|j|years|jaren|lentes))?{_END}"
    r"|\b(?:met|nu mee|mee) mijn (\d\d)\b"
    r"|\b(\d\d) ?(?:jaar|jr|j) (?:oud|jong)\b|\b(\d\d) lentes\b"
    r"|(?:^|, |\. )(\d\d) ?(?:jaar|jr|j)(?= ?(?:[,.]|$))"
    r"|(?<!^)(?<!ben )(?<!zijn )(?<!bin )(?<!sinds )\b(?:van|nee wacht) (\d\d)"
    r"(?: jaar)?(?= ?(?:,|\.|$|al\b))"
)
_BARE_AGE = re.compile(r"(?:^|, |\. |hier , )(?:ben )?(\d\d)(?: ?(?:jaar|jr|j))?(?= ?(?:,|\.|$))")
"""An age between commas: counts only in a text without other numbers."""
_SCHOOL_DONE = re.compile(
    r"\b(?:gedaan|gehaald|behaald|afgemaakt|afgewerkt|gestopt|geraakt|gevolgd|"
    r"heb (?:een |mijn |wel |alleen |enkel |al |maar )*"
    r"(?:diploma|bachelor|master|graduaat|a2|a1|\d|lagere|getuigschrift|universitair|hogeschool)|"
    r"diploma van|gestudeerd|school tot|"
    r"\d (?:jaar|jr) (?:lagere?|lager|basis|secundair|middelbaar|humaniora|universiteit)|"
    r"behaalde|bezit|klaar|gezeten|zit in [345]|moeten stoppen|bso|tso|leercontract|okan|beroeps|"
    r"nooit school|geen school gezien|lagere school|school geweest|"
    r"nooit naar school|alleen lagere|enkel lagere|afgestudeerd)\b"
)
_SCHOOL_YEAR = re.compile(
    r"(?:(?:ja|nee|ik|k|heb|had|tot|en|met|het|alleen|enkel|maar|gewoon) )*"
    r"\d+ ?(?:e|de|ste)? (?:leerjaar|middelbaar|secundair|lager)(?: (?:in|van|uit) [\w'-]+)?"
)
"""All that is said is a school year: "6de leerjaar in Marokko"."""
_WISH = frozenset(
    ["wil", "wou", "zou", "graag", "halen", "behalen", "worden", "droom", "hoop", "volgen", "wens"]
)
_DIPLOMA_ABROAD = re.compile(
    r"\b(?:diploma|bachelor|master|universiteit|hogeschool|studeerde|gestudeerd|afgestudeerd|school|leerjaar)\b[^.!?]{0,25}"
    r"\b(?:van|uit|in|vanuit)\b (?:het |de |mijn |een )?(?P<where>[^\W\d_]+(?: land)?)"
)
_SCHOOL_HERE = re.compile(
    r"\b(?:diploma|humaniora|bso|tso|aso|kso|a2|a1|bachelor|master|graduaat|regentaat|hogeschool|afgestudeerd|behaald\w*|"
    r"7de joar|7de jaar|leercontract)\b"
)
_HERE = re.compile(
    r"\b(?:ku ?leuven|ugent|uantwerpen|vub|uhasselt|thomas more|hogent|pxl|ucll|vives|howest|"
    r"odisee|vti)\b"
)
_SPEAKS = re.compile(
    r"\b(?:ik|k) (?:spreek|praat|ken|kan)\b|\bmijn (?:moeder)?taal is\b|\bmoedertaal\b|"
    r"\bi speak\b|\bje parle\b"
)
_NAMED = re.compile(r"\b(?:ik heet|mijn naam is|my name is|je m'appelle|ik noem)\s", re.IGNORECASE)
_NAME_SAID = (
    re.compile(r"^\s*(?:hallo |dag |hoi |yo )?(?:name|naam) (\w+(?: \w+)?)\s*,", re.IGNORECASE),
    re.compile(
        r"^\s*(?:hallo |dag |hoi |yo |'t (?:is )?)?([^\W\d_]{3,}) (?:hier\b|uit \w+ hier)",
        re.IGNORECASE,
    ),
    re.compile(r"^\s*([^\W\d_]{3,}) is (?:mijn|de|mn) naam\b", re.IGNORECASE),
    re.compile(
        r"\bik ben ([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)*)(?=\s*[,.]|\s+(?:en|uit|van|ik|,)\b|$)"
    ),
    re.compile(
        r"\b(?:spreekt|belt) met ([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)*)"
        r"(?=\s*[,.]|\s+(?:en|uit|van|ik)\b|$)"
    ),
    re.compile(r"\bik ben ([^\W\d_]{3,})(?= en (?:ik|k) woon)", re.IGNORECASE),
    re.compile(r"\bmet ([^\W\d_]+ [^\W\d_]+) (?:uit|van) [^\W\d_]+ ik ben", re.IGNORECASE),
    re.compile(r"^\s*([A-Z][^\W\d_]+ [A-Z][^\W\d_]+),"),
    re.compile(r"^\s*([^\W\d_]+ [^\W\d_]+) schrijft u\b", re.IGNORECASE),
    re.compile(r"^\s*(?:mijn )?naam ([A-Z][^\W\d_]+)"),
    re.compile(r"^\s*'t is ([A-Z][^\W\d_]+)"),
)
_LIVES = re.compile(
    r"\b(?:ik |wij |we )?(?:woon|wone|wonen|weune?)\b|\bpostcode\b|^ik ben (?:\w+ )?van\b|"
    r"\buit\b|\bi live\b|\bwoonachtig\b|\bhier$|\b(?:ik ben|ben|kom) (?:van|uit)\b"
)
_MOVED = re.compile(
    r"\b(?<!wil )(?:verhuisd naar|"
    r"(?:niet|nie|ni) meer in [\w' -]{2,25}?,? (?:maar|ma|mor|wel|nu)(?: nu| wel)? in) ([\w'-]+)"
)
"""Where somebody lives after where they no longer do."""
_FIRST = frozenset(("ik", "mij", "me", "ben", "wij", "mijzelf", "i", "je"))
_FREE = re.compile(
    r"\b(?:kan|kunnen|les|lessen|cursus\w*|opleiding|volgen|leren|studeren|liefst|liever|alleen|enkel|moeten|"
    r"zou|wil|mag|goed|beschikbaar|altijd|voorkeur|tijd|avond\w*|weekend)\b"
)
_AT_WORK = re.compile(
    r"\b(?:werk|werkt|werken|werkte) (?:ik )?(?:\w+ )?"
    r"(?:overdag|s avonds|savonds|avond|weekend|zaterdag|online)\b"
)
_JOINTS = frozenset(("maar", "en", "want", "omdat", "dus"))
_SENTENCE = re.compile(r"[.!?\n]+")


def volunteered(text: str) -> dict[str, Any]:
    """Field -> value for what a text says for sure, `{}` for most texts.

    `dream_themes` is there when a wish names them; `education_level` only when a level is named
    as reached ("geen diploma" is no level).
    """
    statements = " . ".join(
        part
        for part in re.split(r"(?<=[.!?])\s+|\n", text[:LONGEST])
        if not part.rstrip().endswith("?")
    )
    if not statements.strip():
        return {}
    words = digits(tokens(statements), ones=False)
    if _about_others(words) and not _FIRST & set(words):
        return {}
    found = {}
    for field, reader in _READERS.items():
        value = reader(statements, words)
        if value not in (None, [], ""):
            found[field] = value
    return found


def _section(section: str) -> Lexicon:
    return lexicon("volunteered", section, fuzzy=False)


def _about_others(words: Sequence[str]) -> bool:
    return bool(_section("others").find(words))


def _age(_text: str, words: Sequence[str]) -> str | None:
    joined = " ".join(words)
    ages = [next(filter(None, m.groups())) for m in _AGE.finditer(joined)]
    if len(words) > 2 and sum(any(c.isdigit() for c in w) for w in words) == 1:
        ages += _BARE_AGE.findall(joined)
    if len({band(int(age)) for age in ages}) != 1 or re.search(
        r"\b(?:zoon|dochter|kind) (?:van|is)\b", joined
    ):
        return None
    return band(int(ages[0]))


def _own(words: Sequence[str]) -> list[list[str]]:
    """The clauses that are not about somebody else."""
    parts: list[list[str]] = [[]]
    for word in words:
        if is_break(word) or word in _JOINTS:
            parts.append([])
        if not is_break(word):
            parts[-1].append(word)
    return [part for part in parts if part and not _about_others(part)]


def _matching(section: str, words: Sequence[str]) -> list[str]:
    """Codes of a section whose phrases stand in a clause of the client's own."""
    return list(dict.fromkeys(c for part in _own(words) for c in _section(section).codes(part)))


def _barriers(text: str, words: Sequence[str]) -> list[str]:
    """What is named as a barrier and not taken back by what is told besides."""
    now = [part for part in _own(words) if "vroeger" not in part]
    named = list(dict.fromkeys(c for part in now for c in _section("barriers").codes(part)))
    reading = barriers(text) if named else NOTHING
    if reading.value is None:
        return [] if reading.final else named
    return [code for code in named if code in reading.value]


def _situation(_text: str, words: Sequence[str]) -> str | None:
    codes: set[str] = set()
    for part in _own(words):
        if any(w in ("vroeger", "was", "geweest", "gewerkt", "werkte") for w in part):
            continue
        hits = _section("situation").find(part)
        lost = denied(part, hits)
        codes |= {h.code for h in hits if h not in lost}
    for stronger in ("living_wage", "school_leaver_waiting", "sick_or_disabled", "neet"):
        if codes == {stronger, "job_seeking"}:
            return stronger
    return codes.pop() if len(codes) == 1 else None


def _dutch(_text: str, words: Sequence[str]) -> str | None:
    codes = _matching("dutch_level", words)
    return codes[0] if len(codes) == 1 else None


def _schedule(_text: str, words: Sequence[str]) -> list[str]:
    said: set[str] = set()
    for part in _own(words):
        joined = " ".join(part)
        if not _FREE.search(joined) or _AT_WORK.search(joined) or "nee" in part:
            continue
        hits = _section("schedule").find(part)
        lost = denied(part, hits)
        said |= {h.code for h in hits if h not in lost}
    return [c for c in ("day", "evening", "weekend", "online") if c in said]


def _recognised(_text: str, words: Sequence[str]) -> str | None:
    codes = _section("diploma_recognised").codes(words)
    return codes[0] if len(codes) == 1 and not _about_others(words) else None


def _themes(text: str, words: Sequence[str]) -> list[str]:
    if not _section("wish").find(words):
        return []
    found = find(dream_tokens(text))
    if len(found.themes) < 2:
        return found.themes
    return decided(found, meaning.judge(found))


def _education(text: str, words: Sequence[str]) -> str | None:
    for sentence in re.split(r"[.!?;\n]+|,| maar | ma | en (?=ik|nu|k |wil|zou)| dus ", fold(text)):
        said = tokens(sentence)
        if _about_others(said) or not _tells_school(" ".join(digits(said))):
            continue
        if any(w in _WISH for w in said):
            continue
        reading = education_level(sentence)
        if reading.value and not (reading.value == "none" and "nooit" not in said):
            return str(reading.value)
    return None


def _tells_school(sentence: str) -> bool:
    return bool(_SCHOOL_DONE.search(sentence) or _SCHOOL_YEAR.fullmatch(sentence))


def _origin(text: str, _words: Sequence[str]) -> str | None:
    for sentence in re.split(r"[.!?;\n]+|, | maar | en (?=wil|zou|ik)", fold(text)):
        if _about_others(tokens(sentence)) or re.search(r"\blagere\b", sentence):
            continue
        match = _DIPLOMA_ABROAD.search(sentence)
        if match:
            value = diploma_origin(match["where"]).value
            if value == "abroad" or match["where"] == "belgie":
                return str(value)
        if _SCHOOL_HERE.search(sentence) and not any(w in _WISH for w in tokens(sentence)):
            where = re.search(r"\b(?:in|te) ([\w-]+)", sentence)
            if _HERE.search(sentence) or (where and places.mentioned(f"in {where[1]}")):
                return "belgium"
    return None


def _languages(text: str, words: Sequence[str]) -> list[str] | None:
    if not _SPEAKS.search(fold(text)) or any(w in _WISH | {"leren"} for w in words):
        return None
    value = languages(text).value
    return value if value and value != ["nl"] else None


def _postcode(text: str, _words: Sequence[str]) -> str | None:
    folded = fold(text)
    if (moved := _MOVED.search(folded)) and (found := places.mentioned(f"ik woon in {moved[1]}")):
        return found[0].postcode
    sentences = re.split(r"[.!?\n,;]+| maar | ma | mor | en |(?= ik ben )|(?= woon )", folded)
    for sentence in sentences:
        said = " ".join(tokens(sentence))
        lives = _LIVES.search(said) or _LIVES.search(sentence)
        if re.search(
            r"\b(?:niet|vroeger|geboren|diploma|mijn man|school|gedaan|behaald|gewerkt)\b", said
        ):
            continue
        if _about_others(tokens(sentence)):
            continue
        if lives:
            # "leuven woon ik", "turnhout woon": the name in front
            turned = re.sub(
                r"^(.*?)\b(?:woon|wone|weune?)\b(?: ik)?$", r"ik woon in \1", sentence.strip()
            )
            found = places.mentioned(turned) or places.mentioned(
                re.sub(r"^(?:hier |waar ik woon |alleen )*(\w+) hier$", r"in \1", sentence.strip())
            )
        elif len(said.split()) <= 2 and len(sentences) > 1:
            found = [
                place
                for place in places.mentioned(f"ik woon in {sentence.strip()}")
                if tokens(place.name) == tokens(sentence)
                or tokens(place.municipality) == tokens(sentence)
            ]
        else:
            continue
        if len(found) == 1:
            return found[0].postcode
    return None


def _name(text: str, _words: Sequence[str]) -> str | None:
    said: list[str] = [text] if _NAMED.search(text) else []
    for pattern in _NAME_SAID:
        if (match := pattern.search(text)) and _may_be_name(tokens(match[1])):
            said.append(match[1])
    value = name(said[0]).value if said else None
    return str(value) if value else None


def _may_be_name(words: Sequence[str]) -> bool:
    """Neither an everyday word, nor a place, nor a job."""
    return not find(words).kept and not any(
        word in word_set("volunteered", "not_names")
        or word.startswith(("hogeschool", "universiteit", "school"))
        or places.mentioned(f"ik woon in {word}")
        for word in words
    )


def _phone(text: str, _words: Sequence[str]) -> str | None:
    return phone(text).value if sum(c.isdigit() for c in text) >= 9 else None


def _email(text: str, _words: Sequence[str]) -> str | None:
    return email(text).value if "@" in text else None


_READERS: Mapping[str, Callable[[str, Sequence[str]], Any]] = MappingProxyType(
    {
        "dream_themes": _themes,
        "education_level": _education,
        "diploma_origin": _origin,
        "diploma_recognised": _recognised,
        "dutch_level": _dutch,
        "situation": _situation,
        "barriers": _barriers,
        "schedule": _schedule,
        "postcode": _postcode,
        "age_band": _age,
        "languages": _languages,
        "name": _name,
        "phone": _phone,
        "email": _email,
    }
)
