"""Logs of Rasa and of the action server without what clients wrote (Python 3.10 as well)."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

HIDDEN = "(verborgen)"
_LONGEST = 200

_PERSONAL = frozenset(
    {
        *("text", "response_text", "user_text", "token_text", "parse_data_text"),
        *("slots", "slot_values", "slot_candidates", "prefilled_slots", "successes"),
        *("entity", "current_entity", "next_entity", "parse_data_entities"),
        *("message", "user_message", "json_message", "tracker_latest_message", "response"),
        *("events", "rasa_event", "rasa_events", "prediction_events"),
        *("states", "tracker_states", "current_states", "old_states"),
    }
)
"""Fields of Rasa's structured log events that may hold a client's words or answers."""

_ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


def describe(error: BaseException) -> str:
    """An exception with its places in the code; no local variables, no SQL parameters."""
    words = str(error).strip().split("\n", 1)[0][:_LONGEST]
    places = " < ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    because = f"; because of {describe(cause)}" if cause else ""
    return f"{type(error).__name__}: {words} at {places}{because}"


def _format_exception(_formatter: logging.Formatter, exc_info: _ExcInfo) -> str:
    return describe(exc_info[1]) if exc_info[1] else ""


_get_message = logging.LogRecord.getMessage


def _without_sql(record: logging.LogRecord) -> str:
    return _get_message(record).partition("\n[SQL:")[0]


def hide_in_exceptions() -> None:
    """From now on no log of this process shows more of an exception than `describe`.

    Nor the SQL statement and its parameters that SQLAlchemy adds to its errors' text.
    """
    logging.LogRecord.getMessage = _without_sql  # type: ignore[method-assign, assignment]
    logging.Formatter.formatException = _format_exception  # type: ignore[method-assign, assignment]


def hide_fields(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """structlog processor: replace every field that may hold personal data."""
    for name in _PERSONAL & event.keys():
        event[name] = HIDDEN
    return event


def describe_exception(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """structlog processor: replace an exception by its description."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if info is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["exception"] = describe(error)
    return event
