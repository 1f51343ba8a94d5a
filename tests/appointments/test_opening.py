"""Hours, places, absences, closing days and rules, as set at the desk."""

import datetime as dtm

import pytest

from bot import appointments
from bot.appointments import DayHours, NotPossible, Rules, SlotTaken, WeeklyHours
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("any_database")
MONDAY = dtm.date(2026, 11, 23)
TUESDAY = dtm.date(2026, 11, 24)
NINE, TEN, NOON = 540, 600, 720


@pytest.fixture
def an(make_counsellor: MakeCounsellor) -> int:
    return make_counsellor(hours=((1, NINE, TEN),))


def set_rules(**changed: object) -> Rules:
    given = {
        "length_minutes": 60,
        "buffer_minutes": 0,
        "lead_hours": 24,
        "horizon_days": 14,
        "daily_limit": None,
        "forms": ["in_person"],
    } | changed
    return appointments.set_rules("genk", **given)  # type: ignore[arg-type]


def offered(**more: object) -> list[str]:
    found = appointments.free_slots("genk", now=NOW, limit=99, **more)  # type: ignore[arg-type]
    return [appointments.local(s.starts_at).strftime("%d/%m %H:%M") for s in found]


def test_weekly_hours_are_replaced_as_a_whole(an: int) -> None:
    set_rules()
    hours = [WeeklyHours(2, NINE, TEN), WeeklyHours(4, NINE, TEN)]
    appointments.set_weekly_hours(an, hours)
    assert appointments.weekly_hours(an) == hours
    assert offered() == [f"{d} 09:00" for d in ("25/11", "27/11", "02/12", "04/12")]


def test_a_zitdag_has_its_own_place_and_opening_hours(an: int) -> None:
    set_rules()
    there = appointments.add_branch("genk", name="Beringen", address="Markt 1, 3580 Beringen")
    appointments.set_weekly_hours(an, [WeeklyHours(1, NINE, NOON, branch_id=there)])
    appointments.set_opening_hours("genk", [WeeklyHours(1, TEN, NOON)], branch_id=there)
    found = appointments.free_slots("genk", now=NOW, limit=1)
    assert (found[0].branch_id, offered()[0]) == (there, "24/11 10:00")
    booking = appointments.book(
        found[0], sender_id="w", intake_id=None, leerwinkel="genk", name="F", phone=None,
        email=None, now=NOW,
    )  # fmt: skip
    assert (booking.place, booking.address) == (
        "Leerwinkel Genk in Beringen",
        "Markt 1, 3580 Beringen",
    )
    assert booking.map_url == (
        "https://www.openstreetmap.org/search?query=Markt+1%2C+3580+Beringen"
    )
    appointments.change_branch(there, name="Beringen", address="", active=False)
    assert offered() == []
    assert appointments.branches("genk") == []
    assert [b.id for b in appointments.branches("genk", all_of_them=True)] == [there]


def test_opening_hours_of_the_main_office_do_not_limit_a_branch(an: int) -> None:
    set_rules()
    there = appointments.add_branch("genk", name="Beringen", address="")
    appointments.set_weekly_hours(
        an, [WeeklyHours(1, NINE, TEN), WeeklyHours(2, NINE, TEN, branch_id=there)]
    )
    appointments.set_opening_hours("genk", [WeeklyHours(4, NINE, NOON)])
    assert offered() == ["25/11 09:00", "02/12 09:00"]
    appointments.set_opening_hours("genk", [])
    assert len(offered()) == 4


def test_absences_and_extra_hours(an: int) -> None:
    set_rules()
    away = appointments.add_exception(an, DayHours(TUESDAY, TUESDAY), extra=False, note="verlof")
    friday = dtm.date(2026, 11, 27)
    appointments.add_exception(an, DayHours(friday, friday, NINE, TEN), extra=True)
    assert offered() == ["27/11 09:00", "01/12 09:00"]
    assert [e.note for e in appointments.exceptions(an, since=MONDAY)] == ["verlof", ""]
    assert appointments.remove_exception(away)
    assert not appointments.remove_exception(away)
    assert offered()[0] == "24/11 09:00"


def test_own_closing_days_of_one_place_or_of_all(an: int) -> None:
    set_rules()
    closed = appointments.add_closing_days("genk", TUESDAY, TUESDAY, name="brugdag")
    appointments.add_closing_days("gent", MONDAY, dtm.date(2027, 1, 1))
    assert offered() == ["01/12 09:00"]
    appointments.add_closing_days(None, dtm.date(2026, 12, 1), dtm.date(2026, 12, 1))
    assert offered() == []
    assert appointments.remove_closing_days(closed)
    assert offered() == ["24/11 09:00"]
    assert len(appointments.closing_days("genk", since=MONDAY)) == 1


