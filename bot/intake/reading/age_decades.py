"""Ages in round figures: "begin dertig", "in de veertig", "boven de vijftig", "vijftiger".

Works on plain words with numbers in digits.
"""

import dataclasses
import re
from collections.abc import Iterable

_TENS = r"(?P<tens>[2-7]0)"
_IN = r"(?:van )?(?:in )?(?:den? )?(?:jaren )?"
_OVER = r"over(?! (?:een|\d+|enkele|paar)\b)"
"""Past it; "30 over 2 weken" is still to come."""
_RULES = tuple(
    (re.compile(pattern), span)
    for pattern, span in (
        (
            r"\btussen (?:de )?(?P<tens>\d\d) en (?:de )?\d\d\b(?=.*\b(?:zeg|precies|juist|meer|"
            r"eerder)\b.*\d\d)",
            (0, 9),
        ),
        (rf"\b(?:1de|eerste) helft {_IN}{_TENS}(?:er|s)?\b", (0, 4)),
        (rf"\b(?:2de|tweede|laatste) helft {_IN}{_TENS}(?:er|s)?\b", (5, 9)),
        (
            rf"\b(?:begin|vroege?|eerste|1de|voorin|vooraan|in het begin) {_IN}{_TENS}(?:er|"
            rf"s)?\b",
            (1, 3),
        ),
        (
            rf"\b(?:midden|mid|half|halfweg|halverwege|medio|"
            rf"(?:in )?de helft) {_IN}{_TENS}(?:er|s)?\b",
            (4, 6),
        ),
        (
            rf"\b(?:eind|einde|late|laat|diep|achteraan|achterin|achter|"
            rf"tegen het einde) {_IN}{_TENS}(?:er|s)?\b"
            rf"|\b(?:ver|diep|hoog|goed|dik|eind|stuk) in den? (?P<far>[2-7]0)\b",
            (7, 9),
        ),
        (
            rf"\b(?:ergens )?in den? {_TENS}\b|\b(?P<far>[2-7]0) (?:en )?(?:nog )?(?:een )?"
            r"(?:wat|iets|beetje|zoveel|klets|paar jaar|en nog)\b",
            (0, 9),
        ),
        (rf"\bzoveel en {_TENS}\b", (1, 9)),
        (
            rf"\b(?:net|iets|pas|juist|(?:een )?beetje|klein beetje) (?:over|boven|"
            rf"voorbij) (?:den? )?{_TENS}\b"
            rf"|\b(?P<far>[2-7]0) (?:net|juist|pas) (?:voorbij|gepasseerd|{_OVER})\b",
            (1, 3),
        ),
        (rf"\bver (?:over|boven|voorbij) (?:den? )?{_TENS}\b", (5, 9)),
        (rf"\b(?:ruim|dik|goed) {_TENS}\b", (0, 4)),
        (
            rf"\b(?:over den?|voorbij den?|boven den?|meer dan|ouder dan) {_TENS}\b"
            rf"|\b(?:de |den )?(?P<far>[2-7]0) (?:al |ruim |goed )?"
            rf"(?:voorbij|gepasseerd|{_OVER})\b",
            (1, 5),
        ),
        (r"\b(?P<tens>\d\d) ?(?:plus\b|plusser\b|\+)", (0, 12)),
        (rf"(?<!begin )(?<!eind )(?<!late )\b{_TENS} ?'? ?er\b", (0, 9)),
        (
            rf"\b(?:rond de|rond|ongeveer|een jaar of|zo'n|zon|n jaar of|"
            rf"zo ' n) (?:de )?{_TENS}\b",
            (-2, 2),
        ),
    )
)
_NAMES = {"tiener": (16, 19), "twintiger": (20, 29), "dertiger": (30, 39), "veertiger": (40, 49),
          "vijftiger": (50, 59), "zestiger": (60, 69), "zeventiger": (70, 79)}  # fmt: skip
_NAMED = re.compile(
    rf"(?:\b(?P<part>begin|midden|half|eind|late|vroege|jonge|prille|net|pas|verse|kersverse|"
    rf"nog net|laatste) )?\b(?P<name>{'|'.join(_NAMES)})\b"
)
_PARTS = {"begin": (1, 3), "vroege": (1, 3), "midden": (4, 6), "half": (4, 6), "eind": (7, 9),
          "late": (7, 9), "jonge": (0, 3), "prille": (0, 2), "net": (0, 1), "pas": (0, 1),
          "verse": (0, 1), "kersverse": (0, 1), "nog net": (9, 9), "laatste": (7, 9)}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Decade:
    """Ages in round figures, and what else the text says."""

    ages: list[int]
    besides: str


def decade(said: str) -> Decade | None:
    """The ages that a text names in round figures; None when it names none."""
    for pattern, (low, high) in _RULES:
        if match := pattern.search(said):
            groups = match.groupdict()
            start = int(groups["tens"] or groups["far"])
            return _found(range(start + low, start + high + 1), match)
    match = _NAMED.search(said)
    if not match:
        return None
    low, high = _NAMES[match["name"]]
    if match["part"] and low % 10 == 0:
        low, high = low + _PARTS[match["part"]][0], low + _PARTS[match["part"]][1]
    return _found(range(low, high + 1), match)


def _found(ages: Iterable[int], match: re.Match[str]) -> Decade:
    said = match.string
    return Decade(list(ages), f"{said[: match.start()]} ; {said[match.end() :]}".strip())
