"""Other languages are named; Dutch of any kind is left alone."""

import pytest

from bot.nlu import language

READER = language.LanguageReader(language.vocabulary(["waor moet ich zien", "kem al efkes gedaan"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to learn Dutch", "en"),
        ("je cherche un travail", "fr"),
        ("iş arıyorum yardım edin lütfen", "tr"),
        ("أريد أن أتعلم", "ar"),
        ("хочу вивчати мову", "uk"),
        ("хочу учить язык", "ru"),
        ("szukam pracy w fabryce", "pl"),
        ("vreau să învăț limba", "ro"),
        ("искам да работя", "bg"),
        ("quiero aprender el idioma", "es"),
        ("quero aprender a língua", "pt"),
        ("voglio imparare la lingua", "it"),
        ("ich möchte die Sprache lernen", "de"),
        ("waxaan rabaa inaan shaqo helo", "so"),
        ("زه غواړم کار وکړم", "ps"),
        ("من می‌خواهم کار کنم", "fa"),
        ("ስራሕ እደሊ", "ti"),
        ("dua të gjej një punë", "sq"),
        ("我想学习", "zh"),
        ("나는 배우고 싶어요", language.UNKNOWN),
        ("θέλω να μάθω", language.UNKNOWN),
    ],
)
def test_another_language_is_named(text: str, expected: str) -> None:
    assert READER.other_language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ik wil leren nederlands maar moeilijk",
        "ik niet begrijp jij kan helpen mij",
        "kem da nie goe verstaan wa moek doen",
        "jow bro wa kost da",
        "ik wil loodgieter worden",
        "Mohammed Al Hassan",
        "merci",
        "thank you",
        "hello",
        "nee",
        "ok",
        "",
        "0478 12 34 56",
        "👍👍👍",
        "ja ja ja",
        "bla bla bla",
        '/inform{"education_level": "primary"}',
    ],
)
def test_dutch_names_and_short_texts_are_left_alone(text: str) -> None:
    assert READER.other_language(text) is None


def test_words_of_the_training_sentences_count_as_dutch() -> None:
    assert language.vocabulary(["Wà kost dá?"]) == {"wa", "kost", "da"}


def test_scripts_are_counted() -> None:
    assert language.scripts("abc где 1") == {"LATIN": 3, "CYRILLIC": 3}
