"""The commands: match answers line by line, check stops on a wrong file."""

import json
import pathlib
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from bot.catalogue import loading
from bot.cli import main
from bot.settings import settings


@pytest.fixture
def run(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    monkeypatch.setenv("LEERWIJZER_CATALOGUE", str(folder))
    settings.cache_clear()

    def call(*args: str, text: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(args), input=text)

    yield call
    settings.cache_clear()


def test_match_answers_each_line(run: Callable[..., Result]) -> None:
    records = [
        {"dream_themes": ["care"], "dutch_level": "b1", "postcode": "3600"},
        {},
        {"dutch_level": None},
    ]
    result = run("match", text="\n".join(map(json.dumps, records)) + "\n\n")
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == 3
    assert answers[0]["themes"] == ["care"]
    assert answers[0]["courses"][0]["id"] == "zorg-genk"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "geen juiste JSON"),
        ("[1]", "geen record"),
        ('{"dutch_level": "b9"}', "dutch_level kent de code"),
        ('{"barriers": "finance"}', "lijst van codes"),
        ('{"barriers": ["finanse"]}', "bedoel je 'finance'"),
        ('{"consent": "ja"}', "true of false"),
        ('{"postcode": "36OO"}', "vier cijfers"),
        ('{"postcode": 3600}', "moet tekst zijn"),
        ("[" * 100_000, "geen juiste JSON"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_answered(
    run: Callable[..., Result], line: str, expected: str
) -> None:
    result = run("match", text=f'{{}}\n{line}\n{{"dutch_level": "a0"}}\n')
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith("lijn 2: ")
    assert expected in result.stderr
    assert "Traceback" not in result.output


def test_bytes_that_are_no_text_are_a_wrong_line(run: Callable[..., Result]) -> None:
    result = run("match", text=b"\xff\xfe\n{}\n")
    assert result.exit_code == 1
    assert "lijn 1: dit is geen UTF-8" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_field_that_does_not_exist_is_told_and_left_out(run: Callable[..., Result]) -> None:
    result = run("match", text='{"dutchlevel": "a0"}\n')
    assert result.exit_code == 0
    assert "onbekend veld 'dutchlevel'" in result.stderr


def test_check_says_that_all_is_well(run: Callable[..., Result]) -> None:
    result = run("catalogue", "check")
    assert result.exit_code == 0
    assert "In orde: 16 opleidingen." in result.stdout


def test_check_stops_on_a_wrong_file(
    run: Callable[..., Result], folder: pathlib.Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("courses/all.yaml", "type: evc", "type: evcc")
    result = run("catalogue", "check", str(folder))
    assert result.exit_code == 1
    assert (
        "courses/all.yaml, lijn 7: 'type' mag niet 'evcc' zijn. Bedoel je 'evc'?" in result.stdout
    )
    found = json.loads(run("catalogue", "check", "--json").stdout)
    assert found[0]["file"] == "courses/all.yaml"
    assert found[0]["line"] == 7


def test_check_knows_postcodes(
    run: Callable[..., Result], edit: Callable[[str, str, str], None]
) -> None:
    edit("courses/all.yaml", 'places: ["3500"]', 'places: ["3599"]')
    result = run("catalogue", "check")
    assert result.exit_code == 1
    assert "postcode 3599 van 'bus' bestaat niet." in result.stdout


def test_match_on_a_wrong_catalogue_says_what_is_wrong(
    run: Callable[..., Result], edit: Callable[[str, str, str], None]
) -> None:
    edit("courses/all.yaml", "type: evc", "type: evcc")
    result = run("match", text="{}\n")
    assert result.exit_code == 1
    assert "lijn 7" in result.stderr


def test_show_tells_what_the_client_sees(run: Callable[..., Result]) -> None:
    result = run("catalogue", "show", "zorg-genk")
    assert "Zorgkundige - CVO Qrios" in result.stdout
    assert "Bestand: courses/all.yaml, lijn 5" in result.stdout
    assert json.loads(run("catalogue", "show", "zorg-genk", "--json").stdout)["line"] == 5
    wrong = run("catalogue", "show", "zorg-gent")
    assert wrong.exit_code == 1
    assert "Bedoel je 'zorg-genk'?" in wrong.stderr


def test_stale_lists_what_is_not_sure(run: Callable[..., Result]) -> None:
    found = json.loads(run("catalogue", "stale", "--json").stdout)
    assert {"kind": "opleiding", "id": "bus", "why": "nog niet zeker"}.items() <= next(
        entry for entry in found if entry["id"] == "bus"
    ).items()
    assert "zorg-genk" not in {entry["id"] for entry in found}
    assert "na te kijken." in run("catalogue", "stale").stdout


def test_schema_is_written(run: Callable[..., Result], folder: pathlib.Path) -> None:
    (folder / "schema" / "course.json").unlink()
    assert run("catalogue", "schema").exit_code == 0
    assert json.loads((folder / "schema" / "course.json").read_text(encoding="utf-8"))


def test_new_asks_and_writes(run: Callable[..., Result], folder: pathlib.Path) -> None:
    answers = [
        "Fietsen: herstellen", "lbc", "vocational", "engineering", "2800", "a1", "",
        "Je leert fietsen herstellen.", "Bel de school.", "https://example.org/fiets",
    ]  # fmt: skip
    result = run("catalogue", "new", text="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    course = loading.load(folder).by_id["fietsen-herstellen-lbc"]
    assert course.title == "Fietsen: herstellen"
    assert course.places == ["2800"]
    assert course.asks.dutch == "a1"
    assert not course.verified


def test_new_refuses_what_is_wrong_and_writes_nothing(
    run: Callable[..., Result], folder: pathlib.Path
) -> None:
    answers = ["Fiets", "lbc", "vocational", "engineering", "28", "", "", "Leuk!", "Bel.", "geen"]
    result = run("catalogue", "new", text="\n".join(answers) + "\n")
    assert result.exit_code == 1
    assert "vier cijfers" in result.stderr
    assert not (folder / "courses" / "engineering.yaml").exists()
