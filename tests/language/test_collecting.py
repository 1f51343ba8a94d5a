"""No text and no file escapes; a reason in the file exempts a text."""

import pathlib
import shutil

import pytest

from bot.language import checking, collecting
from tests.language.conftest import ROOT


@pytest.fixture
def project(tmp_path: pathlib.Path) -> pathlib.Path:
    """A small project: the real catalogue and one file of responses."""
    shutil.copytree(ROOT / "catalogue", tmp_path / "catalogue")
    (tmp_path / "domain").mkdir()
    (tmp_path / "bot").mkdir()
    return tmp_path


def responses(project: pathlib.Path, body: str) -> None:
    (project / "domain" / "new.yml").write_text(f"responses:\n  utter_x:\n{body}", encoding="utf-8")


def found(project: pathlib.Path, start: str = "domain") -> list[tuple[int, str]]:
    return [(one.line, one.rule) for one in checking.check(project, start)]


def test_all_files_of_this_project_are_listed_with_what_they_are() -> None:
    assert collecting.unlisted(ROOT) == []


def test_every_response_and_button_of_the_domain_is_collected() -> None:
    texts = {one.text for one in collecting.collect(ROOT)}
    for file in (ROOT / "domain").glob("*.yml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("- text: ") and "\\" not in line:
                assert line.partition("text: ")[2].strip().strip('"') in texts, line


@pytest.mark.parametrize(
    "file",
    ["bot/appointments/messages.yaml", "bot/channels/texts.yaml", "bot/contract/intake.yaml",
     "bot/channels/telegram/texts.yaml", "bot/channels/templates/appointment.html",
     "bot/channels/widget.yaml", "bot/channels/widget/index.html",
     "catalogue/labels.yaml", "catalogue/phrases.yaml", "catalogue/leerwinkels.yaml"],
)  # fmt: skip
def test_each_place_with_texts_gives_texts(file: str) -> None:
    assert [one for one in collecting.collect(ROOT) if one.file == file]


def test_every_label_of_the_widget_is_collected() -> None:
    texts = {one.text for one in collecting.collect(ROOT) if one.file.endswith("widget.yaml")}

    assert {"Typ hier je antwoord", "Sla over", "Een mens", "Probeer nu"} <= texts


def test_a_new_text_is_found_without_being_named(project: pathlib.Path) -> None:
    responses(project, '    - text: "De implementatie wordt gerealiseerd."\n')
    assert {rule for _, rule in found(project)} >= {"woord", "lijdend"}
    assert {line for line, _ in found(project)} == {3}


def test_a_new_kind_of_file_is_a_finding(project: pathlib.Path) -> None:
    (project / "bot" / "extra.yaml").write_text("welkom: Dag, wat wil je leren?\n")
    assert found(project, "bot/extra") == [(1, "bestand")]


def test_a_sentence_in_python_is_a_finding(project: pathlib.Path) -> None:
    folder = project / "bot" / "conversation"
    folder.mkdir()
    code = '"""Wat doet dit hier."""\nimport re\nFINE = re.compile("wat wil je leren")\n'
    (folder / "new.py").write_text(code + 'SAID = "Wat wil je leren?"\n')
    assert found(project, "bot/conversation") == [(4, "python")]


def test_a_reason_above_or_beside_exempts_one_rule(project: pathlib.Path) -> None:
    responses(
        project,
        "    # taal uitroep: zo staat het op de deur\n"
        '    - text: "Welkom!"\n'
        '    - text: "Dag!"  # taal uitroep: zo staat het op de deur\n',
    )
    assert found(project) == []


def test_a_reason_for_one_rule_leaves_the_others(project: pathlib.Path) -> None:
    responses(project, '    - text: "Wat wilt u!"  # taal uitroep: zo staat het op de deur\n')
    assert found(project) == [(3, "je")]


def test_an_exemption_needs_a_reason_and_a_need(project: pathlib.Path) -> None:
    responses(
        project,
        '    - text: "Dag!"  # taal uitroep: omdat\n'
        '    - text: "Dag."  # taal: is goed zoals het is\n',
    )
    assert found(project) == [(3, "uitzondering"), (4, "uitzondering")]


def test_pages_give_their_visible_texts_only() -> None:
    page = (
        "<title>Dag</title><style>a{b:c}</style>\n"
        "<p>Je komt {{ when }}.{% if x %} Nee{% endif %}</p>"
    )
    pieces = list(collecting._PageReader().pieces(page))
    assert pieces == [(1, "title", "Dag"), (2, "p", "Je komt {ding}. Nee")]
