"""Age, from years, a year of birth, or words such as "bijna dertig"."""

import datetime as dtm
import re
from collections.abc import Sequence

from bot.intake.reading.lexicon import tokens
from bot.intake.reading.numbers import FOREIGN, FOREIGN_ONES, TENS, digits, number
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.text import fold

_BANDS = ((16, 17), (18, 25), (26, 34), (35, 44), (45, 54))
_DATE = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -])?"
    r"(?P<year>(?:19[3-9]\d|20[0-2]\d))(?!\d)"
    r"|(?<!\d)(?P<d>\d{1,2})[/. -](?P<m>\d{1,2})[/. -](?P<y>\d\d)(?!\d)"
)
_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6,
    "juli": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "oktober": 10, "okt": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_BORN = re.compile(
    r"\b(?:geboren|gebore|geb|van|uit|bouwjaar|jaar|born|ne|sinds|op)\b[^\d]{0,25}'?\s?(\d\d)(?!\d|\s*(?:jaar|j\b|jr))"
)
_YEAR_ONLY = re.compile(r"^'?\s?'(\d\d)$")
_DECADE = {"twintiger": 20, "dertiger": 30, "veertiger": 40, "vijftiger": 50, "zestiger": 60,
           "tiener": 16}  # fmt: skip
_OWN = re.compile(
    r"(?:ja )?(?:ik ben |ik heb |ik word )?(?:al |nu )?(\d\d)(?: jaar)?(?: en| ,|,| met| maar)"
)
"""An answer that begins with the age; what follows is about others."""
_UNDER = re.compile(r"\b(?:jonger dan|onder de|minder dan|nog geen|geen) [2-6]\d\b")
"""Only what somebody is not yet."""
_BIRTHDAY = re.compile(r"\b(?P<nth>\w+?)(?:ste|de) verjaardag\b")
_CELEBRATED = frozenset(
    ("vierde", "4de", "gevierd", "gehad", "vorige", "gisteren", "net", "pas", "achter", "voorbij",
     "daarnet", "verleden", "geleden")
)  # fmt: skip
"""With one of these a birthday has been; without it is still to come."""
_STATED = re.compile(r"(?:\w+ ,? ?){0,2}\bik ben (?:nu |al )?(\d\d) jaar oud\b")
"""An answer that begins with the age in full."""
_TENS_WORDS = "|".join(sorted((w for w in TENS), key=len, reverse=True))
_TENS_WORDS += "|[2-7]0(?:er)?"


def _plain(text: str) -> str:
    """The folded text with dialect and number words written plainly ("viertig", "jaor")."""
    folded = fold(text)
    words = tokens(text)
    if any(w.isdigit() or not w.isascii() for w in words) or "'" in folded:
        return folded
    return " ".join(digits(words, ones=False))


def _spoken(text: str) -> str:
    """The answer in plain words, numbers in digits: also those of English and French."""
    return " ".join(digits([FOREIGN.get(w, w) for w in _tied(tokens(text))], ones=False))


def _tied(words: Sequence[str]) -> list[str]:
    """ "thirty five", "quarante deux": one number."""
    tied: list[str] = []
    for word in words:
        last = FOREIGN.get(tied[-1], "") if tied else ""
        one = FOREIGN_ONES.get(word)
        if one and last.endswith("0") and last.isdigit():
            tied[-1] = str(int(last) + one)
        else:
            tied.append(word)
    return tied


_YEARS = re.compile(
    r"\b(?:(?:19|negentienhonderd)(?: en)?|(?P<late>20|tweeduizend)(?: en)?) (\d\d?)\b"
    r"(?! ?(?:jaar|kind))"
)


def _years_in_words(folded: str) -> str:
    """ "negentien tachtig", "tweeduizend en vier" as years."""
    return _YEARS.sub(lambda m: f"{20 if m['late'] else 19}{int(m[2]):02}", folded)


def band(age: int) -> str | None:
    """The code of an age in years; None below 16 and above 110."""
    for low, high in _BANDS:
        if low <= age <= high:
            return f"{low}_{high}"
    return "55_plus" if 55 <= age <= 110 else None


