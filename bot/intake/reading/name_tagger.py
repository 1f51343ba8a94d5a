"""Which words of an answer are somebody's name: a conditional random field over its words.

It learns from the names of `vocabulary/answers`, and takes what the rules (`name`) found as one
more sign. Rules know how people introduce themselves; the tagger also has to tell "staf maar eig
gustaaf" from "gustaaf maar zeg maar staf".
"""

import functools
import itertools
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pycrfsuite
import wordfreq

from bot.intake import kept
from bot.intake.reading.examples import NOTHING, Example, examples, fingerprint
from bot.intake.reading.lexicon import is_dutch, tokens, word_set
from bot.intake.reading.name import is_town
from bot.intake.reading.name_story import is_given
from bot.intake.reading.name_written import tidy, with_capitals
from bot.intake.reading.reading import NOTHING as UNREAD
from bot.intake.reading.reading import Reading
from bot.intake.reading.rules import by_rules
from bot.text import fold

SAME, ALONE, AGAINST = 0.3, 0.5, 0.6
"""Probability of the tags from which a name is taken that the rules find too, that they don't
find, or that they read otherwise; below it the client is asked once more."""
_MAY_BE_NAME = 0.05
"""Probability from which a word may belong to a name, when the tags hold two of them."""
_OUTSIDE = "O"
_NAME, _FIRST, _LAST = "N", "V", "A"
"""What a first word of a run is tagged with: a whole name, a first name, a family name."""
_GOES_ON = "+"
_WORD = re.compile(
    r"(?:(?<!\w)[^\W\d_]\.){1,4}(?!\w)|(?<!\w)(?:[^\W\d_]\.)+[^\W\d_](?!\w)"
    r"|[^\W\d_](?:[\w'.‌-]*[^\W_])?|\d+|[^\w\s]"
)
_SPELLED = re.compile(r"(?<![\w-])[^\W\d_](?:[ -]+[^\W\d_]){2,}(?![\w-])")
_SETS = ("stop", "before", "after", "titles", "particles", "also_names", "nations", "helpers",
         "about_others", "countries", "announcers", "leads", "follows")  # fmt: skip
_KNOWN: Mapping[str, frozenset[str]] = {name: word_set("names", name) for name in _SETS} | {
    "others": word_set("words", "others"),
    "family": word_set("words", "family"),
    "weightless": word_set("words", "weightless"),
}
_TURNS = frozenset(("maar", "officieel", "eigenlijk", "voluit"))
_NEAR = (-3, -2, -1, 1, 2, 3)
_TRAINING = {"c1": 0.02, "c2": 0.5, "max_iterations": 200}
Feature = str
_one_at_a_time = threading.Lock()
"""A tagger holds the sentence that it reads."""


class Model(NamedTuple):
    """A tagger, and the bytes that it reads: it keeps none of its own."""

    tagger: pycrfsuite.Tagger
    content: bytes


