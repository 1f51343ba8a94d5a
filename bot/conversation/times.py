"""The moment of an appointment, by tap or in the client's words: what suits, and what is free."""

import datetime as dtm

from bot import appointments, intake
from bot.conversation import questions, wording
from bot.conversation.state import State
from bot.conversation.turn import Reply, Turn

SHORT_TIME = 3
"""Words of a bare hour: "om 13 uur"."""
LONGEST_REMARK = 12
"""Words up to which a text with a day in it may be about the appointment."""
SEARCHED_DAYS = 14
"""How far a part of the day is searched when no day was named ("smorgens")."""
_HOUR = dtm.timedelta(hours=1)
_DAY = dtm.timedelta(days=1)
_WORKDAYS = 5
"""Who refuses so many weekdays leaves none: then all are proposed."""


def start_anew(state: State) -> None:
    """Forget what was proposed and what was wished."""
    state.memory.offered = []
    state.memory.chosen = None
    state.memory.within = None


def choose_tapped(value: str, state: State, turn: Turn, reply: Reply) -> bool:
    """A tapped time, day, "other times" or "another day".

    Returns:
        True when the question has been put already: which day.
    """
    if value == "days":
        state.memory.offered = []
        state.memory.within = None
        questions.ask_day(state, turn, reply)
        return True
    if value.startswith("day:"):
        _choose_day(value.removeprefix("day:"), state, turn, reply)
        return False
    if value == "more":
        state.memory.within = None
        _offer_later(state, turn, reply)
        return False
    chosen = [slot for slot in state.memory.offered if slot["starts_at"] == value]
    if chosen:
        state.memory.chosen = chosen[0]
        return False
    moment = _moment(value)
    if moment is not None:
        _choose_at(moment, state, turn, reply)
    return False


def choose_typed(text: str, state: State, turn: Turn, reply: Reply) -> bool:
    """A time in the client's words; False when no time can be read in it."""
    rank = wording.rank(text)
    if rank is not None and rank < len(state.memory.offered):
        state.memory.chosen = state.memory.offered[rank]
        return True
    if _choose_beside(text, state, turn, reply):
        return True
    if intake.is_past(text, turn.now):
        reply.say("utter_time_past")
        return True
    window = intake.read("appointment_time", text, now=turn.now).value
    named = intake.named_time(text, turn.now)
    refused = _refuse(named, state) | _refuse_near(named, state)
    if window is None and refused:
        reply.say("utter_other_days")
        _offer_window(state, turn, reply, after=None, before=None)
    if window is None:
        return refused
    if not named.has_day and named.hours:
        _choose_hours(text, named.hours, state, turn, reply)
        return True
    start, end = (_local(dtm.datetime.fromisoformat(window[edge])) for edge in ("from", "to"))
    if not named.not_before:
        state.memory.not_before = None  # a day that is named counts more than an earlier no
    state.memory.within = _days(named)
    if end - start <= _HOUR:
        _choose_at(start, state, turn, reply)
    else:
        _offer_window(state, turn, reply, after=start, before=end)
    return True


def remark(text: str, state: State, turn: Turn) -> bool:
    """Keep what is said of a time before it is asked: "ik kan niet op dinsdag" at the read-back.

    Returns:
        False when the text says nothing of when the client can come.
    """
    if len(text.split()) > LONGEST_REMARK:
        return False
    named = intake.named_time(text, turn.now)
    wishes = named.has_day and wording.speaks_of_coming(text)
    if wishes and not intake.is_past(text, turn.now):
        state.memory.within = _days(named)
    return _refuse(named, state) or wishes


def _refuse(named: intake.NamedTime, state: State) -> bool:
    """Keep the weekdays and hours that don't suit; False when none were named."""
    wanted = _weekday(named)
    refused = {*state.memory.not_on, *named.not_on} - {wanted}
    state.memory.not_on = sorted(refused) if len(refused) < _WORKDAYS else []
    kept = [(day, begin, end) for day, begin, end in state.memory.not_at]
    kept = [hours for hours in kept if not _suits_after_all(hours, wanted, named)]
    state.memory.not_at = list(dict.fromkeys([*kept, *named.not_at]))
    return bool(named.not_on or named.not_at)


def _suits_after_all(
    refused: tuple[int, int, int], wanted: int | None, named: intake.NamedTime
) -> bool:
    """Whether hours that were refused are named now: "woensdagnamiddag kan toch"."""
    day, begin, end = refused
    if named.hours is None:
        return False  # "dinsdag" after "dinsdagvoormiddag kan ik niet": in the afternoon
    overlap = named.hours[0] < end * _HOUR and begin * _HOUR < named.hours[1]
    return overlap and (day in (wanted, intake.EVERY_DAY) or wanted is None)


def _refuse_near(named: intake.NamedTime, state: State) -> bool:
    """Keep from when on the client can come; False when that was not said."""
    if named.not_before is None:
        return False
    state.memory.not_before = named.not_before.isoformat()
    return True


def _weekday(named: intake.NamedTime) -> int | None:
    """The weekday of the one day that is named: it suits after all."""
    if named.begin is None or named.end is None or named.end - named.begin > _DAY:
        return None
    return named.begin.weekday()


