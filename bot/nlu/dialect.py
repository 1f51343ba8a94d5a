"""Dialect and chat spelling to standard Dutch, word by word (`data/dialect.yaml`)."""

import functools
import pathlib
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

import yaml

HERE = pathlib.Path(__file__).parent
WORD = re.compile(r"'?[^\W_]+(?:['’-][^\W_]+)*")


@functools.cache
def words() -> Mapping[str, str]:
    """Dialect word -> standard Dutch (one or more words)."""
    content = yaml.safe_load((HERE / "data" / "dialect.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {str(spoken): str(standard) for standard, forms in content.items() for spoken in forms}
    )


def plain(text: str) -> str:
    """The text in small letters without accents ("é" -> "e")."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def standard(text: str) -> str:
    """The words of the text in standard Dutch, small letters, no accents or punctuation."""
    known = words()
    return " ".join(known.get(word, word) for word in WORD.findall(plain(text)))


def as_read(text: str) -> str:
    """The text as the intent model reads it: standard Dutch, and whether it asks.

    Other scripts than the Latin one stay as they are.
    """
    letters = [mark for mark in text if mark.isalpha()]
    if sum(mark < "\u0250" for mark in letters) * 2 < len(letters):
        return text
    return standard(text) + (" ?" if "?" in text else "")
