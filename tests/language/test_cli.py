"""`leerwijzer language`."""

import json
import pathlib

from click.testing import CliRunner

from bot.language.cli import language


def test_check_says_that_all_is_well_in_one_folder() -> None:
    result = CliRunner().invoke(language, ["check", "domain/safety"])
    assert result.exit_code == 0
    assert "gewone taal" in result.output


def test_measure_compares_any_text(tmp_path: pathlib.Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "De aanvraag wordt behandeld door de bevoegde administratie binnen de termijn."
    )
    result = CliRunner().invoke(language, ["measure", "--json", str(letter)])
    figures = json.loads(result.output)
    assert figures["name"] == "letter.txt"
    assert figures["passive"] == 1
    assert figures["flesch"] < 60
    assert figures["everyday"] < 0.9
