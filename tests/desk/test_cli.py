import datetime as dtm
import json

import pytest
from click.testing import CliRunner, Result

from bot import store
from bot.desk import accounts, sessions, totp
from bot.desk.cli import user
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("database")


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(user, arguments, input=typed)


def add(email: str = "an@genk.be", *more: str, typed: str = PASSWORD + "\n") -> Result:
    return run(
        "add", email, "--name", "An", "--leerwinkel", "genk", "--password-stdin", *more, typed=typed
    )


def test_an_account_is_made_with_the_password_from_standard_input() -> None:
    result = add()
    assert (result.exit_code, result.output) == (
        0,
        "an@genk.be kan nu aanmelden bij Leerwinkel Genk.\n",
    )
    found = accounts.check("an@genk.be", PASSWORD)
    assert found
    assert (found.first_name, found.role) == ("An", "counsellor")


def test_the_password_is_asked_twice_until_it_is_good() -> None:
    typed = f"kort\n{PASSWORD}\nanders dan het eerste\n{PASSWORD}\n{PASSWORD}\n"
    result = run("add", "an@genk.be", "--name", "An", "--leerwinkel", "genk", typed=typed)
    assert result.exit_code == 0
    assert "Het wachtwoord is te kort." in result.output
    assert "niet gelijk" in result.output
    assert PASSWORD not in result.output
    assert accounts.check("an@genk.be", PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("geen-adres", "--name", "An", "--leerwinkel", "genk"), PASSWORD, "geen e-mailadres"),
        (("an@genk.be", "--leerwinkel", "genk"), PASSWORD, "Geef een voornaam"),
        (("an@genk.be", "--name", "An"), PASSWORD, "Kies een Leerwinkel"),
        (("an@genk.be", "--name", "An", "--leerwinkel", "x"), PASSWORD, "bestaat niet"),
        (
            ("an@genk.be", "--name", "An", "--leerwinkel", "genk", "--role", "baas"),
            PASSWORD,
            "De rol 'baas' bestaat niet",
        ),
        (("an@genk.be", "--name", "An", "--leerwinkel", "genk"), "123456789", "minstens 10"),
        (("an@genk.be", "--name", "An", "--leerwinkel", "genk"), "aaaaaaaaaaaa", "te eenvoudig"),
        (("an@genk.be", "--name", "An", "--leerwinkel", "genk"), "", "te kort"),
    ],
)
def test_what_is_wrong_is_said_in_dutch(arguments: tuple[str, ...], typed: str, said: str) -> None:
    result = run("add", *arguments, "--password-stdin", typed=typed + "\n")
    assert result.exit_code == 1
    assert result.output.startswith("Fout: ")
    assert said in result.output
    assert accounts.everyone() == []


def test_an_address_has_one_account() -> None:
    add()
    result = add("AN@genk.be")
    assert result.exit_code == 1
    assert "heeft al een account" in result.output


def test_accounts_are_listed_and_disabled() -> None:
    add()
    add("bo@genk.be", "--role", "coordinator")
    assert run("disable", "an@genk.be").exit_code == 0
    text = run("list").output
    assert "afgesloten" in text
    assert "coördinator" in text
    rows = json.loads(run("list", "--json").output)
    assert [(row["email"], row["active"]) for row in rows] == [
        ("an@genk.be", False),
        ("bo@genk.be", True),
    ]
    assert accounts.check("an@genk.be", PASSWORD) is None


def test_without_accounts_the_list_says_how_to_make_one() -> None:
    assert "leerwijzer user add" in run("list").output


def test_an_unknown_account_cannot_be_disabled() -> None:
    result = run("disable", "wie@genk.be")
    assert result.exit_code == 1
    assert "heeft geen account" in result.output


def test_a_password_is_replaced_and_open_sessions_end() -> None:
    add()
    with store.session() as work:
        sessions.end_all(work, 1)
        user = work.get_one(store.Counsellor, 1)
    now = dtm.datetime.now(dtm.timezone.utc)
    sessions.start(user, now=now)
    result = run("password", "AN@genk.be", "--password-stdin", typed="a new good password\n")
    assert "an@genk.be heeft een nieuw wachtwoord." in result.output
    assert accounts.check("an@genk.be", PASSWORD) is None
    assert accounts.check("an@genk.be", "a new good password")
    assert sessions.how_many(1, now=now) == 0
    assert run("password", "an@genk.be", "--password-stdin", typed="short\n").exit_code == 1


def test_a_role_changes_and_an_account_opens_again() -> None:
    add()
    assert "is nu coördinator" in run("role", "an@genk.be", "coordinator").output
    assert "bestaat niet" in run("role", "an@genk.be", "baas").output
    run("disable", "an@genk.be")
    assert "kan weer aanmelden" in run("enable", "an@genk.be").output
    (one,) = accounts.everyone()
    assert (one.role, one.active) == ("coordinator", True)


def test_a_lost_second_factor_is_switched_off() -> None:
    add()
    with store.session() as work:
        totp.switch_on(work, 1, "JBSWY3DPEHPK3PXP", 0)
    assert "met het wachtwoord alleen" in run("reset-second-factor", "an@genk.be").output
    assert accounts.everyone()[0].totp_sealed is None
    assert totp.codes_left(1) == 0


@pytest.mark.parametrize("command", ["password", "enable", "reset-second-factor"])
def test_an_unknown_account_is_named(command: str) -> None:
    result = run(command, "wie@genk.be")
    assert result.exit_code == 1
    assert "Fout: wie@genk.be heeft geen account." in result.output
