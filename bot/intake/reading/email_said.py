"""What people say about an e-mail address while they say it, taken out before it is read.

"met een k", "zonder accent", "h van hotel", "alles aan elkaar", "hoofdletter M aria". What the
words around it contradict ("de wit met dubbel t") becomes `UNCLEAR`: nobody can know that.
"""

import functools
import re
from collections.abc import Callable, Sequence

import wordfreq

from bot.intake.reading.lexicon import vocabulary
from bot.intake.reading.numbers import number
from bot.intake.reading.phone_spoken import repeated
from bot.text import fold, sound

UNCLEAR = "¿"
"""Stands in the text for an explanation that doesn't fit what was said."""
_LETTER = r"[a-z](?![\w'])"
_COUNT = r"(?P<count>dubbele?|dubbelde|twee|2|een|1|ne|nen|n|'n|de|den|enkele?)"
_WITH = re.compile(
    rf"\b(?:met|mee|me|mit|geschreven met|en dan) {_COUNT} (?:letter )?(?P<letter>[a-z])"
    r"(?:'?s)?(?![\w'.@-])(?P<more>(?: en (?:een|ne|de|n) [a-z](?![\w'.@-]))*)"
    r"(?: (?:van [a-z]{2,}|vooraan|achteraan|vanachter|vanvoor|erin|op het einde))?"
)
_WITHOUT = re.compile(r"\bzonder (?:een |de |ne |n )?(?:letter )?(?P<letter>[a-z])(?![\w'.@-])")
_CAPITAL = re.compile(
    r"(?P<mee>\b(?:met|mee|in) (?:een |ne |de )?)?\bhoofdletter (?P<letter>[a-z])\b(?P<rest> \w+)?"
)
_AS_IN = re.compile(
    r"(?<![\w.@-])(?:(?:de|een|ne|den) )?([a-z]) (?:(?:zo)?als|gelijk|lijk|lik|van|as|voor|like)"
    r"(?: in| van| de| het)? (?P<word>\1\w+)"
)
_SPELLED = re.compile(r"(?<![\w.@-])[a-z](?:-[a-z]){2,}(?![\w.@-])")
_SPACED = re.compile(r"(?<![\w.@'-])[a-z](?:[ ,]+[a-z](?![\w'.@-])){2,}")
_COMMON = 4.9
_TOLD_TWICE = re.compile(r"(?<![\w@.-])([a-z]{2,})(?: (?:dus|of|,))*(?:[ ,]+\1)(?![\w@.-])")
_ARTICLE = r"(?P<article>(?:een|ne|nen|n|'n|de|den|het|'t|da|dat|die|nog een|zo een|zo'n) )?"
_WITH_SIGN = re.compile(
    r"\b(?:met|mee|me|mit) (?:(?:een|ne|nen|n|'n|de|zo'n) )?"
    r"(?P<sign>(?:punt|streep|under|liggend|laag|"
    r"koppel)[a-z]*(?: (?:van ?)?(?:onder|beneden|streepje|score))?)"
    r"(?: (?:er ?)?(?:tussen|in|onder|vanonder|midden\w*))?(?![\w@.-])(?! [a-z]+ (?:at|@))"
)
_SPELLING = re.compile(
    r"[ ,:]*\b(?:met|mee|gespeld|spelt|ik spel|spel ik|geschreven(?: als)?|"
    r"letters?|letter (?:voor|per) letter)$"
)
_CORRECTS = re.compile(r"\b(?:nee+n?|sorry|wacht|oei|oeps|bedoel)\b")
_APART = re.compile(r"\b(tele|sky|hot|out|g|gee|prox|i|y)[ -](net|mail|look|imus|cloud)\b")


@functools.cache
def _table(section: str) -> Sequence[tuple[re.Pattern[str], str]]:
    words = vocabulary("contact")
    told = words[section]
    pairs = (
        ((pattern, f" {sign} ") for sign, patterns in told.items() for pattern in patterns)
        if isinstance(told, dict)
        else ((pattern, " ") for pattern in told)
    )
    return [
        (re.compile(rf"(?<![\w@.'-]){_ARTICLE}(?:{pattern})(?![\w@-])"), sign)
        for pattern, sign in pairs
    ]


def with_signs(text: str) -> str:
    """The text with its signs written, and without what only explains them."""
    said = re.sub(r"@+", "@", re.sub(r"(?<=\w)\.{2,}(?=\w)", ".", fold(text)))
    said = re.sub(r"[(\[{<]\s*(at|dot|punt|apenstaartje)\s*[)\]}>]", r" \1 ", said)
    for rewrite in _REWRITES:
        said = rewrite(said)
    for section in ("said_besides", "signs"):
        said = _written(said, section)
    said = re.sub(r"(?<= )([.@_-]) +(?:\1 +)+", r"\1 ", said)
    return re.sub(r" +", " ", _TOLD_TWICE.sub(_once, re.sub(r" +", " ", said)))


