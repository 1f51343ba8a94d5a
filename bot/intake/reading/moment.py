"""When an appointment would suit: "volgende week dinsdag voormiddag", "zo rap mogelijk".

Conventions (local time, Europe/Brussels): voormiddag and ochtend 08:00-12:00, namiddag 12:00-18:00,
middag 12:00-14:00, avond 18:00-21:00; a weekday is the next such day, today excluded; "volgende
week" is Monday 00:00 to Saturday 00:00; an hour lasts an hour; as soon as possible is the two
weeks from now; a day alone is the whole day.
"""

import dataclasses
import datetime as dtm
import re
import zoneinfo
from collections.abc import Sequence

from bot.intake.reading import clock
from bot.intake.reading.numbers import digits, number
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.timephrases import is_busy, rewritten, written_out
from bot.intake.reading.timespelling import time_words
from bot.intake.reading.timewords import DAY_OF, MONTH_OF, MONTHS, PARTS, SHORT_DAYS, SOON, Part
from bot.text import fold

EVERY_DAY = -1
"""In the place of a weekday: hours that are meant on all days."""
BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
_LONGEST_SOON = 8
"""Words of an answer in which "always" or "at once" is about the appointment."""
_ALWAYS = re.compile(
    r"\b(?:altijd|elke dag|alle dagen|direct|direkt|onmiddellijk|onmiddelijk|meteen|dringend)\b"
)
AS_SOON_AS = dtm.timedelta(days=14)
"""How far "as soon as possible" reaches."""
_DAY = dtm.timedelta(days=1)
_HOUR = dtm.timedelta(hours=1)
_WHOLE_DAY = (0, 24)
_WEEK = dtm.timedelta(days=7)
_THURSDAY = 3
_TIME_WORDS = frozenset(
    (
        "vandaag", "morgen", "overmorgen", "weekend", "weekends", "avond", "avonds", "voormiddag",
        "namiddag", "namiddags", "ochtend", "ochtends", "morgens", "middags", "smorgens", "savonds",
        "smiddags", "snamiddags", "voormiddags", "svoormiddags", "middag", "tsavonds",
    )
)  # fmt: skip
_AHEAD = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
_NEAR_DAYS = frozenset(_AHEAD)
_QUICK = frozenset(("rap", "snel", "vlug", "gauw", "vroeg", "spoedig", "rapper", "goed", "als"))
_ZERO = frozenset(("niet", "ni", "nie", "geen", "gin", "behalve", "nooit", "zonder", "not"))

_DENIED = r"(?:niet|ni|nie|geen tijd)"
_NEAR = (
    r"(?:(?:vandaag|morgen|overmorgen)(?! (?:avond|namiddag|voormiddag|middag|ochtend|vroeg))|"
    r"(?:heel )?(?:deze|volgende|komende) (?:week|maand))"
)
_NOT_NEAR = re.compile(
    rf"(?<!s )(?<!de )(?<!dag )\b(?P<near>{_NEAR})(?: (?!maar|wel|liever)[a-z]+){{0,4}} {_DENIED}\b"
    rf"|(?<!kan het )(?<!kunnen we )(?<!waarom )\b{_DENIED} (?:in |voor )?(?P<after>{_NEAR})\b"
)
"""A day or week near by that doesn't suit: "volgende week kan ik niet"."""

Span = tuple[dtm.datetime, dtm.datetime]


def here(moment: dtm.datetime) -> dtm.datetime:
    """A moment (aware) on the clock of Flanders, without offset."""
    return moment.astimezone(BRUSSELS).replace(tzinfo=None)


def appointment_time(text: str, now: dtm.datetime) -> Reading:
    """The span that suits, as `{"from": ..., "to": ...}`: ISO 8601, local time without offset."""
    reader = _reader(text, now)
    found = reader.span() if reader else None
    if found is None:
        return NOTHING
    return Reading({"from": found[0].isoformat(), "to": found[1].isoformat()})


