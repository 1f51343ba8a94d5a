"""Markdown pieces of the report."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; `|` in a cell is escaped."""
    lines = [_row(heads), _row(["---"] * len(heads)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def section(title: str, *parts: str, level: int = 2) -> str:
    """A heading and its parts, with blank lines between."""
    return "\n\n".join([f"{'#' * level} {title}", *(part for part in parts if part)])


def figures(report: str) -> str:
    """A report without its sections: only those quote sentences."""
    return report.partition("\n## ")[0].rstrip()
