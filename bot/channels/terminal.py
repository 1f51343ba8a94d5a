"""A conversation in the terminal, through the chat API."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

Write = Callable[[str], None]
TRIES = 4
PAUSE_SECONDS = 2.0


class NoAnswerError(Exception):
    """The chat API is not there or keeps failing."""


class Talk:
    """One conversation: remembers the session and the buttons of the last answer.

    Args:
        http: a client whose base address is the web process.
        write: shows one line.
        leerwinkel: code of the Leerwinkel on whose behalf the chat runs, or None.
    """

    def __init__(self, http: httpx.Client, write: Write, *, leerwinkel: str | None = None) -> None:
        self._http = http
        self._write = write
        self._leerwinkel = leerwinkel
        self._session: str | None = None
        self._buttons: list[dict[str, str]] = []

    def greet(self) -> None:
        """Let the bot speak first.

        Raises:
            NoAnswerError: see `say`.
        """
        self._send({"payload": "/greet"})

    def say(self, line: str) -> None:
        """Send what was typed: the number of a button taps it, anything else is text.

        Raises:
            NoAnswerError: nobody answered after several tries.
        """
        typed = line.strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(self._buttons):
            self._send({"payload": self._buttons[int(typed) - 1]["payload"]})
        elif typed:
            self._send({"text": typed})

    def _send(self, said: dict[str, str]) -> None:
        body = {"session": self._session, "id": str(uuid.uuid4()), **said}
        if self._leerwinkel:
            body["leerwinkel"] = self._leerwinkel
        for left in reversed(range(TRIES)):
            answer = self._post(body)
            self._session = answer.get("session") or self._session
            if "error" not in answer:
                self._show(answer["messages"])
                return
            self._write(answer["text"])
            if not answer["retry"]:
                return
            if left:
                time.sleep(PAUSE_SECONDS)
        raise NoAnswerError

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._http.post("/api/chat", json=body).json()
        except (httpx.HTTPError, ValueError) as error:
            raise NoAnswerError from error
        if not isinstance(answer, dict):
            raise NoAnswerError
        return answer

    def _show(self, messages: list[dict[str, Any]]) -> None:
        self._buttons = []
        for message in messages:
            self._write("")
            if message["text"]:
                self._write(message["text"])
            for course in message["courses"]:
                self._show_course(course)
            if message["appointment"]:
                self._show_appointment(message["appointment"])
            for button in message["buttons"]:
                self._buttons.append(button)
                self._write(f"  {len(self._buttons)}. {button['title']}")

    def _show_course(self, course: dict[str, Any]) -> None:
        where = ", ".join(str(course[key]) for key in ("provider", "place") if course.get(key))
        self._write(f"  * {course['title']} ({where})" if where else f"  * {course['title']}")
        for reason in course.get("reasons") or ():
            self._write(f"      + {reason}")
        for missing in course.get("missing") or ():
            self._write(f"      - nog nodig: {missing}")
        if course.get("source"):
            self._write(f"      bron: {course['source']} ({course.get('checked_on', '')})")

    def _show_appointment(self, appointment: dict[str, Any]) -> None:
        for key in ("when", "place", "address", "counsellor"):
            if appointment.get(key):
                self._write(f"  {appointment[key]}")
        for thing in appointment.get("bring") or ():
            self._write(f"  breng mee: {thing}")
