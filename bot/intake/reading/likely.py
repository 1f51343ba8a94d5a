"""A second reader: what answers like this one mean, learned from the answers of many people.

Rules know words; they don't know what "mijn rekening staat rood" is about, nor on whom a story
turns. For each taught field a kernel ridge regression in closed form, on meaning
(multilingual-e5-small) and on the signs of an answer (`signs`), gives every code a score of about
-1 to 1.

What both readers say is so. Where they differ, or only one of them says something, the score has
to be the clearer; in between the client is asked. The limits come from leaving out each writer of
`vocabulary/answers` in turn (`python -m bot.evaluation.left_out`).
"""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from bot.embedding import LONGEST, Vectors, engine, query
from bot.intake import kept
from bot.intake.alike import Places, bent, centred, near, rarity
from bot.intake.reading.examples import NONE, Example, examples, fingerprint
from bot.intake.reading.examples import NOTHING as SAYS_NOTHING
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.rules import by_rules
from bot.intake.reading.signs import SIZE, Signs, signs, weights
from bot.intake.vectors import Progress, nothing_told, vectors_of

LISTS = ("barriers", "schedule")
TAUGHT = (*LISTS, "dutch_level", "situation", "education_level", "diploma_origin",
          "diploma_recognised", "referral_source", "consent")  # fmt: skip
"""The fields that have a second reader. Ages and contact are numbers: for rules."""

MOST_READ = 2_000
"""Answers of a field whose meaning is read, at 28 ms of processor time each; of more, an even
sample. Letters and words learn from all. Without any meaning 3 to 4 of 100 unseen answers less are
right; of barriers, half of them read lose 1 (2 more wrong) beside all of them."""
PENALTY = 0.5
_MEANING_WEIGHT = 3.0
_COMMON = 64
"""Answers that share a sign from which it is worked out with all such signs at once."""


class Model(NamedTuple):
    """What was learned of one field. A score is the sum of what meaning and groups add.

    Attributes:
        codes: the columns; `nothing` and, for a list, `none` among them.
        meanings: the vectors of the answers that were read, about `middle`, one row each.
        by_meaning: one row such an answer, one column a code.
        by_sign: one row a place of a sign.
        start: score of each code before anything is read.
        middle: mean of the vectors of the examples.
        rarities: how much each place weighs.
    """

    codes: tuple[str, ...]
    meanings: Vectors
    by_meaning: Vectors
    by_sign: Vectors
    start: Vectors
    middle: Vectors
    rarities: Vectors

    def scores(self, shown: Signs, vector: Vectors) -> Mapping[str, float]:
        """Code -> score, about 1 for a sure one and -1 for the rest."""
        alike = _MEANING_WEIGHT * near(self.meanings, vector, self.middle)
        total = self.start + np.einsum("i,ij->j", alike, self.by_meaning)
        for places, values in weights(shown, self.rarities):
            total = total + values @ self.by_sign[places]
        return MappingProxyType(dict(zip(self.codes, total.tolist(), strict=True)))


def second_opinion(field: str, text: str, rules: Reading) -> Reading:
    """What an answer says, by the rules and by what answers like it mean.

    Args:
        rules: What the rules read. Without embeddings on this machine that is all there is.
    """
    understood = rules.final and rules.value is not None
    if understood or _is_bare(text, rules) or engine() is None:
        return rules
    coded = in_codes(rules)
    scores = _models()[field].scores(signs(field, text, coded), query(text[:LONGEST]))
    found = together(field, scores, coded)
    return _as_bool(found) if field == "consent" else found


def _is_bare(text: str, rules: Reading) -> bool:
    """A word that the rules don't know ("goeiedag", "test"): too little to learn from."""
    heard = rules.value is not None or rules.options
    return sum(c.isalpha() for c in text) < 2 or (len(text.split()) == 1 and not heard)


