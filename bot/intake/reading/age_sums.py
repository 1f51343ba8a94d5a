"""Ages that somebody lets us work out: "2 keer 18", "toen was ik 22, dat is 30 jaar geleden".

Works on plain words with numbers in digits.
"""

import re
from collections.abc import Callable

_N = r"(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|\d{1,2})"
_ONES = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5}
_TIMES = re.compile(
    r"\b(?:(?P<a>\d) ?(?:keer|maal|x|×|dozijn)|dubbel\w*(?: van)?|tweemaal) ?(?P<b>\d\d?)?\b"
    rf"(?: (?:(?P<plus>plus|en|\+)|(?P<less>min|minus)) (?P<c>{_N})\b(?! ?(?:kind|jaar in)))?"
)
_PLUS = re.compile(
    r"\b(?P<a>\d\d|100|honderd) (?:(?P<plus>plus|\+|en(?= \d$))|(?P<less>min|minus|-)) "
    rf"(?P<c>{_N})(?=$| [,.!=]|\b(?! \w))"
)
_FIFTY = re.compile(r"\b(?:sarah|sara|abraham) (?:al |pas |net )?(?:gezien|geweest|ontmoet)\b")
_FIFTY_TO_COME = re.compile(r"\b(?:sarah|sara|abraham) (?:volgend|dit|binnenkort|morgen)\b")
_CENTURIES = {"halve": 50, "kwart": 25, "kwarteeuw": 25, "driekwart": 75}
_CENTURY = re.compile(r"\b(?:(?P<part>halve|kwart|driekwart) eeuw|(?P<whole>kwarteeuw))\b")
_CROSSES = re.compile(r"\b(?P<a>\d) kruisjes\b")
_ELAPSED = re.compile(
    r"\b(?P<years>\d\d?) jaar (?:geleden|later|terug)\b"
    r"|\b(?:nu |dat is |al |ben |zit |woon )+(?P<long>\d\d?) jaar\b(?! oud)"
    r"|\b(?P<here>\d\d?) jaar (?:al |nu )?(?:hier|in belgie)\b"
)
_THEN = re.compile(
    r"\b(?:op (?:mijn|me)|(?:trouwde|getrouwd|begon\w*|kwam|gekomen|gestart) (?:op|met)|"
    r"ik was(?: toen)?|toen (?:was|ben) ik|toen ik|was ik) (?P<age>\d\d)\b"
    r"|\b(?P<came>\d\d) (?:jaar )?(?:oud )?(?:als|toen|wanneer) "
    r"(?:ik|we|wij) (?:hier |(?:in|naar) \w+ )?"
    r"(?:kom|kwam|komen|kwamen|aankom|aankwam|ben gekomen)\b"
)
_PARENT = re.compile(
    r"\b(?:oudste|jongste|zoon|dochter|kind|eerste)\b[^.;]*?\b(?:is|wordt|nu|"
    r"al) (?:er )?(?:al |nu )?"
    r"(?P<child>\d\d?)\b.*?"
    r"(?:\b(?:toen )?was ik (?:toen )?(?P<a>\d\d)\b|\bik was (?:toen |er )?(?P<b>\d\d)\b)"
)
_CHILD_CAME = re.compile(
    r"\b(?:kreeg|gekregen|had|ik was|was ik)\b[^.;]*?\b(?:op (?:mijn |me )?|ik was |"
    r"was (?:ik )?)?"
    r"(?P<age>[1-4]\d)\b[^.;]*?\b(?:hij|zij|ze|die|dat) is (?:nu |al |er |na )*(?P<child>\d\d?)\b"
)
_CHILD_IS = re.compile(
    r"\b(?:oudste|jongste|zoon|dochter|kind|eerste) is (?:nu |al |er )*(?P<child>\d\d?)\b.*?"
    r"\b(?:kreeg|gekregen|had)\b[^.;]*?\bop (?:mijn |me )?(?P<age>[1-4]\d)\b"
)
_MINE = re.compile(r"\b(?:mijn|ons|onze|oudste|jongste|zoon|dochter|kind|hem|haar|kwam)\b")
_OTHER = (
    r"(?:man|vrouw|vent|broer|zus|zuster|vriend|vriendin|partner|tweeling\w*|nicht|neef|dochter|"
    r"zoon)"
)
_APARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_OTHER} (?:is )?(?:er |nu |al )?(?P<other>\d\d)\b.*?\bik (?:ben )?(?:er )?"
        r"(?P<years>\d\d?|een) jaar(?:tje)? (?P<way>ouder|jonger)\b",
        r"\b(?P<years>\d\d?|een) jaar(?:tje)? (?P<way>ouder|jonger) (?:dan|als) (?:mijn |me |"
        r"ons )?"
        rf"{_OTHER}\b[^\d]{{0,20}}(?P<other>\d\d)\b",
    )
)
_OTHER_IS = re.compile(
    rf"\b{_OTHER} (?:is )?(?P<years>\d\d?|een) jaar(?:tje)? (?P<way>ouder|jonger)(?: dan (?:ik|"
    rf"mij))?\b"
    r"[^\d]{0,20}(?P<other>\d\d)\b"
)
_SAME = re.compile(
    rf"\b{_OTHER} (?:is )?(?:er |nu |al )?(?P<a>\d\d)(?: jaar)? (?:en |, )+ik (?:ook|even|"
    rf"net zo|evenveel)\b"
    rf"|\b(?:even|net zo|zo) oud als (?:mijn |me )?{_OTHER}\b[^\d]{{0,20}}(?P<b>\d\d)\b"
)
_YOUNGEST = re.compile(
    r"\bik ben de (?P<way>jongste|oudste)\b.*?\b(?:oudste|jongste) is (?:er |nu |al )?"
    r"(?P<other>\d\d)\b.*?\b(?P<years>\d\d?) jaar (?:tussen|verschil)\b"
)
_TO_COME = re.compile(
    r"\b(?:(?:nog|over|binnen) (?P<years>\d\d?) jaar(?: \w+){0,4}? (?:word|ben) ik (?:er )?|"
    r"ik (?:word|ben) (?:over|binnen) (?P<in>\d\d?) jaar (?:al )?|"
    r"(?:over|binnen) (?P<bare>\d\d?) jaar )(?P<age>\d\d)\b"
)


