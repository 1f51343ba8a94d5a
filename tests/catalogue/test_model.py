"""The models use the codes of the contract, and editors see help for every key."""

import typing

import pytest

from bot import contract
from bot.catalogue import model


@pytest.mark.parametrize(
    ("literal", "codes"),
    [
        (model.Theme, "themes"),
        (model.Education, "education_level"),
        (model.Dutch, "dutch_level"),
        (model.Situation, "situation"),
        (model.Schedule, "schedule"),
        (model.LeerwinkelCode, "leerwinkel"),
    ],
)
def test_codes_are_those_of_the_contract(literal: object, codes: str) -> None:
    assert list(typing.get_args(literal)) == list(contract.labels(codes))


def test_types_and_topics_are_those_of_the_contract() -> None:
    assert typing.get_args(model.CourseType) == contract.course_types()
    assert set(contract.labels("barriers")) <= set(typing.get_args(model.Topic))


def test_every_key_of_a_course_has_help_in_the_editor() -> None:
    for entry in (model.Course, model.Asks, model.Gives):
        for name, field in entry.model_fields.items():
            assert field.description, name


def test_every_key_of_a_course_is_explained_in_the_readme(real_folder: typing.Any) -> None:
    text = (real_folder / "README.md").read_text(encoding="utf-8")
    for entry in (model.Course, model.Asks, model.Gives):
        for name in entry.model_fields:
            assert f"`{name}`" in text, name


def test_a_sentence_ends_only_at_its_end() -> None:
    assert model.sentences("Dat kost 1.50 euro. Kom je? Ja.") == [
        "Dat kost 1.50 euro.",
        "Kom je?",
        "Ja.",
    ]
