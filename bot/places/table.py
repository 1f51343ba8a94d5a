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
NEAR_KM = 15.0
"""A point farther than this from every known place is not in Belgium."""


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
    return _km(one.lat, one.lon, other.lat, other.lon)


def nearest(lat: float, lon: float) -> Place | None:
    """The place around a point (degrees, WGS 84); None outside Belgium and its border.

    Good for "in which municipality, roughly": the points of places are their centres.
    """
    towns = sorted(rows().values(), key=lambda row: not row.main)  # the town wins from its parts
    found = min((row.place for row in towns), key=lambda p: _km(lat, lon, p.lat, p.lon))
    return found if _km(lat, lon, found.lat, found.lon) <= NEAR_KM else None


def _km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


@functools.cache
def names() -> frozenset[str]:
    """The names of all places, municipalities and provinces, word by word."""
    found = {
        word
        for row in rows().values()
        for name in (row.place.name, row.place.municipality, row.place.province)
        for word in name.split()
    }
    return frozenset(word for word in found if word[0].isupper())
