"""Cutting a text in sentences and words; syllables and Flesch-Douma."""

import functools
import re
from collections.abc import Sequence

GAP = re.compile(r"\{\{?(\w+)[^{}]*\}?\}")
_LEAVE_OUT = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:be|brussels|com)\b|[☎️📍🙂•]"
)
_END = re.compile(r"(?<=[.?!])[\"')]*\s+|\n+")
_WORD = re.compile(r"['’]s\b|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:/ ]\d+)*")
_VOWELS = re.compile(
    r"ieuw|eeuw|aai|ooi|oei|ieu|eau|aa|ai|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâèéêëìíîïòóôöùúûü]"
)
_SAID_AS_WORD = re.compile(r"(?=.{4})[^AEIOU]?(?:[AEIOU]{1,2}[^AEIOU]{1,2})+")
GAP_WORDS = {
    "when": 6, "where": 4, "how": 4, "also": 0, "lines": 0, "contact": 0, "place": 2, "title": 3,
    "provider": 2, "step": 3, "why": 0, "map": 1, "bring": 4, "things": 0, "things_to_bring": 4,
    "themes": 3, "text": 0, "example": 3, "address": 3, "phone": 1, "level": 3, "what": 3,
    "schedule": 2, "certificate": 4, "situation": 3, "experience": 4, "interpreter": 0,
}  # fmt: skip
"""How many words usually fill a gap; 1 when it isn't here, 0 when it is a text of its own."""


def filled(text: str) -> str:
    """The text with as many words in each gap as the bot usually puts there."""
    return GAP.sub(lambda gap: " ".join(["ding"] * GAP_WORDS.get(gap[1], 1)), text)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text. A full stop inside a word or number ends nothing."""
    parts = _END.split(_LEAVE_OUT.sub("", text))
    return [part.strip() for part in parts if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of a text; addresses of pages and mail are no words."""
    return [found.replace("’", "'") for found in _WORD.findall(_LEAVE_OUT.sub("", text))]


@functools.lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Syllables of a Dutch word: its groups of vowels. Letters of an abbreviation count each.

    Some abbreviations are said as a word (NARIC, LEAH, VIVES): consonants and vowels in turn.
    """
    if word.isupper() and len(word) <= 6 and not _SAID_AS_WORD.fullmatch(word):
        return len(word)
    if word[0].isdigit():
        return 1
    lower = word.lower().replace("que", "k")  # cheque
    if lower == "'s":
        return 1
    return max(1, len(_VOWELS.findall(lower)))


def flesch_douma(texts: Sequence[str]) -> float | None:
    """206.84 - 0.93 x words a sentence - 77 x syllables a word; None without words.

    Douma's fit of Flesch for Dutch (De leesbaarheid van landbouwbladen, 1960). Numbers in digits
    are left out: they have no syllables to count.
    """
    every = [
        [word for word in words(sentence) if not word[0].isdigit()]
        for text in texts
        for sentence in sentences(text)
    ]
    every = [sentence for sentence in every if sentence]
    if not every:
        return None
    total = sum(map(len, every))
    beats = sum(syllables(word) for sentence in every for word in sentence)
    return 206.84 - 0.93 * total / len(every) - 77 * beats / total
