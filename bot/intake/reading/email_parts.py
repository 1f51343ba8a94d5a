"""The two parts of a dictated e-mail address, before and behind the sign @, in written signs."""

import dataclasses
import functools
import re
from collections.abc import Sequence

import wordfreq

from bot.intake.reading.email_said import UNCLEAR
from bot.intake.reading.lexicon import word_set
from bot.intake.reading.numbers import TENS, number
from bot.intake.reading.phone_spoken import repeated

_LONGEST = 7
"""Words of a dictated address before the sign @."""
_COMMON = 4.9
"""A word so common in Dutch (Zipf) is no part of an address, unless it is a name as well."""
_DOUBTFUL = 4.2
"""A word so common before another word may be of the address, or tell about it."""
_JOINS = (".", "-", "_")
_TWICE = re.compile(r"([a-z]{4}.*)\1")
_ENDS = re.compile(r"[:;!?()\n\"<>]|(?<=\w)\.(?= )|\.\.+|…")


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of an address; `text` is empty when it can't be read for sure."""

    text: str
    start: int
    end: int


def local_part(said: str, start: int, end: int) -> Part:
    """What is before the sign at `end`: "dirk de cock negentien zestig" -> "dirkdecock1960"."""
    start = _chunk(said, start, end)
    words = [(m[0], start + m.start()) for m in re.finditer(r"[^\s,]+|,", said[start:end])]
    before, words = _after_leads(words)
    while words and words[0][0] in (*_JOINS, ","):
        words = words[1:]
    if not words:
        return Part("", end, end)
    kept = [word for word, _ in words if word != ","]
    told_in_part = any(w in (*_JOINS, UNCLEAR) or w in _explaining() for w in before)
    readable = _is_readable(kept) and not _has_gap([word for word, _ in words])
    text = "".join(in_digits(kept)) if readable and not told_in_part else ""
    return Part(_TWICE.sub(r"\1", text), words[0][1], end)


def _chunk(said: str, start: int, end: int) -> int:
    """Where the last piece begins; a dot after one or two words may be one of the address."""
    begin = start
    for match in _ENDS.finditer(said, start, end):
        if not said[match.end() : end].strip(" ,"):
            continue
        if match[0] == "." and len(said[begin : match.start()].split()) < 3:
            words = said[begin : match.start()].split()
            if not words or words[-1] not in _leads():
                continue
        begin = match.end()
    return begin


@functools.cache
def _leads() -> frozenset[str]:
    return word_set("contact", "leads")


@functools.cache
def _explaining() -> frozenset[str]:
    return word_set("contact", "explaining")


def _after_leads(
    words: Sequence[tuple[str, int]],
) -> tuple[list[str], list[tuple[str, int]]]:
    """The words that lead to the address, and the address."""
    start = 0
    for at, (word, _) in enumerate(words[:-1]):
        plain = word.strip("'")
        follows = words[at + 1][0]
        beside_sign = follows in _JOINS or (at > 0 and words[at - 1][0] in _JOINS)
        beside_figure = any(
            _is_figure(words[i][0]) for i in (at - 1, at + 1) if 0 <= i < len(words)
        )
        if plain == "een" and beside_figure:
            continue
        said_before = {w for w, _ in words[start:at]}
        if word == "," and said_before and said_before <= {w for w, _ in words[at + 1 :]}:
            start = at + 1
            continue
        if ((plain in _leads() or _is_common(plain)) and not beside_sign) or (
            "'" in word and at + 1 < len(words) and not beside_sign
        ):
            start = at + 1
    return [word for word, _ in words[:start]], list(words[start:])


@functools.cache
def _names() -> frozenset[str]:
    return (
        word_set("given_names", "names")
        | word_set("names", "particles")
        | word_set("contact", "in_addresses")
    )


def _is_figure(word: str) -> bool:
    return number(word) is not None or word.endswith(("duizend", "honderd"))


@functools.lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    if word in _names() or not word.isalpha() or len(word) < 2 or _is_figure(word):
        return False
    return word in _explaining() or wordfreq.zipf_frequency(word, "nl") >= _COMMON


def _is_doubtful(word: str, following: str) -> bool:
    known = word in _names() or not word.isalpha() or len(word) < 2 or _is_figure(word)
    if known or not following.isalpha():
        return False
    return wordfreq.zipf_frequency(word, "nl") >= _DOUBTFUL


def _is_readable(words: Sequence[str]) -> bool:
    if UNCLEAR in words or sum(len(w) > 1 or w.isalnum() for w in words) > _LONGEST:
        return False
    is_figure = words[-1] == "een" and len(words) > 1 and _is_figure(words[-2])
    if (words[-1] in _leads() and not is_figure) or not _explaining().isdisjoint(words):
        return False
    is_told = len(words) > 1 and words[-2] not in _JOINS and _is_common(words[-1])
    if words[-1] in _JOINS or is_told or any(map(_is_doubtful, words, words[1:])):
        return False
    return not all(w in word_set("contact", "only_told") for w in words)


