"""The desk alone in a small web app, with accounts and one intake that has every field."""

import datetime as dtm
import html
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import argon2
import freezegun
import pytest
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning

from bot import contract, store
from bot.desk import accounts, routes
from bot.settings import settings

with warnings.catch_warnings():
    # Starlette would rather have httpx2; the bot needs httpx anyway, and one client is enough.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

User = Callable[..., store.Counsellor]
MakeIntake = Callable[..., int]
Clock = freezegun.api.FrozenDateTimeFactory
PASSWORD = "correct horse battery"
NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)
"""A Sunday, 10 o'clock in Brussels."""

FULL: dict[str, Any] = {
    "consent": True,
    "dream": "Ik wil verpleegster worden in het ziekenhuis van Genk",
    "dream_themes": ["care", "dutch"],
    "education_level": "upper_secondary",
    "diploma_origin": "abroad",
    "diploma_recognised": "no",
    "dutch_level": "a2",
    "situation": "job_seeking",
    "barriers": ["finance", "childcare", "mobility"],
    "schedule": ["day", "online"],
    "postcode": "3600",
    "leerwinkel": "genk",
    "strengths": "Ik zorg graag voor mensen en ik ben rustig",
    "age_band": "26_34",
    "languages": ["ar", "fr"],
    "referral_source": "ocmw",
    "name": "Fatima El Amrani",
    "phone": "+32478123456",
    "email": "fatima@example.org",
    "gender": "female",
}
SHOWN: dict[str, Any] = {
    "courses": [
        {
            "id": "nt2-genk",
            "title": "Nederlands niveau 2.1",
            "provider": "CVO Sociale School",
            "type": "nt2",
            "reasons": ["Je wil beter Nederlands leren.", "De les is overdag."],
            "missing": [],
        },
        {
            "id": "zorgkundige",
            "title": "Zorgkundige",
            "provider": "CVO Qrios Limburg",
            "type": "vocational",
            "reasons": ["Je wil mensen helpen.", "Er is veel werk."],
            "missing": ["Nederlands op niveau B1"],
        },
        {
            "id": "hbo5-verpleegkunde",
            "title": "Graduaat basisverpleegkunde",
            "provider": "Hogeschool PXL",
            "type": "hbo5",
            "reasons": ["Dit is jouw droom."],
            "missing": ["een erkend diploma"],
        },
    ],
    "liked": ["zorgkundige"],
    "path": [
        {
            "step": 1,
            "course_id": "nt2-genk",
            "title": "Nederlands niveau 2.1",
            "type": "nt2",
            "why": "Eerst beter Nederlands.",
        },
        {
            "step": 2,
            "course_id": "zorgkundige",
            "title": "Zorgkundige",
            "type": "vocational",
            "why": "Daarna een diploma in de zorg.",
        },
    ],
    "support_left": [
        {"id": "de-lijn-leefloon", "title": "Goedkoop met De Lijn", "topic": "mobility"},
    ],
    "support": [
        {"id": "ov", "title": "Vlaams opleidingsverlof", "topic": "finance"},
        {"id": "kov", "title": "Kinderopvang tijdens de les", "topic": "childcare"},
        {"id": "naric", "title": "Je diploma laten erkennen", "topic": "foreign_diploma"},
    ],
}


