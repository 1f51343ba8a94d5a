"""E-mail addresses: corrected, of several one, with words about them."""

import pytest

from bot.intake.reading.email import email


@pytest.mark.parametrize(
    ("given_text", "expected_address"),
    [
        ("ali@gmail.con", "ali@gmail.com"),
        ("ali@gmial.com", "ali@gmail.com"),
        ("nour streepje laag ali at hotmail punt com", "nour_ali@hotmail.com"),
        ("ali@bedrijf.con", "ali@bedrijf.con"),
        ("yassin@gmail.con sry .com", "yassin@gmail.com"),
        ("ali@gmail.com sorry hotmail", "ali@hotmail.com"),
        ("ali@gmail.com nee outlook.be", "ali@outlook.be"),
        ("jan at proximus punt be nee wacht at outlook punt be", "jan@outlook.be"),
        ("nee sorry ali@gmail.com", "ali@gmail.com"),
        ("ali@gmail.com sorry dat ik laat ben", "ali@gmail.com"),
        ("ali@gmail.com nee jan@gmail.com", "jan@gmail.com"),
        ("ali12@telenet.be nee sorry een drie", "ali13@telenet.be"),
        ("tineke at telenet nee skynet punt be", "tineke@skynet.be"),
    ],
)
def test_a_correction_replaces_what_was_wrong(given_text: str, expected_address: str) -> None:
    assert email(given_text).value == expected_address


@pytest.mark.parametrize(
    ("given_text", "expected_address"),
    [
        ("tineke@gmail", "tineke@gmail.com"),
        ("tineke punt g at telenet", "tineke.g@telenet.be"),
        ("raf claes op skynet punt be", "rafclaes@skynet.be"),
        ("Tineke. G@telenet.be", "tineke.g@telenet.be"),
        ("ik heb er lang over gedaan. tineke.g@telenet.be", "tineke.g@telenet.be"),
        ("Sarah Okafor 88@gmail.com alles aan elkaar", "sarahokafor88@gmail.com"),
        ("karim punt hadad, h-a-d-d-a-d, at gmail punt com", "karim.haddad@gmail.com"),
        ("ik zal het traag zeggen tineke punt maes at telenet punt be", "tineke.maes@telenet.be"),
    ],
)
def test_an_address_as_people_write_and_say_it(given_text: str, expected_address: str) -> None:
    assert email(given_text).value == expected_address


@pytest.mark.parametrize(
    "given_text",
    [
        "tineke@hotmail",
        "mijn email adres rita b85@gmail.com",
        "tineke,g@telenet.be",
        "tineke12@telenet.be fout het is 123",
        "tineke@telenet.be neen toch met streepje",
        "ali1@yahoo.com werkt niet meer",
        "samira@gmail.com samira2@gmail.com",
        "jozef met ph punt baert at telenet punt be",
        "claes rita at gmail punt com met een punt ertussen",
        "hugo vijf vier nee vijf vijf apenstaartje scarlet punt be",
        "rita.b@gmail.com.be",
        "@kobe op insta",
        "rita at skynet punt be dus rita punt claes",
    ],
)
def test_nothing_is_read_when_a_piece_is_unclear(given_text: str) -> None:
    assert email(given_text).value is None
