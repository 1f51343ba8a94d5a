"""Finding vocabulary in free text: phrases from YAML, misspellings, sounds, negation.

A vocabulary file maps a code to phrases. A phrase is one or more words; `stem*` stands for a
word that begins so, `*end` for one that ends so, `..` for up to three words in between, and a
phrase that begins with `re:` is a regular expression over the folded text. A phrase with `=`
in front counts only when it is the whole answer. Phrases under the code `_` say nothing: they
keep a word from being taken for another one.
"""

import dataclasses
import functools
import pathlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rapidfuzz
import wordfreq
import yaml

from bot.intake.reading.standard import standard, unshortened
from bot.text import fold, sound

VOCABULARY = pathlib.Path(__file__).parent.parent / "vocabulary"
_TOKEN = re.compile(r"\d+[.,:]\d+|[^\W_]+|[,.;:!?\n()+/]|['&@👍👎✅❌]", re.UNICODE)
_BREAKS = frozenset(",.;:!?\n()+")
IGNORED = "_"
"""The code of phrases that mean nothing here, but look like others that do."""
_LONGEST_WORD = 40
_FUZZY_LENGTH = 5
_GAP = 3


@functools.cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """The content of `vocabulary/<name>.yaml`.

    Raises:
        FileNotFoundError: there is no such vocabulary.
    """
    with (VOCABULARY / f"{name}.yaml").open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506 (strings only)
    assert isinstance(content, dict)
    return content


@functools.cache
def word_set(name: str, section: str) -> frozenset[str]:
    """A section of a vocabulary file that is a plain list of words."""
    return frozenset(str(word) for word in vocabulary(name)[section])


@functools.cache
def lexicon(name: str, section: str = "", *, fuzzy: bool = True) -> "Lexicon":
    """The lexicon of a vocabulary file, or of one section in it."""
    content = vocabulary(name)
    return Lexicon(content[section] if section else content, fuzzy=fuzzy)


@dataclasses.dataclass(frozen=True)
class Hit:
    """A phrase found: tokens `start` to `end` (exclusive).

    `exact`: neither guessed from a misspelling nor found by the end of a word only.
    """

    code: str
    start: int
    end: int
    phrase: str
    exact: bool = True

    @property
    def size(self) -> int:
        return self.end - self.start


def tokens(text: str) -> list[str]:
    """Words, numbers and punctuation of a text, folded, dialect in standard Dutch."""
    found = _TOKEN.findall(unshortened(fold(text).replace("'s ", "s ")))
    return standard([token[:_LONGEST_WORD] for token in found])


def is_break(token: str) -> bool:
    """Whether a token ends a clause by being punctuation."""
    return token in _BREAKS


def is_mark(token: str) -> bool:
    """Whether a token is punctuation and no word or number."""
    return not any(char.isalnum() for char in token)


@functools.lru_cache(maxsize=20_000)
def is_dutch(word: str) -> bool:
    """A common Dutch word: it is not taken for a misspelling of another one."""
    return wordfreq.zipf_frequency(word, "nl", wordlist="small") >= 3.1


@functools.lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """A word that Dutch texts hold now and then, names and English ones included."""
    return wordfreq.zipf_frequency(word, "nl") >= 1.0


