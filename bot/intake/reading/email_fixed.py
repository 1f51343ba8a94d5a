"""Corrections of an e-mail address: "nee sorry, een twee vier", "oei .be", "nee, peeters"."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from bot.intake.reading.email_parts import in_digits
from bot.intake.reading.email_said import UNCLEAR
from bot.intake.reading.lexicon import word_set

CORRECTION = re.compile(
    r"(?<![a-z@._-])(?:nee+n?|nene|neeje|sorry|sry|fout|correctie|oei|oeps|wacht|allee|verkeerd|vergist|"
    r"(?:ik )?bedoel(?:de)?(?: ik)?|mis)(?![a-z@._-])"
)
"""What comes after it replaces what comes before."""
_NEAR = 2
"""Letters in which a corrected piece differs from the slip at most."""


def fixed(address: str, correction: str) -> str | None:
    """The address with a piece of it replaced; None when it isn't clear which.

    Args:
        address: what was understood before the correction.
        correction: what follows "nee" or "sorry", with its signs written.
    """
    words = _said(correction)
    if not words:
        return address
    local, _, name = address.partition("@")
    pieces = [word for word in words if word not in (".", "@")]
    provider, _, ending = name.rpartition(".")
    endings, providers = word_set("contact", "endings"), word_set("contact", "providers")
    match pieces:
        case [new, end] if end in endings:
            return f"{local}@{new}.{end}"
        case [end] if end in endings:
            return f"{local}@{provider}.{end}"
        case [new] if new in providers:
            return f"{local}@{new}.{ending}"
    if _chats(correction.split(), words):
        return address
    return _with_piece(address, words)


def is_fragment(first: str, correction: str) -> bool:
    """ "jan . " before "nee, streepje peeters at": the address was begun, and goes on after it."""
    begun = first.rstrip(" ,")
    goes_on = correction.lstrip(" ,").startswith((".", "-", "_", "@"))
    figures = in_digits(begun.split())[-1:]
    begun_anew = any(f" {sign} " in correction.partition("@")[0] for sign in "._-")
    if any(f" {sign} " in begun for sign in "._-") and not begun_anew:
        return "@" not in begun
    if figures and figures[0].isdigit():
        return "@" not in begun
    return "@" not in begun and (goes_on or begun.endswith((".", "-", "_")))


def _said(correction: str) -> list[str]:
    spaced = re.sub(r"([.,;!@])", r" \1 ", correction)
    besides = word_set("contact", "around_domain")
    return [word for word in spaced.split() if word not in besides]


def _chats(raw: Sequence[str], words: Sequence[str]) -> bool:
    """ "dat ik laat ben": no letters, figures or signs to put in the address."""
    spells = word_set("contact", "explaining") - {"mijn", "een", "de"}
    told = [w for w in in_digits(words) if len(w) == 1 or w.isdigit() or w == UNCLEAR]
    return len(raw) > 2 and not told and spells.isdisjoint(words) and "_" not in words


def _with_piece(address: str, words: Sequence[str]) -> str | None:
    """ "jan123@..." and "een twee vier", "jan.pieters@..." and "peeters"."""
    piece = "".join(in_digits(words))
    local, _, name = address.partition("@")
    if piece.isdigit():
        figures = re.findall(r"\d+", local)
        same = [f for f in figures if len(f) == len(piece)]
        return f"{local.replace(same[0], piece)}@{name}" if len(same) == len(figures) == 1 else None
    parts = re.findall(r"[a-z]+", local)
    near = [p for p in parts if DamerauLevenshtein.distance(p, piece) <= _NEAR < len(piece)]
    if piece.isalpha() and len(near) == 1:
        return f"{local.replace(near[0], piece)}@{name}"
    return None
