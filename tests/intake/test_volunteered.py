"""Facts that nobody asked for."""

from typing import Any

import pytest

from bot import intake


@pytest.mark.parametrize(
    ("given_text", "expected_facts"),
    [
        (
            "ben 34, alleen met 2 kinderen, wil in de zorg maar geen diploma",
            {"age_band": "26_34", "barriers": ["childcare"], "dream_themes": ["care"]},
        ),
        (
            "ik woon in genk en wil graag lassen, ik ben 45 jaar",
            {"postcode": "3600", "dream_themes": ["engineering"], "age_band": "45_54"},
        ),
        (
            "ik heb 4 bso gedaan en zit op den dop",
            {"education_level": "lower_secondary", "situation": "job_seeking"},
        ),
        (
            "ik werk in de fabriek maar ik wil met kinderen werken",
            {"situation": "working", "dream_themes": ["childcare"]},
        ),
        (
            "mijn naam is Fatma Yilmaz en ik woon in 3600 genk",
            {"name": "Fatma Yilmaz", "postcode": "3600"},
        ),
        ("bel mij op 0478 12 34 56", {"phone": "+32478123456"}),
        (
            "ik wil mijn diploma secundair halen, ik kan alleen s avonds",
            {"dream_themes": ["diploma"], "schedule": ["evening"]},
        ),
        (
            "Selin hier, 23, kortrijk, zoek werk, ik zou graag kapster worden",
            {
                "name": "Selin",
                "age_band": "18_25",
                "postcode": "8500",
                "situation": "job_seeking",
                "dream_themes": ["hair_beauty"],
            },
        ),
        (
            "ik ben zesendertig, les kan alleen savonds want ik werk voltijds in een magazijn",
            {"age_band": "35_44", "schedule": ["evening"], "situation": "working"},
        ),
        (
            "mijn humaniora heb ik in Mechelen gedaan, ik wil nu bakker worden",
            {
                "education_level": "upper_secondary",
                "diploma_origin": "belgium",
                "dream_themes": ["hospitality_food"],
            },
        ),
        (
            "woon in aalst. mijn diploma is niet erkend. taal is probleem",
            {
                "postcode": "9300",
                "diploma_recognised": "no",
                "barriers": ["foreign_diploma", "language"],
            },
        ),
        ("mail mij op els.maes@voorbeeld.be", {"email": "els.maes@voorbeeld.be"}),
        ("geen auto en geen geld", {"barriers": ["mobility", "finance"]}),
    ],
)
def test_what_is_said_beyond_doubt_is_kept(given_text: str, expected_facts: dict[str, Any]) -> None:
    assert intake.volunteered(given_text) == expected_facts


@pytest.mark.parametrize(
    "given_text",
    [
        "", "ja", "dag", "hoeveel kost nt2", "mijn man werkt in de bouw", "ik ben bang", "2800",
        "verlies ik mijn uitkering als ik werkloos ben?", "mijn zoon is 12 jaar",
        "ik heb 2 kinderen",
        "mag ik les volgen met leefloon?", "mijn zus woont in gent", "geen diploma", "a" * 5000,
        "mijn buurman is 51 en zoekt werk in de bouw", "voor geen geld",
        "mijn cliënt, 30 jaar, krijgt leefloon en wil lassen", "vroeger werkte ik s avonds",
    ],
)  # fmt: skip
def test_questions_and_others_give_no_facts(given_text: str) -> None:
    assert intake.volunteered(given_text) == {}


@pytest.mark.parametrize(
    ("given_text", "expected_facts"),
    [
        ("ik heet Jan en ik ben 34", {"name": "Jan", "age_band": "26_34"}),
        ("u spreekt met Leen, ik zit op den dop", {"name": "Leen", "situation": "job_seeking"}),
        ("ik heb geen auto maar dat is geen probleem ik heb een fiets", {}),
        ("vroeger had ik geen opvang maar nu gaan ze naar school", {}),
        ("ik woon niet meer in leuven ben verhuisd naar tienen", {"postcode": "3300"}),
        ("woon ni meer in gent maar in aalst", {"postcode": "9300"}),
        (
            "ik spreek al goed nederlands b1, woon in gent",
            {"dutch_level": "b1", "postcode": "9000"},
        ),
        ("6 jaar lagere in marokko", {"education_level": "primary"}),
        ("mijn zoon doet 6 jaar lagere school", {}),
        ("6de leerjaar in Marokko", {"education_level": "primary", "diploma_origin": "abroad"}),
        ("tot 4de middelbaar", {"education_level": "lower_secondary"}),
        ("ik heb zoon 3de leerjaar", {}),
        ("les geven in het 3de leerjaar", {}),
    ],
)
def test_a_fact_ends_at_its_own_words_and_what_is_taken_back_is_none(
    given_text: str, expected_facts: dict[str, object]
) -> None:
    assert intake.volunteered(given_text) == expected_facts


@pytest.mark.parametrize(
    "given_text",
    [
        "ik wil iets met auto's maar mijn rug is kapot",
        "ik heb een slechte rug en wil in de zorg",
        "wil bouw maar ik mag niet heffen van de dokter",
        "ik wil kok worden maar lang staan gaat niet",
        "ik kan ni lang rechtstaan",
        "ik heb hartproblemen",
        "mijn knie is versleten",
        "heb last van mn knieën",
        "ik zoek werk, geen zwaar werk meer",
    ],
)
def test_what_a_body_cannot_is_kept_from_a_story(given_text: str) -> None:
    assert intake.volunteered(given_text)["barriers"] == ["health"]


@pytest.mark.parametrize(
    "given_text",
    [
        "ik wil met mijn hart werken",
        "ik help graag mensen met rugpijn",
        "ik wil kinesist worden en mensen met een slechte rug helpen",
        "mijn moeder heeft rugpijn",
        "ik heb geen last van mijn rug",
        "vroeger had ik last van mijn rug maar nu niet meer",
        "ik wil leren tillen in de zorg",
        "mijn hart ligt bij kinderen",
    ],
)
def test_a_body_that_is_well_or_another_is_no_barrier(given_text: str) -> None:
    assert "barriers" not in intake.volunteered(given_text)
