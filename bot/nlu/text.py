"""What happens to a client's text before anything reads it: the same for training and use."""

import re
import unicodedata

MAX_CHARS = 800
"""Longer texts keep their first and last part: the request often comes at the end."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SPACE = re.compile(r"\s+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})


def clean(text: str) -> str:
    """The text in composed Unicode, without control marks, with single spaces, cut to length.

    Three or more of the same letter become two ("neeeee" -> "nee").
    """
    text = text[: 4 * MAX_CHARS] + text[4 * MAX_CHARS :][-4 * MAX_CHARS :]
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    text = _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()
    text = _STRETCHED.sub(r"\1\1", text)
    if len(text) > MAX_CHARS:
        half = MAX_CHARS // 2
        text = f"{text[:half]} {text[-half:]}"
    return text