def plain(page: str) -> str:
    """What a person reads: no tags, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def add_appointment(
    counsellor: store.Counsellor, starts_at: dtm.datetime, **values: Any
) -> store.Appointment:
    """An appointment of Fatima, who gave a phone number, as it stands in the database."""
    given: dict[str, Any] = {"sender_id": "web-1", "name": "Fatima", "phone": "+32478123456"}
    made = store.Appointment(
        leerwinkel=counsellor.leerwinkel,
        counsellor_id=counsellor.id,
        starts_at=starts_at,
        ends_at=starts_at + dtm.timedelta(minutes=45),
        created_at=NOW,
        changed_at=NOW,
        **(given | values),
    )
    with store.session() as work:
        work.add(made)
    return made


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    """It is NOW in every test of the desk, whatever day and hour the tests run at.

    A file whose tests need the real clock has a fixture `clock` of its own, with the reason.
    """
    with freezegun.freeze_time(NOW) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def mail_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """There is one in the settings; `no_mail_server` takes it away."""
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "mail.example.be")
    monkeypatch.setenv("LEERWIJZER_SMTP_FROM", "leerwijzer@example.be")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def no_mail_server(monkeypatch: pytest.MonkeyPatch, mail_server: None, app: Starlette) -> None:
    """Nobody set up mail."""
    monkeypatch.setenv("LEERWIJZER_SMTP_HOST", "")
    settings.cache_clear()


@pytest.fixture(autouse=True)
def fast_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2, with the least work it allows."""
    cheap = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: cheap)
    accounts._nobody.cache_clear()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Starlette:
    """The desk and nothing else; on SQLite unless the test names another database's fixture."""
    request.getfixturevalue(getattr(request, "param", "database"))
    return Starlette(routes=routes)


@pytest.fixture
def make_user(app: Starlette) -> Callable[..., store.Counsellor]:
    """Makes an account of the desk."""

    def make(
        email: str = "an@genk.be",
        *,
        name: str = "An",
        leerwinkel: str = "genk",
        role: str = "counsellor",
    ) -> store.Counsellor:
        return accounts.add(
            email, name=name, leerwinkel=leerwinkel, role=role, password=PASSWORD, now=NOW
        )

    return make


@pytest.fixture
def make_intake(app: Starlette) -> Callable[..., int]:
    """Stores an intake with every field filled in, agreed; values can be replaced."""

    def make(*, agreed: bool = True, at: dtm.datetime = NOW, **values: Any) -> int:
        with store.session() as work:
            intake = store.Intake(
                sender_id="web-1",
                created_at=at,
                updated_at=at,
                agreed_at=at if agreed else None,
                status={
                    name: "derived" if field.ask == "derived" else "said"
                    for name, field in contract.fields().items()
                },
                shown=SHOWN,
            )
            for name, value in (FULL | values).items():
                setattr(intake, name, value)
            work.add(intake)
            work.flush()
            return intake.id

    return make


class Browser(TestClient):
    """A client that fills in forms as a browser would."""

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found, f"no form on {path}"
        return found.group(1)

    def submit(self, path: str, *, on: str, **fields: str) -> Any:
        """Posts a form that stands on the page `on`, with its token."""
        return self.post(path, data={"csrf": self.token(on), **fields})

    def hidden(self, path: str, *names: str) -> dict[str, str]:
        """What stands in the hidden fields of a page of the desk; empty when there is no form."""
        page = self.get(f"/desk{path}").text
        found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in names}
        return {name: html.unescape(one[1]) if one else "" for name, one in found.items()}

    def fill(self, path: str, **fields: str) -> Any:
        """Posts a form of the desk, with the token of the account page."""
        return self.submit(f"/desk{path}", on="/desk/account", **fields)

    def insist(self, path: str, **fields: str) -> Any:
        """Posts a form, reads what is odd about it, and confirms that it is meant."""
        asked = self.fill(path, **fields)
        assert asked.status_code == 422
        found = re.search(r'name="toch" value="([^"]+)"', asked.text)
        assert found, "nothing was asked"
        return self.fill(path, **fields, toch=found[1])

    def read(self, path: str) -> str:
        """What a person reads on a page of the desk."""
        answer = self.get(f"/desk{path}")
        assert answer.status_code == 200, path
        return plain(answer.text)

    def log_in(self, email: str = "an@genk.be", password: str = PASSWORD, **more: str) -> Any:
        return self.submit("/desk/login", on="/desk/login", email=email, password=password, **more)


@pytest.fixture
def open_browser(app: Starlette) -> Callable[[], Browser]:
    """Makes browsers that share nothing."""
    return lambda: Browser(app, follow_redirects=False)


@pytest.fixture
def browser(open_browser: Callable[[], Browser]) -> Browser:
    """One browser, not logged in."""
    return open_browser()
