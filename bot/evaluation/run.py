"""Measures every set and writes the report."""

import collections
import datetime as dtm
import json
import pathlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import yaml

from bot.evaluation import advising, measures, parsing, sets
from bot.evaluation.measures import Share
from bot.evaluation.parsing import Parsed
from bot.evaluation.report import section, table
from bot.nlu import dialect
from bot.nlu.text import clean
from bot.settings import ROOT

Row = dict[str, Any]
STOCK_FILE = ROOT / "docs" / "evaluation-stock.json"
WORST = 25


def _by(key: str, rows: Sequence[Row], outcomes: Sequence[bool]) -> list[tuple[str, Share]]:
    groups: dict[str, list[bool]] = collections.defaultdict(list)
    for row, outcome in zip(rows, outcomes, strict=True):
        groups[str(row.get(key, "-"))].append(outcome)
    return [(name, Share.of(found)) for name, found in sorted(groups.items())]


def _groups(key: str, rows: Sequence[Row], outcomes: Sequence[bool]) -> str:
    return table([key, "right"], _by(key, rows, outcomes))


def _worst(lines: Iterable[Sequence[object]], heads: Sequence[str]) -> str:
    listed = list(lines)
    if not listed:
        return "No mistakes."
    title = f"Worst sentences ({min(WORST, len(listed))} of {len(listed)} mistakes):"
    return f"{title}\n\n{table(heads, listed[:WORST])}"


