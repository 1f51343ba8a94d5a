"""The table of postcodes."""

import pytest

from bot import places
from bot.places.table import rows


def test_a_postcode_gives_its_place() -> None:
    genk = places.place("3600")
    assert genk is not None
    assert (genk.name, genk.municipality, genk.province) == ("Genk", "Genk", "Limburg")


def test_a_sub_municipality_keeps_its_own_name() -> None:
    place = places.place("9050")
    assert place is not None
    assert (place.name, place.municipality) == ("Gentbrugge", "Gent")


def test_an_unknown_postcode_has_no_place() -> None:
    assert places.place("9999") is None


def test_all_postcodes_lie_in_belgium() -> None:
    assert len(rows()) > 1100
    for row in rows().values():
        assert 49.4 < row.place.lat < 51.6, row.place
        assert 2.5 < row.place.lon < 6.5, row.place
        assert row.place.province, row.place


@pytest.mark.parametrize(
    ("given_pair", "expected_km"),
    [(("3600", "3500"), 12), (("9000", "2000"), 50), (("8400", "3600"), 182)],
)
def test_distances_are_about_right(given_pair: tuple[str, str], expected_km: float) -> None:
    assert places.distance_km(*given_pair) == pytest.approx(expected_km, rel=0.2)


def test_the_distance_to_an_unknown_postcode_is_unknown() -> None:
    assert places.distance_km("3600", "9999") is None


def test_every_alias_belongs_to_a_postcode() -> None:
    import yaml

    from bot.places.table import DATA

    aliases = yaml.safe_load((DATA / "aliases.yaml").read_text(encoding="utf-8"))
    assert set(aliases) <= set(rows())


@pytest.mark.parametrize(
    ("given_point", "expected_postcode"),
    [
        ((50.9650, 5.5000), "3600"),
        ((51.0370, 3.7660), "9050"),
        ((51.2220, 4.4660), "2100"),
        ((51.2300, 2.9100), "8400"),
        ((50.7580, 5.7630), "3798"),
    ],
)
def test_a_point_gives_the_place_around_it(
    given_point: tuple[float, float], expected_postcode: str
) -> None:
    place = places.nearest(*given_point)

    assert place is not None
    assert place.postcode == expected_postcode


@pytest.mark.parametrize("given_point", [(48.85, 2.35), (52.37, 4.90), (0.0, 0.0), (-50.9, -5.5)])
def test_a_point_far_from_belgium_gives_no_place(given_point: tuple[float, float]) -> None:
    assert places.nearest(*given_point) is None


def test_places_lie_near_their_own_municipality() -> None:
    """Berchem of Antwerpen once lent its point to Sint-Agatha-Berchem, Sint-Truiden to Voeren."""
    centres = {row.place.municipality: row.place.postcode for row in rows().values() if row.main}
    for postcode, row in rows().items():
        centre = centres[row.place.municipality]
        assert (places.distance_km(postcode, centre) or 0) < 15, row.place
        if row.place.province == "Brussel":
            assert (places.distance_km(postcode, "1000") or 0) < 10, row.place
