"""The web application: widget, chat API, Telegram, desk."""

import asyncio
import contextlib
import pathlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels import bundle, dressing
from bot.channels.api import ChatApi
from bot.channels.headers import SecurityHeaders
from bot.channels.housekeeping import keep_house
from bot.channels.rasa import RasaClient
from bot.channels.requests import Guards
from bot.channels.rest import RestChannel
from bot.channels.telegram import WEBHOOK_PATH, Outgoing, Telegram
from bot.channels.turns import Turns
from bot.settings import settings

WIDGET = pathlib.Path(__file__).parent / "widget"


class GzipOutsideDesk:
    """Compression for everything but the desk, whose pages mix secrets with typed text."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._gzip = GZipMiddleware(app, minimum_size=500)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        private = scope["type"] != "http" or scope["path"].startswith("/desk")
        await (self._plain if private else self._gzip)(scope, receive, send)


def create_app(client: RasaClient | None = None) -> Starlette:
    """The web process as one ASGI application, for the settings of this moment.

    Args:
        client: the Rasa to speak with; None for the one in the settings.
    """
    from bot import appointments, outbox
    from bot.channels.appointment_pages import routes as appointment_routes
    from bot.desk import forget, remind_unread
    from bot.desk import routes as desk_routes
    from bot.intake import retention

    rasa_client = client or RasaClient.from_settings()
    turns = Turns(rasa_client)
    guards = Guards()
    api = ChatApi(rasa_client, turns, guards)
    rest = RestChannel(turns, guards)
    telegram = Telegram(turns)
    sender = outbox.Sender(
        [outbox.tidy, appointments.upkeep, remind_unread, forget],
        [outbox.Postman().drain, Outgoing(outbox).drain],
    )

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with rasa_client:
            await run_in_threadpool(dressing.warm)
            house = asyncio.create_task(keep_house(retention.purge))
            sender.start()
            try:
                async with telegram.running():
                    yield
            finally:
                await run_in_threadpool(sender.stop)
                house.cancel()
                await asyncio.gather(house, return_exceptions=True)

    sites = settings().allowed_sites
    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/api/chat", api.endpoint, methods=["GET", "POST"]),
            Route("/healthz", api.healthz),
            Route(WEBHOOK_PATH, telegram.endpoint, methods=["POST"]),
            *([rest.route] if settings().rest_channel else ()),
            *appointment_routes,
            *desk_routes,
            *bundle.routes(),
            Route("/favicon.ico", lambda request: FileResponse(WIDGET / "icon.svg")),
            Mount("/", StaticFiles(directory=WIDGET, html=True)),
        ],
        middleware=[
            Middleware(SecurityHeaders, allowed_sites=sites),
            Middleware(GzipOutsideDesk),
            Middleware(
                CORSMiddleware,
                allow_origins=sites,
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type"],
                max_age=3600,
            ),
        ],
    )
