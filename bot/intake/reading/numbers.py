"""Dutch number words as digits: "vierendertig" -> "34", "zesde" -> "6de"."""

import functools
from collections.abc import Sequence

import wordfreq
from rapidfuzz.distance import DamerauLevenshtein

from bot.text import sound

ONES = {
    "nul": 0, "een": 1, "één": 1, "drij": 3, "neegn": 9, "zeevn": 7, "ien": 1, "twee": 2,
    "twie": 2, "drie": 3, "dree": 3, "vier": 4, "vijf": 5, "vaaif": 5, "vuuf": 5, "vuuve": 5,
    "vuve": 5, "vuuven": 5, "zes": 6, "zeven": 7, "zeiven": 7, "zivven": 7, "zeuve": 7, "vief": 5,
    "zeuven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "twalf": 12,
    "twaalven": 12, "elven": 11, "tienen": 10, "negenen": 9, "achten": 8, "zevenen": 7,
    "zessen": 6, "vijven": 5, "vieren": 4, "drieen": 3, "tweeen": 2, "dertien": 13,
    "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18, "achtien":
    18, "negentien": 19,
}  # fmt: skip
_STEMS = {
    20: ("twin", "twien", "twjin"), 30: ("der", "dar", "dear"), 40: ("veer", "vier", "veir", "fer"),
    50: ("vijf", "vuuf", "vuf", "vif", "fijf", "vaif", "vief"), 60: ("zes", "tses", "ses"),
    70: ("zeven", "zeiven", "zivven", "tseven", "tzeven", "zeuven"), 80: ("tach", "tachen"),
    90: ("negen", "neegn"),
}  # fmt: skip
"""Beginnings of the round numbers, also as dialects and learners write them."""
TENS = {
    stem + ending: tens
    for tens, stems in _STEMS.items()
    for stem in stems
    for ending in ("tig", "tich", "teg", "tech")
}
FOREIGN = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40", "fifty": "50", "sixty": "60",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60",
    "seize": "16",
}  # fmt: skip
"""Round numbers of English and French, which learners fall back on, in digits."""
FOREIGN_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9,
}  # fmt: skip
"""The ones that follow them."""
ORDINALS = {
    "eerste": "1de", "1ste": "1de", "tweede": "2de", "twede": "2de", "derde": "3de", "vierde":
    "4de", "vierd": "4de", "vijfde": "5de", "zesde": "6de", "zevende": "7de", "achtste":
    "8de", "negende": "9de", "tiende": "10de", "zesd": "6de", "vijfd": "5de", "derd": "3de",
    "zevend": "7de", "tweed": "2de",
}  # fmt: skip


_ONE_SUFFIXED = {
    "elfde": "11de", "twaalfde": "12de", "dertiende": "13de", "veertiende": "14de",
    "vijftiende": "15de", "zestiende": "16de", "zeventiende": "17de", "achttiende": "18de",
    "achtiende": "18de", "negentiende": "19de", "twintigste": "20ste",
}  # fmt: skip
ORDINALS.update(_ONE_SUFFIXED)


@functools.cache
def _words() -> dict[str, int]:
    found = {**ONES, **TENS}
    for one, n in ONES.items():
        if 0 < n < 10:
            for ten, tens in TENS.items():
                for link in ("en", "ën", "n", "'n", "jen", "j'en", "e"):
                    found[one + link + ten] = tens + n
    return found


def number(word: str) -> int | None:
    """The value of a number word or of digits, 0..99 for words; None when it is no number."""
    if word.isdigit() and word.isascii():
        return int(word) if len(word) < 12 else None
    found = _words().get(word.replace("ë", "e"))
    return _heard(word) if found is None and len(word) > 4 else found


@functools.lru_cache(maxsize=4096)
def _heard(word: str) -> int | None:
    """A number word as dialects write it ("vierentwientig"), when it is no Dutch word."""
    if wordfreq.zipf_frequency(word, "nl", wordlist="small") > 1:
        return None
    return _sounds().get(sound(word), _sounds().get(sound(word.removesuffix("e"))))


@functools.lru_cache(maxsize=4096)
def misspelled(word: str) -> int | None:
    """The number that a word of no meaning differs from by a letter: "dertug", "drieendetig".

    None for a word of Dutch and when two numbers are as near.
    """
    if not word.isalpha() or wordfreq.zipf_frequency(word, "nl") > 1:
        return None
    near = {
        n
        for known, n in _words().items()
        if abs(len(known) - len(word)) < 2
        and len(known) > 5
        and DamerauLevenshtein.distance(word, known, score_cutoff=1) == 1
    }
    return near.pop() if len(near) == 1 else None


@functools.cache
def _sounds() -> dict[str, int]:
    return {sound(word): n for word, n in _words().items() if len(word) > 4}


@functools.cache
def _ordinal_sounds() -> dict[str, str]:
    return {sound(word): n for word, n in ORDINALS.items() if len(word) > 4}


def ordinal(word: str) -> str | None:
    """ "zesde" -> "6de", also as dialects write it; None when it is no ordinal."""
    if word in ORDINALS or len(word) < 5 or not word.isalpha():
        return ORDINALS.get(word)
    if wordfreq.zipf_frequency(word, "nl", wordlist="small") > 1:
        return None
    return _ordinal_sounds().get(sound(word))


def digits(words: Sequence[str], *, ones: bool = True) -> list[str]:
    """The same words with number words and ordinals written in digits.

    Args:
        ones: False leaves "een" alone, which is mostly an article.
    """
    result: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if nth := ordinal(word):
            result.append(nth)
        elif (
            at + 2 < len(words)
            and words[at + 1] in ("en", "n")
            and 0 < (number(word) or 0) < 10
            and words[at + 2] in TENS
        ):
            result.append(str((number(word) or 0) + TENS[words[at + 2]]))
            at += 2
        elif (found := number(word)) is not None and (ones or word not in ("een", "ien")):
            result.append(str(found))
        else:
            result.append(word)
        at += 1
    return result
