"""Which language a message is in, when it is surely not Dutch.

Script first, then words: how frequent each word is in Dutch (with the words of the training
sentences) and in other languages. langdetect is asked when words do not tell. A short text, or
one that may be beginners' Dutch, dialect or a name, is never called another language.
"""

import dataclasses
import functools
import itertools
import math
import pathlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import yaml

from bot.nlu import dialect

HERE = pathlib.Path(__file__).parent

LATIN = ("en", "fr", "tr", "pl", "ro", "es", "pt", "it", "de")
"""Latin-script languages with a frequency list in wordfreq; `so` and `sq` have our own."""
CYRILLIC = ("uk", "ru", "bg")
OWN = ("so", "sq")
KNOWN = frozenset({*LATIN, *CYRILLIC, *OWN, "ar", "fa", "ps", "ti", "zh"})
"""The languages that the bot has aid texts in."""
UNKNOWN = "und"
"""ISO 639-2 code for "undetermined": surely not Dutch, but not one of `KNOWN`."""

TOP = 12000
FLOOR = 2.0
"""Zipf value of a word that a language does not have."""
OWN_WORD = 5.5
TRAINING_WORD = 5.0

MIN_WORDS = 3
EVERYDAY = 5.3
"""Three words must hold one that is so frequent: three names are no sentence."""
MARGIN = 0.55
"""Zipf points a word by which another language must beat Dutch."""
DETECTOR_SURE = 0.9
MIN_LETTERS = 12
"""langdetect is not believed below this number of letters."""
MAX_DUTCH = 0.34
"""Above this share of Dutch words langdetect is not asked."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "ETHIOPIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def scripts(text: str) -> dict[str, int]:
    """Number of letters of each script, such as {"LATIN": 12}; other scripts count as "OTHER"."""
    counts: dict[str, int] = {}
    for mark in text:
        if mark.isascii() and mark.isalpha():
            script = "LATIN"
        elif mark.isalpha():
            name = unicodedata.name(mark, "")
            script = next((known for known in _SCRIPTS if name.startswith(known)), "OTHER")
            if name.startswith(("MATHEMATICAL", "FULLWIDTH", "MODIFIER", "FEMININE", "MASCULINE")):
                script = "LATIN"
        else:
            continue
        counts[script] = counts.get(script, 0) + 1
    return counts


@functools.cache
def _data() -> Mapping[str, Any]:
    content = yaml.safe_load((HERE / "data" / "languages.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(content)


@functools.cache
def own_words(language: str) -> frozenset[str]:
    """The words listed for a language in `data/languages.yaml`."""
    listed = _data()["words"].get(language) or ""
    return frozenset(listed.split())


@functools.cache
def frequencies(language: str) -> Mapping[str, float]:
    """Word (without accents) -> Zipf value (3 = once a million words, 6 = once a thousand)."""
    if language in OWN:
        return MappingProxyType(dict.fromkeys(own_words(language), OWN_WORD))
    import wordfreq

    table: dict[str, float] = {}
    listed = wordfreq.get_frequency_dict(language, wordlist="small")  # most frequent first
    for word, share in itertools.islice(listed.items(), TOP):
        table.setdefault(dialect.plain(word), math.log10(share) + 9)
    return MappingProxyType(table)


@functools.cache
def _detector() -> Any:
    from langdetect import detector_factory

    make: Any = detector_factory.DetectorFactory
    factory = make()
    factory.seed = 0
    folder = pathlib.Path(detector_factory.PROFILES_DIRECTORY)
    candidates = ("nl", *LATIN, *OWN)  # only these: faster to load, and fewer wrong guesses
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in candidates])
    return factory


def detect(text: str) -> dict[str, float]:
    """langdetect's probabilities for a text in Latin letters; {} when it cannot tell."""
    from langdetect.lang_detect_exception import LangDetectException

    factory = _detector()
    detector = factory.create()
    detector.append(text.lower())
    try:
        return {found.lang: found.prob for found in detector.get_probabilities()}
    except LangDetectException:
        return {}


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, in small letters and without accents."""
    return frozenset(dialect.plain(word) for text in texts for word in _words(text))


def warm_up() -> None:
    """Loads all word lists and langdetect's profiles (about 3 s the first time)."""
    for language in ("nl", *LATIN, *CYRILLIC):
        frequencies(language)
    detect("goeiedag")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'"))


