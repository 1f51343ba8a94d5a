"""Loading: every mistake at once, with file, line and remedy; a wrong file changes nothing."""

import logging
import pathlib
import time
from collections.abc import Callable

import pytest

from bot.catalogue import loading, yamlread
from bot.catalogue.loading import CatalogueError

Edit = Callable[[str, str, str], None]


def problems(folder: pathlib.Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        loading.load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_sample_loads(folder: pathlib.Path) -> None:
    assert len(loading.load(folder).courses) == 16


def test_no_stays_a_word_and_a_time_stays_text(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: NO\nb: 12:30\nc:\nd: null\ne: 'null'\n", encoding="utf-8")
    content = yamlread.read(path, "a.yaml").content
    assert content == {"a": "NO", "b": "12:30", "c": None, "d": None, "e": "null"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "themes: [care], words",
            "themes: [zorg], words",
            ["'themes' mag niet 'zorg'", "Kies uit"],
        ),
        ("type: evc", "type: evcc", ["'type' mag niet 'evcc'", "Bedoel je 'evc'?"]),
        ("provider: lbc", "provider: lbcc", ["de school 'lbcc'", "Bedoel je 'lbc'?"]),
        ("tariff: vdab,", "tariff: vdabb,", ["het tarief 'vdabb'", "Bedoel je 'vdab'?"]),
        ("dutch_at_most: a1", "dutch_at_mots: a1", ["bestaat niet", "Bedoel je 'dutch_at_most'?"]),
        ('places: ["3500"]', "places: [Hasselt]", ["'Hasselt'", "vier cijfers"]),
        ("hours: 1200", "hours: veel", ["geen goed getal: 'veel'", "alleen cijfers"]),
        ("age: 21", "age: 210", ["mag niet 210 zijn", "hoogstens 70"]),
        ("checked_on: 2026-11-22", "checked_on: gisteren", ["geen datum", "2026-11-22"]),
        ("verified: false", "verified: misschien", ["geen ja of nee", "true of false"]),
        ('source: "https://example.org/a"', "source: example.org", ["https://"]),
        ("education_with: [aav]", "education_with: [aaf]", ["het bewijs 'aaf'"]),
        ("id: nt2-cvo", "id: nt2-ligo", ["id 'nt2-ligo' bestaat al", "lijn 1"]),
        ("id: nt2-cvo", "id: NT2 CVO", ["kleine letters"]),
        ("everywhere: true, tariff: ligo", "tariff: ligo", ["er is geen plaats"]),
        ("summary: Je leert Nederlands.", "summary: Je leert heel snel!", ["uitroepteken"]),
        (
            "summary: Je leert Nederlands.",
            "summary: Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien.",
            ["een zin is te lang (13 woorden"],
        ),
        ("summary: Je leert Nederlands.", "summary: Een. Twee. Drie.", ["3 zinnen"]),
        (
            "asks: {education: upper_secondary, dutch: b2}, gives: {education: higher}, everywhere",
            "asks: {dutch: b2}, gives: {education: higher}, everywhere",
            ["vraagt geen schoolniveau"],
        ),
        ("title: Lassen,", "title: Lassen, title: Las,", ["'title' staat twee keer"]),
        ("type: nt2,", "", ["'type' ontbreekt"]),
    ],
)
def test_each_mistake_is_named_with_line_and_remedy(
    folder: pathlib.Path, edit: Edit, old: str, new: str, expected: list[str]
) -> None:
    # GIVEN a catalogue with one mistake
    edit("courses/all.yaml", old, new)
    lines = (folder / "courses/all.yaml").read_text(encoding="utf-8").split("\n")
    # WHEN it is loaded
    found = problems(folder)
    # THEN the message names the file, the line and what to do
    text = "\n".join(found)
    assert "courses/all.yaml, lijn " in text
    for part in expected:
        assert part in text
    numbers = [int(line.split("lijn ")[1].split(":")[0]) for line in found]
    assert any(new.split(",")[0].split(":")[0] in lines[number - 1] for number in numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: a\n\ttitle: b\n", "tab"),
        ("- id: a: b\n", "dubbele punt"),
        ('- id: "a\n', "aanhalingsteken"),
        ("hallo\n", "geen lijst"),
        ("", "leeg"),
        ("- hallo\n", "geen sleutels"),
        ("- &x [*x]\n", "geen sleutels"),
        ("- id: a\n  title: b\n   type: c\n", "springt te ver in"),
        ("- id: a\n title: b\n", "even ver inspringt"),
        ("- id: a\n  title: wat: nu\n", "tussen aanhalingstekens"),
        ("- id: [a\n  title: b\n", "Sluit het haakje"),
        ("- id: a\n---\n- id: b\n", "geen juiste YAML"),
    ],
)
def test_broken_yaml_gets_a_hint(folder: pathlib.Path, text: str, expected: str) -> None:
    (folder / "courses/broken.yaml").write_text(text, encoding="utf-8")
    assert any("courses/broken.yaml" in line and expected in line for line in problems(folder))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("asks: {age: 18, dutch: b1}", "age: 18", "Laat 'age' verder inspringen"),
        ("asks: {age: 18, dutch: b1}", "asks: {age: 18, title: x}", "Laat 'title' minder ver"),
    ],
)
def test_a_key_at_the_wrong_depth_is_told_where_it_belongs(
    folder: pathlib.Path, edit: Edit, old: str, new: str, expected: str
) -> None:
    edit("courses/all.yaml", old, new)
    assert any(expected in line for line in problems(folder))


