"""Logs hold nothing that a client wrote."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.supervisor import private_logs

SECRET = "Jan Peeters 0470123456"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a logger writes once exceptions are hidden."""
    monkeypatch.setattr(logging.Formatter, "formatException", logging.Formatter.formatException)
    monkeypatch.setattr(logging.LogRecord, "getMessage", logging.LogRecord.getMessage)
    private_logs.hide_in_exceptions()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("private")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def test_an_exception_shows_places_but_no_parameters(log: io.StringIO) -> None:
    # GIVEN an error as SQLAlchemy raises it
    try:
        raise ValueError(f"database is locked\n[SQL: INSERT]\n[parameters: ('{SECRET}',)]")
    except ValueError:
        # WHEN it is logged
        logging.getLogger("private").exception("turn failed")
    # THEN the cause and the place are there, the parameters are not
    actual = log.getvalue()
    assert "turn failed" in actual
    assert "ValueError: database is locked at" in actual
    assert "test_private_logs.py" in actual
    assert SECRET not in actual


def test_an_error_in_the_text_of_a_message_loses_its_statement(log: io.StringIO) -> None:
    error = f"(sqlite3.OperationalError) locked\n[SQL: INSERT]\n[parameters: ('{SECRET}',)]"
    logging.getLogger("private").error("Error happened: %s", error)
    assert log.getvalue() == "Error happened: (sqlite3.OperationalError) locked\n"


def test_fields_with_what_a_client_said_are_hidden() -> None:
    actual = private_logs.hide_fields(None, "error", {"event": "failed", "text": SECRET})
    assert actual == {"event": "failed", "text": "(verborgen)"}


def test_a_structured_exception_has_no_local_variables() -> None:
    try:
        said = SECRET
        raise KeyError("slot")
    except KeyError as error:
        actual = private_logs.describe_exception(None, "error", {"event": "x", "exc_info": error})
        assert said
    assert "KeyError: 'slot' at" in actual["exception"]
    assert SECRET not in str(actual)


def test_a_cause_is_described_too() -> None:
    given = RuntimeError("store")
    given.__cause__ = OSError("disk")
    assert private_logs.describe(given) == "RuntimeError: store at ; because of OSError: disk at "
