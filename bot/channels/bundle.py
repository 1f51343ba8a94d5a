"""The widget's two files as they are served: with its texts, without comments, compressed once."""

import gzip
import hashlib
import json
import pathlib
import re

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = pathlib.Path(__file__).parent / "widget"
TEXTS = pathlib.Path(__file__).parent / "widget.yaml"
_COMMENT = re.compile(r"^\s*(/\*.*?\*/|//[^\n]*)\s*$", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def script() -> bytes:
    """`widget.js` with the texts of `widget.yaml`; lines that are a comment are left out."""
    source = (FOLDER / "widget.js").read_text(encoding="utf-8")
    texts = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    spoken = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return _INDENT.sub("", _COMMENT.sub("", source).replace('"TEXTS"', spoken, 1)).encode()


def style() -> bytes:
    """`widget.css` without comments and indentation."""
    source = (FOLDER / "widget.css").read_text(encoding="utf-8")
    return _INDENT.sub("", _COMMENT.sub("", source)).encode()


class Served:
    """One file, compressed once and known by its hash."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self._plain = content
        self._packed = gzip.compress(content, 9, mtime=0)
        self._media_type = media_type
        self._tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'

    async def endpoint(self, request: Request) -> Response:
        """The file, packed when the browser can read that; 304 when it has it already."""
        headers = {"ETag": self._tag, "Vary": "Accept-Encoding"}
        if self._tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        packed = "gzip" in request.headers.get("accept-encoding", "")
        if packed:
            headers["Content-Encoding"] = "gzip"
        content = self._packed if packed else self._plain
        return Response(content, headers=headers, media_type=self._media_type)


def routes() -> list[Route]:
    """`/widget.js` and `/widget.css`."""
    return [
        Route("/widget.js", Served(script(), "text/javascript").endpoint),
        Route("/widget.css", Served(style(), "text/css").endpoint),
    ]
