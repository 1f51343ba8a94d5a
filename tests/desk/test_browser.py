"""The pages in a real browser: usable for everybody, on a phone, at a desk and on paper."""

import datetime as dtm
import os
import pathlib
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from bot import appointments, contract, store
from bot.appointments.days_off import day_off
from bot.desk import routes
from bot.intake.summary import say
from tests.desk.conftest import FULL, PASSWORD, SHOWN

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE, DESK = (390, 800), (1280, 900)
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")
"""Folder for pictures to look at; none are made when it is empty."""


@pytest.fixture(autouse=True)
def clock() -> None:
    """The real clock: the browser has one of its own, and both must agree on who is logged in."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """Headless Chromium; skips when it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed (Debian's package: chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def address(app: Starlette) -> Iterator[str]:
    """The desk behind a real server on a free port of the loopback address."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/desk"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture
def filled(
    make_user: Callable[..., store.Counsellor], make_intake: Callable[..., int]
) -> list[int]:
    """Two counsellors, intakes of every kind, appointments today and later."""
    an, bo = make_user(), make_user("bo@genk.be", name="Bo")
    now = dtm.datetime.now(dtm.timezone.utc).replace(minute=0, second=0, microsecond=0)
    early = now - dtm.timedelta(hours=20)
    numbers = [
        make_intake(at=early),
        make_intake(
            at=early - dtm.timedelta(hours=2),
            name="Ahmed Yılmaz",
            dream="Ik wil met mijn handen werken, liefst iets met hout of in de bouw. "
            "Vroeger in mijn land was ik schrijnwerker en dat deed ik heel graag.",
            dream_themes=["construction"],
            barriers=[],
            strengths=None,
            diploma_origin=None,
            diploma_recognised=None,
            languages=[],
            email=None,
            status={
                "strengths": "skipped",
                "dream_themes": "derived",
                "barriers": "said",
                "dutch_level": "unknown",
            },
            dutch_level=None,
            shown={},
        ),
        make_intake(at=early - dtm.timedelta(days=3), name="Maria Popescu", email=None),
        make_intake(at=early, agreed=False, name=None),
    ]
    with store.session() as work:
        read = work.get(store.Intake, numbers[2])
        assert read
        read.read_at = now
        midnight = now.replace(hour=0) + dtm.timedelta(hours=22)
        for number, (start, user, name, status) in enumerate(
            [
                (midnight, an, "Fatima El Amrani", "booked"),
                (now + dtm.timedelta(days=2), bo, "Ahmed Yılmaz", "booked"),
                (now + dtm.timedelta(days=2, hours=1), an, "Jean-Baptiste N.", "cancelled"),
            ]
        ):
            work.add(
                store.Appointment(
                    leerwinkel="genk",
                    counsellor_id=user.id,
                    intake_id=[numbers[0], numbers[1], None][number],
                    sender_id="web-1",
                    starts_at=start,
                    ends_at=start + dtm.timedelta(minutes=45),
                    status=status,
                    name=name,
                    phone="+32478123456",
                    created_at=now,
                    changed_at=now,
                )
            )
        work.flush()
        for kind, state, number in (("booked", "refused", 1), ("reminder_day", "unknown", 2)):
            work.add(
                store.OutgoingMessage(
                    channel="mail",
                    kind=kind,
                    address="weg@example.org",
                    text="x",
                    state=state,
                    problem="550",
                    appointment_id=number,
                    created_at=now,
                    next_try_at=now,
                    expires_at=now + dtm.timedelta(days=2),
                )
            )
        work.add(
            store.BlockedTime(
                counsellor_id=an.id,
                starts_at=now + dtm.timedelta(days=1),
                ends_at=now + dtm.timedelta(days=1, hours=1),
                note="teamvergadering",
            )
        )
        work.add(store.IntakeTag(intake_id=numbers[0], tag="terugbellen"))
        work.add(
            store.IntakeNote(
                intake_id=numbers[0], counsellor_id=bo.id, at=now, text="Belt liever na 16 uur."
            )
        )
        work.add(
            store.CourseOutcome(
                intake_id=numbers[0],
                course="Zorgkundige",
                provider="CVO Qrios Limburg",
                chosen_on=now.date(),
                changed_by=an.id,
                changed_at=now,
            )
        )
        work.add(
            store.ChatMessage(
                sender_id="web-1",
                client_id="1",
                said={"text": "Ik wil verpleegster worden"},
                answer=[{"text": "Mooi.", "buttons": [{"title": "Ga verder", "payload": "/x"}]}],
                created_at=now,
            )
        )
    for weekday in range(5):
        with store.session() as work:
            for start, end in ((540, 720), (780, 960)):
                work.add(
                    store.Availability(
                        counsellor_id=an.id, weekday=weekday, from_minute=start, to_minute=end
                    )
                )
    branch = appointments.add_branch("genk", name="Beringen", address="Markt 1, Beringen")
    appointments.set_opening_hours(
        "genk", [appointments.WeeklyHours(0, 540, 720)], branch_id=branch
    )
    today = now.date()
    appointments.add_exception(
        an.id,
        appointments.DayHours(today, today + dtm.timedelta(days=1)),
        extra=False,
        note="verlof",
    )
    appointments.add_closing_days("genk", today, today + dtm.timedelta(days=9), name="brugdag")
    return numbers


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def page(chromium: Chromium, size: tuple[int, int], address: str) -> Iterator[Page]:
    """A page of this size, with an eye on errors; it is closed before the server is."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="nl-BE", service_workers="block"
    )
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert [
        p
        for p in problems
        if "favicon" not in p and "status of 4" not in p and "ERR_FAILED" not in p
    ] == []