def age_band(text: str, now: dtm.datetime) -> Reading:
    """The age band, on the day of `now`."""
    folded = _years_in_words(_plain(text))
    if _UNDER.search(folded):
        return NOTHING
    if (birthday := _BIRTHDAY.search(fold(text))) and (age := number(birthday["nth"])):
        past = not _CELEBRATED.isdisjoint(tokens(text))
        return one_of([b for b in (band(age if past else age - 1),) if b])
    vague = _vague(folded)
    if vague is not None:
        return vague
    born = _born(folded, now)
    if born is not None:
        return born
    joined = _spoken(text)
    born = _born(joined, now) if "'" in text or "’" in text else None
    if born is not None:
        return born
    ages = _ages(joined)
    bands = [b for b in dict.fromkeys(band(a) for a in ages) if b]
    if len(bands) == 1 or not bands:
        return Reading(bands[0]) if bands else _words_only(joined)
    if own := _OWN.match(joined):
        return one_of([b for b in (band(int(own[1])),) if b])
    if stated := _STATED.match(joined):
        return one_of([b for b in (band(int(stated[1])),) if b])
    if re.search(r"\d\d ?(?:of|a|-|/|tot|en) ?\d\d|ouder dan|meer dan|boven|over de", joined):
        return one_of(bands)
    return Reading(bands[0]) if re.search(r"ik ben (?:nu )?\d\d", joined) else one_of(bands)


def _words_only(joined: str) -> Reading:
    if re.search(r"\b(?:op pensioen|gepensioneerd|met pensioen)\b", joined):
        return Reading("55_plus")
    if re.search(r"\b(?:minderjarig|nog geen (?:18|achttien))\b", joined):
        return Reading("16_17")
    if re.search(r"\b(?:sinds kort|pas|net|juist) meerderjarig\b", joined):
        return Reading("18_25")
    return NOTHING


def _ages(joined: str) -> list[int]:
    cleaned = re.sub(
        r"\b\d+ (?:kind\w*|kids|kleine\w*|jaar (?:in|hier|gewerkt|geleden|getrouwd|belgie|school|"
        r"werk\w*|ervaring)|jaren (?:in|hier|gewerkt|geleden|ervaring|belgie|werk)|maand\w*|uur|"
        r"euro|zoon\w*|dochter\w*|keer|dagen|weken)"
        r"|\b(?:sinds|vanaf|op|tot) (?:mijn|me|men) \d+"
        r"|\btoen (?:was|ben|werd) ik \d+|\b(?:toen|als) ik \d+ (?:was|werd)|"
        r"\bik was (?:toen )?\d+(?: toen)?"
        r"|\b(?:werk|woon|leef|ben hier|getrouwd|rook) (?:\w+ )?(?:al |sinds )?\d+ jaar\b",
        " ",
        joined,
    )
    cleaned = re.sub(
        r"(?:kind\w*|zoon|dochter|man|vrouw|oudste|jongste) (?:van|is|zijn)(?: al| nu| er)? \d+"
        r"(?:(?: ,| en)+ \d+)*",
        " ",
        cleaned,
    )
    almost = re.search(
        r"\b(?:bijna|bekan|bekans|bijkans|almost|presque|volgende maand|volgend jaar|"
        r"morgen|binnenkort|(?:ik |k )?(?:ga|loop) (?:naar|richting) de|"
        r"(?:ik |k )?(?:word|wor|wordt|ga)(?: (?:volgende|dit|in|binnen|bijna|"
        r"binnenkort|straks|eind|deze)\s?\w*(?: \w+)?| in de loop van \w+)?) "
        r"(?:word ik |ik |al |worden )?(\d\d)\b",
        cleaned,
    )
    if almost:
        return [int(almost.group(1)) - 1]
    just = re.search(r"\bnet geen (\d\d)\b", cleaned)
    if just:
        return [int(just.group(1)) - 1]
    over = re.search(r"\b(?:boven de|over de|ruim|meer dan|ouder dan|plus) (\d\d)\b", cleaned)
    if over:
        low = int(over.group(1))
        return [low, low + 5] if band(low) != "55_plus" else [low]
    return [int(n) for n in re.findall(r"(?<![\d.,:/])(\d\d)(?![\d.,:/]\d|\d)", cleaned)][:3]


