"""Security headers on every answer of the web process."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = ("/desk", "/api", "/afspraak", "/agenda")
LASTING = ("/pictures",)
"""May be kept by browsers for a week: on a slow network every question asked again costs."""
_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
)

_POLICY = "camera=(), geolocation=(), microphone=({microphone}), payment=()"
"""The chat page may listen to who wants to dictate."""


def _under(path: str, starts: Sequence[str]) -> bool:
    return any(path == start or path.startswith(start + "/") for start in starts)


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
        private = _under(path, PRIVATE)
        wanted = self._for(private=private)
        if _under(path, LASTING):
            wanted["Cache-Control"] = "public, max-age=604800"

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
            "Permissions-Policy": _POLICY.format(microphone="" if private else "self"),
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