@dataclasses.dataclass(frozen=True)
class NamedTime:
    """What a text names of a time, apart: a day or days, and hours."""

    begin: dtm.datetime | None = None
    """Local, without offset; None when no day is named."""
    end: dtm.datetime | None = None
    hours: tuple[dtm.timedelta, dtm.timedelta] | None = None
    """Since midnight: of an hour or of a part of the day."""
    not_on: tuple[int, ...] = ()
    """Weekdays that don't suit, 0 for Monday: "ik kan niet op dinsdag"."""

    not_at: tuple[tuple[int, int, int], ...] = ()
    """Hours that don't suit: weekday (`EVERY_DAY` for all), from hour, to hour."""
    not_before: dtm.datetime | None = None
    """Local: the end of a near day or week that doesn't suit, "volgende week kan ik niet"."""

    @property
    def has_day(self) -> bool:
        """Whether a day, a week or a month is named."""
        return self.begin is not None


def named_time(text: str, now: dtm.datetime) -> NamedTime:
    """What a text names of a time: "smorgens" is hours without a day, "woensdag" the other way."""
    reader = _reader(text, now)
    named = reader.named() if reader else NamedTime()
    busy = _busy_days(text, reader.words if reader else [])
    return dataclasses.replace(named, not_on=tuple(sorted({*named.not_on, *busy})))


def _busy_days(text: str, kept: Sequence[str]) -> set[int]:
    """Weekdays in clauses in which somebody works: "vrijdag werk ik"."""
    said = " ".join(_first_choice(_corrected(_split_compounds(time_said(text)))))
    days = {w for w in said.split() if w in DAY_OF and w not in SHORT_DAYS and w not in kept}
    return {DAY_OF[w] for w in days} if is_busy(said) else set()


def time_said(text: str) -> list[str]:
    """The words of a text, those of time in their usual spelling and numbers in digits."""
    return digits(time_words(written_out(text)), ones=False)


def _reader(text: str, now: dtm.datetime) -> "_Reader | None":
    here = now.astimezone(BRUSSELS).replace(tzinfo=None, second=0, microsecond=0)
    said = " ".join(_first_choice(_corrected(_split_compounds(time_said(text)))))
    words = rewritten(said).split()
    return _Reader(words, here) if words else None


def _split_compounds(words: Sequence[str]) -> list[str]:
    """ "dinsdagvoormiddag" -> "dinsdag voormiddag", "morgenvroeg" -> "morgen vroeg"."""
    long_days = sorted((d for d in DAY_OF if len(d) > 4), key=len, reverse=True)
    result: list[str] = []
    for word in words:
        for day in (*long_days, "overmorgen", "morgen", "vandaag"):
            rest = word.removeprefix(day)
            if rest != word and re.fullmatch(
                r"(?:s?(?:voormiddag|namiddag|avond|morgen|middag|ochtend|vroeg|nacht))s?", rest
            ):
                result += [day, rest.removeprefix("s").rstrip("s")]
                break
        else:
            halved = re.fullmatch(r"(half|kwart)(\w+)", word)
            if halved and (value := number(halved[2])) is not None:
                result += [halved[1], str(value)]
            else:
                result.append(word)
    for i, word in enumerate(result[:-1]):
        if word in ("zo", "za") and result[i + 1] in _QUICK:
            result[i] = "so"  # "zo rap mogelijk" is no Sunday
    return [w for w in result if w not in ("euh", "uh")]


def _corrected(words: list[str]) -> list[str]:
    """After "nee, ..." or "of nee" only what follows counts, with the day from before."""
    for i in range(len(words) - 1, 0, -1):
        if words[i] in ("nee", "neen", "sorry", "allee", "allez") and any(
            w in DAY_OF or w.isdigit() for w in words[i + 1 :]
        ):
            after = words[i + 1 :]
            if any(w in DAY_OF or w in _TIME_WORDS for w in after):
                return after
            return [w for w in words[:i] if w in DAY_OF or w in _TIME_WORDS] + after
    return words


