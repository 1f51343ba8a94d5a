"""Security headers on every answer of the web process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = ("/desk", "/api", "/afspraak", "/agenda")
_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
)


class SecurityHeaders:
    """Adds a strict content policy (no inline script or style) and friends.

    The chat page may be framed by the sites that may embed the widget, the desk by nobody.
    A header that an answer already has is kept.
    """

    def __init__(self, app: ASGIApp, *, allowed_sites: Sequence[str] = ()) -> None:
        self._app = app
        self._allowed_sites = tuple(allowed_sites)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        private = any(path == start or path.startswith(start + "/") for start in PRIVATE)
        wanted = self._for(private=private)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _for(self, *, private: bool) -> dict[str, str]:
        ancestors = "'none'" if private else " ".join(self._allowed_sites) or "'none'"
        headers = {
            **_ALWAYS,
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
                f"base-uri 'none'; frame-ancestors {ancestors}"
            ),
            "Cache-Control": "no-store" if private else "no-cache",
            "Cross-Origin-Resource-Policy": "same-origin" if private else "cross-origin",
        }
        if ancestors == "'none'":
            headers["X-Frame-Options"] = "DENY"
        return headers
