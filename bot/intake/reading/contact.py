"""Phone number and e-mail address, typed or dictated."""

import functools
import re
from collections.abc import Iterable, Sequence

import phonenumbers

from bot.intake.reading.lexicon import tokens, vocabulary, word_set
from bot.intake.reading.numbers import digits, number
from bot.intake.reading.reading import NOTHING, Reading
from bot.text import fold

_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")
_LONGEST_SAID = 6
"""Words of a dictated address before the sign @."""
_ZERO_IN_FRONT = re.compile(
    r"\b(?:met|me|mee|mit) (?:een |ne |nen |n )?(?:nul|0) (?:er ?)?"
    r"(?:vuren|voren|veuren|voor\w*|vooraan|van ?voor)\b"
)
_NOT_MEANT = re.compile(
    r"(?<![a-z])(?:nee+n?|nene|sorry|fout|correctie|oei|(?:ik )?bedoel(?:de)?|vergist|wacht|"
    r"verkeerd|(?<=\d )maar(?= (?:het is )?\+?0))(?![a-z])"
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
    text = re.sub(r"(?<![a-z])o(?=\d{3})|(?<=\d)o(?=\d)", "0", text)
    said, *corrections = _NOT_MEANT.split(text)
    for correction in corrections:
        if _valid(correction):
            said = correction
        elif (end := _figures_only(correction)) and not (said := _with_other_end(said, end)):
            return NOTHING
    found = _own(said) or _valid(said)
    return Reading(found) if found else NOTHING


def _own(text: str) -> str | None:
    """The one of several numbers that isn't of somebody else, or an old one; None when unclear."""
    matches = [*phonenumbers.PhoneNumberMatcher(text, "BE")]
    others = word_set("contact", "number_of_others")
    edges = [0, *(match.end for match in matches)]
    own = [
        match.number
        for match, start in zip(matches, edges, strict=False)
        if others.isdisjoint(tokens(text[start : match.start]))
    ]
    if len(matches) < 2 or len(own) != 1:
        return None
    return phonenumbers.format_number(own[0], phonenumbers.PhoneNumberFormat.E164)


def spaced_phone(number: str) -> str:
    """A number in E.164 as people write it: "0479 12 34 56", one of abroad with its country."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    belgian = parsed.country_code == phonenumbers.country_code_for_region("BE")
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if belgian else style.INTERNATIONAL)


def _valid(text: str) -> str | None:
    return next(filter(None, map(_first_valid, (text, _digits_spoken(text)))), None)


def _figures_only(text: str) -> str:
    """What a correction says when it is no more than figures: "dus 57", "vierendertig" -> "34"."""
    words = _figures(text)
    besides = word_set("contact", "around_figures")
    if any(not word.isdigit() and word not in besides for word in words):
        return ""
    return "".join(word for word in words if word.isdigit())


def _figures(text: str) -> list[str]:
    """The words of a text, number words in digits; figures keep their zeros in front."""
    words: list[str] = []
    for word in tokens(text):
        counts = bool(words) and words[-1].isdigit()  # "nul vier zeven een", not "een nummer"
        words.append(word if word.isdigit() else digits([word], ones=counts)[0])
    return words


def _with_other_end(said: str, end: str) -> str:
    """ "0478 12 34 56" and "nee, 57" -> "0478123457"; "0479 12" and "wacht 34 56" as well.

    Empty when the end doesn't fit: half a group of figures is not replaced.
    """
    groups = re.findall(r"\+?\d+", " ".join(_figures(said)))
    figures = "".join(groups)
    kept = (_FIGURES_MOBILE if figures.startswith("04") else len(figures)) - len(end)
    edges = {sum(map(len, groups[:count])) for count in range(1, len(groups) + 1)}
    fits = kept in edges or (len(groups) == 1 and 0 < kept < len(figures))
    return f"{figures[:kept]}{end}" if fits else ""


def _first_valid(text: str) -> str | None:
    text = re.sub(r"(?<!\d)00(?=[1-9]\d)", "+", text).replace("(0)", "")
    matches = phonenumbers.PhoneNumberMatcher(
        text, "BE", leniency=phonenumbers.Leniency.VALID, max_tries=50
    )
    for match in matches:
        if phonenumbers.number_type(match.number) in _FREE:
            continue
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
                if (
                    phonenumbers.is_valid_number(parsed)
                    and phonenumbers.number_type(parsed) not in _FREE
                ):
                    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


def _digits_spoken(text: str) -> str:
    """ "nul vier zeventig twaalf" -> "0 4 70 12"; "dubbel zes" -> "66"."""
    words = [w for word in tokens(text) for w in _apart(word)]
    parts: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        value = 0 if word in ("nuul", "o", "zero") else number(word)
        if (hundreds := _HUNDRED.fullmatch(word)) and (count := number(hundreds[1] or "een")):
            tail = number(hundreds[2]) if hundreds[2] else None
            if tail is None and at + 1 < len(words) and (number(words[at + 1]) or 0) > 0:
                at += 1
                tail = number(words[at])
            parts.append(str(100 * count + (tail or 0)))
        elif word in ("plus",):
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


_HUNDRED = re.compile(r"(\w*?)honderd(?:en)?(\w*)")


def _apart(word: str) -> Iterable[str]:
    """ "nulvierachtzeven" -> "nul", "vier", "acht", "zeven"."""
    if not word.startswith(("nul", "plus")) or number(word) is not None:
        return (word,)
    found = re.findall(_DIGIT_WORDS, word)
    return found if "".join(found) == word else (word,)


_DIGIT_WORDS = "nul|plus|een|twee|drie|vier|vijf|zes|zeven|acht|negen"


def email(text: str) -> Reading:
    """An e-mail address in lower case, also a dictated one ("jan punt p at gmail punt com")."""
    plain = re.sub(r"@+", "@", re.sub(r"(?<=\w)\.{2,}(?=\w)", ".", text.strip().lower()))
    first, *corrections = _CORRECTED.split(plain)
    found = _address(first)
    for said in corrections:
        found = _address(said) or (_with_other_domain(found, said) if found else _address(plain))
    return Reading(_without_slip(found)) if found else NOTHING


_CORRECTED = re.compile(r"\b(?:nee|neen|sorry|sry|fout|correctie|oei|wacht|(?:ik )?bedoel)\b")


def _address(plain: str) -> str | None:
    """The address in a text, typed or dictated."""
    for match in _EMAIL.finditer(plain):
        if not re.search(r"[@._-] *$", _said_signs(fold(plain[: match.start()]))):
            return match.group().strip(".")
    said = _said_signs(fold(plain))
    return _spoken_email(said) if "@" in said else None


def _with_other_domain(address: str, correction: str) -> str:
    """ "jan@proximus.be" and "at outlook punt be", "hotmail" or ".com": what is after the sign."""
    words = re.sub(r"([.,;!])", r" \1 ", _said_signs(fold(correction))).replace("@", " ").split()
    words = [word for word in words if word not in word_set("contact", "around_domain")]
    local, _, domain = address.partition("@")
    name, _, ending = domain.partition(".")
    match [word for word in words if word != "."]:
        case [new, end] if end in word_set("contact", "endings"):
            return f"{local}@{new}.{end}"
        case [end] if end in word_set("contact", "endings"):
            return f"{local}@{name}.{end}"
        case [new] if new in word_set("contact", "providers"):
            return f"{local}@{new}.{ending}"
        case _:
            return address


def _without_slip(address: str) -> str:
    """ "jan@gmail.con" -> "jan@gmail.com": nobody gets a mail there."""
    start, _, ending = address.rpartition(".")
    slipped = ending in word_set("contact", "ending_slips")
    known = start.rpartition("@")[2] in word_set("contact", "providers")
    return f"{start}.com" if slipped and known else address


@functools.cache
def _signs() -> Sequence[tuple[re.Pattern[str], str]]:
    """What is said -> the sign; what is said besides -> nothing."""
    words = vocabulary("contact")
    besides = [(pattern, " ") for pattern in words["said_besides"]]
    signs = [(p, f" {sign} ") for sign, patterns in words["signs"].items() for p in patterns]
    return [
        (re.compile(rf"(?<![\w@.-])(?:{pattern})(?![\w@-])"), sign)
        for pattern, sign in (*besides, *signs)
    ]


def _said_signs(said: str) -> str:
    said = re.sub(r"[(\[{<]\s*(at|dot|punt|apenstaartje)\s*[)\]}>]", r" \1 ", said)
    for pattern, sign in _signs():
        said = pattern.sub(sign, said)
    return said


def _spoken_email(said: str) -> str | None:
    before, _, after = said.partition("@")
    local, domain = _local_part(before), _domain(after)
    found = _EMAIL.fullmatch(f"{local}@{domain}") if local and domain else None
    return found.group() if found else None


def _local_part(said: str) -> str:
    """ "dirk de cock negentien eenenzestig" -> "dirkdecock1961"."""
    words = re.sub(r"[,;:<>\"]+", " ", said).split()
    leads = word_set("contact", "leads")
    start = max((at + 1 for at, word in enumerate(words[:-1]) if word in leads), default=0)
    # "." and "-" join what stands around them: they can not begin an address
    words = words[start:]
    while words and words[0] in (".", "-", "_"):
        words = words[1:]
    if sum(len(w) > 1 or w.isalnum() for w in words) > _LONGEST_SAID:
        return ""
    if any(w in word_set("contact", "spelling") for w in words):
        return ""  # "met dubbel t": written as nobody can know
    if words and all(w in word_set("contact", "only_told") for w in words):
        return ""  # "gewoon mijn naam at gmail"
    return "".join(_in_digits(words))


def _in_digits(words: Sequence[str]) -> Iterable[str]:
    at = 0
    while at < len(words):
        word = words[at]
        value = 2000 if word == "tweeduizend" else number(word)
        if word == "tweeduizend" and at + 1 < len(words):
            tail = number(words[at + 1])
            value = 2000 + (tail or 0)
            at += tail is not None
        yield word if value is None or word.isdigit() else str(value)
        at += 1


def _domain(said: str) -> str:
    """The domain up to its ending: "tele net . be , klein geschreven" -> "telenet.be"."""
    words = re.sub(r"([.,;])", r" \1 ", said).split()
    providers, endings = word_set("contact", "providers"), word_set("contact", "endings")
    labels = [""]
    for at, word in enumerate(words):
        after = words[at + 1 : at + 2]
        if word == ".":
            if labels[-1]:
                labels.append("")
        elif word in (",", ";"):
            before_ending = labels[-1] in providers and after[:1] and after[0] in (*endings, ".")
            if len(labels) > 1 and not before_ending:
                break
        elif word in endings and (labels[-1] == "" or labels[-1] in providers) and labels != [""]:
            labels = [*labels, word] if labels[-1] else [*labels[:-1], word]
            if after != ["."]:
                break
        elif len(labels) > 1 and labels[-1]:
            break
        else:
            labels[-1] += {"gee": "g"}.get(word, word)
    return ".".join(label for label in labels if label)
