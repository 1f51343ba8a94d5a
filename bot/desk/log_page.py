"""The log of looks and changes, as a page for coordinators."""

from starlette.responses import Response

from bot import store
from bot.desk import audit
from bot.desk.calls import Call, number
from bot.settings import settings


def show(call: Call) -> Response:
    """The log, newest first, filtered by who, which intake and what."""
    what = call.query("wat")
    wanted = audit.Wanted(
        counsellor_id=number(call.query("wie")),
        intake_id=number(call.query("intake")),
        what=what if what in audit.WHAT else "",
        before=number(call.query("voor")),
    )
    with store.session(writes=False) as work:
        log = audit.load(work, call.counsellor, wanted)
    return call.page("log.html", log=log, wanted=wanted, kinds=audit.WHAT, days=settings().log_days)
