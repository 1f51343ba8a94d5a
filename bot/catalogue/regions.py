"""Which Leerwinkel serves a postcode."""

import bisect

from bot.catalogue import loading, model
from bot.catalogue.loading import Catalogue


def leerwinkel_for(postcode: str, catalogue: Catalogue | None = None) -> str | None:
    """Code of the Leerwinkel for a postcode; None outside Flanders and Brussels."""
    found = _region(postcode, catalogue or loading.current())
    return found[0] if found else None


def is_nearest_only(postcode: str, catalogue: Catalogue | None = None) -> bool:
    """Whether the Leerwinkel is only the nearest one: the postcode is not its own region."""
    found = _region(postcode, catalogue or loading.current())
    return bool(found and found[1].nearest)


def leerwinkel(code: str, catalogue: Catalogue | None = None) -> model.Leerwinkel:
    """The Leerwinkel of a code.

    Raises:
        KeyError: there is no such code.
    """
    return (catalogue or loading.current()).leerwinkels[code]


def _region(postcode: str, catalogue: Catalogue) -> tuple[str, model.Region] | None:
    if len(postcode) != 4 or not postcode.isascii() or not postcode.isdigit():
        return None
    ranges = sorted(
        ((region.first, code, region) for code, one in catalogue.leerwinkels.items()
         for region in one.regions),
        key=lambda found: found[0],
    )  # fmt: skip
    at = bisect.bisect_right([first for first, _, _ in ranges], postcode) - 1
    if at < 0 or postcode > ranges[at][2].last:
        return None
    return ranges[at][1], ranges[at][2]
