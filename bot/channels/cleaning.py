"""Typed text, made safe: no control characters, and never a Rasa payload."""

import re
import unicodedata

# Rasa takes a message for an intent payload when it starts with "/" after `str.strip()`
# (rasa 3.6, YAMLStoryReader.unpack_regex_message). Look-alikes and invisible characters go too,
# so that no later normalisation can turn them into one.
_LEADING = re.compile(r"^[\s/\u2044\u2215\u29f8\uff0f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+")
_FIELDS = re.compile(r"^(\w+)\s*\{.*$", re.DOTALL)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """What a client typed, as plain text: trimmed, normalised (NFC), never starting with "/".

    Control characters, lone surrogates and direction overrides are dropped; line breaks and
    tabs become a space. Emoji, HTML and every script stay as they are.
    """
    kept = unicodedata.normalize("NFC", "".join(_keep(char) for char in text))
    plain = _LEADING.sub("", kept)
    if plain != kept.lstrip():
        plain = _FIELDS.sub(r"\1", plain)  # nor may its fields be read as an answer
    return plain.rstrip()


def _keep(char: str) -> str:
    if char in "\n\r\t\u2028\u2029":
        return " "
    if char in _BIDI or unicodedata.category(char) in ("Cc", "Cs"):
        return ""
    return char