def check(page: Page, name: str) -> None:
    """No violation that axe finds, nothing wider than the screen; a picture when asked for."""
    if SCREENSHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=pathlib.Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{name} is {width} pixels too wide"


def quiet_monday() -> dtm.date:
    """The first Monday to come of a week without a public holiday, whatever day it is today."""
    today = appointments.local(dtm.datetime.now(dtm.timezone.utc)).date()
    monday = today + dtm.timedelta(days=7 - today.weekday())
    while any(day_off(monday + dtm.timedelta(days=n)) for n in range(5)):
        monday += dtm.timedelta(days=7)
    return monday


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_label("E-mailadres").fill("an@genk.be")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Afmelden").wait_for()  # the next page is there


def test_a_counsellor_goes_from_log_in_to_intake_and_back(
    page: Page, address: str, filled: list[int]
) -> None:
    page.goto(f"{address}/")
    check(page, "login")
    page.get_by_label("E-mailadres").fill("an@genk.be")
    page.get_by_label("Wachtwoord").fill("fout wachtwoord")
    page.get_by_role("button", name="Aanmelden").click()
    assert page.get_by_role("alert").inner_text().startswith("Het e-mailadres")
    check(page, "login-fout")

    log_in(page, address)
    check(page, "inbox")
    page.get_by_role("link", name="Fatima El Amrani").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Fatima El Amrani"
    check(page, "intake")
    page.goto(f"{address}/intakes/{filled[1]}")
    check(page, "intake-kort")
    page.goto(f"{address}/intakes/{filled[3]}")
    check(page, "intake-bezig")
    page.goto(f"{address}/intakes/999")
    check(page, "niet-gevonden")

    page.get_by_role("link", name="Naar het overzicht").click()
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("heading", level=1, name="Aanmelden").wait_for()


PAGES = {
    "inbox": "/",
    "zoeken": "/?zoek=fatima&stand=new&thema=care&label=terugbellen&ongelezen=1",
    "intake": "/intakes/1",
    "wijzig": "/intakes/1/wijzig",
    "gesprek": "/intakes/1/gesprek",
    "agenda-week": "/agenda",
    "agenda-dag": "/agenda?zicht=dag",
    "boek": "/agenda/boek?intake=1",
    "hou-vrij": "/agenda/blok",
    "vrij-gehouden": "/agenda/blok/1",
    "afspraak": "/afspraken/1",
    "verzet": "/afspraken/2?dag=2030-01-15&uur=10:00&wie=1#verzet",
    "uren": "/uren",
    "regels": "/uren/regels",
    "collegas": "/collegas",
    "logboek": "/logboek",
    "berichten": "/berichten",
    "account": "/account",
    "tweede-stap": "/account/tweede-stap",
}


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_every_page_is_accessible_and_fits(
    page: Page, address: str, filled: list[int], role: str
) -> None:
    with store.session() as work:
        work.get_one(store.Counsellor, 1).role = role
    log_in(page, address)
    for name, path in PAGES.items():
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == 200, name
        check(page, f"{name}-{role}")


