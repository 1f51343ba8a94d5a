"""The commands: match answers line by line, check stops on a wrong file."""

import json
import pathlib
import shutil
import subprocess
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
    assert "\nPrijs: " in result.stdout
    wrong = run("catalogue", "show", "zorg-gent")
    assert wrong.exit_code == 1
    assert "Bedoel je 'zorg-genk'?" in wrong.stderr


def test_show_pretends_no_source_for_general_knowledge(
    run: Callable[..., Result], edit: Callable[[str, str, str], None]
) -> None:
    assert "\nBron: https://" in run("catalogue", "show", "zorg-genk").stdout
    edit("courses/all.yaml", "{id: zorg-genk,", "{id: zorg-genk, general_knowledge: true,")
    shown = run("catalogue", "show", "zorg-genk").stdout
    assert "Bron: geen. Dit is algemene kennis.\nNavragen kan hier: https://" in shown
    assert "\nBron: https://" not in shown


def test_stale_lists_what_is_not_sure(run: Callable[..., Result]) -> None:
    found = json.loads(run("catalogue", "stale", "--json").stdout)
    assert {"kind": "opleiding", "id": "bus", "why": "nog niet zeker"}.items() <= next(
        entry for entry in found if entry["id"] == "bus"
    ).items()
    assert "zorg-genk" not in {entry["id"] for entry in found}


def test_stale_shows_a_few_pages_and_writes_them_all(
    run: Callable[..., Result], tmp_path: pathlib.Path
) -> None:
    few = run("catalogue", "stale", "--number", "2").stdout
    assert len([line for line in few.splitlines() if line.startswith("http")]) == 2
    assert "Hier staan de eerste 2 pagina's." in few
    everything = run("catalogue", "stale", "--all").stdout
    assert "Hier staan" not in everything
    target = tmp_path / "werklijst.md"
    assert run("catalogue", "stale", "--file", str(target)).exit_code == 0
    worklist = target.read_text(encoding="utf-8")
    pages = [line for line in everything.splitlines() if line.startswith("http")]
    assert worklist.count("\n## ") == len(pages) > 2
    assert "- [ ] opleiding `bus`: nog niet zeker (courses/all.yaml, lijn " in worklist
    wrong = run("catalogue", "stale", "--file", str(tmp_path / "nergens" / "a.md"))
    assert wrong.exit_code == 1
    assert "is niet te schrijven" in wrong.stderr


def test_search_says_when_nothing_is_found(run: Callable[..., Result]) -> None:
    assert "lassen-avond" in run("catalogue", "search", "lassen").stdout
    result = run("catalogue", "search", "qzxwqz")
    assert result.exit_code == 1
    assert "Niets gevonden voor 'qzxwqz'" in result.stdout


def test_schema_is_written(run: Callable[..., Result], folder: pathlib.Path) -> None:
    (folder / "schema" / "course.json").unlink()
    assert run("catalogue", "schema").exit_code == 0
    assert json.loads((folder / "schema" / "course.json").read_text(encoding="utf-8"))


RIGHT = [
    "Fietsen: herstellen", "lbc", "vocational", "6", "fiets, velo", "2800", "evening", "a1", "",
    "Je leert fietsen herstellen.", "Bel de school.", "https://example.org/fiets",
]  # fmt: skip


def test_new_asks_and_writes(run: Callable[..., Result], folder: pathlib.Path) -> None:
    result = run("catalogue", "new", text="\n".join(RIGHT) + "\n")
    assert result.exit_code == 0, result.output
    assert "  6 engineering: techniek: metaal, elektriciteit, auto's" in result.stdout
    course = loading.load(folder).by_id["fietsen-herstellen-lbc"]
    assert course.title == "Fietsen: herstellen"
    assert course.words == ["fiets", "velo"]
    assert course.places == ["2800"]
    assert course.asks.dutch == "a1"
    assert course.schedule == ["evening"]
    assert not course.verified
    assert run("catalogue", "check").exit_code == 0


