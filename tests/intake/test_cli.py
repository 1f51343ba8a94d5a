"""`leerwijzer understand` and `leerwijzer data`."""

import datetime as dtm
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot import intake
from bot.intake.cli import data, understand

NOW = dtm.datetime(2026, 11, 22, 10, 0, tzinfo=dtm.timezone.utc)


def _understand(field: str, text: str, *more: str) -> list[object]:
    result = CliRunner().invoke(understand, [field, *more], input=text)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_each_line_is_answered_with_one_json_value() -> None:
    assert _understand("consent", "ja\nnee\nhuh\n\n") == [True, False, None, None]
    assert _understand("barriers", "geld\nniks\n") == [["finance"], []]
    assert _understand("education_level", "6de leerjaar") == ["primary"]


def test_the_clock_can_be_set() -> None:
    expected = [{"from": "2026-11-22T14:30:00", "to": "2026-11-22T15:30:00"}]
    assert _understand("appointment_time", "half drie", "--now", "2026-11-22T10:00") == expected


def test_a_wrong_clock_and_an_unknown_field_are_explained() -> None:
    wrong = CliRunner().invoke(understand, ["age_band", "--now", "gisteren"])
    assert wrong.exit_code == 2
    assert "is geen tijd" in wrong.output
    assert CliRunner().invoke(understand, ["schoenmaat"]).exit_code == 2


def test_an_answer_comes_before_the_next_line_is_sent() -> None:
    """A program that asks line by line must not wait for ever."""
    command = "from bot.intake.cli import understand; understand()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "consent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for said, expected in (("ja", "true"), ("nee", "false")):
            process.stdin.write(said + "\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == expected
        process.stdin.close()


@pytest.mark.usefixtures("database")
def test_data_can_be_shown_and_wiped() -> None:
    intake.save_turn(
        "web-1", channel="web", values={"consent": True, "dream": "kok"}, status={}, shown={},
        agreed=False, over=False, now=NOW,
    )  # fmt: skip
    shown = CliRunner().invoke(data, ["export", "web-1"])
    assert json.loads(shown.output)["intakes"][0]["dream"] == "kok"
    assert "gewist" in CliRunner().invoke(data, ["delete", "web-1"]).output
    gone = CliRunner().invoke(data, ["export", "web-1"])
    assert gone.exit_code == 1
    assert "niets bewaard" in gone.output


@pytest.mark.usefixtures("database")
def test_purge_says_how_many_went() -> None:
    intake.save_turn(
        "web-1", channel="web", values={}, status={}, shown={}, agreed=False, over=True, now=NOW
    )
    assert CliRunner().invoke(data, ["purge"]).output == "Gewist: 1.\n"