def _vague(folded: str) -> Reading | None:
    tens = rf"(?P<tens>{_TENS_WORDS})"
    match = re.search(
        rf"\b(?P<part>begin|vroege?|eerste|midden|mid|half|halfweg|halverwege|medio|eind|einde|late|"
        rf"diep|achteraan|achterin|tegen het einde|laat)"
        rf"(?: van)?(?: in)?(?: de| den)?(?: jaren)? ?{tens}(?:er)?(?![a-z\d])",
        folded,
    )
    if match:
        start = _tens(match["tens"])
        part = match["part"]
        low, high = (1, 3) if part in ("begin", "vroeg", "vroege", "eerste") else (7, 9)
        if part in ("midden", "mid", "half", "halfweg", "halverwege", "medio"):
            low, high = 4, 6
        return _between(start + low, start + high)
    match = re.search(rf"\b(?:ver|diep|hoog|goed) in (?:de|den) {tens}(?![a-z\d])", folded)
    if match:
        return _between(_tens(match["tens"]) + 6, _tens(match["tens"]) + 9)
    match = re.search(rf"\b(?:in de|in den|ergens in de|ver in de) {tens}(?![a-z\d])", folded)
    if match:
        return _between(_tens(match["tens"]), _tens(match["tens"]) + 9)
    match = re.search(r"\b([2-6]0)'? ?er\b", folded)
    if match:
        return _between(int(match[1]), int(match[1]) + 9)
    for word, start in _DECADE.items():
        if re.search(rf"\b{word}\b", folded):
            return _between(16, 19) if word == "tiener" else _between(start, start + 9)
    match = re.search(
        rf"\b(?:ver )?(?:over de|voorbij de|boven de|meer dan) {tens}"
        rf"|\b(?:de |den )?(?P<passed>{_TENS_WORDS}) (?:al |ruim |goed )?"
        r"(?:voorbij|gepasseerd|over)\b",
        folded,
    )
    if match:
        start = _tens(match["tens"] or match["passed"])
        return Reading("55_plus") if start >= 60 else _between(start + 1, start + 5)
    match = re.search(r"\b(\d\d) ?(?:plus\b|\+)", folded)
    if match:
        return _between(int(match[1]), int(match[1]) + 12)
    match = re.search(
        rf"\b(?:rond de|rond|ongeveer|een jaar of|zo'n|zon|n jaar of) (?:de )?{tens}\b", folded
    )
    if match:
        start = _tens(match["tens"])
        return _between(start - 2, start + 2)
    return None


def _tens(word: str) -> int:
    return TENS.get(word) or int(re.sub(r"\D", "", word))


def _between(low: int, high: int) -> Reading:
    bands = [b for b in dict.fromkeys(band(a) for a in range(low, high + 1)) if b]
    return one_of(bands)


def _born(folded: str, now: dtm.datetime) -> Reading | None:
    today = now.date()
    match = next((m for m in _DATE.finditer(folded) if not _of_something_else(folded, m)), None)
    if match:
        year = int(match["year"]) if match["year"] else _century(int(match["y"]), today)
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        if not month:
            named = re.search(rf"\b({'|'.join(_MONTHS)})\b", folded)
            return _of_birth(year, (_MONTHS[named.group(1)] if named else None, None), today)
        return _of_birth(year, (int(month), int(day) if day else None), today)
    short = _BORN.search(folded) if re.search(r"geb|bouwjaar|born|ne en|ne le", folded) else None
    short = short or re.search(
        r"^(?:ik ben |ben |k ben )?(?:van|uit|bouwjaar|van t jaar|van het jaar|jaar) "
        r"'?((?:[3-9]\d|0\d))$",
        folded,
    )
    short = short or re.search(r"\b(?:van|uit) (?:het |t )?jaar '?([3-9]\d|0\d)$", folded)
    short = short or _YEAR_ONLY.search(folded) or re.search(r"(?:^|\s)'(\d\d)(?!\d)", folded)
    if short:
        two = int(short.group(1))
        year = _century(two, today)
        return _of_birth(year, (None, None), today)
    return None


def _of_something_else(folded: str, match: re.Match[str]) -> bool:
    """ "hier sinds 2015", "getrouwd in 1989": no year of birth."""
    before = folded[max(0, match.start() - 30) : match.start()]
    told = [event.end() for event in _EVENT.finditer(before)]
    after = re.match(r" (?:ben ik |zijn we )?(?:naar |hier|in |ge|aan)", folded[match.end() :])
    if after and _EVENT.search(folded[match.end() : match.end() + 30]):
        return True
    return bool(told) and not re.search(r"\b(?:geb|gebor|born)", before[told[-1] :])


_EVENT = re.compile(
    r"\b(?:sinds|trouwd|getrouwd|gekomen|aangekomen|gewerkt|gestopt|afgestudeerd|diploma|belgie|"
    r"kwam|verhuisd|gevlucht|gescheiden|pensioen|werk|vanaf)\b"
)


def _century(two: int, today: dtm.date) -> int:
    """The year of birth meant with two digits: nobody here is younger than ten."""
    return 2000 + two if two <= today.year % 100 - 10 else 1900 + two


def _of_birth(year: int, month_day: tuple[int | None, int | None], today: dtm.date) -> Reading:
    month, day = month_day
    if month and 1 <= month <= 12:
        if month == today.month and not day:
            ages = {today.year - year - 1, today.year - year}
        else:
            had = (month, day or 1) <= (today.month, today.day)
            ages = {today.year - year - (0 if had else 1)}
    else:
        ages = {today.year - year - 1, today.year - year}
        if today.month >= 11:  # nearly everybody has had a birthday by November
            ages = {today.year - year}
    bands = [b for b in dict.fromkeys(band(a) for a in sorted(ages)) if b]
    return one_of(bands)