def _choose_beside(text: str, state: State, turn: Turn, reply: Reply) -> bool:
    """ "een uur later": than the appointment that is moved, else than what was proposed last."""
    moved = questions.moved_from(state, turn)
    proposed = [dtm.datetime.fromisoformat(slot["starts_at"]) for slot in state.memory.offered]
    at = moved or max(proposed, default=None)
    found = intake.beside(text, at, turn.now) if at else None
    if found is None or (moved is None and len(text.split()) == 1):
        return False  # a bare "later" before there is an appointment may mean "not now"
    begin = _local(found.begin)
    if (_local(found.end) if found.end else begin) <= turn.now:
        reply.say("utter_time_past")
    elif found.end:
        state.memory.within = _one_day(found.begin)
        _offer_window(state, turn, reply, after=begin, before=_local(found.end))
    elif moved:
        state.memory.within = _one_day(found.begin)
        _choose_at(begin, state, turn, reply)
    else:
        _offer_window(state, turn, reply, after=begin, before=None)
    return True


def _choose_hours(
    text: str,
    hours: tuple[dtm.timedelta, dtm.timedelta],
    state: State,
    turn: Turn,
    reply: Reply,
) -> None:
    """ "smorgens", "om 10 uur": on the day that was chosen, else on the first day that has it."""
    exact = hours[1] - hours[0] <= _HOUR
    if exact and len(text.split()) <= SHORT_TIME and _choose_offered_hour(hours[0], state):
        return
    days = _within(state) or [_midnight(turn.now) + at * _DAY for at in range(SEARCHED_DAYS)]
    if exact and len(days) == 1:
        _choose_at(_local(days[0] + hours[0]), state, turn, reply)
        return
    for day in days:
        begin, end = _local(day + hours[0]), _local(day + hours[1])
        if end > turn.now and (free := questions.propose(state, turn, after=begin, before=end)):
            questions.offer(state, free)
            return
    reply.say("utter_time_not_free")
    first = _local(days[0])
    free = questions.propose(state, turn, after=first, before=_local(days[-1] + _DAY))
    questions.offer(state, free or questions.propose(state, turn, after=first))


def _choose_offered_hour(hour: dtm.timedelta, state: State) -> bool:
    """ "13 uur" after proposals means the proposal at 13 o'clock, on whichever day that is."""
    same_hour = [
        slot
        for slot in state.memory.offered
        if (begins := intake.here(dtm.datetime.fromisoformat(slot["starts_at"])))
        == _midnight(begins) + hour
    ]
    if len(same_hour) == 1:
        state.memory.chosen = same_hour[0]
    return len(same_hour) == 1


def _choose_day(text: str, state: State, turn: Turn, reply: Reply) -> None:
    try:
        day = dtm.date.fromisoformat(text)
    except ValueError:
        return
    start, end = (appointments.moment(day, minute) for minute in (0, 24 * 60))
    state.memory.not_on = [one for one in state.memory.not_on if one != day.weekday()]
    state.memory.not_before = None
    state.memory.within = _one_day(intake.here(start))
    _offer_window(state, turn, reply, after=start, before=end)


def _choose_at(moment: dtm.datetime, state: State, turn: Turn, reply: Reply) -> None:
    """Take the slot that starts exactly then, or propose what is nearest after it."""
    free = questions.propose(state, turn, after=moment)
    questions.offer(state, free)
    if free and free[0].starts_at == moment:
        state.memory.chosen = state.memory.offered[0]
    else:
        reply.say("utter_time_not_free")


def _offer_later(state: State, turn: Turn, reply: Reply) -> None:
    last = max((slot["starts_at"] for slot in state.memory.offered), default=None)
    after = dtm.datetime.fromisoformat(last) + dtm.timedelta(minutes=1) if last else None
    _offer_window(state, turn, reply, after=after, before=None)


def _offer_window(
    state: State,
    turn: Turn,
    reply: Reply,
    *,
    after: dtm.datetime | None,
    before: dtm.datetime | None,
) -> None:
    free = questions.propose(state, turn, after=after, before=before)
    if not free:
        reply.say("utter_time_not_free")
        free = questions.propose(state, turn, after=before) or questions.propose(state, turn)
    if not free and (state.memory.not_at or state.memory.not_before):
        state.memory.not_at = []  # who refuses that much leaves none: all are proposed
        state.memory.not_before = None
        free = questions.propose(state, turn)
    questions.offer(state, free)


def _days(named: intake.NamedTime) -> list[str] | None:
    """The day or days that were named, for hours that are said later."""
    if named.begin is None or named.end is None:
        return None
    return [named.begin.isoformat(), named.end.isoformat()]


def _one_day(at: dtm.datetime) -> list[str]:
    midnight = _midnight(at)
    return [midnight.isoformat(), (midnight + _DAY).isoformat()]


def _within(state: State) -> list[dtm.datetime]:
    """Midnights of the days that were named last; none when none were."""
    if state.memory.within is None:
        return []
    begin, end = map(dtm.datetime.fromisoformat, state.memory.within)
    first = _midnight(begin)
    return [first + at * _DAY for at in range(min(SEARCHED_DAYS, max(1, (end - first).days)))]


def _local(moment: dtm.datetime) -> dtm.datetime:
    return moment.replace(tzinfo=intake.BRUSSELS)


def _midnight(moment: dtm.datetime) -> dtm.datetime:
    here = intake.here(moment) if moment.tzinfo else moment
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def _moment(text: str) -> dtm.datetime | None:
    try:
        moment = dtm.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=intake.BRUSSELS)