class Lexicon:
    """Phrases of several codes, compiled for quick search."""

    def __init__(self, entries: Mapping[str, Iterable[str]], *, fuzzy: bool = True) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._ends: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._whole: dict[str, list[str]] = {}
        self._signs: list[tuple[str, str]] = []
        self._fuzzy = fuzzy
        self._words: dict[str, list[str]] = {}
        for code, phrases in entries.items():
            for phrase in phrases or ():
                self._add(str(code), str(phrase))
        self._long = [w for w in self._first if len(w) >= _FUZZY_LENGTH and w.isascii()]
        self._sounds: dict[str, list[str]] = {}
        for word in self._first:
            if len(word) >= 4 and word.isascii() and word.isalpha():
                self._sounds.setdefault(sound(word), []).append(word)

    def _add(self, code: str, phrase: str) -> None:
        if phrase.startswith("re:"):
            self._patterns.append((re.compile(rf"(?<!\w)(?:{phrase[3:]})(?!\w)"), code))
            return
        if phrase.startswith("="):
            self._whole.setdefault(" ".join(tokens(phrase[1:])), []).append(code)
            return
        if any("぀" <= c <= "鿿" for c in phrase):
            self._signs.append((phrase, code))
            return
        words = tuple(_phrase_words(phrase))
        head, tail = words[0], words[1:]
        if head.endswith("*"):
            self._starts.setdefault(head[:-1], []).append((tail, code))
        elif head.startswith("*"):
            self._ends.setdefault(head[1:], []).append((tail, code))
        else:
            self._first.setdefault(head, []).append((tail, code))

    def find(self, text: str | Sequence[str]) -> list[Hit]:
        """Hits in the order of the text; of overlapping ones the longest stays."""
        words = tokens(text) if isinstance(text, str) else list(text)
        hits: list[Hit] = []
        plain = [w for w in words if not is_break(w)]
        for code in self._whole.get(" ".join(plain), ()):
            return [
                Hit(c, 0, len(words), "=", True) for c in self._whole[" ".join(plain)] if c or code
            ]
        for at, word in enumerate(words):
            hits += self._at(words, at, word)
        if self._fuzzy:
            covered = {i for hit in hits for i in range(hit.start, hit.end)}
            for at, word in enumerate(words):
                if at not in covered:
                    hits += self._guessed(words, at, word)
        hits += self._matched(words)
        return [hit for hit in _longest(hits) if hit.code != IGNORED]

    def codes(self, text: str | Sequence[str]) -> list[str]:
        """The codes found, each once, in the order of the text."""
        return list(dict.fromkeys(hit.code for hit in self.find(text)))

    def _at(self, words: Sequence[str], at: int, word: str) -> Iterable[Hit]:
        for tail, code in self._first.get(word, ()):
            end = _follow(words, at + 1, tail)
            if end:
                yield Hit(code, at, end, word)
        for length in range(len(word) + 1) if self._starts else ():
            for tail, code in self._starts.get(word[:length], ()):
                end = _follow(words, at + 1, tail)
                if end:
                    yield Hit(code, at, end, word)
        for length in range(len(word) + 1) if self._ends else ():
            for tail, code in self._ends.get(word[length:], ()):
                end = _follow(words, at + 1, tail)
                if end:
                    yield Hit(code, at, end, word, exact=False)

    def _guessed(self, words: Sequence[str], at: int, word: str) -> Iterable[Hit]:
        for guess in self.guess(word):
            for tail, code in self._first[guess]:
                end = _follow(words, at + 1, tail)
                if end:
                    yield Hit(code, at, end, guess, exact=False)

    @functools.lru_cache(maxsize=4096)  # noqa: B019 (lexicons live as long as the process)
    def guess(self, word: str) -> tuple[str, ...]:
        """Words of the lexicon that a misspelled word may be."""
        if len(word) < 4 or not word.isalpha() or not word.isascii() or is_dutch(word):
            return ()
        heard = [w for w in self._sounds.get(sound(word), ()) if abs(len(w) - len(word)) <= 3]
        if heard:
            return tuple(heard)
        if len(word) < _FUZZY_LENGTH:
            return ()
        allowed = 1 if len(word) < 8 else 2
        found = rapidfuzz.process.extract(
            word,
            self._long,
            scorer=rapidfuzz.distance.OSA.distance,
            score_cutoff=allowed,
            limit=6,
        )
        near = [(d, w) for w, d, _ in found if w[0] == word[0] and d <= (1 if len(w) < 7 else 2)]
        if not near:
            return ()
        best = min(d for d, _ in near)
        return tuple(w for d, w in near if d == best)

    def _matched(self, words: Sequence[str]) -> Iterable[Hit]:
        if not self._patterns and not self._signs:
            return
        joined, starts = "", []
        for word in words:
            starts.append(len(joined))
            joined += word + " "
        joined = joined.rstrip()
        for pattern, code in self._patterns:
            for match in pattern.finditer(joined):
                if match.end() > match.start():
                    yield Hit(code, *_span(starts, match.start(), match.end()), match.group())
        for sign, code in self._signs:
            place = joined.find(sign)
            if place >= 0:
                yield Hit(code, *_span(starts, place, place + len(sign)), sign)


def _phrase_words(phrase: str) -> list[str]:
    words: list[str] = []
    for part in unshortened(fold(phrase).replace("'s ", "s ")).split():
        if part == ".." or part.startswith("*") or part.endswith("*"):
            words.append(part)
        else:
            words += _TOKEN.findall(part)
    return standard(words)


def _span(starts: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    first = max(i for i, s in enumerate(starts) if s <= begin)
    last = max(i for i, s in enumerate(starts) if s < end)
    return first, last + 1


def _follow(words: Sequence[str], at: int, tail: Sequence[str]) -> int:
    """Where the rest of a phrase ends when it stands at `at`; 0 when it does not."""
    if not tail:
        return at
    if tail[0] == "..":
        for skip in range(_GAP + 1):
            if any(is_break(w) for w in words[at : at + skip]):
                return 0
            end = _follow(words, at + skip, tail[1:])
            if end:
                return end
        return 0
    if at >= len(words):
        return 0
    part, word = tail[0], words[at]
    same = (
        word.startswith(part[:-1])
        if part.endswith("*")
        else word.endswith(part[1:])
        if part.startswith("*")
        else word == part or (len(part) >= 4 and _alike(word, part))
    )
    return _follow(words, at + 1, tail[1:]) if same else 0


@functools.lru_cache(maxsize=50_000)
def _alike(word: str, part: str) -> bool:
    if len(word) < 4 or word[0] != part[0] or not word.isalpha():
        return False
    if is_dutch(word):
        return False
    return sound(word) == sound(part) or (
        len(part) >= 6 and rapidfuzz.distance.OSA.distance(word, part, score_cutoff=1) <= 1
    )


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.size, not h.exact, h.start)):
        inside = [k for k in kept if hit.start < k.end and k.start < hit.end]
        if all(
            (k.start, k.end, k.exact) == (hit.start, hit.end, hit.exact) and k.code != hit.code
            for k in inside
        ):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))
