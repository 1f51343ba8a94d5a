"""Places in what people write."""

import time

import pytest

from bot import places


@pytest.mark.parametrize(
    ("given_text", "expected_postcode"),
    [
        ("3600", "3600"), ("3600 genk", "3600"), ("B-3600", "3600"), ("be 3500 hasselt", "3500"),
        ("36 00", "3600"), ("3 6 0 0", "3600"), ("genk", "3600"), ("ik woon in winterslag", "3600"),
        ("Waterschei", "3600"), ("gentbrugge", "9050"), ("Gand", "9000"), ("Anvers", "2000"),
        ("Louvain", "3000"), ("Malines", "2800"), ("Hassel", "3500"), ("Aantwaarpe", "2000"),
        ("Kortrèk", "8500"), ("Brussel", "1000"), ("Bruxelles", "1000"), ("BXL", "1000"),
        ("Molenbeek", "1080"), ("molenbeek, brussel", "1080"), ("Schaarbeek", "1030"),
        ("zemst", "1980"),
        ("sint truide", "3800"), ("st niklaas", "9100"), ("sinttruiden", "3800"),
        ("mechelen aan de maas", "3630"), ("tungeren", "3700"), ("antwerpne", "2000"),
        ("oilsjt", "9300"), ("roeselaere", "8800"), ("zolder", "3550"), ("heusden-zolder", "3550"),
        ("as", "3665"), ("ik woon in as", "3665"), ("kiel antwerpen", "2020"),
        ("borgerhout antwerpen", "2140"), ("Liège", "4000"), ("بروكسل", "1000"),
        ("антверпен", "2000"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_every_name_that_people_use(
    given_text: str, expected_postcode: str
) -> None:
    assert [p.postcode for p in places.find(given_text)] == [expected_postcode]


@pytest.mark.parametrize(
    "given_text",
    ["", "ja", "geen idee", "thuis", "ik woon bij mijn moeder", "9999", "1988", "0478123456", "😀"],
)
def test_what_names_no_place_finds_nothing(given_text: str) -> None:
    assert places.find(given_text) == []


@pytest.mark.parametrize(
    "given_text",
    [
        "ik werk graag met mijn handen", "alleen met twee kinderen", "mijn rugge doet pijn",
        "die bomen aan de overkant", "we wachten al weken", "ergens in nederland, bij roosendaal",
        "mijn dochter moet mij voeren", "bel 04 71 20 30 40",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_misspelled_places(given_text: str) -> None:
    assert places.find(given_text) == []


def test_a_name_of_several_places_gives_all_of_them() -> None:
    assert {p.postcode for p in places.find("mariakerke")} == {"9030", "8400"}
    assert [p.postcode for p in places.find("mariakerke gent")] == ["9030"]


@pytest.mark.parametrize(
    ("given_text", "expected_postcodes"),
    [
        ("ik woon in Genk en wil lassen", ["3600"]),
        ("ik wil met hout werken", []),
        ("ik versta niet meer", []),
        ("genk", []),
    ],
)
def test_in_any_text_only_what_is_beyond_doubt_counts(
    given_text: str, expected_postcodes: list[str]
) -> None:
    assert [p.postcode for p in places.mentioned(given_text)] == expected_postcodes


def test_a_search_takes_less_than_five_milliseconds() -> None:
    places.find("ergens vreemds")
    texts = [f"ik woon in een dorpje bij genkk nummer {n}" for n in range(30)]
    start = time.process_time()
    for text in texts:
        places.find(text)
    assert (time.process_time() - start) / len(texts) < 0.005


def test_a_very_long_text_is_no_burden() -> None:
    start = time.process_time()
    places.find("bla genkk " * 2000)
    assert time.process_time() - start < 0.1