def test_rules_decide_length_lead_and_horizon(an: int) -> None:
    set_rules(length_minutes=30, lead_hours=72, horizon_days=10)
    assert offered() == ["01/12 09:00", "01/12 09:15", "01/12 09:30"]
    slot = appointments.free_slots("genk", now=NOW, limit=1)[0]
    assert slot.ends_at - slot.starts_at == dtm.timedelta(minutes=30)


def test_the_buffer_keeps_clients_apart(make_counsellor: MakeCounsellor) -> None:
    make_counsellor(hours=((1, NINE, 13 * 60),))
    set_rules(buffer_minutes=30, horizon_days=7)
    slot = appointments.free_slots("genk", now=NOW, limit=1)[0]
    appointments.book(
        slot, sender_id="w", intake_id=None, leerwinkel="genk", name="F", phone=None,
        email=None, now=NOW,
    )  # fmt: skip
    assert offered()[0] == "24/11 10:30"


@pytest.mark.parametrize("personal", [False, True])
def test_the_daily_limit(make_counsellor: MakeCounsellor, personal: bool) -> None:
    an = make_counsellor(hours=((1, NINE, 16 * 60), (2, NINE, TEN)))
    set_rules(daily_limit=None if personal else 1, horizon_days=7)
    if personal:
        appointments.set_personal(an, daily_limit=1, video_url=None)
    slots = appointments.free_slots("genk", now=NOW, limit=99)

    def book(number: int) -> appointments.Booking:
        return appointments.book(
            slots[number], sender_id=f"w{number}", intake_id=None, leerwinkel="genk", name="F",
            phone=None, email=None, now=NOW,
        )  # fmt: skip

    first = book(0)
    assert offered() == ["25/11 09:00"]
    with pytest.raises(SlotTaken):
        book(8)
    moved = appointments.move(first.id, slots[8], now=NOW)
    assert moved.starts_at == slots[8].starts_at, "its own day is not full of itself"


def test_rules_are_kept_in_order_and_have_defaults() -> None:
    assert appointments.rules_of("genk") == Rules()
    made = set_rules(forms=["phone", "in_person"], daily_limit=5)
    assert appointments.rules_of("genk") == made
    assert made.forms == ("phone", "in_person")
    assert appointments.rules_of("gent") == Rules()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"length_minutes": 50}, "kwartier"),
        ({"length_minutes": 0}, "15 tot 240"),
        ({"buffer_minutes": -15}, "0 tot 120"),
        ({"lead_hours": -1}, "0 tot 720"),
        ({"horizon_days": 0}, "1 tot 365"),
        ({"lead_hours": 48, "horizon_days": 2}, "meer dagen"),
        ({"daily_limit": 0}, "1 tot 30"),
        ({"forms": []}, "minstens één vorm"),
        ({"forms": ["fax"]}, "minstens één vorm"),
    ],
)
def test_wrong_rules_get_a_sentence(change: dict[str, object], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        set_rules(**change)
    assert appointments.rules_of("genk") == Rules()


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ([WeeklyHours(7, NINE, TEN)], "maandag tot zondag"),
        ([WeeklyHours(1, TEN, NINE)], "na het begin"),
        ([WeeklyHours(1, NINE, 1441)], "na het begin"),
        ([WeeklyHours(1, NINE, TEN + 5)], "kwartier"),
        (
            [WeeklyHours(1, NINE, NOON), WeeklyHours(1, TEN, NOON)],
            "^Dinsdag: twee stukken overlappen",
        ),
        ([WeeklyHours(1, NINE, TEN, branch_id=99)], "niet van deze Leerwinkel"),
    ],
)
def test_wrong_hours_change_nothing(an: int, hours: list[WeeklyHours], says: str) -> None:
    before = appointments.weekly_hours(an)
    with pytest.raises(NotPossible, match=says):
        appointments.set_weekly_hours(an, hours)
    assert appointments.weekly_hours(an) == before


def test_other_wrong_settings_get_a_sentence(an: int) -> None:
    with pytest.raises(NotPossible, match="begint met https"):
        appointments.set_personal(an, daily_limit=None, video_url="http://x.example")
    with pytest.raises(NotPossible, match="1 tot 30"):
        appointments.set_personal(an, daily_limit=0, video_url=None)
    with pytest.raises(NotPossible, match="ligt voor de eerste"):
        appointments.add_closing_days("genk", TUESDAY, MONDAY)
    with pytest.raises(NotPossible, match="een jaar"):
        appointments.add_exception(
            an, DayHours(MONDAY, MONDAY + dtm.timedelta(days=400)), extra=False
        )
    with pytest.raises(NotPossible, match="een naam"):
        appointments.add_branch("genk", name=" ", address="")
    with pytest.raises(NotPossible, match="bestaat niet"):
        appointments.add_branch("nergens", name="x", address="")
