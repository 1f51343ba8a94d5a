"""A small server that answers as Rasa's REST channel and tracker do, with a fixed dialogue."""

import asyncio
from collections import defaultdict
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.channels.serving import Serving

TAP_PRIMARY = '/inform{"education_level": "primary"}'
CARDS = "welke les"
"""Who says this gets courses."""
TWO = "welke lessen nog"
"""Who says this gets two messages on Telegram, as there are buttons below the first one too."""
COURSE = {
    "id": "nt2-genk",
    "title": "Nederlands voor beginners, in de avond",
    "provider": "CVO De Toekomst",
    "place": "Genk",
    "type": "nt2",
    "reasons": ["Je wil Nederlands leren", "De les is in de avond"],
    "missing": ["Een test van een uur"],
    "check": True,
    "source": "https://www.example.org/nt2",
    "checked_on": "2026-11-01",
}
APPOINTMENT = {
    "place": "Leerwinkel Genk",
    "address": "Dieplaan 2, 3600 Genk",
    "when": "dinsdag 24 november om 10 uur",
    "counsellor": "Fatma",
    "bring": ["je identiteitskaart", "je diploma, als je er een hebt"],
}
WELCOME: list[dict[str, Any]] = [
    {"text": "Dag. Ik ben Leerwijzer. Ik ben een robot."},
    {
        "text": "Mag ik onthouden wat je zegt? Dan kan een mens je beter helpen.",
        "buttons": [
            {"title": "Ja, dat mag", "payload": "/affirm"},
            {"title": "Nee, liever niet", "payload": "/deny"},
        ],
    },
]
SCHOOL: list[dict[str, Any]] = [
    {
        "text": "Mooi. Tot waar ging je naar school?",
        "buttons": [
            {"title": "Geen of bijna geen school", "payload": '/inform{"education_level": "none"}'},
            {"title": "Lagere school", "payload": TAP_PRIMARY},
            {"title": "Enkele jaren secundair, geen diploma", "payload": "/inform_lower"},
            {"title": "Dat weet ik niet", "payload": "/dont_know"},
        ],
    }
]
COURSES: list[dict[str, Any]] = [
    {"text": "Kijk eens. Deze les past bij jou:"},
    {"custom": {"courses": [COURSE, {**COURSE, "id": "nt2-2", "title": "Samen praten"}]}},
    {
        "text": "Wil je hierover praten met iemand van de Leerwinkel?",
        "buttons": [{"title": "Ja, een afspraak", "payload": "/book_appointment"}],
    },
]
MORE_COURSES: list[dict[str, Any]] = [
    {**COURSES[0], "buttons": [{"title": "Toon andere lessen", "payload": "/other"}]},
    *COURSES[1:],
]
BOOKED: list[dict[str, Any]] = [
    {"text": "Hulp nodig? Bel nu 112 of 089 12 34 56."},
    {"text": "Je afspraak is gemaakt. Tot dan."},
    {"custom": {"appointment": APPOINTMENT}},
]
DREAMS: list[dict[str, Any]] = [
    {
        "text": "Wat maak of doe je graag?",
        "buttons": [
            {"title": "Bouwen en herstellen", "payload": '/inform{"dream_themes": "construction"}'},
            {"title": "Koken en bakken", "payload": '/inform{"dream_themes": "hospitality_food"}'},
            {"title": "Haar en schoonheid", "payload": '/inform{"dream_themes": "hair_beauty"}'},
            {"title": "Iets nieuws", "payload": '/inform{"dream_themes": "no_picture"}'},
        ],
    }
]
HARD: list[dict[str, Any]] = [
    {"text": "Een NT2-les of een graduaat? Een graduaat duurt twee jaar."},
]
HARD_CARD: list[dict[str, Any]] = [
    {"text": "Kijk eens."},
    {"custom": {"courses": [{**COURSE, "summary": "Met een stage.", "reasons": ["NT2 past"]}]}},
]
ALMOST: list[dict[str, Any]] = [{"text": "Nog even."}, {"custom": {"progress": 0.8}}]
ARABIC: list[dict[str, Any]] = [
    {
        "text": "أنا روبوت محادثة. أساعدك في العثور على دورة تعليمية.",
        "buttons": [{"title": "حجز موعد", "payload": "/book_appointment"}],
    },
    {"custom": {"lang": "ar"}},
]
TWO_WAYS: list[dict[str, Any]] = [{"text": "Ik zoek met jou.\nمرحبا"}]
READ_BACK: list[dict[str, Any]] = [
    {"text": "Dit schreef ik op:\nDroom: koken\nSchool: lagere school\nNaam: سارا"}
]
HELP: list[dict[str, Any]] = [
    {"text": "Bel nu iemand.\nBel 112: direct gevaar\nBel 1813: om te praten\nJe bent niet alleen."}
]
ANSWERS = {
    "twee talen": TWO_WAYS,
    "alles": READ_BACK,
    "hulp": HELP,
    "moeilijk": HARD,
    "moeilijke kaart": HARD_CARD,
    "bijna": ALMOST,
    "arabisch": ARABIC,
    "weet ik niet": DREAMS,
    "/greet": WELCOME,
    "/affirm": SCHOOL,
    TAP_PRIMARY: COURSES,
    CARDS: COURSES,
    TWO: MORE_COURSES,
    "/book_appointment": BOOKED,
    "zwijg": [],
}


