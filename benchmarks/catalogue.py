"""`make bench`: the matching with a catalogue that is far larger than the real one.

The real catalogue gets 50, 5,000 and 50,000 generated courses. Each size is measured in a process
of its own. Dreams come from an evaluation set: a dream is right when one of the first three
courses is what the set asks for, and none is what it refuses.
"""

import argparse
import datetime as dtm
import gc
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

import psutil

from benchmarks import courses, rivals
from bot import embedding
from bot.catalogue import Course, advise, columns, finding, load, vectors
from bot.evaluation import sets
from bot.evaluation.advising import meets_any
from bot.settings import ROOT

PAGE = ROOT / "docs" / "benchmarks-catalogue.md"
SIZES = (0, 50, 5_000, 50_000)
TODAY = dtm.date(2026, 11, 22)
MATCH_MS, MEMORY_MB, LOAD_S = 25, 500, 10


def right(row: dict[str, Any], shown: Sequence[Course]) -> bool:
    """Whether the first three are what the set asks for."""
    first = list(shown)[:3]
    good = any(meets_any(course, row["good"]) for course in first)
    return good and not any(meets_any(course, row.get("bad")) for course in first)


def timed(rows: Sequence[dict[str, Any]], find: Callable[[dict[str, Any]], Sequence[Course]]) -> (
    dict[str, Any]
):  # fmt: skip
    """Milliseconds of each question (wall and processor), and the share that is right."""
    wall, processor, good, ours = [], [], 0, 0
    for row in rows:
        start, used = time.perf_counter(), time.process_time()
        shown = find(row["record"])
        processor.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - start))
        good += right(row, shown)
        ours += any(not course.id.startswith("gen-") for course in list(shown)[:3])
    return {
        "median": statistics.median(wall),
        "p95": sorted(wall)[int(0.95 * (len(wall) - 1))],
        "cpu": statistics.median(processor),
        "right": good / len(rows),
        "real": ours / len(rows),
    }


def measure(count: int, folder: pathlib.Path) -> dict[str, Any]:
    """One size: load, vectors, matching and the two rivals."""
    rows = [row for row in sets.load("matching", folder) if row["record"].get("dream")]
    warm_up, rows = rows[:5], rows[5:]
    process = psutil.Process()
    with tempfile.TemporaryDirectory(prefix="leerwijzer-bench-") as made:
        target = courses.build(pathlib.Path(made) / "catalogue", ROOT / "catalogue", count)
        start, used = time.perf_counter(), time.process_time()
        catalogue = load(target)
        read = (time.perf_counter() - start, time.process_time() - used)
        ours = finding.index(catalogue)
        columns.of(catalogue)
        load_s = time.perf_counter() - start
        load_cpu = time.process_time() - used
    start = time.perf_counter()
    lacking = vectors.lacking(ours.texts)
    finding.warm(catalogue)
    vectors_s = time.perf_counter() - start
    for row in warm_up:
        advise(row["record"], catalogue, today=TODAY)
    gc.collect()

    def matching(record: dict[str, Any]) -> Sequence[Course]:
        return [one.course for one in advise(record, catalogue, today=TODAY).courses]

    def by(search: rivals.Search) -> Callable[[dict[str, Any]], Sequence[Course]]:
        return lambda record: search(record["dream"])

    found = {"match": timed(rows, matching)}
    memory = process.memory_info().rss / 1e6
    embedding.query.cache_clear()  # the rival embeds each dream for itself
    found["embeddings"] = timed(rows, by(rivals.embeddings(catalogue)))
    found["fts5"] = timed(rows, by(rivals.fts5(catalogue)))
    return {
        "courses": len(catalogue.courses),
        "texts": len(ours.texts),
        "dreams": len(rows),
        "read_s": read[0],
        "load_s": load_s,
        "load_cpu": load_cpu,
        "vectors_made": lacking,
        "vectors_s": vectors_s,
        "memory": memory,
        "found": found,
    }


