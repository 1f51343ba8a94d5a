"""Pictures and hard words beside the messages."""

import pytest
import yaml

from bot import catalogue, contract
from bot.channels import dressing
from bot.settings import ROOT

CONTENT = yaml.safe_load(dressing.FILE.read_text(encoding="utf-8"))
BUTTONS = sorted(
    {
        button["payload"].replace("{{", "{").replace("}}", "}")
        for path in (ROOT / "domain").glob("*.yml")
        for variants in (
            yaml.safe_load(path.read_text(encoding="utf-8")).get("responses") or {}
        ).values()
        for variant in variants
        for button in variant.get("buttons", [])
    }
)
CODES = [
    f'/inform{{"{name}": "{code}"}}'
    for name, field in contract.fields().items()
    if field.codes and name not in ("languages", "gender")
    for code in contract.labels(field.codes)
]


@pytest.mark.parametrize("payload", [*BUTTONS, *CODES])
def test_every_choice_has_a_picture(payload: str) -> None:
    name = dressing.picture(payload)

    assert name is not None
    assert (dressing.PICTURES / f"{name}.svg").is_file()


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ('/inform{"appointment_time": "2026-11-24T10:00:00+01:00"}', "time"),
        ('/inform{"appointment_time": "more"}', "more"),
        ('/inform{"correct_field": "postcode"}', "change"),
        ('/inform{"dream_themes": "care"}', "care"),
        ('/inform{"dream_themes": "../../secret"}', None),
        ("/something_new", None),
        ("/inform{broken", None),
    ],
)
def test_a_picture_follows_from_the_payload(payload: str, expected: str | None) -> None:
    assert dressing.picture(payload) == expected


def test_no_picture_is_kept_that_nothing_uses() -> None:
    own = set(contract.labels("themes")) | {"people", "hands", "outside", "desk", "learn"}

    actual = {path.stem for path in dressing.PICTURES.glob("*.svg")}

    assert actual == own | set(CONTENT)


def test_a_hard_word_is_found_as_it_is_written_and_explained_with_an_example() -> None:
    actual = dressing.hard_words("Eerst nt2, dan een Graduaat. Na NT2 kan je verder.")

    assert [word["word"] for word in actual] == ["nt2", "Graduaat"]
    entry = catalogue.explain("nt2")
    assert entry is not None
    assert actual[0]["text"] == f"{entry.text} {entry.example}"


@pytest.mark.parametrize("text", ["Stagebegeleiders", "", "Dag", "fnt2x", "IBOS"])
def test_a_part_of_another_word_is_no_hard_word(text: str) -> None:
    assert dressing.hard_words(text) == []


def test_the_longest_word_wins() -> None:
    actual = dressing.hard_words("Je hebt een diploma secundair nodig.")

    assert [word["word"] for word in actual] == ["diploma secundair"]


def test_a_text_that_explains_a_word_does_not_offer_that_again() -> None:
    entry = catalogue.explain("graduaat")
    assert entry is not None

    words = [word["word"].lower() for word in dressing.hard_words(f"{entry.text} {entry.example}")]

    assert "graduaat" not in words


def test_a_message_is_dressed_and_the_stored_one_stays_as_it_was() -> None:
    button = {"title": "Ja", "payload": "/affirm"}
    stored = {"id": "a.1", "text": "Wil je NT2?", "buttons": [button], "courses": []}

    actual = dressing.dress([stored])

    assert actual[0]["pictures"] == ["yes"]
    assert actual[0]["words"][0]["word"] == "NT2"
    assert set(stored) == {"id", "text", "buttons", "courses"}


def test_hard_words_in_courses_count_and_those_of_the_client_do_not() -> None:
    course = {"summary": "Een graduaat.", "reasons": ["Je wil NT2"], "missing": ["Een stage"]}

    actual = dressing.dress(
        [{"text": "", "courses": [course]}, {"id": "1", "from": "client", "text": "nt2"}]
    )

    assert [word["word"] for word in actual[0]["words"]] == ["graduaat", "NT2", "stage"]
    assert "words" not in actual[1]
