"""Danger: suicide, self-harm, violence, no roof tonight; of the client or of somebody else.

Rules (`data/danger.yaml`) and what the model finds likely (`danger_model`) are weighed together.
It errs on the safe side: in between, the bot asks.
"""

import dataclasses
import functools
import pathlib
import re
from collections.abc import Mapping
from typing import Any, Literal

import yaml

from bot.nlu import dialect

HERE = pathlib.Path(__file__).parent

Level = Literal["no", "maybe", "yes"]

SURE = 0.45
"""From this chance of danger on, the model alone is enough."""
DOUBT = 0.12
"""From this chance on, the bot asks although no rule noticed anything."""
CONFIRMS = 0.25
"""From this chance on, the model makes a doubtful rule sure."""
DOES_NOT_BELIEVE = 0.2
"""Below this chance a rule that matched only makes the bot ask."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What was noticed.

    Attributes:
        level: "yes" (help at once), "maybe" (ask), "no".
        kind: suicide, self_harm, violence or no_roof when a rule told; None when only the
            classifier noticed it.
        calmed: a rule matched, but in a setting such as the past, work in care or a film.
    """

    level: Level
    kind: str | None = None
    calmed: bool = False


@dataclasses.dataclass(frozen=True)
class Rules:
    """The compiled patterns: kind -> pattern; what is taken out before; what calms a rule; the
    words that make the bot ask when they are all that was said."""

    sure: Mapping[str, re.Pattern[str]]
    maybe: Mapping[str, re.Pattern[str]]
    harmless: re.Pattern[str]
    calmer: re.Pattern[str]
    alone: frozenset[str]


def _compiled(pattern: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
    return pattern.replace(" .. ", r" (?:[\w']+ ){0,8}?")


def compile_rules(content: Mapping[str, Any]) -> Rules:
    """The rules of a loaded `danger.yaml`.

    Raises:
        re.error: a pattern is no valid regular expression.
    """
    lists: Mapping[str, str] = content["lists"]

    def joined(patterns: list[str]) -> re.Pattern[str]:
        each = "|".join(f"(?:{_compiled(pattern, lists)})" for pattern in patterns)
        return re.compile(rf"(?<![\w'])(?:{each})(?![\w'])")

    return Rules(
        {kind: joined(patterns) for kind, patterns in content["sure"].items()},
        {kind: joined(patterns) for kind, patterns in content["maybe"].items()},
        joined(content["harmless"]),
        joined(content["calmer"]),
        frozenset(content["alone"]),
    )


@functools.cache
def rules() -> Rules:
    """The rules of `data/danger.yaml`."""
    with (HERE / "data" / "danger.yaml").open(encoding="utf-8") as file:
        return compile_rules(yaml.safe_load(file))


def noticed(text: str) -> Verdict:
    """What the rules alone notice in a text."""
    known = rules()
    words = known.harmless.sub("-", dialect.standard(text))
    for kind, pattern in known.sure.items():
        if pattern.search(words):
            calmed = bool(known.calmer.search(words))
            return Verdict("maybe" if calmed else "yes", kind, calmed)
    for kind, pattern in known.maybe.items():
        if pattern.search(words):
            return Verdict("maybe", kind)
    return Verdict("no")


def judge(text: str, chance: float) -> Verdict:
    """Rules and model together.

    Args:
        text: what the client wrote.
        chance: how likely the model finds danger, 0 to 1 (`danger_model`).
    """
    rule = noticed(text)
    if rule.level == "no" and len(words := dialect.standard(text).split()) == 1:
        # "gisteren", "huis": the model knows sentences, and of one word it knows too little
        return Verdict("maybe" if words[0] in rules().alone else "no")
    if chance >= SURE:
        return Verdict("yes", rule.kind)
    if rule.level == "yes":
        return Verdict("yes" if chance >= DOES_NOT_BELIEVE else "maybe", rule.kind)
    if rule.level == "maybe":
        sure = chance >= CONFIRMS and not rule.calmed
        return Verdict("yes" if sure else "maybe", rule.kind, rule.calmed)
    return Verdict("maybe" if chance >= DOUBT else "no")