def in_codes(rules: Reading) -> Reading:
    """A reading of yes or no as codes, like those of the other fields."""
    if not isinstance(rules.value, bool):
        return rules
    return dataclasses.replace(rules, value="yes" if rules.value else "no")


def _as_bool(found: Reading) -> Reading:
    """Yes or no; "it may be either" is nothing: the question is asked once more, with its why."""
    return NOTHING if found.value is None else Reading(found.value == "yes")


def together(field: str, scores: Mapping[str, float], rules: Reading) -> Reading:
    """One reading of both: the scores of the codes and what the rules found, in codes."""
    even = _even(field, scores, rules)
    return (_list_of if field in LISTS else _one_of)(field, even, rules)


_UNTOLD, _SAYS_NOTHING = 0.3, -0.3
"""Added to the score of the likeliest code of a list in an answer of which the rules tell nothing,
and, where one code is looked for, to that of `nothing`."""


def _even(field: str, scores: Mapping[str, float], rules: Reading) -> Mapping[str, float]:
    """Scores by which a code of a list at 0, or two codes alike, are as often right as wrong.

    The learned ones are not: what is rare is hardly ever heard. With writers left out, a barrier
    with a score of 0 in an answer of which the rules tell nothing was meant in 89 of 100.
    """
    if field not in LISTS:
        return {**scores, SAYS_NOTHING: scores[SAYS_NOTHING] + _SAYS_NOTHING}
    if rules.value is not None:
        return scores
    likeliest = max(scores.keys() - {SAYS_NOTHING, NONE}, key=lambda code: scores[code])
    return {**scores, likeliest: scores[likeliest] + _UNTOLD}


class Limits(NamedTuple):
    """How clear a score must be: when the rules say the same, say nothing, or say otherwise."""

    same: float
    alone: float
    against: float


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "barriers": Limits(0.15, 0.05, 0.1),
        "schedule": Limits(0.2, 0.1, 0.1),
        "dutch_level": Limits(0.3, 0.2, 0.2),
        "situation": Limits(0.3, 0.05, 0.1),
        "education_level": Limits(0.3, 0.05, 0.2),
        "diploma_origin": Limits(0.2, 0.3, 0.1),
        "diploma_recognised": Limits(0.2, 0.1, 0.1),
        "referral_source": Limits(0.0, 0.1, 0.3),
        "consent": Limits(0.1, 0.2, 0.1),
    }
)
"""Of the scores of each code of a list, else of the best code before the next one."""
HEARD = 0.6
"""The same when the rules heard of the field, but of somebody else or in doubt."""
_MAY_BE = -0.4
"""Score from which a code may be meant: one of those that are asked about."""
_MOST_ASKED = 3


def _one_of(field: str, scores: Mapping[str, float], rules: Reading) -> Reading:
    ordered = sorted(scores, key=lambda code: -scores[code])
    best, margin = ordered[0], scores[ordered[0]] - scores[ordered[1]]
    said = None if best == SAYS_NOTHING else best
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
    best = max(score for code, score in scores.items() if code != SAYS_NOTHING)
    elsewhere = rules.value is None and not meant and scores[SAYS_NOTHING] > best
    if elsewhere:  # "ik heb ook geen auto" at the question about hours
        return rules if rules.options else NOTHING
    if any(abs(scores[code]) < limit for code, limit in zip(codes, limits, strict=True)):
        return Reading(None, _may_be(codes, scores))
    if meant:
        return Reading(_as_named(meant, named))
    if rules.options:
        return rules
    none = scores.get(NONE, -1.0)
    if none > max(scores[SAYS_NOTHING], LIMITS[field].alone):
        return Reading([])
    # Rules take "mijn ogen zijn niet goed" for a denial: below the limit they are mostly wrong.
    return Reading(None, _may_be(codes, scores)) if rules.value == [] else NOTHING


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


# --- learning --------------------------------------------------------------------------------


