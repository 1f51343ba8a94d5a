"""Where a client comes from: the site of a Leerwinkel, or a link that a referrer handed out.

It fills in what the client would else be asked, and gives way to all that the client says.
"""

from collections.abc import Mapping

from bot import contract
from bot.conversation.state import State

FIELDS = ("leerwinkel", "referral_source")


def known(origin: Mapping[str, object]) -> dict[str, str]:
    """The fields of an origin that hold a code of the contract; the rest is left out."""
    return {
        field: code
        for field in FIELDS
        if isinstance(code := origin.get(field), str) and code in contract.labels(field)
    }


def note(origin: Mapping[str, str], state: State) -> None:
    """Keep a new origin, and fill in from it what is open or came from an earlier one."""
    before = state.memory.origin
    state.memory.origin = {**before, **origin}
    for field, code in state.memory.origin.items():
        if code != state.values.get(field) and _may_fill(field, before.get(field), state):
            state.record(field, code, "derived")


def is_from_origin(field: str, state: State) -> bool:
    """Whether the field's value comes from the origin and not from the client."""
    return (
        state.status.get(field) == "derived"
        and field in state.memory.origin
        and state.values.get(field) == state.memory.origin[field]
    )


def _may_fill(field: str, before: str | None, state: State) -> bool:
    if field == "leerwinkel" and (state.memory.booked or not state.open("postcode")):
        return False  # where the client lives says it better, and an appointment stays
    from_before = before is not None and state.values.get(field) == before
    return state.open(field) or (state.status[field] == "derived" and from_before)