def _arabic(text: str) -> str:
    letters: Mapping[str, str] = _data()["letters"]
    if any(mark in text for mark in letters["ps"]):
        return "ps"
    words = _WORD.findall(text.replace("\u200c", ""))
    score = {
        language: float(sum(word in own_words(language) for word in words))
        for language in ("ar", "fa", "ps")
    }
    score["ar"] += sum(word.startswith("ال") or word.endswith("ة") for word in words)
    score["ar"] += sum(mark in "أإىةكي" for mark in text) * 0.5
    score["fa"] += sum(mark in letters["fa"] for mark in text) * 0.4
    score["ur"] = sum(mark in letters["ur"] for mark in text) * 0.9
    best = max(score, key=lambda language: score[language])
    if not score[best]:
        return "ar"
    return UNKNOWN if best == "ur" else best


def _cyrillic(text: str) -> str:
    letters: Mapping[str, str] = _data()["letters"]
    lowered = text.lower()
    words = [dialect.plain(word) for word in _WORD.findall(lowered)]
    score = {
        language: sum(frequencies(language).get(word, FLOOR) for word in words)
        for language in CYRILLIC
    }
    for language in ("uk", "ru"):
        score[language] += 4 * sum(mark in letters[language] for mark in lowered)
    score["bg"] += 2 * sum(
        "ъ" in word[1:-1] or word.endswith(("ът", "ят", "та", "те")) for word in words
    )
    return max(score, key=lambda language: score[language])


@dataclasses.dataclass(frozen=True)
class LanguageReader:
    """Tells the language of a message.

    Attributes:
        dutch: words (plain: small letters, no accents) of the Dutch training sentences.
    """

    dutch: Collection[str] = frozenset()

    def other_language(self, text: str) -> str | None:
        """The code of the language when the text is surely not Dutch, else None."""
        if text.startswith("/"):
            return None
        found = scripts(text)
        letters = sum(found.values())
        latin = found.get("LATIN", 0)
        if letters - latin >= 2 and letters - latin > latin:
            return self._by_script(text, found)
        return self._by_words(text)

    def _by_script(self, text: str, found: Mapping[str, int]) -> str:
        script = max((name for name in found if name != "LATIN"), key=lambda name: found[name])
        if script == "ARABIC":
            return _arabic(text)
        if script == "CYRILLIC":
            return _cyrillic(text)
        if script == "CJK" and not found.get("HIRAGANA") and not found.get("KATAKANA"):
            return "zh"
        return "ti" if script == "ETHIOPIC" else UNKNOWN

    def _zipf(self, word: str) -> float:
        value = frequencies("nl").get(word, FLOOR)
        if word in self.dutch or dialect.words().get(word):
            value = max(value, TRAINING_WORD)
        return value

    def _by_words(self, text: str) -> str | None:
        words = [dialect.plain(word) for word in _words(text)]
        if len(words) < MIN_WORDS:
            return None
        dutch = [self._zipf(word) for word in words]
        languages = (*LATIN, *OWN)
        gains = {
            language: [
                frequencies(language).get(word, FLOOR) - own
                for word, own in zip(words, dutch, strict=True)
            ]
            for language in languages
        }
        totals = {language: sum(gain) / len(words) for language, gain in gains.items()}
        best = max(totals, key=lambda language: totals[language])
        telling = {word for word, gain in zip(words, gains[best], strict=True) if gain > 1.0}
        everyday = max((frequencies(best)[word] for word in telling), default=0.0) >= EVERYDAY
        if totals[best] >= MARGIN and len(telling) >= 2 and (everyday or len(words) > 3):
            return self._named(text, best, totals)
        share = sum(value > FLOOR for value in dutch) / len(words)
        if share > MAX_DUTCH:
            return None
        probabilities = detect(text)
        if not probabilities:
            return None
        guess = max(probabilities, key=lambda language: probabilities[language])
        sure = probabilities[guess] >= DETECTOR_SURE and len("".join(words)) >= MIN_LETTERS
        if guess == "de" and totals["de"] <= 0:  # Limburgish looks German letter by letter
            sure = False
        return guess if guess != "nl" and sure else None

    def _named(self, text: str, best: str, totals: Mapping[str, float]) -> str:
        """Between close relatives (es, pt, it, ro) langdetect is heard too."""
        close = [name for name, total in totals.items() if totals[best] - total < 0.5]
        if len(close) == 1:
            return best
        probabilities = detect(text)
        return max(
            close, key=lambda language: totals[language] + 0.6 * probabilities.get(language, 0.0)
        )
