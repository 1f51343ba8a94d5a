"""What is asked once more before a talk is put somewhere."""

import datetime as dtm

import pytest

from bot import appointments, store
from bot.appointments import DayHours, Doubtful, Slot, WeeklyHours, moment
from bot.appointments.doubts import contact_doubts, moment_doubts
from tests.appointments.conftest import NOW, MakeCounsellor

pytestmark = pytest.mark.usefixtures("database")
TUESDAY = dtm.date(2026, 11, 24)
LENGTH = dtm.timedelta(minutes=45)


@pytest.fixture
def an(make_counsellor: MakeCounsellor) -> int:
    """Receives on Tuesdays from 9 to 12."""
    found = make_counsellor()
    appointments.set_weekly_hours(found, [WeeklyHours(1, 540, 720)])
    return found


def doubts(
    who: int, day: dtm.date, minute: int, *, branch: int | None = None, now: dtm.datetime = NOW
) -> list[str]:
    start = moment(day, minute)
    with store.session(writes=False) as work:
        counsellor = work.get_one(store.Counsellor, who)
        return moment_doubts(work, counsellor, Slot(who, start, start + LENGTH, branch), now=now)


@pytest.mark.parametrize("minute", [540, 600, 675])
def test_the_own_hours_are_ordinary(an: int, minute: int) -> None:
    assert doubts(an, TUESDAY, minute) == []


@pytest.mark.parametrize(
    ("day", "minute"), [(TUESDAY, 690), (TUESDAY, 1200), (dtm.date(2026, 11, 25), 600)]
)
def test_outside_the_own_hours_is_asked(an: int, day: dtm.date, minute: int) -> None:
    assert doubts(an, day, minute) == ["Dit valt buiten de uren van An."]


def test_without_hours_only_nights_and_weekends_are_asked(an: int) -> None:
    appointments.set_weekly_hours(an, [])
    said = ["Dit is in het weekend, of erg vroeg of laat."]
    assert doubts(an, TUESDAY, 15 * 60) == []
    assert doubts(an, TUESDAY, 18 * 60 + 15) == []
    assert doubts(an, TUESDAY, 18 * 60 + 30) == said
    assert doubts(an, TUESDAY, 23 * 60 + 45) == said, "it ends on the next day"
    assert doubts(an, TUESDAY, 3 * 60) == said
    assert doubts(an, dtm.date(2026, 11, 28), 600) == said


def test_a_holiday_is_named_also_inside_the_hours(an: int) -> None:
    appointments.set_weekly_hours(an, [WeeklyHours(4, 540, 720)])
    assert doubts(an, dtm.date(2026, 12, 25), 600) == [
        "Op vrijdag 25 december is er niemand: Kerstmis."
    ]


def test_leave_counts_for_its_hours_only(an: int) -> None:
    appointments.add_exception(
        an, DayHours(TUESDAY, TUESDAY, 600, 660), extra=False, note="tandarts"
    )
    assert doubts(an, TUESDAY, 540) == []
    assert doubts(an, TUESDAY, 570) == ["An is dan weg: tandarts."]
    assert doubts(an, TUESDAY, 660) == []


def test_extra_hours_are_ordinary_even_when_the_place_is_closed(an: int) -> None:
    appointments.set_opening_hours("genk", [WeeklyHours(1, 540, 1020)])
    assert doubts(an, TUESDAY, 1140) == [
        "De Leerwinkel is dan niet open.",
        "Dit valt buiten de uren van An.",
    ]
    appointments.add_exception(an, DayHours(TUESDAY, TUESDAY, 1080, 1260), extra=True)
    assert doubts(an, TUESDAY, 1140) == []


def test_a_colleague_who_is_elsewhere_is_told_apart(an: int) -> None:
    branch = appointments.add_branch("genk", name="Beringen", address="Markt 1")
    assert doubts(an, TUESDAY, 600, branch=branch) == ["An werkt dan op een andere plaats."]


def test_a_moment_that_began_is_asked(an: int) -> None:
    now = moment(TUESDAY, 605)
    assert doubts(an, TUESDAY, 600, now=now) == ["Dit moment is al begonnen."]


@pytest.mark.parametrize(
    ("form", "phone", "email", "chat", "room", "said"),
    [
        ("in_person", None, None, False, None, 0),
        ("phone", None, "a@example.org", True, None, 1),
        ("phone", "+32478", None, False, None, 0),
        ("video", "+32478", None, False, "https://video.example", 1),
        ("video", None, None, True, "https://video.example", 0),
        ("video", None, "a@example.org", False, "https://video.example", 0),
        ("video", None, "a@example.org", False, None, 1),
    ],
)
def test_what_a_form_needs(
    form: str, phone: str | None, email: str | None, chat: bool, room: str | None, said: int
) -> None:
    an = store.Counsellor(first_name="An", video_url=room)
    assert len(contact_doubts(an, form, phone=phone, email=email, chat=chat)) == said


def test_the_key_fits_one_moment_and_its_reasons(an: int) -> None:
    def book(minute: int, confirmed: str | None) -> appointments.Booking:
        return appointments.book_for_client(
            counsellor_id=an, starts_at=moment(TUESDAY, minute), name="Ali", by=an,
            now=NOW, confirmed=confirmed,
        )  # fmt: skip

    with pytest.raises(Doubtful) as first:
        book(1140, "")
    with pytest.raises(Doubtful) as second:
        book(1200, first.value.key)
    assert first.value.key != second.value.key
    assert book(1200, second.value.key).status == "booked"
    assert book(1140, None).status == "booked", "nobody is there to ask"
