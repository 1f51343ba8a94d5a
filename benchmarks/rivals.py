"""What searching would be without our matching: SQLite's FTS5 alone, and plain embeddings."""

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np

from bot import embedding
from bot.catalogue import Catalogue, Course, vectors
from bot.catalogue.finding import index
from bot.catalogue.wordindex import words

Search = Callable[[str], Sequence[Course]]
SHOWN = 3


def fts5(catalogue: Catalogue) -> Search:
    """Title, other words, occupations and summary in a full-text index; ranked by bm25."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE c USING fts5(title, words, summary, provider, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    base.executemany(
        "INSERT INTO c (rowid, title, words, summary, provider) VALUES (?, ?, ?, ?, ?)",
        (
            (
                number,
                course.title,
                " ".join([*course.words, *course.gives.occupations]),
                course.summary,
                catalogue.provider_name(course),
            )
            for number, course in enumerate(catalogue.courses)
        ),
    )

    def search(text: str) -> Sequence[Course]:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not asked:
            return []
        rows = base.execute(
            "SELECT rowid FROM c WHERE c MATCH ? ORDER BY bm25(c, 10, 5, 1, 1) LIMIT ?",
            (asked, SHOWN),
        )
        return [catalogue.courses[number] for (number,) in rows]

    return search


def embeddings(catalogue: Catalogue) -> Search:
    """The nearest in meaning of every course, and nothing else."""
    ours = index(catalogue)
    matrix = vectors.passages(ours.texts)
    numbers = np.array(ours.text_numbers)

    def search(text: str) -> Sequence[Course]:
        if matrix is None or not text.strip():
            return []
        scores = (matrix @ embedding.query(text[:300].lower()))[numbers]
        best = np.argsort(-scores, kind="stable")[:SHOWN]
        return [catalogue.courses[number] for number in best]

    return search
