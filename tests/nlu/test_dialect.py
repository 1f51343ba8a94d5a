"""Dialect to standard Dutch."""

import pytest

from bot.nlu import dialect


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("kheb da ni begrepen", "ik heb dat niet begrepen"),
        ("'k weet het niemeer", "ik weet het niet meer"),
        ("Hoeveel kost dat?", "hoeveel kost dat"),
        ("'t is voor mijne kleine", "het is voor mijn kleine"),
        ("één café", "een cafe"),
        ("", ""),
    ],
)
def test_words_become_standard_dutch(given: str, expected: str) -> None:
    assert dialect.standard(given) == expected


def test_the_model_reads_standard_dutch_and_questions_but_other_scripts_as_they_are() -> None:
    assert dialect.as_read("Wa kost da?") == "wat kost dat ?"
    assert dialect.as_read("أريد أن أتعلم؟") == "أريد أن أتعلم؟"
    assert dialect.as_read("") == ""


def test_no_dialect_word_stands_for_two_things() -> None:
    import collections
    import pathlib

    import yaml

    path = pathlib.Path(dialect.__file__).parent / "data" / "dialect.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    counted = collections.Counter(form for forms in content.values() for form in forms)
    assert [form for form, times in counted.items() if times > 1] == []
