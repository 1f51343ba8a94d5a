"""Counting: how simple a set of texts is."""

import dataclasses
import re
import statistics
from collections.abc import Iterable, Sequence

from bot.language import reading, rules
from bot.language.collecting import READ, Text
from bot.language.lexicon import Lexicon


@dataclasses.dataclass(frozen=True)
class Figures:
    """What was counted. Shares are between 0 and 1; `flesch_*` is Flesch-Douma.

    `everyday` and `explained` leave out names and numbers: of all other words, how many are
    among the everyday words, and how many are that or in the glossary. `everyday_named` counts
    each name (of a person, place, service or school) as a word that is not among them. A term of
    several words ("Huis van het Nederlands") is counted word by word.
    """

    texts: int
    sentences: int
    words: int
    words_a_sentence: float
    longest: int
    everyday: float
    everyday_named: float
    explained: float
    flesch: float
    flesch_mean: float
    flesch_lowest: float
    flesch_below_80: int
    passive: int

    def to_json(self) -> dict[str, float]:
        return {key: round(value, 3) for key, value in dataclasses.asdict(self).items()}


def measure(texts: Sequence[Text], lexicon: Lexicon) -> Figures:
    """Count a set of texts. `flesch` is of all texts as one, `flesch_mean` the mean per text.

    Raises:
        ValueError: there is no sentence in the texts.
    """
    read = [text for text in texts if text.kind in READ]
    plain = [reading.GAP.sub(" ", text.text) for text in read]
    lengths = [
        len(reading.words(sentence))
        for text in read
        for sentence in reading.sentences(reading.filled(text.text))
    ]
    if not lengths:
        raise ValueError("geen zinnen gevonden")
    spoken = [reading.GAP.sub(" ", text.text) for text in texts if text.kind not in ("aid", "name")]
    sorts = [
        "everyday" if sort == "glossary" and lexicon.is_listed(word) else sort
        for text in spoken
        for word, sort in lexicon.sorted_words(text)
        if not word[0].isdigit()
    ]
    counted = [sort for sort in sorts if sort != "name"]
    long_enough = [text for text in plain if len(reading.words(text)) >= rules.FLESCH_FROM]
    each = _known(reading.flesch_douma([text]) for text in long_enough)
    return Figures(
        texts=len(texts),
        sentences=len(lengths),
        words=sum(lengths),
        words_a_sentence=statistics.fmean(lengths),
        longest=max(lengths),
        everyday=counted.count("everyday") / len(counted),
        everyday_named=sorts.count("everyday") / len(sorts),
        explained=1 - counted.count("hard") / len(counted),
        flesch=reading.flesch_douma(plain) or 0.0,
        flesch_mean=statistics.fmean(each) if each else 0.0,
        flesch_lowest=min(each, default=0.0),
        flesch_below_80=sum(value < rules.LEAST_FLESCH for value in each),
        passive=sum(1 for text in read for _ in rules.passive(text, lexicon)),
    )


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def as_texts(name: str, content: str) -> list[Text]:
    """Any text, a bubble per paragraph: to measure what others publish the same way."""
    parts = re.split(r"\n\s*\n", content)
    return [Text(name, 1, "", "bubble", part.strip()) for part in parts if part.strip()]
