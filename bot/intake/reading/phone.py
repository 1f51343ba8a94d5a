"""A phone number, typed or dictated."""

import re

import phonenumbers

from bot.intake.reading.chosen import Candidate, chosen
from bot.intake.reading.lexicon import vocabulary, word_set
from bot.intake.reading.phone_spoken import figures, figures_spoken
from bot.intake.reading.reading import NOTHING, Reading
from bot.text import fold

_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ZERO_IN_FRONT = re.compile(
    r"\b(?:met|me|mee|mit) (?:een |ne |nen |n )?(?:nul|0) (?:er ?)?"
    r"(?:vuren|voren|veuren|voor\w*|vooraan|van ?voor)\b"
)
_LETTER_O = re.compile(r"(?<![a-z])o(?= ?\d{3})|(?<=\d)o(?=\d|\b)|(?<![a-z])o(?=\d)")
_NOT_MEANT = re.compile(
    r"(?<![a-z])(?:nee+n?|nene|sorry|fout|correctie|oei|oeps|(?:ik )?bedoel(?:de)?|vergist|wacht|"
    r"verkeerd|dat moet(?= [^a-z]*\+?0)|(?<=\d )maar(?= (?:het is )?\+?0))(?![a-z])"
)
"""What comes before it was a slip: "0478 12 nee 0479 12 34 56", "niet 0478 ... maar 0479 ..."."""
_FIGURES_MOBILE = 10
"""Figures of a Belgian mobile number with its zero (BIPT numbering plan: 04xx and six more)."""
_FREE = frozenset(
    (phonenumbers.PhoneNumberType.TOLL_FREE, phonenumbers.PhoneNumberType.PREMIUM_RATE)
)


def phone(text: str) -> Reading:
    """A valid phone number in E.164; without a country code it is Belgian."""
    text = _ZERO_IN_FRONT.sub(" ", fold(text.translate(_ARABIC)))
    text = _LETTER_O.sub("0", text)
    said, *corrections = _NOT_MEANT.split(text)
    for correction in corrections:
        if _valid(correction):
            said = correction
        elif (end := _figures_only(correction)) and not (said := _with_other_end(said, end)):
            return NOTHING
    several = _candidates(said)
    found = chosen(said, several) if several else _valid(said) or _abroad(said)
    return Reading(found) if found else NOTHING


def _abroad(text: str) -> str | None:
    """ "+44 ...", which is as long as numbers there are; "een nederlands nummer, 06 ..."."""
    for run in re.findall(r"(?:\+|(?<!\d)00)[1-9][\d\s./()-]{8,20}\d", text):
        number = phonenumbers.parse("+" + re.sub(r"\D", "", run).removeprefix("00"))
        if number.country_code != _BELGIUM and phonenumbers.is_possible_number(number):
            return _standard(number)
    regions = vocabulary("contact")["regions"]
    told = [region for region, said in regions.items() if re.search(rf"\b(?:{said})\b", text)]
    if len(told) != 1:
        return None
    found = {_standard(match.number) for match in phonenumbers.PhoneNumberMatcher(text, told[0])}
    return found.pop() if len(found) == 1 else None


_BELGIUM = 32


def _candidates(text: str) -> list[Candidate]:
    """The numbers that are typed in a text."""
    text = re.sub(r"(?<!\d)00(?=[1-9]\d)", " +", text)
    return [
        Candidate(_standard(match.number), match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(text, "BE", max_tries=50)
        if phonenumbers.number_type(match.number) not in _FREE
    ]


def spaced_phone(number: str) -> str:
    """A number in E.164 as people write it: "0479 12 34 56", one of abroad with its country."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    belgian = parsed.country_code == phonenumbers.country_code_for_region("BE")
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if belgian else style.INTERNATIONAL)


def _standard(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _valid(text: str) -> str | None:
    return next(filter(None, map(_first_valid, (text, figures_spoken(text)))), None)


def _figures_only(text: str) -> str:
    """What a correction says when it is no more than figures: "dus 57", "vierendertig" -> "34"."""
    words = figures(text)
    besides = word_set("contact", "around_figures")
    if any(not word.isdigit() and word not in besides for word in words):
        return ""
    return "".join(word for word in words if word.isdigit())


def _with_other_end(said: str, end: str) -> str:
    """ "0478 12 34 56" and "nee, 57" -> "0478123457"; "0479 12" and "wacht 34 56" as well.

    Empty when the end doesn't fit: half a group of figures is not replaced.
    """
    groups = re.findall(r"\+?\d+", " ".join(figures(said)))
    joined = "".join(groups)
    kept = (_FIGURES_MOBILE if joined.startswith("04") else len(joined)) - len(end)
    edges = {sum(map(len, groups[:count])) for count in range(1, len(groups) + 1)}
    fits = kept in edges or (len(groups) == 1 and 0 < kept < len(joined))
    return f"{joined[:kept]}{end}" if fits else ""


def _first_valid(text: str) -> str | None:
    text = re.sub(r"(?<!\d)00(?=[1-9]\d)", "+", text).replace("(0)", "")
    matches = phonenumbers.PhoneNumberMatcher(
        text, "BE", leniency=phonenumbers.Leniency.VALID, max_tries=50
    )
    for match in matches:
        if phonenumbers.number_type(match.number) not in _FREE:
            return _standard(match.number)
    for run in re.findall(r"\+?[\d][\d\s./()-]{7,22}\d", text):
        compact = re.sub(r"[^\d+]", "", run)
        for attempt in (
            compact,
            "+" + compact if compact.startswith("32") else "",
            "0" + compact if compact.startswith("4") else "",
        ):
            if attempt and (found := _parsed(attempt)):
                return found
    return None


def _parsed(written: str) -> str | None:
    try:
        number = phonenumbers.parse(written, "BE")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in _FREE:
        return _standard(number)
    return None
