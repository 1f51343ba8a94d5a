"""The contract is what slots, columns and code lists are measured against."""

import pathlib

import pytest
import yaml

from bot import contract, store

ROOT = pathlib.Path(__file__).parents[2]


def domain(name: str) -> dict[str, object]:
    return yaml.safe_load((ROOT / "domain" / name).read_text(encoding="utf-8"))


def test_every_field_is_a_column_of_the_intake():
    columns = set(store.Intake.__table__.columns.keys())

    assert set(contract.fields()) <= columns


def test_every_field_is_a_slot_that_the_dialogue_sets():
    slots = domain("slots.yml")["slots"]

    for name in contract.fields():
        assert slots[name]["mappings"] == [{"type": "custom"}], name
        assert slots[name]["influence_conversation"] is False, name


def test_every_intent_is_in_the_domain_and_has_training_sentences():
    declared = {name for entry in domain("intents.yml")["intents"] for name in entry}
    trained = {
        block["intent"]
        for path in (ROOT / "data/nlu").rglob("*.yml")
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    }

    assert len(contract.intents()) == 38
    assert set(contract.intents()) <= declared
    assert set(contract.intents()) - {"other_language"} == trained


def test_codes_that_look_like_yaml_booleans_stay_text():
    assert contract.labels("yes_no_unknown")["yes"] == "ja"


def test_an_unknown_code_list_is_refused():
    with pytest.raises(KeyError):
        contract.labels("colours")