def _first_choice(words: list[str]) -> list[str]:
    """Of "dinsdag om 10 uur of woensdag om 2 uur" the first."""
    for i, word in enumerate(words):
        sides = (words[:i], words[i + 1 :])
        if word == "of" and all(
            any(w in DAY_OF or w in _NEAR_DAYS for w in side) and any(w[0].isdigit() for w in side)
            for side in sides
        ):
            return sides[0]
    return words


def _hours_of(refused: Sequence[str], here: dtm.datetime) -> tuple[int, int, int] | None:
    """The weekday and the hours that refused words name; None when they name neither."""
    said = " ".join(refused)
    day = next((DAY_OF[w] for w in refused if w in DAY_OF and w not in SHORT_DAYS), EVERY_DAY)
    part = next((span for pattern, span in PARTS if pattern.search(said)), None)
    near = next((_AHEAD[word] for word in refused if word in _AHEAD), None)
    if day == EVERY_DAY and part and near is not None:
        day = (here.weekday() + near) % 7  # "morgen namiddag niet"
    if part is None and re.search(r"\b(?:morgen|morgens)\b", said) and day != EVERY_DAY:
        part = (8, 12)
    if exact := clock.hours(said, part):
        return day, int(exact[0] / _HOUR), -int(-exact[1] // _HOUR)
    if part:
        return day, *part
    return (day, *_WHOLE_DAY) if day != EVERY_DAY else None


class _Reader:
    def __init__(self, words: list[str], here: dtm.datetime) -> None:
        self.words = words
        self.here = here
        self.midnight = here.replace(hour=0, minute=0)
        self.not_before = self._not_before()
        self.refused = self._refused()
        kept = [w for i, w in enumerate(self.words) if i not in self.refused]
        self.said = fold(" ".join(kept)).replace(" : ", ":")

    def named(self) -> NamedTime:
        part = self._part()
        begin, end = self._days(part) or (None, None)
        hours = clock.hours(self.said, part)
        if hours is None and part is not None:
            hours = dtm.timedelta(hours=part[0]), dtm.timedelta(hours=part[1])
        unsuited = self._unsuited()
        whole = {day for day, first, last in unsuited if (first, last) == _WHOLE_DAY}
        parts = (one for one in unsuited if one[0] not in whole)
        return NamedTime(begin, end, hours, tuple(sorted(whole)), tuple(parts), self.not_before)

    def _unsuited(self) -> list[tuple[int, int, int]]:
        """Refused days, and hours of them: "woensdag namiddag en vrijdag kan ik niet"."""
        groups: list[list[str]] = []
        for i in sorted(self.refused):
            word = self.words[i]
            opens = word in DAY_OF and word not in SHORT_DAYS
            if opens or not groups:
                groups.append([])
            groups[-1].append(word)
        found = [_hours_of(group, self.here) for group in groups]
        return [one for one in dict.fromkeys(found) if one]

    def _not_before(self) -> dtm.datetime | None:
        """The end of a near day or week that is refused; its words are read no further."""
        said = " ".join(self.words)
        match = _NOT_NEAR.search(said)
        if not match:
            return None
        refused = _Reader((match["near"] or match["after"]).split(), self.here)
        found = refused._days(None)
        self.words = f"{said[: match.start()]} {said[match.end() :]}".split()
        return found[1] if found else None

    def span(self) -> Span | None:
        part = self._part()
        days = self._days(part)
        hours = clock.hours(self.said, part)
        if days is None:
            refused_time = any(self._is_time(self.words[i]) for i in self.refused)
            soon = SOON.search(self.said) and (
                len(self.words) <= _LONGEST_SOON or not _ALWAYS.search(self.said)
            )
            if soon and hours is None and not refused_time:
                return self.here, self.here + AS_SOON_AS
            if hours is None and part is None:
                return None
            return self._without_day(hours, part)
        begin, end = self._without_refused(*days)
        if begin >= end:
            return None
        if end - begin > _DAY:
            return (max(begin, self.here), end) if end > self.here else None
        if hours:
            return begin + hours[0], begin + hours[1]
        if part:
            return begin + dtm.timedelta(hours=part[0]), begin + dtm.timedelta(hours=part[1])
        return begin, end

    def _without_day(
        self, hours: tuple[dtm.timedelta, dtm.timedelta] | None, part: Part | None
    ) -> Span | None:
        if hours is None:
            assert part is not None
            hours = (dtm.timedelta(hours=part[0]), dtm.timedelta(hours=part[1]))
        day = self.midnight if self.midnight + hours[0] > self.here else self.midnight + _DAY
        return day + hours[0], day + hours[1]

    def _refused(self) -> set[int]:
        """Places of the words that a "not" reaches: "niet vrijdag of maandag"."""
        gone: set[int] = set()
        for i, word in enumerate(self.words):
            if word not in _ZERO:
                continue
            follow = self.words[i + 1 : i + 7]
            if (
                word in ("geen", "gin", "zonder")
                and not any(self._is_time(w) for w in follow[:3])
                and follow[:1] != ["tijd"]
            ):
                continue
            if word in ("niet", "ni", "nie") and follow[:1] in (["voor"], ["later"], ["na"]):
                continue
            if word in ("geen", "gin") and follow[:1] in (["probleem"], ["tijd"], ["idee"]):
                if follow[:1] == ["tijd"]:
                    gone |= self._day_before(i)
                    gone |= {
                        i + 1 + at
                        for at, w in enumerate(follow)
                        if self._is_time(w) and "," not in follow[:at]
                    }
                continue
            if follow[:1] in (["uit"], ["erg"]) or self.words[max(0, i - 1)] in ("uit", "waarom"):
                continue
            if not follow or follow[0] in (",", ".", ";"):
                gone |= self._day_before(i)
                continue
            reached = {i}
            days = 0
            for j in range(i + 1, min(len(self.words), i + 7)):
                if self.words[j] in ("maar", "wel", "liever", ".", ";", "dus", "want", "liefst"):
                    break
                if self.words[j] == "," and ("wel" in self.words[j:] or not self._lists(j)):
                    break
                reached.add(j)
                days += self._is_time(self.words[j])
            gone |= reached if days else self._day_before(i)
        return gone

    def _lists(self, comma: int) -> bool:
        """Whether a comma stands in a list: "niet maandag, dinsdag of woensdag"."""
        after = self.words[comma + 1 : comma + 6]
        return bool(after) and self._is_time(after[0]) and any(w in ("of", "en") for w in after)

    def _day_before(self, at: int) -> set[int]:
        """ "vrijdag kan ik niet", "dinsdag ni": the day named just before."""
        found = set()
        for j in range(at, max(-1, at - 10), -1):
            if self.words[j] in ("maar", ".", ";", "wel"):
                break
            found.add(j)
            if self._is_time(self.words[j]):
                back = j - 1
                while back >= 0 and (
                    self._is_time(self.words[back])
                    or self.words[back] in ("en", "of", "s", "de", "om", "rond", "half", "in")
                    or self.words[back][0].isdigit()
                ):
                    found.add(back)
                    back -= 1
                return found
        return {at}

    @staticmethod
    def _is_time(word: str) -> bool:
        return (word in DAY_OF and word not in SHORT_DAYS) or word in _TIME_WORDS or word == "uur"

    def _without_refused(self, begin: dtm.datetime, end: dtm.datetime) -> Span:
        days = {DAY_OF[self.words[i]] for i in self.refused if self.words[i] in DAY_OF}
        while end - begin > _DAY and (end - _DAY).weekday() in days:
            end -= _DAY
        while end - begin > _DAY and begin.weekday() in days:
            begin += _DAY
        return begin, end

    def _part(self) -> Part | None:
        for pattern, span in PARTS:
            if pattern.search(self.said):
                return span
        # "dinsdag morgen", "'s morgens": a morning and not tomorrow
        if re.search(
            rf"\b(?:s|{'|'.join(d for d in DAY_OF if d not in SHORT_DAYS)}) morgen\b", self.said
        ):
            return (8, 12)
        if re.search(r"\bvan(?:avond|oavond)\b", self.said):
            return (18, 21)
        if re.search(r"\bvan(?:namiddag|middag)\b", self.said):
            return (12, 18)
        if re.search(r"\bvan(?:ochtend|morgen|voormiddag)\b", self.said):
            return (8, 12)
        return None

    def _days(self, part: Part | None) -> Span | None:
        return (
            self._week_of_date()
            or self._week_of_month()
            or self._between_holidays()
            or self._first_of_month()
            or self._date()
            or self._weekday()
            or self._near(part)
            or self._week()
            or self._month()
        )

    def _near(self, part: Part | None) -> Span | None:
        said = self.said
        if re.search(r"\b(?:overmorgen|overmorge|after tomorrow|apres demain)\b", said):
            return self._whole(2)
        if re.search(
            r"\b(?:morgen|merge|mergen|moagen|morge|tomorrow|demain|murgen)\b", said
        ) and not re.search(r"\b(?:s|in de|de) morgen\b", said):
            return self._whole(1)
        if re.search(
            r"\b(?:vandaag|vandoag|vandog|today|straks|strak|sebiet|subiet|seffens|dadelijk|tantot|"
            r"deze (?:avond|namiddag|middag|ochtend|voormiddag)|van de (?:avond|namiddag|middag)|"
            r"aujourd'hui|van(?:avond|namiddag|middag|ochtend|morgen|voormiddag|oavond))\b",
            said,
        ):
            return self._whole(0)
        match = re.search(r"\b(?:over|binnen|in) (?:een )?(\d+|paar) (?:dag\w*)\b", said)
        if match:
            return (
                self._whole(int(match[1]))
                if match[1].isdigit()
                else (self.midnight + 2 * _DAY, self.midnight + 5 * _DAY)
            )
        return None

    def _whole(self, days: int) -> Span:
        begin = self.midnight + days * _DAY
        return begin, begin + _DAY

    def _date(self) -> Span | None:
        said = self.said
        match = re.search(rf"\b(\d{{1,2}})(?:ste|de|e|th|er)? (?:van )?({MONTHS})\b", said)
        if match:
            return self._on(int(match[1]), MONTH_OF[match[2]])
        match = re.search(
            r"(?<![\d:.])(\d{1,2}) ?[/-] ?(\d{1,2})(?: ?[/-] ?\d{2,4})?(?![\d:])", said
        )
        if match and int(match[2]) <= 12 and int(match[1]) <= 31:
            return self._on(int(match[1]), int(match[2]))
        match = re.search(
            r"\b(?:de|den|op) (\d{1,2})(?:sten|ste|den|de|e)\b|"
            r"\b(\d{1,2})(?:ste|de|e) (?:van de(?:ze)? maand|$)",
            said,
        )
        if match:
            day = int(match[1] or match[2])
            for month in range(13):
                first = _first_of(self.midnight, month)
                try:
                    found = first.replace(day=day)
                except ValueError:
                    continue
                if found >= self.midnight:
                    return found, found + _DAY
        return None

    def _week_of_date(self) -> Span | None:
        """ "de week van 7 december": Monday to Saturday around it."""
        if not re.search(r"\bweek van (?:de )?\d", self.said):
            return None
        found = self._date()
        if found is None:
            return None
        monday = found[0] - found[0].weekday() * _DAY
        return monday, monday + 5 * _DAY

    def _week_of_month(self) -> Span | None:
        """ "de eerste week van december"; a week is of the month that holds its Thursday."""
        match = re.search(
            rf"\b(\d|laatste)(?:de|ste)? week (?:van )?(?:de )?"
            rf"(volgende maand|deze maand|maand|{MONTHS})\b",
            self.said,
        )
        if not match:
            return None
        named = match[2]
        offset = (
            (MONTH_OF[named] - self.here.month) % 12
            if named in MONTH_OF
            else int(named.startswith("volgende"))
        )
        thursday = _first_of(self.midnight, offset)
        thursday += (_THURSDAY - thursday.weekday()) % 7 * _DAY
        if match[1] == "laatste":
            while (thursday + _WEEK).month == thursday.month:
                thursday += _WEEK
        else:
            thursday += (int(match[1]) - 1) * _WEEK
        monday = thursday - _THURSDAY * _DAY
        return (monday, monday + 5 * _DAY) if monday + 5 * _DAY > self.here else None

    def _between_holidays(self) -> Span | None:
        """ "tussen kerst en nieuw": 26 to 31 December."""
        if not re.search(r"\btussen (?:de )?kerst\w* en (?:de )?nieuw\w*", self.said):
            return None
        begin = self.midnight.replace(month=12, day=26)
        return max(begin, self.here), begin.replace(day=31) + _DAY

    def _first_of_month(self) -> Span | None:
        """ "eerste maandag van december"."""
        match = re.search(
            rf"\b(1|2|3)(?:de|ste) ({'|'.join(DAY_OF)}) van "
            rf"(?:de )?(volgende maand|maand|{MONTHS})\b",
            self.said,
        )
        if not match:
            return None
        named = match[3]
        offset = (
            (MONTH_OF[named] - self.here.month) % 12 if named in MONTH_OF else int("v" in named)
        )
        first = _first_of(self.midnight, offset)
        days = (DAY_OF[match[2]] - first.weekday()) % 7 + 7 * (int(match[1]) - 1)
        begin = first + days * _DAY
        return (begin, begin + _DAY) if begin >= self.midnight else None

    def _on(self, day: int, month: int) -> Span | None:
        for year in (self.here.year, self.here.year + 1):
            try:
                found = dtm.datetime(year, month, day)  # noqa: DTZ001 (local, as all times here)
            except ValueError:
                return None
            if found >= self.midnight:
                return found, found + _DAY
        return None

    def _weekday(self) -> Span | None:
        kept = [(i, w) for i, w in enumerate(self.words) if i not in self.refused and w in DAY_OF]
        alone = len(self.words) <= 4
        named = [
            (i, DAY_OF[w]) for i, w in kept if w not in SHORT_DAYS or alone or self._short_ok(i)
        ]
        if not named:
            return None
        monday = self._week_named()
        weeks_on = re.search(
            r"(?:dag|ma|di|wo|do|vr|za|zo) (?:over|binnen|in) (\d+|een) "
            r"(?:week|weken|weke|dagen)\b",
            self.said,
        )
        spans = []
        for _, day in named:
            if weeks_on:
                count = int(number(weeks_on[1]) or 1)
                weeks = count // 7 if weeks_on[0].endswith("dagen") else count
                begin = self._next(day) + weeks * _WEEK
            elif monday is not None:
                begin = monday + day * _DAY
                if begin < self.midnight:
                    begin += _WEEK
            else:
                begin = self._next(day)
            spans.append((begin, begin + _DAY))
        if len(spans) == 1 and (before := self._until(*spans[0])):
            return before
        first = spans[0]
        for span in spans[1:]:
            if span[0] == first[1]:
                first = (first[0], span[1])
        if (
            len(named) > 1
            and re.search(r"\b(?:tot|t e m|tem|t/m)\b", self.said)
            and spans[-1][0] > first[0]
        ):
            return spans[0][0], spans[-1][1]
        return first

    def _until(self, begin: dtm.datetime, end: dtm.datetime) -> Span | None:
        """ "voor vrijdag", "tot vrijdag": from now."""
        days = "|".join(d for d in DAY_OF if d not in SHORT_DAYS)
        match = re.search(rf"\b(voor|tot|tegen|voor het) (?:{days})\b(?! \d)", self.said)
        if not match or self._part():
            return None
        until = begin if match[1].startswith("voor") else end
        return (self.here, until) if until > self.here else None

    def _next(self, day: int) -> dtm.datetime:
        return self.midnight + ((day - self.midnight.weekday() - 1) % 7 + 1) * _DAY

    def _short_ok(self, at: int) -> bool:
        """A short "ma", "di" counts beside a part of the day, an hour or another short one."""
        around = self.words[max(0, at - 2) : at] + self.words[at + 1 : at + 3]
        return (self.words[at] not in ("do", "zo", "ma", "di", "vr") and bool(around)) or any(
            w in SHORT_DAYS
            or w[0].isdigit()
            or w in ("voormiddag", "namiddag", "avond", "vm", "nm", "om", "week")
            for w in around
        )

    def _this_monday(self) -> dtm.datetime:
        return self.midnight - self.midnight.weekday() * _DAY

    def _week_named(self) -> dtm.datetime | None:
        """Monday of the week that is named, if one is."""
        said = self.said
        monday = self._this_monday()
        if re.search(r"\b(?:week (?:erop|erna|daarna|daarop|nadien)|daaropvolgende week)\b", said):
            return monday + 2 * _WEEK
        if re.search(
            r"\b(?:volgende|volgend|vlgende|volgede|volgene|volgnde|komende|aanstaande|toekomende|"
            r"tkomende|tekomende|next|andere|anner|nieuwe|eerstvolgende|vollgende) "
            r"(?:week|weeek|wek|wiek|weke)\b|"
            r"\b(?:la )?semaine prochaine\b|\bde week die komt\b",
            said,
        ):
            return monday + _WEEK
        if re.search(r"\b(?:deze|dees|dezen|this|van de|van deze) week\b", said):
            return monday
        match = re.search(
            r"\b(?:over|binnen|in) (\d+|een|twee) (?:week|weken|weke|weekjes)\b", said
        )
        if match:
            value = number(match[1])
            return monday + (value or 1) * _WEEK
        if re.search(r"\b(?:over|binnen) (?:14 dagen|veertien dagen)\b", said):
            return monday + 2 * _WEEK
        return None

    def _week(self) -> Span | None:
        said = self.said
        if re.search(r"\bna (?:het|t) weekend\b", said):
            after = self._this_monday() + _WEEK
            return after, after + 5 * _DAY
        if re.search(r"\bweek of (?:twee|2|drie|3)\b", said):
            return None
        monday = self._week_named()
        weekend = re.search(r"\b(?:weekend|weekent|wekend|weekeind\w*|wikend)\b", said)
        if weekend:
            base = monday if monday is not None else self._this_monday()
            if re.search(r"\b(?:volgend|volgende) weekend\b", said) and monday is None:
                base += _WEEK
            begin = base + 5 * _DAY
            if begin <= self.midnight and monday is None:
                begin += _WEEK
            return begin, begin + 2 * _DAY
        if monday is None:
            return None
        begin, end = monday, monday + 5 * _DAY
        if re.search(r"\b(?:begin|vroeg|in het begin)\b", said):
            end = monday + 2 * _DAY
        elif re.search(r"\b(?:eind|einde|het einde|laat|end|achteraan|op het einde)\b", said):
            begin = monday + 3 * _DAY
        elif re.search(r"\b(?:midden|half|halfweg|mid)\b", said):
            begin, end = monday + 2 * _DAY, monday + 3 * _DAY
        return max(begin, self.here) if begin < self.here else begin, end

    def _month(self) -> Span | None:
        said = self.said
        months = "|".join(m for m in MONTH_OF if len(m) > 3)
        named = re.search(rf"\b({months}|mei)\b", said)
        if named:
            offset = (MONTH_OF[named[1]] - self.here.month) % 12
        elif re.search(r"\b(?:volgende|volgend|komende|next|andere) maand\b", said):
            offset = 1
        elif re.search(r"\b(?:deze maand|van de maand)\b", said):
            offset = 0
        else:
            return None
        begin, end = _first_of(self.midnight, offset), _first_of(self.midnight, offset + 1)
        if re.search(r"\b(?:begin|vroeg)\b", said):
            end = begin + 10 * _DAY
        elif re.search(r"\b(?:half|midden|mid|halfweg)\b", said):
            begin, end = begin + 10 * _DAY, begin + 20 * _DAY
        elif re.search(r"\b(?:eind|einde|laat)\b", said):
            begin += 20 * _DAY
        begin = max(begin, self.here) if begin < self.here else begin
        return (begin, end) if begin < end else None


def _first_of(day: dtm.datetime, months: int) -> dtm.datetime:
    index = day.year * 12 + day.month - 1 + months
    return day.replace(year=index // 12, month=index % 12 + 1, day=1)
