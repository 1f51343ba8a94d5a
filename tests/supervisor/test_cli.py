"""`leerwijzer serve` and `leerwijzer train` on the command line."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.settings import settings
from bot.supervisor import cli, training
from bot.supervisor.errors import DISK_FULL, SupervisorError


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("LEERWIJZER_VAR", str(tmp_path / "var"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_taken_port_stops_serve_with_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("LEERWIJZER_ACTIONS_PORT", str(taken.getsockname()[1]))
        settings.cache_clear()
        actual = CliRunner().invoke(cli.serve, ["--processes", "actions"])
    assert actual.exit_code == 1
    assert "LEERWIJZER_ACTIONS_PORT" in actual.output
    assert actual.output.count("\n") == 1


def test_an_unknown_process_is_refused() -> None:
    actual = CliRunner().invoke(cli.serve, ["--processes", "rasa,koffie"])
    assert actual.exit_code == 2
    assert "kies uit rasa, actions, web" in actual.output


def test_a_full_disk_stops_serve_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.setenv("LEERWIJZER_ACTIONS_PORT", str(free_port))
    settings.cache_clear()
    monkeypatch.setattr(cli, "NEEDED_BYTES", 10**18)
    actual = CliRunner().invoke(cli.serve, ["--processes", "actions"])
    assert actual.exit_code == 1
    assert actual.output == f"Error: {DISK_FULL}\n"


def test_an_up_to_date_model_is_not_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "is_current", lambda: True)
    monkeypatch.setattr(training, "learn_intake", lambda: None)
    assert CliRunner().invoke(cli.train, []).output == "Het model is al klaar.\n"


def test_what_reading_learns_can_fail_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise SupervisorError("De voorbeelden zijn niet te lezen.")

    monkeypatch.setattr(training, "is_current", lambda: True)
    monkeypatch.setattr(training, "learn_intake", fails)
    actual = CliRunner().invoke(cli.train, [])
    assert actual.exit_code == 1
    assert "De voorbeelden zijn niet te lezen." in actual.output


def test_a_failed_training_shows_its_last_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object, **__: object) -> bool:
        raise SupervisorError("De training is mislukt.", ["one", "two"])

    monkeypatch.setattr(training, "is_current", lambda: False)
    monkeypatch.setattr(training, "learn_intake", lambda: None)
    monkeypatch.setattr(training, "ensure", fails)
    actual = CliRunner().invoke(cli.train, [])
    assert actual.exit_code == 1
    assert actual.output == "  | one\n  | two\nError: De training is mislukt.\n"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "http://localhost:8000"),
        ({"LEERWIJZER_HOST": "0.0.0.0", "LEERWIJZER_WEB_PORT": "81"}, "http://localhost:81"),  # noqa: S104
        ({"LEERWIJZER_HOST": "10.0.0.5"}, "http://10.0.0.5:8000"),
    ],
)
def test_ready_names_the_address_to_open(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    actual = cli._ready(settings(), ("web",))
    assert actual.startswith(f"Leerwijzer draait op {expected} ")
