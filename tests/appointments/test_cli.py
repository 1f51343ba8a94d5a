import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot import store
from bot.appointments.cli import demo_data
from bot.desk import accounts

pytestmark = pytest.mark.usefixtures("database")


def counsellors() -> list[store.Counsellor]:
    with store.session(writes=False) as work:
        return list(work.scalars(sa.select(store.Counsellor)))


def test_demo_data_makes_two_counsellors_a_leerwinkel_with_free_slots() -> None:
    result = CliRunner().invoke(demo_data, ["--password", "een goed wachtwoord"])
    assert result.exit_code == 0
    assert len(counsellors()) == 12
    assert "een goed wachtwoord" not in result.output
    assert "Leerwinkel Genk: eerste vrije moment " in result.output
    assert "niets" not in result.output
    assert accounts.check("elif.genk@demo.invalid", "een goed wachtwoord")


def test_demo_data_prints_generated_passwords_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "hash_password", lambda password: f"hash of {password}")
    first = CliRunner().invoke(demo_data)
    made = {c.email: c.password_hash.removeprefix("hash of ") for c in counsellors()}
    assert len(set(made.values())) == 12
    assert all(password in first.output for password in made.values())
    second = CliRunner().invoke(demo_data)
    assert second.exit_code == 0
    assert "bestaan al" in second.output
    assert {c.email: c.password_hash.removeprefix("hash of ") for c in counsellors()} == made


def test_demo_data_refuses_a_short_password() -> None:
    result = CliRunner().invoke(demo_data, ["--password", "kort"])
    assert result.exit_code == 2
    assert "minstens 10 tekens" in result.output