class Evaluation:
    """Collects headline figures and sections, set by set."""

    def __init__(self, trained: Collection[str] = frozenset()) -> None:
        """`trained`: the training sentences as `plain` gives them."""
        self.trained = trained
        self.headlines: list[tuple[str, str, str]] = []
        self.sections: list[str] = []
        self.figures: dict[str, float] = {}

    def headline(self, what: str, aim: str, figure: str) -> None:
        """One line of the first table: what, aim, measured."""
        self.headlines.append((what, aim, figure))

    def intents(self, rows: Sequence[Row], parsed: Sequence[Parsed]) -> None:
        """Intents: macro-F1, per voice and intent, confusions."""
        expected = [str(row["intent"]) for row in rows]
        actual = [result.intent for result in parsed]
        right = [want == got for want, got in zip(expected, actual, strict=True)]
        macro = measures.macro_f1(expected, actual)
        self.figures["intents_macro_f1"] = macro
        self.headline("intents, macro-F1", "0.90", f"{macro:.3f}")
        self.headline("intents, right", "", str(Share.of(right)))
        apart = [i for i, row in enumerate(rows) if plain(row["text"]) not in self.trained]
        f1 = measures.macro_f1([expected[i] for i in apart], [actual[i] for i in apart])
        self.headline(
            f"intents, macro-F1 without the {len(rows) - len(apart)} sentences that somebody "
            "also wrote for training",
            "",
            f"{f1:.3f}",
        )
        voices = []
        for voice in sorted({str(row["voice"]) for row in rows}):
            chosen = [index for index, row in enumerate(rows) if row["voice"] == voice]
            f1 = measures.macro_f1([expected[i] for i in chosen], [actual[i] for i in chosen])
            voices.append((voice, Share.of(right[i] for i in chosen), f"{f1:.3f}"))
        scores = measures.f1_by_class(expected, actual)
        mistakes = sorted(
            (
                (row, result)
                for row, result in zip(rows, parsed, strict=True)
                if row["intent"] != result.intent
            ),
            key=lambda pair: -pair[1].confidence,
        )
        self.sections.append(
            section(
                "Intents",
                table(["voice", "right", "macro-F1"], voices),
                table(
                    ["intent", "precision", "recall", "F1", "sentences"],
                    [
                        (name, f"{s.precision:.2f}", f"{s.recall:.2f}", f"{s.f1:.2f}", s.support)
                        for name, s in sorted(scores.items(), key=lambda item: item[1].f1)
                    ],
                ),
                "Most frequent confusions:\n\n"
                + table(["expected", "taken for", "times"], measures.confusions(expected, actual)),
                _confidence(right, parsed),
                _worst(
                    (
                        (row["text"], row["intent"], result.intent, f"{result.confidence:.2f}")
                        for row, result in mistakes
                    ),
                    ["text", "expected", "taken for", "confidence"],
                ),
            )
        )

    def danger(
        self,
        rows: Sequence[Row],
        parsed: Sequence[Parsed],
        others: Sequence[tuple[Row, Parsed]],
    ) -> None:
        """Danger: found and asked; false alarms among near-danger and among all other intents."""
        found = [r.intent == "crisis" for row, r in zip(rows, parsed, strict=True) if row["danger"]]
        asked = [
            r.intent == "crisis" or r.danger == "maybe"
            for row, r in zip(rows, parsed, strict=True)
            if row["danger"]
        ]
        near = [
            r.intent == "crisis" for row, r in zip(rows, parsed, strict=True) if not row["danger"]
        ]
        near_asked = [
            r.danger == "maybe" for row, r in zip(rows, parsed, strict=True) if not row["danger"]
        ]
        rest = [r.intent == "crisis" for row, r in others if row.get("intent") != "crisis"]
        rest_asked = [r.danger == "maybe" for row, r in others if row.get("intent") != "crisis"]
        self.figures["danger_found"] = Share.of(found).value
        self.headline("danger found at once", "99%", str(Share.of(found)))
        self.headline("danger found or asked about", "", str(Share.of(asked)))
        self.headline("false alarms among the sentences without danger", "1%", str(Share.of(rest)))
        self.headline(
            "false alarms among sentences that sound like danger", "", str(Share.of(near))
        )
        self.headline("asked without danger (near-danger)", "", str(Share.of(near_asked)))
        self.headline("asked without danger (the rest)", "", str(Share.of(rest_asked)))
        wrong = [
            (row["text"], "danger" if row["danger"] else "none", r.intent, r.danger)
            for row, r in zip(rows, parsed, strict=True)
            if bool(row["danger"]) != (r.intent == "crisis")
        ]
        wrong += [
            (row["text"], f"none ({row['intent']})", r.intent, r.danger)
            for row, r in others
            if row.get("intent") != "crisis" and r.intent == "crisis"
        ]
        outcomes = [
            bool(row["danger"]) == (r.intent == "crisis")
            for row, r in zip(rows, parsed, strict=True)
        ]
        self.sections.append(
            section(
                "Danger",
                _groups("voice", rows, outcomes),
                _worst(wrong, ["text", "expected", "intent", "danger"]),
            )
        )

    def calm(self, parsed: Sequence[Parsed]) -> None:
        """Answers and dreams, none of them about danger: most of what clients write is these."""
        alarmed = Share.of(r.intent == "crisis" for r in parsed)
        asked = Share.of(r.danger == "maybe" for r in parsed)
        self.headline("false alarms among answers and dreams", "1%", str(alarmed))
        self.headline("asked without danger (answers and dreams)", "", str(asked))

    def languages(self, rows: Sequence[Row], parsed: Sequence[Parsed]) -> None:
        """Languages: Dutch taken for another language; others recognised and named."""
        pairs = list(zip(rows, parsed, strict=True))
        dutch = [r.language is not None for row, r in pairs if row["lang"] == "nl"]
        foreign = [(row, r) for row, r in pairs if row["lang"] != "nl"]
        long = [
            (row, r) for row, r in foreign if len(row["text"].split()) >= 3 or row["lang"] == "zh"
        ]
        self.headline("Dutch taken for another language", "at most 0.5%", str(Share.of(dutch)))
        self.headline(
            "other languages (3 words or more) recognised",
            "97%",
            str(Share.of(r.language is not None for _, r in long)),
        )
        self.headline(
            "other languages (3 words or more) named right",
            "92%",
            str(Share.of(r.language == row["lang"] for row, r in long)),
        )
        self.sections.append(
            section(
                "Languages",
                _groups("lang", rows, [(r.language or "nl") == row["lang"] for row, r in pairs]),
                _worst(
                    (
                        (row["text"], row["lang"], r.language or "nl")
                        for row, r in pairs
                        if (r.language or "nl") != row["lang"]
                    ),
                    ["text", "expected", "taken for"],
                ),
            )
        )

    def answers(
        self, rows: Sequence[Row], read: Callable[..., Any], *, later: bool = False
    ) -> None:
        """Answers per field: right, wrong (something else recorded), asked or not understood.

        Args:
            later: the set of which nobody reads a sentence: counts alone.
        """
        what = "answers of the later set" if later else "answers"
        results, right, wrong = _answered(rows, read)
        self.headline(f"{what} right", "95%", str(Share.of(right)))
        self.headline(f"{what} wrong (another value recorded)", "at most 2%", str(Share.of(wrong)))
        missed = sorted(
            (
                (row["text"], row["field"], row["expected"], value, "/".join(options))
                for row, hit, (value, options) in zip(rows, right, results, strict=True)
                if not hit
            ),
            key=lambda line: line[3] is None,
        )
        heads = ["text", "field", "expected", "read", "asks between"]
        self.sections.append(
            section(
                what.capitalize(),
                _fields(rows, right, wrong),
                _groups("voice", rows, right),
                "" if later else _worst(missed, heads),
            )
        )

    def dreams(self, rows: Sequence[Row], themes_of: Callable[[str], list[str]]) -> None:
        """Dreams: every expected theme found and none that is wrong."""
        found = [sorted(themes_of(row["text"])) for row in rows]
        right = [sorted(row["themes"]) == got for row, got in zip(rows, found, strict=True)]
        self.headline("dream themes: all and only the right ones", "93%", str(Share.of(right)))
        by_theme: dict[str, list[bool]] = collections.defaultdict(list)
        for row, got in zip(rows, found, strict=True):
            for theme in row["themes"] or ["(none)"]:
                by_theme[theme].append(theme in got or (theme == "(none)" and not got))
        self.sections.append(
            section(
                "Dreams",
                _groups("voice", rows, right),
                table(
                    ["theme", "found"],
                    [(theme, Share.of(hits)) for theme, hits in sorted(by_theme.items())],
                ),
                _worst(
                    (
                        (row["text"], ", ".join(row["themes"]), ", ".join(got))
                        for row, got, hit in zip(rows, found, right, strict=True)
                        if not hit
                    ),
                    ["text", "expected", "found"],
                ),
            )
        )

    def times(self, rows: Sequence[Row], read: Callable[..., Any]) -> None:
        """Times: the window of an appointment wish."""
        results = []
        for row in rows:
            now = local(row["now"])
            value = read("appointment_time", row["text"], now=now).value
            results.append((_minute(value, "from"), _minute(value, "to")))
        expected = [(_minute(row, "from"), _minute(row, "to")) for row in rows]
        right = [want == got for want, got in zip(expected, results, strict=True)]
        self.headline("times right", "93%", str(Share.of(right)))
        self.sections.append(
            section(
                "Times",
                _worst(
                    (
                        (
                            row["text"],
                            row["now"],
                            " - ".join(map(str, want)),
                            " - ".join(map(str, got)),
                        )
                        for row, want, got, hit in zip(rows, expected, results, right, strict=True)
                        if not hit
                    ),
                    ["text", "now", "expected", "read"],
                ),
            )
        )

    def people(self, name: str, rows: Sequence[Row]) -> None:
        """Whole people: courses shown, first step, path and help, by the catalogue in force."""
        from bot import catalogue

        ours = catalogue.current()
        outcomes = advising.measure(
            rows,
            ours,
            lambda record, content: catalogue.advise(record, content, today=EVALUATION_DAY.date()),
        )
        for what, aim, figure in advising.headlines(outcomes):
            self.headline(f"{name}: {what}", aim, figure)
        listed = advising.worst(outcomes)
        self.sections.append(
            section(
                name.capitalize(),
                _worst(listed, ["id", "dream", "what is wrong", "courses / path"]),
            )
        )


