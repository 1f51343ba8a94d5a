"""A second reader: what answers like this one mean, learned from the answers of many people.

Rules know words; they don't know what "mijn rekening staat rood" is about, nor on whom a story
turns. For each taught field a kernel ridge regression in closed form, on meaning
(multilingual-e5-small), letters and rows of words, gives every code a score of about -1 to 1.

What both readers say is so. Where they differ, or only one of them says something, the score has
to be the clearer; in between the client is asked. The limits come from leaving out each writer of
`vocabulary/answers` in turn (`python -m bot.evaluation.left_out`).
"""

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from bot.embedding import LONGEST, Vectors, engine, query
from bot.intake import kept
from bot.intake.alike import Places, bent, centred, letter_groups, near, places_of, rarity, weighed
from bot.intake.reading.examples import NONE, Example, examples, fingerprint
from bot.intake.reading.examples import NOTHING as SAYS_NOTHING
from bot.intake.reading.lexicon import tokens
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.rules import by_rules
from bot.intake.vectors import Progress, nothing_told, vectors_of

LISTS = ("barriers", "schedule")
TAUGHT = (*LISTS, "dutch_level", "situation", "education_level", "diploma_recognised",
          "referral_source")  # fmt: skip
"""The fields that have a second reader. Ages and contact are numbers: for rules."""

MOST_READ = 3_000
"""Answers of a field whose meaning is read, at 36 ms of processor time each; of more, an even
sample. Letters and words learn from all. Without any meaning 3 to 4 of 100 unseen answers less are
right; of barriers, half of them read lose 1 (2 more wrong) beside all of them."""
PENALTY = 0.5
_MEANING_WEIGHT = 2.0
_BUCKETS = 1 << 15
"""Places of letter groups, and as many of rows of words."""
_ROWS = (1, 2, 3)
_RULES = 1 << 10
"""Places of what the rules say."""
RULES_WEIGHT = 0.2
_SHORT = 4
"""Words up to which an answer is short; rules are best on those."""


class Model(NamedTuple):
    """What was learned of one field. A score is the sum of what meaning and groups add.

    Attributes:
        codes: the columns; `nothing` and, for a list, `none` among them.
        meanings: the vectors of the answers that were read, about `middle`, one row each.
        by_meaning: one row such an answer, one column a code.
        by_group: one row a group of letters or row of words.
        start: score of each code before anything is read.
        middle: mean of the vectors of the examples.
        rarities: how much each group weighs.
    """

    codes: tuple[str, ...]
    meanings: Vectors
    by_meaning: Vectors
    by_group: Vectors
    start: Vectors
    middle: Vectors
    rarities: Vectors

    def scores(self, text: str, vector: Vectors, rules: Reading) -> Mapping[str, float]:
        """Code -> score, about 1 for a sure one and -1 for the rest."""
        alike = _MEANING_WEIGHT * near(self.meanings, vector, self.middle)
        total = self.start + np.einsum("i,ij->j", alike, self.by_meaning)
        for places, values in _features(text, _groups(text), rules, self.rarities):
            total = total + values @ self.by_group[places]
        return MappingProxyType(dict(zip(self.codes, total.tolist(), strict=True)))


def second_opinion(field: str, text: str, rules: Reading) -> Reading:
    """What an answer says, by the rules and by what answers like it mean.

    Args:
        rules: What the rules read. Without embeddings on this machine that is all there is.
    """
    understood = rules.final and rules.value is not None
    if understood or sum(c.isalpha() for c in text) < 2 or engine() is None:
        return rules
    scores = _models()[field].scores(text, query(text[:LONGEST]), rules)
    return together(field, scores, rules)


def together(field: str, scores: Mapping[str, float], rules: Reading) -> Reading:
    """One reading of both: the scores of the codes and what the rules found."""
    return (_list_of if field in LISTS else _one_of)(field, scores, rules)


class Limits(NamedTuple):
    """How clear a score must be: when the rules say the same, say nothing, or say otherwise."""

    same: float
    alone: float
    against: float


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "barriers": Limits(0.15, 0.1, 0.25),
        "schedule": Limits(0.2, 0.2, 0.3),
        "dutch_level": Limits(0.3, 0.3, 0.3),
        "situation": Limits(0.0, 0.2, 0.3),
        "education_level": Limits(0.1, 0.1, 0.2),
    }
)
"""Of the scores of each code of a list, else of the best code before the next one."""
HEARD = 0.6
"""The same when the rules heard of the field, but of somebody else or in doubt."""
ALONE = 0.3
"""The same for fields with few examples, where only the silence of the rules is filled."""
_MAY_BE = -0.4
"""Score from which a code may be meant: one of those that are asked about."""
_MOST_ASKED = 3


