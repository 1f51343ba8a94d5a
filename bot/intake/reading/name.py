"""Somebody's name, in every culture: words and no judgement."""

import re
import unicodedata

from bot.intake.reading.lexicon import tokens, word_set
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.yes_no import said_dont_know

_INTRO = re.compile(
    r"^.*?\b(?:ik heet|ik eet|ikke heet|ik ben het|k zijn den|k zen den|kzen den|k zijn|k ben|kben|"
    r"ik ben den|ik ben de|ik ben|mijn naam is|mijn naam|mn naam is|mijne naam is|"
    r"m'n naam is|men naam is|mij naam is|mijn nam is|naam is|naam|noem mij maar|noem me maar|"
    r"noem mij|noem me|ze noemen mij|ze noeme mij|iedereen noemt mij|iedereen zegt|zeg maar|"
    r"dit is|hier is|'t is|t is|tis|het is|is|ik noem|aangenaam|my name is|i am|i'm|je m'appelle|"
    r"je suis|me llamo|mi nombre es|ich heisse|adim|benim adim|mi chiamo|nazywam sie|ma numesc|"
    r"ma cheama|chamo-me|اسمي|меня зовут|мене звати)\b\s*[:,-]?\s*",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\bvoornaam\b\s*(?:is|:|=)?\s*(\S+)", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:achternaam|familienaam|fam\.? ?naam)\b\s*(?:is|:|=)?\s*([^,;.]+?)"
    r"(?:\s+en\b|\s+voornaam\b|[,;.]|$)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(.{2,60}?)\s+(?:heet ik|is mijn naam|is de naam|noemen ze mij)\b", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:(?<!\b[A-Z])\.|[,;!?(\n]|\s-\s|\b(?:en ik|en mijn|en m'n|maar|ik ben|ik woon|mijn gsm|"
    r"mijn nummer|tel|gsm|want|"
    r"is mijn naam|heet ik|is de naam|aangenaam|van genk|en jij|en u|uit|met|geboren|noemen ze|"
    r"hier|dank|alstublieft|aub|hoor)\b).*$",
    re.IGNORECASE,
)
_NOT_NAMES = word_set("words", "not_names")
_GREETING = re.compile(
    r"^(?:hallo|dag|hey|hoi|goeiedag|goedendag|hi|bonjour|salut|ja|ok|oke|euh|eum|uh|wel)\b[\s,!.]*",
    re.IGNORECASE,
)

LONGEST = 80
"""Characters of a name that are kept."""


def name(text: str) -> Reading:
    """The name as written; a name in lower case gets capitals."""
    text = unicodedata.normalize("NFC", " ".join(text.split())).strip()
    if not text or len(text) > 300 or (said_dont_know(text) and len(text.split()) <= 6):
        return NOTHING
    if any(w in ("niet", "ni", "nie", "geen", "waarom") for w in tokens(text)):
        return NOTHING
    text = _GREETING.sub("", text)
    first, last = _FIRST.search(text), _LAST.search(text)
    if first and last:
        text = f"{first[1].strip(',;.')} {last[1]}"
    introduced = _INTRO.match(text)
    tail_intro = _AFTER.match(text)
    if tail_intro:
        text = tail_intro.group(1)
    elif introduced and introduced.end() < len(text):
        text = text[introduced.end() :]
    text = _TAIL.sub("", text).strip(" \"'`.,:;-–")
    words = text.split()
    if not words or len(words) > 7 or len(text) > LONGEST or len(text) < 2:
        return NOTHING
    if any(not _is_name_word(w) for w in words):
        return NOTHING
    folded = [w.lower() for w in words]
    if any(w in _NOT_NAMES for w in folded):
        return NOTHING
    if text == text.lower():
        return Reading(" ".join(_capital(w) for w in words))
    if text == text.upper() and text.isascii() and len(text) > 4:
        return Reading(text.title())
    return Reading(text)


def _is_name_word(word: str) -> bool:
    return all(c.isalpha() or c in "'’-.·" or unicodedata.category(c).startswith("M") for c in word)


def _capital(word: str) -> str:
    """ "o'brien-claes" -> "O'Brien-Claes"."""
    return re.sub(r"(?:^|(?<=-)|(?<=^[^\W\d_]'))[^\W\d_]", lambda m: m[0].upper(), word)