def test_a_missing_file_is_one_mistake(folder: pathlib.Path) -> None:
    (folder / "providers.yaml").unlink()
    found = problems(folder)
    assert len(found) == 1
    assert "providers.yaml, lijn 1: dit bestand ontbreekt." in found[0]


def test_two_mistakes_in_one_course_are_both_told(folder: pathlib.Path, edit: Edit) -> None:
    edit("courses/all.yaml", "provider: cvo-qrios, type: second_chance", "provider: x, type: y")
    found = problems(folder)
    assert any("de school 'x' van 'zorg-genk'" in line for line in found)
    assert any("'type' mag niet 'y' zijn" in line for line in found)


def test_a_wrong_school_is_told_once_not_for_each_of_its_courses(
    folder: pathlib.Path, edit: Edit
) -> None:
    edit("providers.yaml", "id: vdab, name: VDAB, kind: vdab", "id: vdab, name: VDAB, kind: vdap")
    found = problems(folder)
    assert len(found) == 1
    assert "'kind' mag niet 'vdap' zijn" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  postcode: Waar je woont", "", "hier ontbreekt: postcode"),
        ("  postcode: [postcode", "  postkode: [postcode", "geen velden van de intake: postkode"),
        ("nagekeken op {date}", "nagekeken", "moet precies dit bevatten: {date} en {source}"),
        ("  care: voor mensen zorgen", "", "hier ontbreekt: care"),
        ("  done: Klaar", "", "hier ontbreekt: done"),
    ],
)
def test_labels_are_checked_too(
    folder: pathlib.Path, edit: Edit, old: str, new: str, expected: str
) -> None:
    edit("labels.yaml", old, new)
    assert any(expected in line for line in problems(folder))


def test_a_changed_label_is_used_without_a_restart(
    folder: pathlib.Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHECK_EVERY", 0.0)
    current = loading._Current()
    assert current.get(folder).labels.buttons["done"] == "Klaar"
    edit("labels.yaml", "done: Klaar", "done: Gedaan")
    assert current.get(folder).labels.buttons["done"] == "Gedaan"


def test_a_course_that_nobody_can_enter_is_refused_while_running(
    folder: pathlib.Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHECK_EVERY", 0.0)
    current = loading._Current()
    first = current.get(folder)
    edit("courses/all.yaml", "asks: {age: 18, dutch: b1}", "asks: {age: 30, age_at_most: 20}")
    assert current.get(folder) is first


def test_all_mistakes_come_at_once(folder: pathlib.Path, edit: Edit) -> None:
    edit("courses/all.yaml", "provider: lbc", "provider: nergens")
    edit("courses/all.yaml", "type: evc", "type: evcc")
    edit("glossary.yaml", "word: NT2", "woord: NT2")
    edit("support/geld.yaml", "living_wage, school_leaver_waiting", "leefloon")
    edit("tariffs.yaml", "amount: 1.50", "amount: anderhalf")
    files = {line.split(",")[0] for line in problems(folder)}
    assert files == {"courses/all.yaml", "glossary.yaml", "support/geld.yaml", "tariffs.yaml"}


def test_a_careful_measure_must_say_where_to_check(folder: pathlib.Path, edit: Edit) -> None:
    edit("support/geld.yaml", " Vraag het zeker na bij VDAB.", "")
    assert any("Vraag het zeker na bij" in line for line in problems(folder))


def test_two_leerwinkels_cannot_share_a_postcode(folder: pathlib.Path, edit: Edit) -> None:
    edit("leerwinkels.yaml", '{first: "9000"', '{first: "8900"')
    assert any("hoort bij" in line for line in problems(folder))


def test_phrases_keep_their_places_to_fill_in(folder: pathlib.Path, edit: Edit) -> None:
    edit("phrases.yaml", "op {km} km van jou", "niet ver van jou")
    assert any("{km}" in line for line in problems(folder))


def test_a_changed_file_is_read_again_and_a_wrong_one_is_refused(
    folder: pathlib.Path,
    edit: Edit,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # GIVEN a running process that looks at the files all the time
    monkeypatch.setattr(loading, "CHECK_EVERY", 0.0)
    current = loading._Current()
    first = current.get(folder)
    assert current.get(folder) is first
    # WHEN a title changes, it is seen
    edit("courses/all.yaml", "title: Lassen,", "title: Metaal lassen,")
    second = current.get(folder)
    assert second.by_id["lassen-avond"].title == "Metaal lassen"
    # WHEN a file is wrong, the old catalogue stays and the log says so, once
    edit("courses/all.yaml", "type: evc", "type: evccc")
    with caplog.at_level(logging.ERROR):
        assert current.get(folder) is second
        assert current.get(folder) is second
    assert [r.getMessage().split()[0] for r in caplog.records] == ["catalogue_refused"]
    # WHEN it is mended, it counts again
    edit("courses/all.yaml", "type: evccc", "type: evc")
    assert current.get(folder) is not second


def test_the_files_are_looked_at_once_a_second(folder: pathlib.Path, edit: Edit) -> None:
    current = loading._Current()
    first = current.get(folder)
    edit("courses/all.yaml", "title: Lassen,", "title: Metaal lassen,")
    assert current.get(folder) is first
    current._looked[folder] = time.monotonic() - 1.1
    assert current.get(folder) is not first


def test_the_first_load_of_a_wrong_catalogue_fails(folder: pathlib.Path, edit: Edit) -> None:
    edit("courses/all.yaml", "type: evc", "type: evcc")
    with pytest.raises(CatalogueError):
        loading._Current().get(folder)
