"""How well answers of writers are read whom the second readers have not learned from.

`python -m bot.evaluation.left_out` leaves out a fifth of the writers of `vocabulary/answers` at a
time, and prints a table (twenty minutes, the first time; vectors are kept). Limits of the readers
are set on these figures, so that the evaluation sets stay unseen.
"""

from collections.abc import Sequence
from typing import NamedTuple

import click
import numpy as np

from bot.embedding import LONGEST, Vectors
from bot.evaluation.measures import Share
from bot.evaluation.report import table
from bot.evaluation.run import same
from bot.intake.reading import likely, name_tagger
from bot.intake.reading.examples import NONE, NOTHING, Example, examples
from bot.intake.reading.reading import Reading
from bot.intake.reading.rules import by_rules
from bot.intake.reading.signs import signs
from bot.intake.vectors import vectors_of

NO_WRITERS = frozenset(("asides", "earlier", "mixed"))
"""Files that are learned from, but whose answers the rules were developed on."""
FIELDS = tuple(likely.LIMITS)
PARTS = 5


class Outcome(NamedTuple):
    """What a reader made of answers.

    Attributes:
        right: as the writer meant it, also when that is nothing.
        wrong: something else was recorded.
    """

    right: Share
    wrong: Share


class Read(NamedTuple):
    """Answers as the rules read them, and as rules and second reader do together."""

    rules: Sequence[Reading]
    both: Sequence[Reading]


def outcome(field: str, said: Sequence[Example], read: Sequence[Reading]) -> Outcome:
    """Right and wrong, of answers and how they were read."""
    pairs = [(meaning(field, e.meant), r.value) for e, r in zip(said, read, strict=True)]
    hits = [same(expected, value) for expected, value in pairs]
    wrong = [value is not None and not hit for (_, value), hit in zip(pairs, hits, strict=True)]
    return Outcome(Share.of(hits), Share.of(wrong))


def meaning(field: str, meant: str) -> str | list[str] | None:
    """What should be recorded."""
    if meant == NOTHING:
        return None
    if field in likely.LISTS:
        return [] if meant == NONE else meant.split("+")
    return meant


def codes_left_out(field: str, said: Sequence[Example], vectors: Vectors) -> Read:
    """How each answer is read by what was learned of other writers."""
    rules = [likely.in_codes(by_rules(field, example.text)) for example in said]
    shown = [signs(field, e.text, rule) for e, rule in zip(said, rules, strict=True)]
    both = list(rules)
    for part in parts(said):
        others = [at for at, example in enumerate(said) if example.writer not in part]
        known = [said[at] for at in others]
        rows = vectors[[others[at] for at in likely.worth_reading(known)]]
        model = likely.learn(known, rows, [shown[at] for at in others])
        for at, example in enumerate(said):
            if example.writer in part:
                scores = model.scores(shown[at], vectors[at])
                both[at] = likely.together(field, scores, rules[at])
    return Read(rules, both)


def names_left_out(said: Sequence[Example]) -> Read:
    """The same for names."""
    rules = [by_rules("name", example.text) for example in said]
    both = list(rules)
    for part in parts(said):
        known = [example for example in said if example.writer not in part]
        model = name_tagger.opened(name_tagger.learn(known))
        for at, example in enumerate(said):
            if example.writer in part:
                both[at] = name_tagger.tagged(example.text, rules[at], model)
    return Read(rules, both)


def parts(said: Sequence[Example]) -> Sequence[Sequence[str]]:
    """The writers whose answers neither rules nor readers were made on, in at most five parts."""
    writers = sorted({example.writer for example in said} - NO_WRITERS)
    return [writers[first::PARTS] for first in range(min(PARTS, len(writers)))]


def _line(field: str, said: Sequence[Example], read: Read) -> tuple[object, ...]:
    counted = [at for at, example in enumerate(said) if example.writer not in NO_WRITERS]
    answers = [said[at] for at in counted]
    alone, both = (outcome(field, answers, [by[at] for at in counted]) for by in read)
    return (field, alone.right, alone.wrong, both.right, both.wrong)


def main() -> None:
    """Print the table."""
    lines = []
    for field in FIELDS:
        said = examples(field)
        texts = [example.text[:LONGEST] for example in said]
        vectors = np.asarray(vectors_of(f"left-out-{field}", texts), dtype=np.float32)
        lines.append(_line(field, said, codes_left_out(field, said, vectors)))
    names = examples("name")
    lines.append(_line("name", names, names_left_out(names)))
    heads = ["field", "rules right", "rules wrong", "both right", "both wrong"]
    click.echo(table(heads, lines))


if __name__ == "__main__":
    main()