def report(measured: Sequence[dict[str, Any]]) -> str:
    """The page with the results."""
    first, last = measured[0], measured[-1]
    lines = [
        "# Benchmarks of the catalogue",
        "",
        "Written by `make bench` (`python -m benchmarks.catalogue --write`). The real catalogue "
        "gets generated courses (`benchmarks/courses.py`, always the same ones).",
        f"{first['dreams']} dreams of people with their record; one thread; each size in a process "
        f"of its own. Load of the machine at the end (1 minute): {psutil.getloadavg()[0]:.1f} on "
        f"{psutil.cpu_count()} cores. `cpu` is processor time: what it takes when nothing else "
        "runs.",
        "",
        "## Time and memory",
        "",
        "| courses | load s (cpu) | match ms median | p95 | cpu | memory MB |",
        "|---|---|---|---|---|---|",
    ]
    for one in measured:
        match = one["found"]["match"]
        lines.append(
            f"| {one['courses']:,} | {one['load_s']:.1f} ({one['load_cpu']:.1f}) "
            f"| {match['median']:.1f} | {match['p95']:.1f} | {match['cpu']:.1f} "
            f"| {one['memory']:.0f} |"
        )
    lines += [
        "",
        f"Targets at 50,000: match {MATCH_MS} ms median, memory under {MEMORY_MB} MB, "
        f"load within {LOAD_S} s. Load is reading and checking the YAML and making the indexes. "
        "Vectors are made once for each text and kept in a file: here "
        f"{last['texts']:,} texts for {last['courses']:,} courses"
        + (
            f" ({last['vectors_made']:,} made in {last['vectors_s']:.0f} s)."
            if last["vectors_made"]
            else f" (read from the file in {last['vectors_s']:.1f} s)."
        ),
        "",
        "## Right course among the first three",
        "",
        "| courses | ours | FTS5 alone | embeddings alone | ours ms | FTS5 ms | embeddings ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in measured:
        by = one["found"]
        names = ("match", "fts5", "embeddings")
        lines.append(
            f"| {one['courses']:,} | "
            + " | ".join(f"{100 * by[name]['right']:.1f}%" for name in names)
            + " | "
            + " | ".join(f"{by[name]['median']:.1f}" for name in names)
            + " |"
        )
    lines += [
        "",
        "FTS5: title, words, summary and school, words of the dream with OR, bm25. Embeddings: "
        "the nearest vectors of the same texts as ours. Neither knows the person. Ours reads the "
        "dream, weighs every course that can matter to the person, and makes path and reasons.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure each size in its own process and print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the page in docs/")
    parser.add_argument("--sets", type=pathlib.Path, default=sets.FOLDER, help="folder of the set")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="generated courses")
    parser.add_argument("--one", type=int, help="measure this size here and write JSON")
    given = parser.parse_args()
    if given.one is not None:
        sys.stdout.write(json.dumps(measure(given.one, given.sets)) + "\n")
        return 0
    measured = []
    for size in given.sizes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.catalogue", "--one", str(size),
             "--sets", str(given.sets)],
            check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        measured.append(json.loads(done.stdout.splitlines()[-1]))
    page = report(measured)
    sys.stdout.write(page)
    if given.write:
        PAGE.write_text(page, encoding="utf-8")
    last = measured[-1]
    match = last["found"]["match"]
    missed = [
        what
        for what, is_missed in (
            (f"match over {MATCH_MS} ms", min(match["median"], match["cpu"]) > MATCH_MS),
            (f"memory over {MEMORY_MB} MB", last["memory"] > MEMORY_MB),
            (f"load over {LOAD_S} s", min(last["load_s"], last["load_cpu"]) > LOAD_S),
            ("search quality falls", match["right"] < measured[0]["found"]["match"]["right"]),
        )
        if is_missed
    ]
    if missed:
        sys.stderr.write("Missed: " + "; ".join(missed) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
