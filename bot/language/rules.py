"""The rules of `docs/plain-dutch.md`, one small function each: what is wrong in a text.

A rule yields the words it is about; its hint for maintainers stands beside it in `RULES`.
"""

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from bot.language import reading
from bot.language.collecting import READ, Text
from bot.language.lexicon import DATA, Lexicon

MOST_WORDS = 12
MOST_SENTENCES = 3
MOST_AID_SENTENCES = 2
LEAST_FLESCH = 80.0
FLESCH_FROM = 8
"""Words from which Flesch-Douma says something about a text; it was made for a hundred."""
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08FF]")
MARK = "\u200f"
"""Unicode's right-to-left mark: keeps a full stop at the left end of its line."""

_SUBORDINATE = re.compile(
    r"\b(als|omdat|zodat|terwijl|nadat|voordat|hoewel|tenzij|zodra|totdat|waarmee|waarvoor|waarop|"
    r"waarin|waaruit)\b|(?<=, )(?:die|dat|waar)\b"
    r"|\bdat (?=je|jij|ik|we|wij|hij|ze|zij|het|er|de|een)"
    r"|\bom\b(?=.*\bte\b)|(?<=\w )(?:of|wie|wat) (?=je|jij|ik|we)"
)
_PARTICIPLE = re.compile(
    r"^(?:[a-zé]{2,5})?ge[a-zëï]{2,}(?:t|d|en)$|^(?:be|ver|ont|her|er)[a-z]{2,}(?:[kpfsh]t|d|en)$"
)
_BECOME = frozenset(["word", "wordt", "worden", "werd", "werden"])
_TO_BE = _BECOME | {"is", "zijn", "ben", "bent", "was", "waren"}
_ABSTRACT = re.compile(r"(?:ing|ingen|atie|aties|heid|heden|isatie|ering|iteit|schap|ment)$")
_NEGATION = frozenset(["niet", "geen", "nooit", "niets", "niks", "niemand", "nergens", "noch"])


@functools.cache
def patterns() -> dict[str, Any]:
    """The lists of `data/patterns.yaml`."""
    with (DATA / "patterns.yaml").open(encoding="utf-8") as file:
        found = yaml.safe_load(file)
    assert isinstance(found, dict)
    return found


def _sentences(text: Text) -> list[str]:
    return reading.sentences(reading.filled(text.text))