def test_every_page_of_the_desk_is_checked() -> None:
    known = {path.partition("?")[0].replace("/1", "/{id:int}") for path in PAGES.values()}
    mounted = next(one for one in routes if isinstance(one, Mount))
    shown = {
        one.path
        for one in mounted.routes or ()
        if isinstance(one, Route) and one.methods and "GET" in one.methods
    }
    elsewhere = {
        "/login", "/login/code",  # before the log-in
        "/nieuws",  # a part of the overview
        "/export.csv", "/desk.css", "/agenda.css", "/desk.js", "/forms.js",  # files
        "/{path:path}",
    }  # fmt: skip
    assert shown - elsewhere <= known | {"/afspraken/{id:int}"}


def test_an_empty_inbox_is_usable(
    page: Page, address: str, make_user: Callable[..., store.Counsellor]
) -> None:
    make_user()
    log_in(page, address)
    check(page, "inbox-leeg")


@pytest.mark.parametrize("size", [DESK], indirect=True)
def test_a_whole_intake_prints_on_one_page(page: Page, address: str, filled: list[int]) -> None:
    log_in(page, address)
    for number in filled[:2]:
        page.goto(f"{address}/intakes/{number}")
        printed = page.pdf(prefer_css_page_size=True, print_background=False)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        if SCREENSHOTS:
            (pathlib.Path(SCREENSHOTS) / f"print-{number}.pdf").write_bytes(printed)


