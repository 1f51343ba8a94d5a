"""All findings: texts that break a rule, new files, sentences in Python, idle exemptions."""

import dataclasses
import pathlib
import statistics
from collections.abc import Sequence

from bot.language import collecting, lexicon, reading, rules, spelling
from bot.language.collecting import READ, Exemption, Text

MOST_WORDS_ON_AVERAGE = 8.0
LEAST_REASON = 3
"""Words that a reason of an exemption has at least."""


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    """What is wrong: where, which rule (named by `# taal RULE: reason`), the words, a hint."""

    file: str
    line: int
    rule: str
    words: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}, lijn {self.line}: [{self.rule}] {self.words}. {self.hint}"


def check(root: pathlib.Path, start: str = "") -> list[Finding]:
    """Everything that must be mended or get a reason, in the order of files and lines.

    Args:
        root: the project.
        start: only files whose path from the root starts like this.

    Raises:
        bot.catalogue.CatalogueError: the catalogue can't be read.
        ValueError: a file with texts is no valid YAML.
    """
    known = lexicon.current(root / "catalogue")
    texts = [text for text in collecting.collect(root) if text.file.startswith(start)]
    found = [one for text in texts for one in of_text(text, known)]
    found += [
        Finding(name, 1, "bestand", "een nieuw bestand met tekst", _FILE_HINT)
        for name in collecting.unlisted(root)
    ]
    found += [
        Finding(text.file, text.line, "python", text.text[:60], _PYTHON_HINT)
        for text in collecting.in_python(root)
        if is_dutch(text.text, known)
    ]
    found += _too_long_on_average(texts)
    left = _without_exempted(found, collecting.exemptions(root))
    return sorted(one for one in left if one.file.startswith(start))


_FILE_HINT = "Zet het in TEXTS of NOT_FOR_CLIENTS van bot/language/collecting.py."
_PYTHON_HINT = "Zet teksten voor klanten in domain/ of catalogue/, niet in Python."


def of_text(text: Text, known: lexicon.Lexicon) -> list[Finding]:
    """The findings of one text, exemptions not counted."""
    found = [
        Finding(text.file, text.line, rule, words, rules.RULES[rule][1])
        for rule, words in rules.broken(text, known)
    ]
    found += [
        Finding(text.file, text.line, "spelling", words, spelling.HINT)
        for words in spelling.mistakes(text, known)
    ]
    return found


def is_dutch(text: str, known: lexicon.Lexicon) -> bool:
    """Whether a string in code is a Dutch sentence: 3 words or more, nearly all everyday."""
    words = reading.words(reading.GAP.sub(" ", text))
    everyday = sum(known.is_everyday(word) for word in words)
    return len(words) >= 3 and everyday >= 0.8 * len(words) and not text.isupper()


def _folder(file: str) -> str:
    """The file, or the folder of many small ones (catalogue/courses, catalogue/support)."""
    return "/".join(file.split("/")[:2])


def _too_long_on_average(texts: Sequence[Text]) -> list[Finding]:
    found = []
    for file in sorted({_folder(text.file) for text in texts}):
        lengths = [
            len(reading.words(sentence))
            for text in texts
            if _folder(text.file) == file and text.kind in READ
            for sentence in reading.sentences(reading.filled(text.text))
        ]
        if lengths and (mean := statistics.fmean(lengths)) > MOST_WORDS_ON_AVERAGE:
            words = f"gemiddeld {mean:.1f} woorden per zin"
            hint = "Hoogstens 8 gemiddeld: maak zinnen korter."
            found.append(Finding(file, 1, "gemiddelde", words, hint))
    return found


def _without_exempted(found: list[Finding], exempted: list[Exemption]) -> list[Finding]:
    used: set[Exemption] = set()
    left = []
    for finding in found:
        covers = [
            one
            for one in exempted
            if one.file == finding.file
            and finding.line - one.line in (0, 1)
            and (finding.rule in one.rules or not one.rules)
        ]
        used.update(covers)
        if not covers:
            left.append(finding)
    for one in exempted:
        if one not in used:
            hint = "Haal deze uitzondering weg: de tekst is goed."
            left.append(Finding(one.file, one.line, "uitzondering", "niet meer nodig", hint))
        elif len(one.why.split()) < LEAST_REASON:
            hint = "Schrijf waarom deze tekst zo moet: # taal woord: reden"
            left.append(Finding(one.file, one.line, "uitzondering", "geen reden", hint))
    return left