_WAS_IN = re.compile(
    r"\b(?:in )?(?P<year>20[012]\d)\b(?: \w+){0,2}? (?:was|werd|ben|"
    r"word) ik (?:er )?(?P<a>\d\d)\b"
    r"|\b(?P<c>\d\d) geworden\b[^\d]*\b(?P<past>20[0-2]\d)\b"
    r"|\bik (?:was|werd|ben|word) (?:er )?(?P<b>\d\d) (?:geworden )?in (?P<then>20[0-3]\d)\b"
)


def worked_out(said: str, year: int) -> list[int]:
    """The age that follows from the numbers of a text; none without a sum in it.

    Args:
        said: plain words, numbers in digits.
        year: that of the answer.
    """
    if was := _WAS_IN.search(said):
        return [
            int(was["a"] or was["b"] or was["c"])
            + year
            - int(was["year"] or was["then"] or was["past"])
        ]
    return next((ages for rule in _RULES if (ages := rule(said))), [])


def _times(said: str) -> list[int]:
    match = _TIMES.search(said)
    if match and (match["b"] or "dozijn" in match[0]):
        times = int(match["a"] or 2)
        return [times * int(match["b"] or 12) + _besides(match)]
    match = None if match else _PLUS.search(said)
    if not match:
        return []
    return [(int(match["a"]) if match["a"].isdigit() else 100) + _besides(match)]


def _besides(match: re.Match[str]) -> int:
    count = int(_ONES.get(match["c"] or "", match["c"] or 0))
    return -count if match["less"] else count


def _in_centuries(said: str) -> list[int]:
    if "nog geen" in said or "nog niet" in said:
        return []
    if crosses := _CROSSES.search(said):
        tens = 10 * int(crosses["a"])
        return list(range(tens, tens + 10))
    if century := _CENTURY.search(said):
        return [_CENTURIES[century["part"] or century["whole"]]]
    if _FIFTY_TO_COME.search(said):
        return [49]
    return [50] if _FIFTY.search(said) else []


def _since(said: str) -> list[int]:
    """ "ik was 40 toen de fabriek dichtging, dat is 11 jaar geleden"."""
    then = _THEN.search(said)
    elapsed = _ELAPSED.search(said)
    if not then or not elapsed or len({*_THEN.findall(said)}) > 1:
        return []
    return [
        int(then["age"] or then["came"])
        + int(elapsed["years"] or elapsed["long"] or elapsed["here"])
    ]


def _with_child(said: str) -> list[int]:
    """ "mijn oudste is 34 en toen was ik 22", "kreeg mijn zoon op mijn 17, hij is nu 5"."""
    came = _CHILD_CAME.search(said) or _CHILD_IS.search(said)
    if came and _MINE.search(said):
        return [int(came["age"]) + int(came["child"])]
    match = _PARENT.search(said)
    if not match or not re.search(r"\b(?:toen|geboren|geboorte|kwam|kreeg)\b", said):
        return []
    return [int(match["child"]) + int(match["a"] or match["b"])]


def _apart(said: str) -> list[int]:
    """ "mijn vrouw is 49 en ik ben 4 jaar ouder", "2 jaar jonger dan mijn man die 50 is"."""
    if same := _SAME.search(said):
        return [int(same["a"] or same["b"])]
    for pattern in (*_APARTS, _YOUNGEST, _OTHER_IS):
        if match := pattern.search(said):
            years = int(_ONES.get(match["years"], match["years"]))
            # "mijn man is 5 jaar ouder": it is the other who is older
            older = (match["way"] in ("ouder", "oudste")) is not (pattern is _OTHER_IS)
            return [int(match["other"]) + (years if older else -years)]
    return []


def _to_come(said: str) -> list[int]:
    """ "nog 3 jaar en dan word ik 50"."""
    match = _TO_COME.search(said)
    if not match:
        return []
    return [int(match["age"]) - int(match["years"] or match["in"] or match["bare"])]


_RULES: tuple[Callable[[str], list[int]], ...] = (
    _times,
    _in_centuries,
    _with_child,
    _apart,
    _since,
    _to_come,
)
