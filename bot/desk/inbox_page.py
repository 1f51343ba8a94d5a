"""The inbox as pages: the whole page, and the part of it that renews itself."""

import hashlib

from starlette.responses import HTMLResponse, Response

from bot import contract, store
from bot.desk import inbox, pages
from bot.desk.calls import Call
from bot.desk.wording import STAGES


def show(call: Call) -> Response:
    """The inbox."""
    wanted = inbox.wanted_from(call.request.query_params)
    with store.session() as work:
        call.note(work, "search" if wanted.search else "inbox")
        shown = inbox.load(work, call.counsellor, now=call.now, wanted=wanted)
    return call.page(
        "inbox.html",
        inbox=shown,
        wanted=wanted,
        stages=STAGES,
        themes=contract.labels("themes"),
    )


def news(call: Call) -> Response:
    """The lists alone, for the page that asks for news; 304 when nothing changed.

    It is logged as a look when there is something new to see.
    """
    wanted = inbox.wanted_from(call.request.query_params)
    with store.session(writes=False) as work:
        shown = inbox.load(work, call.counsellor, now=call.now, wanted=wanted)
    text = pages.render(call.request, "inbox_lists.html", call.session, inbox=shown, wanted=wanted)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    headers = pages.HEADERS | {"ETag": tag}
    known = call.request.headers.get("if-none-match", "")
    if known == tag:
        return Response(status_code=304, headers=headers)
    if known:
        with store.session() as work:
            call.note(work, "inbox")
    return HTMLResponse(text, headers=headers)