def _written(said: str, section: str) -> str:
    for pattern, sign in _table(section):
        said = pattern.sub(functools.partial(_sign, sign), said)
    return said


def _sign(sign: str, match: re.Match[str]) -> str:
    """The sign; of "acht een punt" the "een" stays, it is a figure."""
    article = match["article"] or ""
    word = re.search(r"([a-z]+) $", match.string[: match.start()])
    figure = word and (number(word[1]) is not None or word[1].endswith(("duizend", "honderd")))
    belongs = figure if article == "een " else article in ("de ", "den ") and "@" not in sign
    return f"{article}{sign}" if belongs else sign


def _signs_told(said: str) -> str:
    """ "met een punt ertussen": fine when that sign is said, else nobody knows where."""
    return _WITH_SIGN.sub(_with_sign, said)


def _with_sign(match: re.Match[str]) -> str:
    sign = _written(match["sign"], "signs").strip()
    rest = f"{match.string[: match.start()]} {match.string[match.end() :]}"
    local = _written(rest, "signs").partition("@")[0]
    return " " if sign in local else f" {UNCLEAR} "


def _numbers_repeated(said: str) -> str:
    return " ".join(repeated(said.split(" ")))


def _once(match: re.Match[str]) -> str:
    told = number(match[1]) is not None or wordfreq.zipf_frequency(match[1], "nl") > _COMMON
    return match[0] if told else match[1]


def _as_in(said: str) -> str:
    """ "h van hotel" -> "h"; the letters so said, one after the other, are one word."""
    return _AS_IN.sub(r"\1", said)


def _respelled(said: str) -> str:
    """ "hassen h-a-s-s-a-n": how it is spelled counts."""
    for pattern in (_SPELLED, _SPACED):
        while match := pattern.search(said):
            letters = re.sub(r"[ ,-]+", "", match[0])
            before = _SPELLING.sub("", said[: match.start()].rstrip(" ,:("))
            word = re.search(r"[a-z]+$", before)
            if word and len(letters) > 2 and sound(word[0])[:3] == sound(letters)[:3]:
                before = before[: word.start()].rstrip()
            said = f"{before} {letters}{said[match.end() :]}"
    return said


def _letters_told(said: str) -> str:
    said = _WITH.sub(_with_letter, said)
    return _WITHOUT.sub(_without_letter, said)


def _with_letter(match: re.Match[str]) -> str:
    twice = match["count"].startswith("dubbel") or match["count"] in ("twee", "2")
    word = _word_before(match)
    more = re.findall(r"\b[a-z]$|\b[a-z](?= en)", match["more"])
    fits = match["letter"] * (2 if twice else 1) in word and all(m in word for m in more)
    return " " if fits else f" {UNCLEAR} "


def _without_letter(match: re.Match[str]) -> str:
    word = _word_before(match)
    return " " if word and match["letter"] not in word else f" {UNCLEAR} "


def _word_before(match: re.Match[str]) -> str:
    before = _CORRECTS.split(match.string[: match.start()])[-1]
    if address := re.search(r"(\S+?) ?(?:@| at | ap[a-z]*st[a-z]*rt)", before):
        return address[1]
    words: list[str] = re.findall(r"[a-z]{2,}", before)
    words = [word for word in words if word not in ("met", "en", "een", "dubbel")]
    return words[-1] if words else ""


def _capitals(said: str) -> str:
    """ "hoofdletter m aria" -> "maria", "ali met hoofdletter a" -> "ali"."""
    return _CAPITAL.sub(_capital, said)


def _capital(match: re.Match[str]) -> str:
    letter, rest = match["letter"], (match["rest"] or "").strip()
    if match["mee"]:
        fits = re.search(rf"\b{letter}[a-z]*\W*$", match.string[: match.start()])
        return f" {rest}" if fits or rest.startswith(letter) else f" {UNCLEAR} {rest}"
    return rest if rest.startswith(letter) else f"{letter}{rest}"


def _providers_tied(said: str) -> str:
    return _APART.sub(lambda m: ("g" if m[1] == "gee" else m[1]) + m[2], said)


_REWRITES: Sequence[Callable[[str], str]] = (
    _as_in,
    _numbers_repeated,
    _capitals,
    _signs_told,
    _letters_told,
    _respelled,
    _providers_tied,
)