def plain(text: str) -> str:
    """The words of a text, to see whether two sentences are the same."""
    return dialect.standard(clean(text))


def trained_sentences(folder: pathlib.Path = ROOT / "data" / "nlu") -> frozenset[str]:
    """The training sentences, as `plain` gives them."""
    found = set()
    for path in folder.rglob("*.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            for line in str(entry.get("examples", "")).splitlines():
                found.add(plain(line.strip().removeprefix("- ")))
    return frozenset(found)


def local(text: str) -> dtm.datetime:
    """An ISO time; without a zone it is Brussels time."""
    import zoneinfo

    moment = dtm.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Brussels"))


EVALUATION_DAY = local("2026-11-22T10:00")
"""The day on which the answers of the set were written."""


def _minute(value: Any, key: str) -> str | None:
    moment = value.get(key) if isinstance(value, Mapping) else None
    if moment is None:
        return None
    return local(str(moment)).strftime("%Y-%m-%dT%H:%M")


def same(expected: Any, actual: Any) -> bool:
    """Whether a value was read as expected; the order of a list does not matter."""
    if isinstance(expected, list) and isinstance(actual, list | tuple):
        return sorted(map(str, expected)) == sorted(map(str, actual))
    return bool(expected == actual)


def _answered(
    rows: Sequence[Row], read: Callable[..., Any]
) -> tuple[list[tuple[Any, tuple[str, ...]]], list[bool], list[bool]]:
    """What was read and asked, what of it is right, and where something else was recorded."""
    readings = [read(row["field"], row["text"], now=EVALUATION_DAY) for row in rows]
    results = [(reading.value, tuple(reading.options)) for reading in readings]
    right = [same(row["expected"], value) for row, (value, _) in zip(rows, results, strict=True)]
    wrong = [value is not None and not hit for hit, (value, _) in zip(right, results, strict=True)]
    return results, right, wrong


def _fields(rows: Sequence[Row], right: Sequence[bool], wrong: Sequence[bool]) -> str:
    counts = zip(_by("field", rows, right), _by("field", rows, wrong), strict=True)
    return table(
        ["field", "right", "wrong value"],
        [(name, share, errors) for (name, share), (_, errors) in counts],
    )


def _confidence(right: Sequence[bool], parsed: Sequence[Parsed]) -> str:
    rows = []
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        hits = [hit for hit, r in zip(right, parsed, strict=True) if low <= r.confidence < high]
        rows.append((f"{low:.1f} - {min(high, 1.0):.1f}", Share.of(hits)))
    return "How sure, and how often right:\n\n" + table(["confidence", "right"], rows)


def _stock(rows: Sequence[Row], epochs: int, say: Callable[[str], None]) -> None:
    """Trains Rasa's default pipeline on the same sentences and keeps its figures."""
    with tempfile.TemporaryDirectory() as name:
        say("Rasa's default pipeline is trained on the same sentences; this takes long.")
        model, seconds = parsing.train_stock(pathlib.Path(name), epochs)
        parsed = parsing.parse(model, [row["text"] for row in rows])
    expected = [str(row["intent"]) for row in rows]
    actual = [result.intent for result in parsed]
    content = {
        "macro_f1": measures.macro_f1(expected, actual),
        "right": sum(want == got for want, got in zip(expected, actual, strict=True)),
        "of": len(rows),
        "epochs": epochs,
        "training_seconds": round(seconds),
        "median_ms": 1000 * measures.quantile([r.seconds for r in parsed], 0.5),
        "measured": dtm.datetime.now(dtm.timezone.utc).date().isoformat(),
    }
    STOCK_FILE.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _compared(evaluation: Evaluation, rows: Sequence[Row], parsed: Sequence[Parsed]) -> str:
    right = Share.of(row["intent"] == r.intent for row, r in zip(rows, parsed, strict=True))
    milliseconds = [1000 * r.seconds for r in parsed]
    lines = [
        (
            "Leerwijzer",
            f"{evaluation.figures['intents_macro_f1']:.3f}",
            right,
            f"{measures.quantile(milliseconds, 0.5):.1f} / "
            f"{measures.quantile(milliseconds, 0.95):.1f}",
        )
    ]
    if STOCK_FILE.exists():
        stock = json.loads(STOCK_FILE.read_text(encoding="utf-8"))
        lines.append(
            (
                f"Rasa's default pipeline, {stock['epochs']} epochs in "
                f"{stock['training_seconds'] / 60:.0f} minutes ({stock['measured']})",
                f"{stock['macro_f1']:.3f}",
                Share(stock["right"], stock["of"]),
                f"{stock['median_ms']:.1f} / -",
            )
        )
    return section(
        "Beside Rasa's default pipeline",
        "Intents, trained on the same sentences (`python -m bot.evaluation --stock`).",
        table(["pipeline", "macro-F1", "right", "NLU ms (median / 95%)"], lines),
    )


def load_people(folder: pathlib.Path = sets.FOLDER) -> dict[str, list[Row]]:
    """The sets of whole people that are in the folder.

    Raises:
        ValueError: a set has a bad line.
    """
    return {
        name: sets.load(name, folder) for name in sets.PEOPLE if (folder / f"{name}.jsonl").exists()
    }


def evaluate_people(folder: pathlib.Path = sets.FOLDER) -> str:
    """Measures only the sets of whole people; needs no trained model.

    Args:
        folder: where `matching.jsonl` and `advice.jsonl` are.

    Raises:
        FileNotFoundError: neither set is there.
        ValueError: a set has a bad line.
    """
    people = load_people(folder)
    if not people:
        raise FileNotFoundError(f"There is no matching.jsonl or advice.jsonl in {folder}.")
    evaluation = Evaluation()
    for name, rows in people.items():
        evaluation.people(name, rows)
    headlines = table(["what", "aim", "measured"], evaluation.headlines)
    return "\n\n".join([headlines, *evaluation.sections]) + "\n"


def evaluate(
    model: pathlib.Path,
    *,
    stock: int | None = None,
    notes: pathlib.Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> str:
    """Measures everything in `evaluation/` and returns the report (Markdown).

    Args:
        model: the trained model (`.tar.gz`).
        stock: also train Rasa's default pipeline, with so many epochs, and measure it.
        notes: a Markdown file that is added to the report: what was tried.
        say: called with a line of progress.

    Raises:
        parsing.EvaluationError: no model, or Rasa stopped.
        ValueError: an evaluation set has a bad line.
    """
    from bot.intake import dream_themes, read

    loaded = {name: sets.load(name) for name in sets.SENTENCES}
    people = load_people()
    through_model = ("intents", "danger", "languages", "answers", "dreams")
    texts = [row["text"] for name in through_model for row in loaded[name]]
    say(f"{len(texts)} sentences through the model")
    results = iter(parsing.parse(model, texts))
    parsed = {name: [next(results) for _ in loaded[name]] for name in through_model}
    evaluation = Evaluation(trained_sentences())
    evaluation.intents(loaded["intents"], parsed["intents"])
    others = list(zip(loaded["intents"], parsed["intents"], strict=True))
    evaluation.danger(loaded["danger"], parsed["danger"], others)
    evaluation.calm([*parsed["answers"], *parsed["dreams"]])
    evaluation.languages(loaded["languages"], parsed["languages"])
    say("Answers, dreams and times")
    evaluation.answers(loaded["answers"], read)
    evaluation.answers(loaded["answers_fresh"], read, later=True)
    evaluation.dreams(loaded["dreams"], dream_themes)
    evaluation.times(loaded["times"], read)
    say("Courses, paths and help for whole people")
    for name, rows in people.items():
        evaluation.people(name, rows)
    if stock:
        _stock(loaded["intents"], stock, say)
    compared = _compared(evaluation, loaded["intents"], parsed["intents"])
    counts = ", ".join(f"{name} {len(rows)}" for name, rows in {**loaded, **people}.items())
    parts = [
        "# How well Leerwijzer understands",
        "Made by `python -m bot.evaluation`; do not edit. The sentences of `evaluation/` were "
        "never trained on. Shares come with their 95% Wilson interval.",
        f"Sentences: {counts}.",
        table(["what", "aim", "measured"], evaluation.headlines),
        compared,
        *evaluation.sections,
    ]
    if notes and notes.exists():
        parts.append(notes.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts) + "\n"