@pytest.mark.parametrize(
    ("at", "wrong", "said"),
    [
        (0, "", "Vul hier iets in."),
        (1, "zzzz", "staat niet in providers.yaml"),
        (2, "vocasional", "Bedoel je vocational?"),
        (3, "99", "staat niet in de lijst"),
        (3, "1,2,3,4,5", "Kies er hoogstens 4."),
        (5, "28", "vier cijfers"),
        (5, "9999", "Postcode 9999 bestaat niet."),
        (9, "Leuk!", "uitroepteken"),
        (9, "Dit kost 5 euro.", "Schrijf hier geen prijs"),
        (11, "geen", "https://"),
    ],
)
def test_new_asks_only_the_wrong_answer_again(
    run: Callable[..., Result], folder: pathlib.Path, at: int, wrong: str, said: str
) -> None:
    answers = [*RIGHT[:at], wrong, *RIGHT[at:]]
    result = run("catalogue", "new", text="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert said in result.output
    assert loading.load(folder).by_id["fietsen-herstellen-lbc"].sign_up == "Bel de school."


def test_new_knows_schools_by_a_part_of_their_name_and_asks_which(
    run: Callable[..., Result], folder: pathlib.Path
) -> None:
    answers = [RIGHT[0], "cvo q", "1", *RIGHT[2:]]
    result = run("catalogue", "new", text="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "cvo-qrios" in {c.provider for c in loading.load(folder).courses if "fiets" in c.id}


def test_new_warns_of_a_course_that_is_there_already(run: Callable[..., Result]) -> None:
    answers = ["Zorgkundige", "cvo-qrios", "n"]
    result = run("catalogue", "new", text="\n".join(answers) + "\n")
    assert result.exit_code == 1
    assert "staat er al: zorg-genk (courses/all.yaml, lijn 5)" in result.output
    assert "Er is niets geschreven." in result.stderr


def test_new_that_is_stopped_writes_nothing(
    run: Callable[..., Result], folder: pathlib.Path
) -> None:
    before = (folder / "courses" / "all.yaml").read_bytes()
    result = run("catalogue", "new", text="\n".join(RIGHT[:5]) + "\n")
    assert result.exit_code == 1
    assert (folder / "courses" / "all.yaml").read_bytes() == before


def test_diff_tells_what_changes_for_people(
    run: Callable[..., Result],
    folder: pathlib.Path,
    tmp_path: pathlib.Path,
    edit: Callable[[str, str, str], None],
) -> None:
    # GIVEN a copy of the catalogue as it was, and a change in it
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    assert "Voor 0 van de 21 voorbeelden" in run("catalogue", "diff", str(old)).stdout
    edit("courses/all.yaml", "id: lassen-avond", "id: lassen-anders")
    # WHEN they are compared
    result = run("catalogue", "diff", str(old))
    # THEN the courses and the people are named
    assert result.exit_code == 0, result.output
    assert "1 nieuw: lassen-anders" in result.stdout
    assert "1 weg: lassen-avond" in result.stdout
    assert "kevin: gestopt in het vierde jaar" in result.stdout
    assert "   + opleiding lassen-anders" in result.stdout
    assert "   - opleiding lassen-avond" in result.stdout
    assert "amina:" not in result.stdout
    content = json.loads(run("catalogue", "diff", str(old), str(folder), "--json").stdout)
    kevin = next(person for person in content["people"] if person["id"] == "kevin")
    assert kevin["courses_in"] == ["lassen-anders"]


def test_diff_reads_a_version_in_git(
    run: Callable[..., Result], folder: pathlib.Path, edit: Callable[[str, str, str], None]
) -> None:
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", "-C", str(folder.parent), *words], check=True)
    edit("courses/all.yaml", "title: Lassen,", "title: Metaal lassen,")
    assert "1 anders: lassen-avond" in run("catalogue", "diff", "HEAD").stdout
    for name in ("nergens", "--output=x", ""):
        wrong = run("catalogue", "diff", "--", name)
        assert wrong.exit_code == 1
        assert "geen versie in git" in wrong.stderr


def test_match_is_also_a_command_of_the_catalogue(run: Callable[..., Result]) -> None:
    assert json.loads(run("catalogue", "match", text="{}\n").stdout)["courses"]