def opened(content: bytes) -> Model:
    """What was learned, ready to tag."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(content)
    return Model(tagger, content)


def tagged(text: str, rules: Reading, model: Model | None = None) -> Reading:
    """The name in an answer, by the rules and by what was learned of names.

    Args:
        rules: What the rules read. Where both find the same words, their way of writing stays.
        model: Instead of the one of all examples.
    """
    words = name_words(text)
    if not words:
        return rules
    features = _features(words, _found(words, rules.value))
    with _one_at_a_time:
        tagger = (model or _model()).tagger
        tagger.set(features)
        tags = tagger.tag()
        chance = tagger.probability(tags)
        name = _name(words, tags)
        if name is None and set(tags) != {_OUTSIDE}:
            name = _name(words, _likeliest(tagger, len(words)))
            return UNREAD if name is None or _same(name, rules.value) else Reading(name)
    if name is None:
        return UNREAD
    if _same(name, rules.value):
        return rules if chance >= SAME else UNREAD
    return Reading(name) if chance >= (ALONE if rules.value is None else AGAINST) else UNREAD


def name_words(text: str) -> list[str]:
    """Words and punctuation as written; initials and a spelled name are one word."""
    return _WORD.findall(_SPELLED.sub(lambda spelled: re.sub("[ -]", "", spelled[0]), tidy(text)))


def _same(name: str, other: str | None) -> bool:
    return other is not None and sorted(fold(name).split()) == sorted(fold(other).split())


def _name(words: Sequence[str], tags: Sequence[str]) -> str | None:
    """The tagged name as it is written; None when there is none, or more than one."""
    runs = {kind: _run(words, tags, kind) for kind in (_NAME, _FIRST, _LAST)}
    if runs[_FIRST] and runs[_LAST]:
        return with_capitals([*runs[_FIRST], *runs[_LAST]])
    return with_capitals(runs[_NAME]) if runs[_NAME] else None


def _likeliest(tagger: pycrfsuite.Tagger, size: int) -> Sequence[str]:
    """The likeliest tags with one name: "annick is t, annick vercruysse" seems to hold two.

    Right in 71 of 82 such answers when the rules say otherwise or nothing, in 34 of 88 when they
    say the same (writers left out); those are asked.
    """
    able = [at for at in range(size) if tagger.marginal(_OUTSIDE, at) < 1 - _MAY_BE_NAME]
    ways = [_tags(size, {_NAME: run}) for run in _runs(able, 6)]
    short = _runs(able, 3)
    ways += [
        _tags(size, {_FIRST: first, _LAST: last})
        for first, last in itertools.permutations(short, 2)
        if first[1] <= last[0] or last[1] <= first[0]
    ]
    return max(ways, key=tagger.probability, default=[_OUTSIDE] * size)


def _runs(able: Sequence[int], longest: int) -> list[tuple[int, int]]:
    """Begin and end of all runs of neighbouring words among some."""
    return [
        (begin, begin + size)
        for begin in able
        for size in range(1, longest + 1)
        if set(range(begin, begin + size)) <= set(able)
    ]


def _tags(size: int, runs: Mapping[str, tuple[int, int]]) -> list[str]:
    tags = [_OUTSIDE] * size
    for kind, (begin, end) in runs.items():
        tags[begin:end] = [kind, *[kind + _GOES_ON] * (end - begin - 1)]
    return tags


def _run(words: Sequence[str], tags: Sequence[str], kind: str) -> list[str]:
    if tags.count(kind) != 1:
        return []
    begin = tags.index(kind)
    more = itertools.takewhile(lambda at: tags[at] == kind + _GOES_ON, range(begin + 1, len(tags)))
    run = [words[begin], *(words[at] for at in more)]
    return [word.upper() if "." in word[1:2] else word for word in run]


# --- features --------------------------------------------------------------------------------


def _features(words: Sequence[str], by_rule: Sequence[str | None]) -> list[list[Feature]]:
    plain = [fold(word) for word in words]
    capitals = _capitals(words)
    length = min(3, sum(tag is not None for tag in by_rule))
    return [
        [
            *_beside(words, at),
            f"before={'_'.join(plain[max(0, at - 2) : at])}",
            f"after={'_'.join(plain[at + 1 : at + 3])}",
            f"words={min(len(words), 4)}",
            f"place={min(at, 3)}",
            f"capitals={capitals}/{_shape(words[at])}",
            *_marked(plain, at),
            f"rules={by_rule[at]}",
            f"rules={by_rule[at]}/{length}",
        ]
        for at in range(len(words))
    ]


def _beside(words: Sequence[str], at: int) -> list[Feature]:
    """Of the word itself and of those near it."""
    found = ["bias", *_of_word(words[at])]
    for step in _NEAR:
        if not 0 <= at + step < len(words):
            found.append(f"{step}:end")
            continue
        beside = _of_word(words[at + step])
        told = beside if abs(step) == 1 else [f for f in beside if f.startswith(_TELLING)]
        found += [f"{step}:{feature}" for feature in told]
    return found


def _marked(plain: Sequence[str], at: int) -> list[Feature]:
    """Words anywhere before or after that tell whose name is meant, or which."""
    found = []
    for name, marks in _MARKS.items():
        found += [f"{name} before"] * (not marks.isdisjoint(plain[:at]))
        found += [f"{name} after"] * (not marks.isdisjoint(plain[at + 1 :]))
    return found


_TELLING = ("word=", "shape=", "in=", "given")
_MARKS: Mapping[str, frozenset[str]] = {
    "other": _KNOWN["others"] | _KNOWN["helpers"],
    "introduced": frozenset(("naam", "heet")),
    "turn": _TURNS,
    "called": frozenset(("noemen", "zeggen", "roepen", "noem", "zeg")),
}


@functools.lru_cache(maxsize=20_000)
def _of_word(word: str) -> Sequence[Feature]:
    plain = fold(word)
    found = [f"word={plain}", f"shape={_shape(word)}", f"end={plain[-2:]}", f"end={plain[-3:]}"]
    found += [f"start={plain[:3]}", f"length={min(9, len(plain))}"]
    found += [f"in={name}" for name, known in _KNOWN.items() if plain in known]
    if not word[0].isalpha():
        return found
    dutch = wordfreq.zipf_frequency(plain, "nl", wordlist="small")
    others = (wordfreq.zipf_frequency(plain, lang, wordlist="small") for lang in ("en", "de", "fr"))
    elsewhere = max(others)
    found.append(f"common={min(7, int(dutch))}")
    found.append(f"rather dutch={int(max(-3, min(4, dutch - elsewhere)))}")
    found += ["unknown"] * (max(dutch, elsewhere) < 1)
    found += ["given"] * is_given(word) + ["dutch"] * is_dutch(plain) + ["town"] * is_town(word)
    usual = tokens(plain)
    return found if usual == [plain] else [*found, f"usual={'_'.join(usual)}"]


def _shape(word: str) -> str:
    if not word[0].isalpha():
        return "digit" if word[0].isdigit() else "mark"
    if word.isupper():
        return "initial" if len(word) < 3 else "shouted"
    if word[0].isupper():
        return "capital"
    return "small" if len(word) > 1 else "letter"


def _capitals(words: Sequence[str]) -> str:
    """How many words begin with a capital: in a text that has none, they tell nothing."""
    written = [word[0].isupper() for word in words if word[0].isalpha()]
    share = sum(written) / max(1, len(written))
    return "most" if share > 0.7 else "some" if share else "none"


def _found(words: Sequence[str], name: str | None) -> list[str | None]:
    """Per word its tag in a name that is found there; None for the others, or everywhere."""
    tags: list[str | None] = [None] * len(words)
    if name is None:
        return tags
    have, want = [fold(w) for w in words], [fold(w) for w in name_words(name)]
    for size in range(len(want), 0, -1):  # whole, else a first and a family name apart
        parts = [want] if size == len(want) else [want[:size], want[size:]]
        starts = [_place(have, part) for part in parts]
        if None in starts:
            continue
        for kind, part, start in zip(_kinds(parts), parts, starts, strict=True):
            assert start is not None
            tags[start] = kind
            tags[start + 1 : start + len(part)] = [kind + _GOES_ON] * (len(part) - 1)
        return tags
    return tags


def _kinds(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return (_NAME,) if len(parts) == 1 else (_FIRST, _LAST)


def _place(words: Sequence[str], part: Sequence[str]) -> int | None:
    size = len(part)
    return next((at for at in range(len(words)) if list(words[at : at + size]) == list(part)), None)


# --- learning --------------------------------------------------------------------------------


def ready() -> bytes:
    """The model, learned now when it was not before (half a minute)."""
    return kept.once("names", _before, _learned)


def warm() -> None:
    """Have the model in memory."""
    _model()


@functools.cache
def _model() -> Model:
    return opened(ready())


def learn(said: Sequence[Example]) -> bytes:
    """The model from answers and the names in them."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for example in said:
        name = None if example.meant == NOTHING else example.meant
        words = name_words(example.text)
        tags = _found(words, name)
        if words and (name is None or any(tags)):
            by_rule = _found(words, by_rules("name", example.text).value)
            trainer.append(_features(words, by_rule), [tag or _OUTSIDE for tag in tags])
    trainer.set_params(_TRAINING)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.crf"
        trainer.train(str(path))
        return path.read_bytes()


def _learned() -> bytes:
    model = learn(examples("name"))
    kept.keep("names", fingerprint(), model=np.frombuffer(model, dtype=np.uint8))
    return model


def _before() -> bytes | None:
    arrays = kept.load("names", fingerprint())
    return None if arrays is None else arrays["model"].tobytes()