class FakeRasa(Serving):
    """Rasa's REST channel on loopback. `received` holds each turn in the order it began.

    `delay` makes it slow; `held` keeps each turn until it is False again; `broken` lets it answer
    500; `actions_away` lets it stay silent, as Rasa does without its action server (whose health
    it plays too); `lose_answers` handles the turn and then breaks the answer, as a crash on the way
    back does.
    """

    def __init__(self) -> None:
        self.reset()
        routes = [
            Route("/webhooks/rest/webhook", self._webhook, methods=["POST"]),
            Route("/conversations/{sender}/tracker", self._tracker),
            Route("/status", self._status),
            Route("/health", self._health),
        ]
        super().__init__(Starlette(routes=routes))

    def reset(self) -> None:
        """Forget everything and work well again."""
        self.received: list[dict[str, Any]] = []
        self.events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.delay = 0.0
        self.held = False
        self.broken = False
        self.actions_away = False
        self.lose_answers = False
        self.running = 0
        self.most_at_once = 0

    def said(self) -> list[str]:
        """The messages that came in, in order."""
        return [turn["message"] for turn in self.received]

    async def _webhook(self, request: Request) -> Response:
        turn = await request.json()
        if self.broken:
            return JSONResponse({"status": "failure"}, 500)
        self.received.append(turn)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        await asyncio.sleep(self.delay)
        while self.held:
            await asyncio.sleep(0.02)
        self.running -= 1
        said = turn["message"]
        parts = (
            []
            if self.actions_away
            else ANSWERS.get(said, [{"text": f"Je zei: {said} (nummer {len(self.received)})"}])
        )
        events = self.events[turn["sender"]]
        events.append({"event": "user", "text": said, "metadata": turn["metadata"]})
        for part in parts:
            data = {"buttons": part.get("buttons"), "custom": part.get("custom")}
            events.append({"event": "bot", "text": part.get("text"), "data": data})
        events.append({"event": "action", "name": "action_listen"})
        if self.lose_answers:
            return JSONResponse({"status": "lost"}, 502)
        return JSONResponse([{"recipient_id": turn["sender"], **part} for part in parts])

    async def _tracker(self, request: Request) -> Response:
        return JSONResponse({"events": self.events[request.path_params["sender"]]})

    async def _status(self, request: Request) -> Response:
        return JSONResponse({"status": "failure"} if self.broken else {}, 500 * self.broken or 200)

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"}, 503 if self.actions_away else 200)