def _one_of(field: str, scores: Mapping[str, float], rules: Reading) -> Reading:
    ordered = sorted(scores, key=lambda code: -scores[code])
    best, margin = ordered[0], scores[ordered[0]] - scores[ordered[1]]
    said = None if best == SAYS_NOTHING else best
    if field not in LIMITS:
        fits = said is not None and (not rules.options or said in rules.options)
        return Reading(said) if fits and rules.value is None and margin >= ALONE else rules
    if said is None and rules.options:
        return rules
    if margin < _limit(field, said == rules.value, rules):
        return _asked(rules, scores, ordered)
    return NOTHING if said is None else Reading(said)


def _asked(rules: Reading, scores: Mapping[str, float], ordered: Sequence[str]) -> Reading:
    """Which codes it may be: what the rules say, and the likely ones."""
    likely = [code for code in ordered if scores[code] > _MAY_BE and code != SAYS_NOTHING]
    own = [rules.value] if rules.value is not None else list(rules.options)
    codes = tuple(dict.fromkeys([*own, *likely]))
    return Reading(None, codes) if 2 <= len(codes) <= _MOST_ASKED else Reading(None, rules.options)


def _list_of(field: str, scores: Mapping[str, float], rules: Reading) -> Reading:
    codes = [code for code in scores if code not in (SAYS_NOTHING, NONE)]
    meant = [code for code in codes if scores[code] >= 0]
    named = rules.value or ()
    limits = [_limit(field, (code in named) == (code in meant), rules) for code in codes]
    if any(abs(scores[code]) < limit for code, limit in zip(codes, limits, strict=True)):
        return Reading(None, _may_be(codes, scores))
    if meant:
        return Reading(_as_named(meant, named))
    if rules.options:
        return rules
    none = scores.get(NONE, -1.0)
    is_none = none > scores[SAYS_NOTHING] and (rules.value == [] or none > LIMITS[field].alone)
    return Reading([]) if is_none else NOTHING


def _may_be(codes: Sequence[str], scores: Mapping[str, float]) -> tuple[str, ...]:
    """The two or three likeliest codes of a list; none when too many are, or not one is."""
    likely = sum(scores[code] > _MAY_BE for code in codes)
    if not 1 <= likely <= _MOST_ASKED:
        return ()
    best = sorted(codes, key=lambda code: -scores[code])[: max(2, likely)]
    return tuple(code for code in codes if code in best)


def _limit(field: str, same: bool, rules: Reading) -> float:
    """How clear a score must be, by whether the rules say anything, and the same."""
    limits = LIMITS[field]
    if rules.value is None:
        return HEARD if rules.final else limits.alone
    return limits.same if same else limits.against


def _as_named(found: Sequence[str], named: Sequence[str]) -> list[str]:
    """The codes in the order in which the rules found them in the text, then the others."""
    order = list(named)
    return sorted(found, key=lambda code: order.index(code) if code in order else len(order))


def ready(progress: Progress = nothing_told) -> Mapping[str, Model]:
    """The models of all taught fields, learned now when they were not before.

    Args:
        progress: called with the answers done and all that are to be read.
    """
    return kept.once("answers", _before, lambda: _learned(progress))


@functools.cache
def _models() -> Mapping[str, Model]:
    return ready()


def warm() -> None:
    """Have the models in memory (a minute or two, the first time ever)."""
    _models()


# --- features --------------------------------------------------------------------------------


def _features(
    text: str, groups: tuple[Places, Places], rules: Reading, rarities: Vectors
) -> list[tuple[Places, Vectors]]:
    """The places of what a text shares with others, kind by kind, and what they weigh."""
    kinds = [(places, weighed(places, rarities)) for places in groups]
    said = _said_by_rules(text, rules)
    return [*kinds, (said, np.full(len(said), RULES_WEIGHT, dtype=np.float32))]


def _groups(text: str) -> tuple[Places, Places]:
    """The places of the letter groups of a text, and of its rows of words."""
    words = tokens(text)
    letters = {g for w in text.lower().split() for g in letter_groups(w, _BUCKETS)}
    rows = {" ".join(words[i : i + n]) for n in _ROWS for i in range(len(words) - n + 1)}
    following = {_BUCKETS + place for place in places_of(rows, _BUCKETS)}
    return np.array(sorted(letters), dtype=np.intp), np.array(sorted(following), dtype=np.intp)


