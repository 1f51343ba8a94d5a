"""The table of postcodes, read once."""

import csv
import dataclasses
import functools
import math
import pathlib
from collections.abc import Mapping
from types import MappingProxyType

import yaml

DATA = pathlib.Path(__file__).parent / "data"
EARTH_RADIUS_KM = 6371.0


@dataclasses.dataclass(frozen=True)
class Place:
    """A postcode with its best known name; `lat` and `lon` in degrees (WGS 84).

    The coordinates are those of the locality or, where it has none in the data, of the
    municipality: good for "how far, roughly", not for navigation.
    """

    postcode: str
    name: str
    municipality: str
    province: str
    lat: float
    lon: float


@dataclasses.dataclass(frozen=True)
class Row:
    """A place with all its names; `main` marks the postcode of the municipality's centre."""

    place: Place
    main: bool
    names: tuple[str, ...]


@functools.cache
def rows() -> Mapping[str, Row]:
    """Postcode -> row, in the order of the postcodes."""
    with (DATA / "aliases.yaml").open(encoding="utf-8") as file:
        aliases = yaml.load(file, Loader=yaml.CSafeLoader)
    found = {}
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            postcode = line["postcode"]
            found[postcode] = Row(
                Place(
                    postcode,
                    line["name"],
                    line["municipality"],
                    line["province"],
                    float(line["lat"]),
                    float(line["lon"]),
                ),
                line["main"] == "1",
                (*line["names"].split("|"), *aliases.get(postcode, ())),
            )
    return MappingProxyType(found)


def place(postcode: str) -> Place | None:
    """The place of a postcode (four digits), or None when there is no such postcode."""
    row = rows().get(postcode)
    return row.place if row else None


def distance_km(a: str, b: str) -> float | None:
    """Distance as the crow flies between two postcodes, in km; None when one is unknown."""
    one, other = place(a), place(b)
    if one is None or other is None:
        return None
    lat_a, lat_b = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