@pytest.mark.parametrize("size", [PHONE], indirect=True)
def test_everything_can_be_reached_with_the_keyboard(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Afmelden", "Fatima El Amrani", "Ahmed Yılmaz", "Maria Popescu"} <= reached


@pytest.mark.parametrize("size", [DESK], indirect=True)
def test_every_field_of_the_record_reaches_the_screen_and_the_paper(
    page: Page, address: str, filled: list[int], tmp_path: pathlib.Path
) -> None:
    log_in(page, address)
    page.goto(f"{address}/intakes/{filled[0]}")
    told = [
        *(one["title"] for one in SHOWN["support"]),
        *(one["title"] for one in SHOWN["courses"]),
        *(one["why"] for one in SHOWN["path"]),
        "cliënt vindt dit goed",
        "Belt liever na 16 uur.",
        "terugbellen",
    ]
    file = tmp_path / "intake.pdf"
    file.write_bytes(page.pdf(prefer_css_page_size=True))
    printed = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    paper = set(re.findall(r"[\w.+@-]+", printed))
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        seen = " ".join(page.locator("main").inner_text().split())
        for field in contract.fields():
            said = say(field, FULL[field])
            assert said in seen, (media, field)
            # On paper a cell may be cut into lines: its words are what counts.
            assert set(re.findall(r"[\w.+@-]+", said)) <= paper, field
        for text in told:
            assert text in seen, (media, text)
    assert not page.locator("form:visible").count(), "no form on paper"


@pytest.mark.parametrize("size", [DESK], indirect=True)
def test_new_intakes_appear_without_a_reload(
    page: Page, address: str, filled: list[int], make_intake: Callable[..., int]
) -> None:
    page.add_init_script(
        "const every = window.setInterval;"
        "window.setInterval = (work, pause) => every(work, pause === 20000 ? 200 : pause);"
    )
    log_in(page, address)
    page.wait_for_timeout(500)
    link = page.get_by_role("link", name="Ahmed Yılmaz").last
    link.focus()
    page.evaluate("window.before = true")

    make_intake(name="Nieuwe Cliënt", at=dtm.datetime.now(dtm.timezone.utc))

    page.get_by_role("link", name="Nieuwe Cliënt").first.wait_for()
    assert page.evaluate("window.before"), "the page was not loaded again"
    assert page.locator("#nieuws").inner_text() == "Er is 1 nieuwe intake."
    assert page.title().startswith("(3) ")
    assert page.evaluate("document.activeElement.textContent") == "Ahmed Yılmaz"
    check(page, "nieuws")


@pytest.mark.parametrize("size", [DESK], indirect=True)
def test_an_appointment_is_moved_by_dragging_and_confirming(
    page: Page, address: str, make_user: Callable[..., store.Counsellor]
) -> None:
    an = make_user()
    monday = quiet_monday()
    appointments.set_weekly_hours(
        an.id, [appointments.WeeklyHours(day, 540, 960) for day in range(5)]
    )
    booked = appointments.book_for_client(
        counsellor_id=an.id,
        starts_at=appointments.moment(monday + dtm.timedelta(days=1), 600),
        name="Fatima",
        by=an.id,
        now=dtm.datetime.now(dtm.timezone.utc),
    )
    log_in(page, address)
    page.goto(f"{address}/agenda?dag={monday}")
    source = page.locator(f"[data-id='{booked.id}']")
    target = page.locator(f"[data-day='{monday + dtm.timedelta(days=2)}']")
    box = target.bounding_box()
    assert box
    # Held 10 px below its top, let go 10 px below half past two: 26 quarters after eight.
    source.drag_to(
        target,
        source_position={"x": 60, "y": 10},
        target_position={"x": 60, "y": box["height"] / 40 * 26 + 10},
    )
    page.get_by_role("heading", name="Afspraak van Fatima").wait_for()
    assert page.get_by_label("Uur").input_value() == "14:30"
    page.get_by_role("button", name="Verzet", exact=True).click()
    page.get_by_text("De afspraak is verzet.").wait_for()
    moved = appointments.booking_by_id(booked.id)
    assert moved.starts_at == appointments.moment(monday + dtm.timedelta(days=2), 14 * 60 + 30)


def test_everything_works_without_javascript_and_by_keyboard(
    chromium: Chromium, address: str, filled: list[int]
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="nl-BE")
    page = context.new_page()
    log_in(page, address)
    page.goto(f"{address}/intakes/{filled[0]}")
    page.get_by_label("Stand", exact=True).select_option("in_guidance")
    page.get_by_role("button", name="Bewaar de stand").press("Enter")
    page.get_by_text("De stand is bewaard.").wait_for()
    page.get_by_label("Nieuwe notitie").fill("Goed gesprek")
    page.get_by_label("Nieuwe notitie").press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("De notitie staat erbij.").wait_for()
    page.get_by_role("link", name="Wijzig antwoorden").press("Enter")
    page.get_by_label("gezondheid").press("Space")
    page.get_by_role("button", name="Bewaar", exact=True).press("Enter")
    page.get_by_text("door begeleider").first.wait_for()
    page.goto(f"{address}/agenda/boek?intake={filled[0]}")
    page.get_by_role("link", name=" om ").first.press("Enter")
    page.get_by_role("button", name="Boek").press("Enter")
    page.get_by_text("De afspraak is gemaakt.").wait_for()
    with store.session(writes=False) as work:
        kept = work.get_one(store.Intake, filled[0])
    assert kept.stage == "in_guidance"
    assert kept.barriers == ["finance", "childcare", "mobility", "health"]
    context.close()


@pytest.mark.parametrize("size", [DESK], indirect=True)
def test_every_link_and_field_of_every_page_is_reached_by_keyboard(
    page: Page, address: str, filled: list[int]
) -> None:
    with store.session() as work:
        work.get_one(store.Counsellor, 1).role = "administrator"
    log_in(page, address)
    for name, path in PAGES.items():
        page.goto(f"{address}{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, summary, input, select, textarea')]"
            ".filter(one => one.checkVisibility() && one.type !== 'hidden' && one.tabIndex >= 0)"
            ".map((one, n) => { one.dataset.nth = n; return n; }).length"
        )
        reached = set()
        for _ in range(wanted * 4):  # a date has four stops of its own
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.dataset.nth"))
            if len(reached - {None}) == wanted:
                break
        assert len(reached - {None}) == wanted, name


def test_an_evening_talk_is_asked_before_it_is_booked(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.goto(f"{address}/agenda/boek?dag={quiet_monday()}&uur=20.00")
    page.get_by_label("Naam van de cliënt").fill("Ahmed Kaya")
    page.get_by_label("Hoe", exact=True).select_option("phone")
    page.get_by_role("button", name="Boek").click()
    asked = page.get_by_role("alert")
    asked.get_by_text("Het gesprek gaat met de telefoon, maar er is geen nummer.").wait_for()
    assert "Dit valt buiten de uren van An." in asked.inner_text()
    check(page, "boek-nakijken")
    page.get_by_label("Ja, dit is de bedoeling").check()
    page.get_by_role("button", name="Boek").click()
    page.get_by_text("De afspraak is gemaakt.").wait_for()


def test_back_works_after_a_form_that_was_corrected(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.goto(f"{address}/agenda/blok")
    monday = quiet_monday()
    page.get_by_label("Eerste dag").fill(monday.isoformat())
    page.get_by_label("Laatste dag").fill((monday - dtm.timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Hou vrij").click()
    page.get_by_role("alert").get_by_text("De laatste dag ligt voor de eerste.").wait_for()
    assert page.get_by_label("Eerste dag").input_value() == monday.isoformat()
    check(page, "blok-fout")
    page.get_by_label("Laatste dag").fill((monday + dtm.timedelta(days=4)).isoformat())
    page.get_by_role("button", name="Hou vrij").click()
    page.get_by_text("Deze tijd blijft vrij van afspraken.").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Hou tijd vrij van afspraken").wait_for()
    assert page.title().startswith("Hou tijd vrij"), "the form, not what was answered to it"
    page.go_forward()
    page.get_by_text("Deze tijd blijft vrij van afspraken.").wait_for()


@pytest.mark.parametrize("size", [PHONE], indirect=True)
def test_a_change_on_the_same_page_is_shown_and_what_is_typed_survives_no_connection(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.goto(f"{address}/intakes/{filled[0]}")
    for tags in ("zorg", "bouw"):  # the second time only the part after # would differ
        page.get_by_label("Labels").fill(tags)
        page.get_by_role("button", name="Bewaar de labels").click()
        page.locator(".chip.tag", has_text=tags).wait_for()
    page.route("**/notitie", lambda route: route.abort())
    page.get_by_label("Nieuwe notitie").fill("Goed gesprek")
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.get_by_text("Er is geen verbinding.").wait_for()
    page.unroute("**/notitie")
    assert page.get_by_label("Nieuwe notitie").input_value() == "Goed gesprek"
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.get_by_text("De notitie staat erbij.").wait_for()


@pytest.mark.parametrize("size", [PHONE, DESK], indirect=True)
def test_an_old_page_does_not_overwrite_the_stage(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.goto(f"{address}/intakes/{filled[0]}")
    other = page.context.new_page()
    other.goto(f"{address}/intakes/{filled[0]}")
    other.get_by_label("Stand", exact=True).select_option("in_guidance")
    other.get_by_role("button", name="Bewaar de stand").click()
    other.get_by_text("De stand is bewaard.").wait_for()
    page.get_by_label("Stand", exact=True).select_option("finished")
    page.get_by_role("button", name="Bewaar de stand").click()
    page.get_by_role("alert").get_by_text("An zette de stand op “in begeleiding”").wait_for()
    assert page.get_by_label("Stand", exact=True).input_value() == "finished"
    check(page, "stand-verouderd")


@pytest.mark.parametrize("size", [PHONE], indirect=True)
def test_what_is_typed_survives_the_end_of_the_session(
    page: Page, address: str, filled: list[int]
) -> None:
    log_in(page, address)
    page.goto(f"{address}/intakes/{filled[0]}")
    page.get_by_label("Nieuwe notitie").fill("Goed gesprek")
    page.context.clear_cookies()
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.get_by_text("Je bent afgemeld.").wait_for()
    check(page, "afgemeld")
    log_in(other := page.context.new_page(), address)
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.get_by_text("Deze pagina is te oud.").wait_for()
    assert page.get_by_label("Nieuwe notitie").input_value() == "Goed gesprek"
    other.close()