def shown_by(field: str, text: str) -> Signs:
    """The signs of an answer, what the rules read in it among them."""
    return signs(field, text, in_codes(by_rules(field, text)))


def worth_reading(said: Sequence[Example]) -> list[int]:
    """The places of the answers whose meaning is read: an even sample, at most `MOST_READ`."""
    count = min(len(said), MOST_READ)
    return [place * len(said) // count for place in range(count)]


def learn(said: Sequence[Example], vectors: Vectors, shown: Sequence[Signs]) -> Model:
    """The model of one field.

    Args:
        said: the answers and what they mean.
        vectors: the meaning of those that are `worth_reading`, one row each.
        shown: the signs of each answer.
    """
    meant = [set(example.meant.split("+")) for example in said]
    codes = tuple(sorted({SAYS_NOTHING}.union(*meant)))
    wanted = np.array([[1.0 if c in m else -1.0 for c in codes] for m in meant], dtype=np.float32)
    rarities = rarity([one.rare for one in shown], SIZE)
    middle = np.asarray(vectors.mean(axis=0), dtype=np.float32)
    meanings = centred(vectors, middle)
    start = np.asarray(wanted.mean(axis=0), dtype=np.float32)
    postings = _postings(shown, rarities)
    alike = _shared(postings, len(said))
    read_ones = np.array(worth_reading(said), dtype=np.intp)
    alike[np.ix_(read_ones, read_ones)] += _MEANING_WEIGHT * bent(meanings @ meanings.T)
    alike[np.diag_indices_from(alike)] += PENALTY
    share = np.asarray(np.linalg.solve(alike, wanted - start), dtype=np.float32)
    by_sign = np.zeros((SIZE, len(codes)), dtype=np.float32)
    for place, (which, values) in postings.items():
        by_sign[place] = values @ share[which]
    return Model(codes, meanings, share[read_ones], by_sign, start, middle, rarities)


def _postings(shown: Sequence[Signs], rarities: Vectors) -> Mapping[int, tuple[Places, Vectors]]:
    """Place -> which answers show that sign, and what it weighs in each."""
    rows: dict[int, list[tuple[int, float]]] = {}
    for at, found in enumerate(shown):
        for places, values in weights(found, rarities):
            for place, value in zip(places.tolist(), values.tolist(), strict=True):
                rows.setdefault(place, []).append((at, value))
    return {
        place: (np.array([at for at, _ in row], np.intp), np.array([v for _, v in row], np.float32))
        for place, row in rows.items()
    }


def _shared(postings: Mapping[int, tuple[Places, Vectors]], count: int) -> Vectors:
    """How alike each two answers are by the signs that they share."""
    common = [posting for posting in postings.values() if len(posting[0]) >= _COMMON]
    table = np.zeros((count, len(common)), dtype=np.float32)
    for column, (which, values) in enumerate(common):
        table[which, column] = values
    alike = table @ table.T
    for which, values in postings.values():
        if len(which) < _COMMON:
            alike[np.ix_(which, which)] += np.outer(values, values)
    return np.asarray(alike, dtype=np.float32)


def _learned(progress: Progress) -> Mapping[str, Model]:
    said = {field: examples(field) for field in TAUGHT}
    read = {
        field: [answers[at] for at in worth_reading(answers)] for field, answers in said.items()
    }
    texts = [example.text[:LONGEST] for field in TAUGHT for example in read[field]]
    with ThreadPoolExecutor(1) as beside:  # the meaning takes one core and no interpreter
        signs_of = beside.submit(
            lambda: {f: [shown_by(f, e.text) for e in answers] for f, answers in said.items()}
        )
        vectors = vectors_of("answer-vectors", texts, progress)
        shown = signs_of.result()
    models: dict[str, Model] = {}
    begin = 0
    for field, answers in said.items():
        part = vectors[begin : begin + len(read[field])]
        models[field] = learn(answers, part, shown[field])
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
