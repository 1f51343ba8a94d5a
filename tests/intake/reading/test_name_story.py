"""A name inside a sentence that introduces it in no known way."""

import pytest

from bot.intake.reading import by_rules

NAMES = (
    "Wesley De Backer", "Nguyen Thi Hoa", "Fatoumata Diallo", "Anne-Sophie de Ridder",
    "Maria del Carmen Rodriguez Lopez", "Abdirahman Ali Mohamed", "Mark Bakker", "Olena Kovalchuk",
)  # fmt: skip


@pytest.mark.parametrize("given_name", NAMES)
@pytest.mark.parametrize(
    "given_sentence",
    [
        "officieel ben ik {}", "voor de afspraak mag je {} noteren", "zet er maar {} op",
        "kunt u noteren dat ik {} heet", "ik heb geen bijnaam, gewoon {}", "{} zo heet ik",
        "ze hebben mij {} genoemd", "mijn naam is moeilijk maar het is {}", "ik zal het zeggen {}",
        "bij mijn geboorte heette ik anders maar nu is het {}", "mijn naam schrijf je zo {}",
        "ik sta ingeschreven als {}", "iedereen kent mij als {}", "mijn papier zegt {}",
    ],
)  # fmt: skip
def test_a_name_with_capitals_is_found_in_a_sentence(given_sentence: str, given_name: str) -> None:
    actual = by_rules("name", given_sentence.format(given_name)).value

    assert actual == given_name


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("ik zal het zeggen fatoumata diallo", "Fatoumata Diallo"),
        ("kunt u noteren dat ik nguyen thi hoa heet", "Nguyen Thi Hoa"),
        ("ik heb geen bijnaam, gewoon wesley", "Wesley"),
        ("yo ik ben mo, voluit mohamed ait lahcen", "Mohamed Ait Lahcen"),
        ("m'n ouders noemde mij destiny", "Destiny"),
    ],
)
def test_without_capitals_a_known_or_introduced_name_is_found(
    given_text: str, expected_name: str
) -> None:
    assert by_rules("name", given_text).value == expected_name


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("ik heet Olena, in paspoort staat Olena Kovalchuk", "Olena Kovalchuk"),
        ("iedereen zegt Mimi, maar mijn naam in papier is Miriam Okafor", "Miriam Okafor"),
        ("ze zeggen tegen mij de Swa maar tis François Peeters", "François Peeters"),
        ("mijn papier zegt Reza Karimi maar mensen zeggen Reza", "Reza Karimi"),
    ],
)
def test_the_name_on_paper_goes_before_what_people_say(given_text: str, expected_name: str) -> None:
    assert by_rules("name", given_text).value == expected_name


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("mijn zoon naam Idris, mijn naam Saida", "Saida"),
        ("'t is voor onze Kevin maar ik ben zijn ma, Linda", "Linda"),
        ("mijn dochter typt, die heet Sarah, maar het is voor mij, Godelieve Pauwels",
         "Godelieve Pauwels"),
        ("vroeger was het Martine Leys maar sinds mijn scheiding weer Martine Goossens",
         "Martine Goossens"),
    ],
)  # fmt: skip
def test_the_name_of_somebody_else_or_of_before_is_left_aside(
    given_text: str, expected_name: str
) -> None:
    assert by_rules("name", given_text).value == expected_name


@pytest.mark.parametrize(
    "given_text",
    [
        "Els Claes heeft mij gestuurd", "ik werk voor Jan De Nul", "Ali en Fatma",
        "bel maar voor Els Claes, mijn begeleider", "ken je Wesley De Backer?", "ik ben Pool",
        "mijn man heet Samir", "soms denk ik aan Karim of aan Nadia", "wij wonen in Sint Niklaas",
    ],
)  # fmt: skip
def test_between_two_or_of_another_no_name_is_guessed(given_text: str) -> None:
    assert by_rules("name", given_text).value is None


@pytest.mark.parametrize(
    ("given_text", "expected_name"),
    [
        ("JAN", "Jan"), ("Ik ben ALI DEMIR", "Ali Demir"), ("Jan VAN DEN BERG", "Jan Van Den Berg"),
        ("iLsE", "Ilse"), ("JP Janssens", "JP Janssens"), ("dirk d'haene", "Dirk D'Haene"),
        ("mark bakker", "Mark Bakker"), ("Nguyen Thi Le", "Nguyen Thi Le"),
    ],
)  # fmt: skip
def test_a_name_gets_its_capitals_however_it_was_typed(given_text: str, expected_name: str) -> None:
    assert by_rules("name", given_text).value == expected_name


@pytest.mark.parametrize("given_name", ["Karim", "Sarah Claes"])
@pytest.mark.parametrize(
    "given_sentence",
    [
        "{} voila", "{} jwt", "{} wollah", "{} dankuwel", "{} euh", "{} xD", "{} enzo", "{} dus",
        "mss {}", "bon {}", "haai {}", "klopt {}", "slt {}", "juist {}",
    ],
)  # fmt: skip
def test_a_little_word_beside_it_is_no_part_of_a_name(given_sentence: str, given_name: str) -> None:
    for given_text in (
        given_sentence.format(given_name),
        given_sentence.format(given_name.lower()),
    ):
        assert by_rules("name", given_text).value == given_name