def _said_by_rules(text: str, rules: Reading) -> Places:
    """The places of what the rules read: how far that can be trusted is learned too."""
    value = rules.value if isinstance(rules.value, list) else [rules.value]
    length = "short" if len(text.split()) <= _SHORT else "long"
    said = [f"{code}" for code in value] or ["empty"]
    said += [f"or {code}" for code in rules.options] + ["final"] * rules.final
    both = [*said, *(f"{length} {one}" for one in said)]
    return np.array([2 * _BUCKETS + p for p in places_of(both, _RULES)], dtype=np.intp)


# --- learning --------------------------------------------------------------------------------


def worth_reading(said: Sequence[Example]) -> range:
    """The places of the answers whose meaning is read: an even sample, at most `MOST_READ`."""
    return range(0, len(said), -(-len(said) // MOST_READ))


def learn(said: Sequence[Example], vectors: Vectors, rules: Sequence[Reading]) -> Model:
    """The model of one field.

    Args:
        said: the answers and what they mean.
        vectors: the meaning of those that are `worth_reading`, one row each.
        rules: what the rules read in each answer.
    """
    meant = [set(example.meant.split("+")) for example in said]
    codes = tuple(sorted({SAYS_NOTHING}.union(*meant)))
    wanted = np.array([[1.0 if c in m else -1.0 for c in codes] for m in meant], dtype=np.float32)
    groups = [_groups(example.text) for example in said]
    rarities = rarity([np.concatenate(both) for both in groups], 2 * _BUCKETS)
    middle = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    meanings = centred(vectors, middle)
    start = np.asarray(wanted.mean(axis=0), dtype=np.float32)
    shared: dict[int, list[tuple[int, float]]] = {}
    for at, (example, both, read) in enumerate(zip(said, groups, rules, strict=True)):
        for places, values in _features(example.text, both, read, rarities):
            for place, value in zip(places.tolist(), values.tolist(), strict=True):
                shared.setdefault(place, []).append((at, value))
    postings = {
        place: (np.array([at for at, _ in row], np.intp), np.array([v for _, v in row], np.float32))
        for place, row in shared.items()
    }
    alike = np.zeros((len(said), len(said)), dtype=np.float32)
    read_ones = np.array(worth_reading(said), dtype=np.intp)
    alike[np.ix_(read_ones, read_ones)] = _MEANING_WEIGHT * bent(meanings @ meanings.T)
    for which, values in postings.values():
        alike[np.ix_(which, which)] += np.outer(values, values)
    alike[np.diag_indices_from(alike)] += PENALTY
    share = np.asarray(np.linalg.solve(alike, wanted - start), dtype=np.float32)
    by_group = np.zeros((2 * _BUCKETS + _RULES, len(codes)), dtype=np.float32)
    for place, (which, values) in postings.items():
        by_group[place] = values @ share[which]
    return Model(codes, meanings, share[read_ones], by_group, start, middle, rarities)


def _learned(progress: Progress) -> Mapping[str, Model]:
    said = {field: examples(field) for field in TAUGHT}
    read = {
        field: [answers[at] for at in worth_reading(answers)] for field, answers in said.items()
    }
    texts = [example.text[:LONGEST] for field in TAUGHT for example in read[field]]
    vectors = vectors_of("answer-vectors", texts, progress)
    models: dict[str, Model] = {}
    begin = 0
    for field, answers in said.items():
        rules = [by_rules(field, example.text) for example in answers]
        models[field] = learn(answers, vectors[begin : begin + len(read[field])], rules)
        begin += len(read[field])
    arrays = {
        f"{field}_{part}": np.asarray(getattr(model, part))
        for field, model in models.items()
        for part in Model._fields
    }
    kept.keep("answers", fingerprint(), **arrays)
    return MappingProxyType(models)


def _before() -> Mapping[str, Model] | None:
    """What an earlier start learned from the present answers, in the present way."""
    arrays = kept.load("answers", fingerprint())
    if arrays is None:
        return None
    return MappingProxyType(
        {
            field: Model(
                tuple(str(code) for code in arrays[f"{field}_codes"]),
                *(arrays[f"{field}_{part}"] for part in Model._fields[1:]),
            )
            for field in TAUGHT
        }
    )
