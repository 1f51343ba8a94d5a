"""Phone number and e-mail address, typed or dictated."""

import re

import phonenumbers

from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import number
from bot.intake.reading.reading import NOTHING, Reading
from bot.text import fold

_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")
_AT = (
    r"(?:at|aap?en?staart\w*|ape?n?staart\w*|arobase|arobas|a commercial|ad|aat|ett|@|\(at\)|"
    r"\[at\]|a met een krul\w*|apestertje)"
)
_PROVIDERS = (
    "gmail|hotmail|outlook|telenet|skynet|proximus|yahoo|live|icloud|msn|me|protonmail|proton|"
    "scarlet|pandora|student|school|gmx"
)
_ENDINGS = "com|be|net|org|eu|nl|fr|tr|de|pl|ro|es|it|pt|ma|ru|brussels|vlaanderen|gent"


def phone(text: str) -> Reading:
    """A valid phone number in E.164; without a country code it is Belgian."""
    text = text.translate(_ARABIC)
    for candidate in (text, _digits_spoken(text)):
        found = _first_valid(candidate)
        if found:
            return Reading(found)
    return NOTHING


def _first_valid(text: str) -> str | None:
    text = re.sub(r"(?<!\d)00(?=[1-9]\d)", "+", text).replace("(0)", "")
    matches = phonenumbers.PhoneNumberMatcher(
        text, "BE", leniency=phonenumbers.Leniency.VALID, max_tries=50
    )
    for match in matches:
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    for run in re.findall(r"\+?[\d][\d\s./()-]{7,22}\d", text):
        compact = re.sub(r"[^\d+]", "", run)
        for attempt in (
            compact,
            "+" + compact if compact.startswith("32") else "",
            "0" + compact if compact.startswith("4") else "",
        ):
            if attempt:
                try:
                    parsed = phonenumbers.parse(attempt, "BE")
                except phonenumbers.NumberParseException:
                    continue
                if phonenumbers.is_valid_number(parsed):
                    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


def _digits_spoken(text: str) -> str:
    """ "nul vier zeventig twaalf" -> "0 4 70 12"; "dubbel zes" -> "66"."""
    words = tokens(text)
    parts: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        value = number(word)
        if word in ("nuul", "o", "zero"):
            value = 0
        if word in ("plus",):
            parts.append("+")
        elif word in ("dubbel", "dubbele", "twee keer") and at + 1 < len(words):
            again = number(words[at + 1])
            if again is not None:
                parts.append(f"{again}{again}")
                at += 1
        elif value is not None:
            parts.append(word if word.isdigit() else str(value))
        elif parts and word not in ("en", "dan", "/", ".", ",", "-"):
            parts.append(" ; ")
        at += 1
    groups = "".join(parts).split(" ; ")
    return " ; ".join(g for g in groups if len(g) >= 8)


def email(text: str) -> Reading:
    """An e-mail address in lower case, also a dictated one ("jan punt p at gmail punt com")."""
    plain = re.sub(r"[(\[{]\s*(at|dot|punt|apenstaartje)\s*[)\]}]", r" \1 ", text.strip().lower())
    found = _EMAIL.search(re.sub(r"\s*@\s*", "@", plain))
    spaced = re.search(rf"[\w.+-]+\s*@\s*\w+\s*(?:\.|,|punt|dot)?\s*(?:{_ENDINGS})\b", plain)
    if re.search(r"\w\s+@\s*\w", plain) and (joined := _spoken_email(fold(plain))):
        return Reading(joined)
    if found and not re.search(r"\b(?:punt|dot|underscore|streepje)\b", plain):
        return Reading(found.group().strip("."))
    spoken = (
        _spoken_email(fold(plain))
        if (spaced or re.search(rf"(?:^|\s){_AT}(?:\s|$)|@", plain))
        else None
    )
    if spoken:
        return Reading(spoken)
    return Reading(found.group().strip(".")) if found else NOTHING


def _spoken_email(said: str) -> str | None:
    said = re.sub(rf"\s*(?<![a-z]){_AT}(?![a-z])\s*", "@", said, count=1)
    said = re.sub(r"\s*(?:\b(?:punt|puntje|dot|point|nokta)\b)\s*", ".", said)
    said = re.sub(
        r"\s*\b(?:underscore|onderstreepje|laag streepje|lage streep|liggend streepje laag|"
        r"streepje onder|streepje vanonder|streepje beneden|underscor|tiret bas)\b\s*",
        "_",
        said,
    )
    said = re.sub(
        r"\s*\b(?:koppelteken|streepje|liggend streepje|min|minteken|tiret|dash)\b\s*", "-", said
    )
    said = re.sub(rf"@({_PROVIDERS})[\s,]+({_ENDINGS})\b", r"@\1.\2", said)
    said = re.sub(rf"@([\w-]+)[\s,]+({_ENDINGS})\b", r"@\1.\2", said)
    said = re.sub(r"(@[\w.-]+)\s*[.,]\s*([a-z]{2,})\b", r"\1.\2", said)
    before, at, after = said.partition("@")
    if not at:
        return None
    before = re.sub(
        r"^.*\b(?:is|adres|mail|email|mailadres|emailadres|op|naar|via)\b:?\s+", "", before
    ).strip(" :,")
    words = before.split()
    if len(words) > 6:
        return None
    spelled = "".join(
        str(n) if (n := number(w)) is not None and not w.isdigit() else w for w in words
    )
    after = after.split()[0] if after.split() else ""
    found = _EMAIL.fullmatch(f"{spelled}@{after.strip('.,')}")
    return found.group() if found else None
