"""Where an appointment is: the main office of a Leerwinkel, or one of its branches."""

import dataclasses
import urllib.parse

from bot import catalogue, contract, store

MAP = "https://www.openstreetmap.org/search?query="


@dataclasses.dataclass(frozen=True)
class Place:
    """A place as a client is told about it."""

    name: str
    address: str | None
    """None when nobody has filled it in."""
    email: str | None
    bring: tuple[str, ...]

    @property
    def map_url(self) -> str | None:
        """A page with the map of the address; None without an address."""
        return MAP + urllib.parse.quote_plus(self.address) if self.address else None


def place_of(leerwinkel: str, branch: store.Branch | None) -> Place:
    """The place with its address and what to bring; an unknown Leerwinkel has only its code."""
    if leerwinkel not in contract.labels("leerwinkel"):
        return Place(leerwinkel, branch.address if branch else None, None, ())
    office = catalogue.leerwinkel(leerwinkel)
    if branch is None:
        return Place(office.name, office.address, office.email, tuple(office.bring))
    return Place(
        f"{office.name} in {branch.name}",
        branch.address or None,
        office.email,
        tuple(office.bring),
    )