def _has_gap(words: Sequence[str]) -> bool:
    """ "ahmed , peeters": two words with a comma between them may be two things."""
    for at, word in enumerate(words[1:-1], start=1):
        before, after = words[at - 1], words[at + 1]
        if word == "," and all(w.isalpha() and len(w) > 1 for w in (before, after)):
            return number(before) is None and number(after) is None
    return False


_HUNDRED = re.compile(r"(\w*?)honderd(?:en)?(\w*)")


def in_digits(words: Sequence[str]) -> list[str]:
    """Number words in figures: years ("negentien vijfentachtig"), "twee keer de nul"."""
    words = repeated(words)
    found: list[str] = []
    at = 0
    while at < len(words):
        value, size = _value(words[at:])
        found.append(words[at] if value is None else value)
        at += size
    return found


def _value(words: Sequence[str]) -> tuple[str | None, int]:
    word, *rest = words
    following = rest[1:] if rest[:1] == ["en"] else rest
    skipped = len(rest) - len(following)
    tail = number(following[0]) if following and following[0].isalpha() else None
    if word == "duizend" or word.isdigit() or not word.isalpha():
        return None, 1
    if word == "twee" and rest[:1] == ["duizend"]:
        year, size = _value(["tweeduizend", *rest[1:]])
        return year, size + 1
    if word == "tweeduizend":
        return (str(2000 + tail), 2 + skipped) if tail is not None else ("2000", 1)
    if (long := re.fullmatch(r"tweeduizend(?:en)?(\w+)", word)) and (ones := number(long[1])):
        return str(2000 + ones), 1
    hundred = _HUNDRED.fullmatch(word)
    if hundred and (count := number(hundred[1] or "een")):
        ones = number(hundred[2]) if hundred[2] else None
        if ones is None and not hundred[2] and tail and tail < 100:
            return str(100 * count + tail), 2 + skipped
        return str(100 * count + (ones or 0)), 1
    value = number(word)
    if value is None:
        return None, 1
    if 0 < value < 10 and rest[:1] == ["en"] and len(rest) > 1 and rest[1] in TENS:
        return str(value + TENS[rest[1]]), 3
    return str(value), 1


def domain(said: str, start: int, end: int) -> Part:
    """What is behind the sign up to its ending: "tele net . be , klein" -> "telenet.be".

    A provider with one ending needs none: "gmail" is "gmail.com".
    """
    words = [(m[0], start + m.end()) for m in re.finditer(r"[.,;()]|[^\s.,;()]+", said[start:end])]
    endings = word_set("contact", "endings")
    known = word_set("contact", "providers") | _COM | _BE
    labels = [""]
    stop = start
    for at, (word, word_end) in enumerate(words):
        after = words[at + 1][0] if at + 1 < len(words) else ""
        if word == UNCLEAR:
            return Part("", start, end)
        if word == ".":
            if labels[-1]:
                labels.append("")
        elif word in (",", ";", "(", ")"):
            tied = (labels[-1] in known or labels == [""]) and after in (*endings, ".", *known)
            if labels != [""] and not tied:
                break
        elif len(labels) > 1 and labels[-1] == "" and _ending(word, after):
            ending = _ending(word, after)
            labels[-1] = ending
            stop = word_end
            if len(word) == 1 and word != ending:
                continue
            if after != "." or (at + 2 < len(words) and words[at + 2][0] not in endings):
                break
        elif len(labels) > 1 and labels[-1] in endings:
            if len(word) > 1:
                break
            continue
        elif word in endings and labels[-1] in known:
            labels.append(word)
            stop = word_end
            break
        elif (len(labels) > 1 and labels[-1]) or (
            labels[-1] in known and labels[-1] + word not in known
        ):
            break
        else:
            labels[-1] += word
        stop = word_end
    return Part(_whole([label for label in labels if label]), start, stop)


def _is_full(label: str, word: str, known: frozenset[str]) -> bool:
    return label in known and label + word not in known


_COM = frozenset(("gmail", "googlemail", "icloud"))
_BE = frozenset(("telenet", "skynet", "proximus", "scarlet", "pandora", "belgacom"))
"""Providers whose addresses all have one ending."""
_ENDINGS_SAID = {"kom": "com", "komm": "com", "come": "com", "comme": "com", "bee": "be",
                 "bei": "be", "bie": "be", "nel": "nl"}  # fmt: skip


def _ending(word: str, after: str) -> str:
    if len(word) == 1 and word + after in word_set("contact", "endings"):
        return word + after
    if word in word_set("contact", "endings"):
        return word
    return _ENDINGS_SAID.get(word, "")


def _whole(labels: Sequence[str]) -> str:
    if len(labels) != 1:
        return ".".join(labels)
    name = labels[0]
    return f"{name}.com" if name in _COM else f"{name}.be" if name in _BE else ""
