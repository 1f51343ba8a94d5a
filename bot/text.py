"""What all readers of free text share: folding, a key for how a word sounds."""

import functools
import re
import unicodedata

LONGEST = 2000
"""Characters of a message that are read; what is longer is cut."""
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-"})


def fold(text: str) -> str:
    """Lower case, no accents on Latin letters, plain quotes, single spaces, at most `LONGEST`."""
    return _folded_word(text) if len(text) <= _WORD else _folded(text)


_WORD = 40


@functools.lru_cache(maxsize=20_000)
def _folded_word(text: str) -> str:
    return _folded(text)  # readers ask for the same words over and over


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text[: 2 * LONGEST]).translate(_QUOTES).lower()
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    if not text.isascii():
        parts = []
        for char in text:
            plain = unicodedata.normalize("NFD", char)
            parts.append(plain[0] if plain[0].isascii() and plain[0].isalpha() else char)
        text = "".join(parts).replace("ı", "i").replace("ł", "l").replace("ø", "o")
        text = text.replace("đ", "d").replace("ß", "ss").replace("æ", "ae").replace("œ", "oe")
    return _SPACES.sub(" ", text).strip()[:LONGEST]


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch(?=[rlmnw]|$)|sgh|sg|sch|sk", "S"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dt|td", "t"),
        (r"ij|ei|ey|y|ai", "Y"),
        (r"ou|au|ouw|auw", "O"),
        (r"ieu|iew", "iw"),
        (r"oe|ou", "u"),
        (r"eu|ue", "E"),
        (r"ie|ee?i", "i"),
        (r"qu", "kw"),
        (r"x|ks|cs", "K"),
        (r"ch|gh|g", "g"),
        (r"c(?=[eiYE])", "s"),
        (r"ck|c|q", "k"),
        (r"z", "s"),
        (r"v|w(?=$)", "f"),
        (r"d$|dd$|tt$", "t"),
        (r"h", ""),
        (r"en$|n$", ""),
        (r"([a-zA-Z])\1+", r"\1"),
    )
)


def sentence(text: str) -> str:
    """A phrase as a sentence: a capital in front, a full stop behind."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


@functools.lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A rough key for how a folded word sounds in Dutch: "verpleegster" and "ferplegster" agree."""
    for pattern, key in _SOUNDS:
        word = pattern.sub(key, word)
    return word
