"""Dialect and chat spelling as standard Dutch, word by word, before anything is looked up.

`vocabulary/dialect.yaml` holds words; the spelling rules here find what dialects write in their
own way everywhere ("joar", "thuus", "skole"). A rule counts only when it makes a common Dutch
word of one that is none. Phrases of the vocabularies go through the same, so both sides agree.
"""

import functools
import pathlib
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import wordfreq
import yaml

_FILE = pathlib.Path(__file__).parent.parent / "vocabulary" / "dialect.yaml"
_SHORTENED = re.compile(r"(?<!\w)'([kt])(?=\s|\w)|(?<!\w)(t)'(?=\w)|(?<!\w)([kmzd])'(?=\w)")
_SPELLINGS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"oa|ao|ae", "aa"),
        (r"oo", "aa"),
        (r"uu", "ui"),
        (r"^sk|^sj|(?<=[aeioulr])sk", "sch"),
        (r"ie|aa|ai|y|ei", "ij"),
        (r"eu", "oo"),
        (r"oe", "oo"),
        (r"ir", "er"),
        (r"ei", "ee"),
        (r"ie", "ee"),
        (r"^(?=[aeiou])", "h"),
        (r"^aaf", "af"),
        (r"(?<=[kfpsg])$", "t"),
        (r"(?<=e)$", "n"),
        (r"(?<=[bdfgklmnprstvz])n$", "en"),
    )
)
_COMMON = 3.4
"""How common a word must be (Zipf) for a spelling rule to lead to it."""
_UNKNOWN = 1.8
"""How common a word may be (Zipf) and still count as no Dutch word."""
_PARTS_OF_DAY = frozenset(("avonds", "ochtends"))
_AFTER_T = frozenset("bcdfgklmnpvz")
"""Letters before which a t is no part of a Dutch word: "tgeld" is "het geld"."""
_VERY_COMMON = 4.2
"""How common a word must be (Zipf) to be found behind such a t."""
_YEAR = re.compile("jo[aeo]r")
_GOING = ("gegaan", "gaan", "ga", "ging", "weer", "were", "terug", "nooit", "jaar", "geweest")
_OWN = ("mijn", "ons", "onze", "de", "uw", "haar", "zijn", "je")


@functools.cache
def _vocabulary() -> Mapping[str, Any]:
    with _FILE.open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506 (strings only)
    turned: dict[str, Any] = {
        section: {
            spoken: str(said).split()
            for said, forms in content[section].items()
            for spoken in forms
        }
        for section in ("words", "not_alone", "after_ik")
    }
    turned["k_verbs"] = frozenset(content["k_verbs"])
    return MappingProxyType(turned)


def unshortened(text: str) -> str:
    """ "'k", "'t", "m'n" written so that they become words of their own (folded text)."""
    return _SHORTENED.sub(lambda m: f"{m[1]} " if m[1] else (m[2] or m[3]), text)


def standard(words: Sequence[str]) -> list[str]:
    """The words in standard Dutch; what is no dialect stays."""
    result: list[str] = []
    for at, word in enumerate(words):
        before = result[-1] if result else ""
        alone = len(words) == 1
        after = "".join(_one(words[at + 1])) if at + 1 < len(words) else ""
        result += _said(word, before, after, alone=alone)
    return result


def _said(word: str, before: str, after: str, *, alone: bool) -> Sequence[str]:
    known = _vocabulary()
    if word == "no" and before in _GOING and after in ("school", "de", "het", "mijn"):
        return ("naar",)
    if before == "ik" and word in known["after_ik"] and (after or word != "moe"):
        return known["after_ik"][word]  # type: ignore[no-any-return]
    if word == "ma" and after in ("en", "of", "di", "dinsdag", "tot", ","):
        return (word,)  # short for "maandag"
    if word in known["not_alone"]:
        return (word,) if alone or before in _OWN else known["not_alone"][word]
    return _one(word)


@functools.lru_cache(maxsize=50_000)
def _one(word: str) -> tuple[str, ...]:
    known = _vocabulary()
    if word in known["words"]:
        return tuple(known["words"][word])
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return (word,)
    if part := _part_of_day(word):
        return (part,)
    if _zipf(word) >= _UNKNOWN:
        return (word,)
    if word[0] == "t" and word[1] in _AFTER_T and _zipf(word[1:]) >= _VERY_COMMON:
        return ("het", word[1:])
    if word[0] == "k" and word[1:] in known["k_verbs"]:
        return ("ik", word[1:])
    return (_respelled(word),)


def _part_of_day(word: str) -> str:
    """ "tsoavens", "snuchtends": "'s avonds" written as it sounds."""
    rest = word.removeprefix("t").removeprefix("s") if word[0] in "ts" else ""
    known = _vocabulary()["words"].get(rest, (rest,))
    return str(known[0]) if known[0] in _PARTS_OF_DAY and rest != word else ""


def _respelled(word: str) -> str:
    """The commonest word that one or two spelling rules lead to, or the word itself."""
    once = _variants(word)
    twice = [w for one in once for w in _variants(one)] if len(word) > 4 else []
    for tried in (once, twice):
        found = [(frequency, w) for w in tried if (frequency := _zipf(w)) >= _COMMON]
        if found:
            return max(found)[1]
    return _YEAR.sub("jaar", word)


def _variants(word: str) -> list[str]:
    made = (pattern.sub(written, word) for pattern, written in _SPELLINGS)
    return [w for w in dict.fromkeys(made) if w != word]


def _zipf(word: str) -> float:
    return wordfreq.zipf_frequency(word, "nl", wordlist="small")
