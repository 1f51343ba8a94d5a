"""Spelling and grammar by LanguageTool's Dutch rules (package lingotweaker, offline)."""

import functools
import importlib
from collections.abc import Iterator
from typing import Any

from bot.language import reading
from bot.language.collecting import Text
from bot.language.lexicon import Lexicon

HINT = "Kijk de spelling en de zinsbouw na."
SPELLING = "MORFOLOGIK_RULE_NL_NL"
NOT_OURS = frozenset(
    {
        "WHITESPACE_RULE",
        "UPPERCASE_SENTENCE_START",  # a label may start small
        "COMMA_PARENTHESIS_WHITESPACE",
        "UNPAIRED_BRACKETS",
        "DOUBLE_PUNCTUATION",
        "HEBT_ZONDER_U_JE",  # half a sentence: the code says "als je" before it
    }
)


@functools.cache
def _engine() -> Any:
    data = importlib.import_module("lingotweaker_data_nl_light")
    return importlib.import_module("lt_py").Engine("nl", data_dir=data.data_dir())


@functools.cache
def _checked(plain: str) -> tuple[dict[str, Any], ...]:
    return tuple(_engine().check(plain))


def mistakes(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """What LanguageTool finds: the words, the rule and what it would write.

    A name or term is no spelling mistake, an unknown word is found by rule `woord`.
    Gaps are filled with a name.
    """
    if text.kind in ("aid", "name"):
        return
    plain = reading.GAP.sub("Anna", text.text)
    for found in _checked(plain):
        words = plain[found["offset"] : found["offset"] + found["length"]]
        rule = str(found["rule_id"])
        if rule in NOT_OURS or "Anna" in words:
            continue
        if all(sort in ("name", "glossary") for _, sort in lexicon.sorted_words(words)):
            continue
        if rule == SPELLING and any(sort != "everyday" for _, sort in lexicon.sorted_words(words)):
            continue
        better = ", ".join(found["suggestions"][:2])
        yield f"{words} ({rule}{': ' + better if better else ''})"
