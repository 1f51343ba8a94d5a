"""Figures as they are said: "nul vier zeventig twaalf", "dubbel zes", "drie keer de nul"."""

import re
from collections.abc import Iterable, Sequence

from bot.intake.reading.lexicon import tokens, word_set
from bot.intake.reading.numbers import FOREIGN, FOREIGN_ONES, TENS, digits, number

_HUNDRED = re.compile(r"(\w*?)honderd(?:en)?(\w*)")
_DIGIT_WORDS = "nul|plus|een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_TIMES = frozenset(("keer", "maal", "x", "×"))
_FRENCH = {
    "zero": "0", "un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6",
    "sept": "7", "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "douze": "12",
    "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16", "vingt": "20",
    "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60", "septante": "70",
    "huitante": "80", "octante": "80", "nonante": "90",
}  # fmt: skip
_ENGLISH = frozenset(("one", "two", "three", "four", "five", "seven", "eight", "nine", "twenty",
                      "thirty", "forty", "fifty", "sixty"))  # fmt: skip
_SURE = 3
"""English numbers that tell that a number is said in English."""
_FRENCH_ONLY = frozenset(_FRENCH) - {"zero", "un", "six", "onze"}
"""Words that tell that a number is said in French."""


def value_of(word: str) -> int | None:
    """The value of a figure or number word; also "nuul", "o" and "zero"."""
    return 0 if word in ("nuul", "o", "zero", "noel") else number(word)


def repeated(words: Sequence[str]) -> list[str]:
    """ "zes keer de 1" -> six times "1", "dubbel nul" -> twice "0"; other words as they are."""
    found: list[str] = []
    at = 0
    while at < len(words):
        word, after = words[at], list(words[at + 1 : at + 5])
        if after[:1] and after[0] in ("nullen", "nulletjes") and 1 < (value_of(word) or 0) < 10:
            found += ["0"] * (value_of(word) or 0)
            at += 2
            continue
        joined = re.fullmatch(r"(\d)[x×]", word)
        times = value_of(joined[1] if joined else word)
        if joined or (times and after[:1] and after[0] in _TIMES):
            after = after if joined else after[1:]
            skipped = 1 if joined else 2
        elif word in ("dubbel", "dubbele", "double"):
            times, skipped = 2, 1
        else:
            found.append(word)
            at += 1
            continue
        articles = next((i for i, w in enumerate(after) if w not in _ARTICLES), len(after))
        if not articles or articles == len(after) or value_of(after[articles]) is None:
            # "twee keer een"
            articles = articles if articles < len(after) else max(articles - 1, 0)
        figure = value_of(after[articles]) if articles < len(after) else None
        if figure is None or figure > 99 or not times or times > 9:
            found.append(word)
            at += 1
            continue
        found += [str(figure)] * times
        at += skipped + articles + 1
    return found


_ARTICLES = frozenset(("de", "een", "het", "n", "ne", "nen", "cijfer", "'n", "den"))


def figures(text: str) -> list[str]:
    """The words of a text, number words in digits; figures keep their zeros in front."""
    words: list[str] = []
    for word in tokens(text):
        counts = bool(words) and words[-1].isdigit()  # "nul vier zeven een", not "een nummer"
        words.append(word if word.isdigit() else digits([word], ones=counts)[0])
    return words


def figures_spoken(text: str) -> str:
    """ "nul vier zeventig twaalf" -> "047012"; other words become ";"."""
    words = repeated(_in_dutch([w for word in tokens(text) for w in _apart(word)]))
    parts: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        value = value_of(word)
        if (hundreds := _HUNDRED.fullmatch(word)) and (count := number(hundreds[1] or "een")):
            tail = number(hundreds[2]) if hundreds[2] else None
            if tail is None and at + 1 < len(words) and (number(words[at + 1]) or 0) > 0:
                at += 1
                tail = number(words[at])
            parts.append(str(100 * count + (tail or 0)))
        elif word == "plus":
            parts.append("+")
        elif _is_pair(words[at : at + 3]):
            parts.append(str((value or 0) + TENS[words[at + 2]]))
            at += 2
        elif value is not None:
            parts.append(word if word.isdigit() else str(value))
        elif parts and word not in word_set("contact", "between_figures"):
            parts.append(" ; ")
        at += 1
    groups = "".join(parts).split(" ; ")
    return " ; ".join(g for g in groups if len(g) >= _SHORTEST)


_SHORTEST = 8


def _is_pair(words: Sequence[str]) -> bool:
    """ "twee en dertig"."""
    return (
        len(words) == 3
        and words[1] == "en"
        and words[2] in TENS
        and not words[0].isdigit()
        and 0 < (number(words[0]) or 0) < 10
    )


def _in_dutch(words: Sequence[str]) -> list[str]:
    """Numbers in French and English in figures: "quatre cent septante six" -> "476"."""
    english = [str(FOREIGN_ONES.get(w, FOREIGN.get(w, w))) for w in words]
    if len(_ENGLISH & {*words}) >= _SURE:
        return english
    if _FRENCH_ONLY.isdisjoint(words):
        return list(words)
    said = " ".join(_FRENCH.get(word, word) for word in words if word not in ("-", "et"))
    said = re.sub(r"\b4 20(?: (1?\d)\b)?", lambda m: str(80 + int(m[1] or 0)), said)
    said = re.sub(r"\b([1-9]) cents?(?: (\d\d?)\b)?(?: ([1-9])\b)?", _french_hundred, said)
    return re.sub(r"\b([2-9])0 ([1-9])\b", r"\1\2", re.sub(r"\b60 1(\d)\b", r"7\1", said)).split()


def _french_hundred(match: re.Match[str]) -> str:
    tens, ones = int(match[2] or 0), match[3]
    joins = ones and tens >= 20 and tens % 10 == 0
    rest = tens + (int(ones) if joins else 0)
    return f"{100 * int(match[1]) + rest}" + (f" {ones}" if ones and not joins else "")


def _apart(word: str) -> Iterable[str]:
    """ "nulvierachtzeven" -> "nul", "vier", "acht", "zeven"."""
    if not word.startswith(("nul", "plus")) or number(word) is not None:
        return (word,)
    found = re.findall(_DIGIT_WORDS, word)
    return found if "".join(found) == word else (word,)