def long_sentence(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """More than 12 words."""
    for sentence in _sentences(text):
        if len(reading.words(sentence)) > MOST_WORDS:
            yield sentence


def many_sentences(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """More than 3 sentences in a bubble. A line without full stop is one of a list."""
    if text.kind == "bubble":
        ended = re.split(r"(?<=[.?!])[\"')]*(?:\s+|$)|\n+", text.text)
        stops = [part for part in ended if part and part.strip().endswith((".", "?", "!", "'"))]
        if len(stops) > MOST_SENTENCES:
            yield f"{len(stops)} zinnen"


def questions(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """More than one question in a bubble."""
    if text.kind == "bubble" and text.text.count("?") > 1:
        yield f"{text.text.count('?')} vragen"


def negated_question(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A question with niet, geen, nooit: is the answer then yes or no? (A page asks nothing.)"""
    if text.kind == "page":
        return
    for sentence in _sentences(text):
        if sentence.rstrip("\"')").endswith("?"):
            yield from _NEGATION.intersection(word.lower() for word in reading.words(sentence))


def passive(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """Worden or zijn with a participle: nobody does anything."""
    never = {*patterns()["not_participles"], *patterns()["moves"]}
    for sentence in (part for one in _sentences(text) for part in one.split(":")):
        lower = [word.lower() for word in reading.words(sentence)]
        helpers = _TO_BE.intersection(lower)
        if not helpers or {"heb", "hebt", "heeft", "hebben", "had", "hadden"} & set(lower):
            continue
        for word in lower:
            if not _PARTICIPLE.match(word) or word in never:
                continue
            if (
                word.endswith("en")
                and not helpers & _BECOME
                and not re.match(r"(\w{2,5})?ge", word)
            ):
                continue
            yield f"{min(helpers)} {word}"


def nominal(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A verb made into a thing: "het volgen van", or two abstract nouns in a sentence."""
    for sentence in _sentences(text):
        if found := re.search(r"\b(?:het|bij|voor|door) [a-z]{4,}en van\b", sentence.lower()):
            yield found[0]
        abstract = [
            word
            for word, sort in lexicon.sorted_words(sentence)
            if sort not in ("name", "glossary") and len(word) > 6 and _ABSTRACT.search(word.lower())
        ]
        if len(abstract) > 2:
            yield ", ".join(abstract)


def piled_clauses(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """More than one subordinate clause in a sentence."""
    for sentence in _sentences(text):
        found = [match[0].strip() for match in _SUBORDINATE.finditer(sentence.lower())]
        if len(found) > 1:
            yield " + ".join(found)


def formal_you(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """U, uw: we say je."""
    yield from {"u", "uw", "uzelf"}.intersection(word.lower() for word in reading.words(text.text))


def abbreviation(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A short form that isn't explained in the glossary."""
    for short in patterns()["abbreviations"]:
        if re.search(rf"(?<![\w.]){re.escape(short)}(?:\.(?=\s|$|,|\))|(?=\s\w))", text.text):
            yield short
    for word, sort in lexicon.sorted_words(text.text):
        if sort == "hard" and len(word) > 1 and word.isupper():
            yield word


def _listed(name: str, text: Text) -> Iterator[str]:
    for wrong, right in patterns()[name].items():
        if re.search(rf"(?<!\w){re.escape(wrong)}(?!\w)", text.text.lower()):
            yield f"{wrong} -> {right}"


def figure(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A figure of speech: a learner takes it literally."""
    yield from _listed("figures", text)


def stiff(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """Words of letters from an office."""
    yield from _listed("stiff", text)


def dutch_dutch(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """Words that people in Flanders don't use."""
    yield from _listed("dutch_dutch", text)


def number_word(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A number in letters."""
    numbers = set(patterns()["numbers"])
    yield from (word for word in reading.words(text.text) if word.lower() in numbers)


def shouting(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """An exclamation mark: calm, no false cheer."""
    if "!" in text.text:
        yield "!"


def hard_word(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A word that is neither everyday nor in the glossary, nor a name."""
    plain = reading.GAP.sub(" ", text.text)
    yield from dict.fromkeys(
        word
        for word, sort in lexicon.sorted_words(plain)
        if sort == "hard" and not (len(word) > 1 and word.isupper())
    )


def low_flesch(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """Flesch-Douma below 80, with all words: also names and words of the glossary."""
    if text.kind not in READ:
        return
    plain = reading.GAP.sub(" ", text.text)
    if len(reading.words(plain)) >= FLESCH_FROM:
        value = reading.flesch_douma([plain])
        if value is not None and value < LEAST_FLESCH:
            yield f"{value:.0f}"


def long_aid(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """An aid text of more than 2 sentences (of any script)."""
    ends = re.findall(r"[.?!።。؟](?=\s|$|[^\W\d_])", text.text)
    if text.kind == "aid" and len(ends) > MOST_AID_SENTENCES:
        yield f"{len(ends)} zinnen"


def unmarked_direction(text: Text, lexicon: Lexicon) -> Iterator[str]:
    """A line from right to left without marks: its full stop lands on the wrong side."""
    if text.kind == "aid" and ".buttons." not in text.path:
        for line in text.text.split("\n"):
            if _RIGHT_TO_LEFT.search(line) and not (
                line.startswith(MARK) and line.endswith(MARK) and len(line) > 1
            ):
                yield line


Rule = Callable[[Text, Lexicon], Iterator[str]]
RULES: dict[str, tuple[Rule, str]] = {
    "lengte": (long_sentence, "Maak er twee zinnen van: hoogstens 12 woorden."),
    "zinnen": (many_sentences, "Hoogstens 3 zinnen in één bericht. Laat weg of splits."),
    "vragen": (questions, "Eén vraag per bericht. Maak van de andere een zin."),
    "ontkenning": (negated_question, "Vraag zonder niet of geen: dan is ja ook echt ja."),
    "lijdend": (passive, "Zeg wie het doet: 'ik schrap je afspraak'."),
    "naamwoord": (nominal, "Gebruik een werkwoord: 'je leert', niet 'het leren van'."),
    "bijzinnen": (piled_clauses, "Eén bijzin per zin. Maak twee zinnen."),
    "je": (formal_you, "Schrijf je of jouw."),
    "afkorting": (abbreviation, "Schrijf voluit, of leg uit in catalogue/glossary.yaml."),
    "beeld": (figure, "Zeg het gewoon, zonder beeld."),
    "stijf": (stiff, "Gebruik het gewone woord."),
    "vlaams": (dutch_dutch, "Gebruik het Vlaamse woord."),
    "cijfer": (number_word, "Schrijf een getal met cijfers."),
    "uitroep": (shouting, "Laat het uitroepteken weg."),
    "woord": (hard_word, "Kies een gewoon woord, of leg het uit in catalogue/glossary.yaml."),
    "flesch": (low_flesch, "Flesch-Douma onder 80: kortere woorden en kortere zinnen."),
    "hulptekst": (long_aid, "Hoogstens 2 zinnen in een andere taal."),
    "richting": (unmarked_direction, "Zet \\u200F voor en na elke lijn van rechts naar links."),
}
"""Name of the rule (as in `# taal NAME: reason`) -> the rule and its hint."""

FOR: dict[str, frozenset[str]] = {
    "name": frozenset({"uitroep"}),
    "aid": frozenset({"hulptekst", "richting", "uitroep"}),
}
"""Kinds of text that only some rules are for."""


def broken(text: Text, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Name of each rule that the text breaks, with the words."""
    for name, (rule, _) in RULES.items():
        if text.kind not in FOR or name in FOR[text.kind]:
            for words in rule(text, lexicon):
                yield name, words
