"""From dreams to themes."""

import pytest

from bot import contract, intake
from bot.intake import meaning
from bot.intake.dream_words import dream_tokens, find
from tests.intake.examples import examples


@pytest.mark.parametrize(("given_dream", "expected_themes"), examples("dreams").items())
def test_a_dream_has_the_themes_that_it_names(given_dream: str, expected_themes: list[str]) -> None:
    assert sorted(intake.dream_themes(given_dream)) == sorted(expected_themes)


def test_every_theme_of_the_contract_has_words() -> None:
    from bot.intake.reading.lexicon import vocabulary

    words = vocabulary("themes")
    assert set(words) == set(contract.labels("themes"))
    assert all(len(phrases) >= 40 for phrases in words.values())


@pytest.mark.parametrize("given_text", ["", "   ", "😀", "a" * 10_000, "kapper " * 2000])
def test_odd_texts_do_no_harm(given_text: str) -> None:
    assert intake.dream_themes(given_text) in ([], ["hair_beauty"])


@pytest.mark.parametrize(
    ("given_story", "expected_themes"),
    [
        (
            "ik heb lang in een wasserij gestaan en mijn man is chauffeur en nu de kinderen "
            "groot zijn wil ik bij een bloemist werken",
            ["green_animals"],
        ),
        (
            "mijn schoonvader was huisschilder, hij leerde mij dat en dat wil ik ook gaan doen",
            ["construction"],
        ),
        ("vroeger lasser geweest in tunesie, hier ook lasser", ["engineering"]),
        ("ik werk nu in een magazijn maar ik wil barbier worden", ["hair_beauty"]),
        ("mijn dochter studeert voor tandarts en mijn zoon zit bij de politie", []),
        ("ik wil kuisen stoppen en in winkel werken", ["retail"]),
        ("ik wil stoppen met kuisen en in een winkel werken", ["retail"]),
        ("weg van de bouw naar de zorg", ["care"]),
        ("engels een beetje, nl slecht", []),
        ("mijn nederlands goed genoeg, ik wil kok worden", ["hospitality_food"]),
        ("engels goed leren spreken", ["other_language_learning"]),
        ("het poetsen beu, ik wil kok zijn", ["hospitality_food"]),
    ],
)
def test_of_a_story_only_the_wish_counts(given_story: str, expected_themes: list[str]) -> None:
    assert intake.dream_themes(given_story) == expected_themes


@pytest.mark.parametrize(
    ("given_dream", "expected_themes"),
    [
        ("nagels doen in een rusthuis", ["hair_beauty"]),
        ("in een rusthuis werken", ["care"]),
        ("koken voor kinderen op school", ["hospitality_food"]),
        ("schoonmaken in de bank", ["cleaning"]),
        ("paarden verzorgen", ["green_animals"]),
        ("bakker of verpleger", ["hospitality_food", "care"]),
    ],
)
def test_where_and_for_whom_is_no_theme_beside_the_work(
    given_dream: str, expected_themes: list[str]
) -> None:
    assert intake.dream_themes(given_dream) == expected_themes


@pytest.mark.parametrize(
    ("given_dream", "expected_themes"),
    [
        ("een slagerij openen", {"hospitality_food", "self_employed"}),
        ("ik wil een nagelstudio starten", {"hair_beauty", "self_employed"}),
        ("beginnen als zelfstandig tuinier", {"green_animals", "self_employed"}),
    ],
)
def test_a_business_of_ones_own_stands_beside_the_trade(
    given_dream: str, expected_themes: set[str]
) -> None:
    assert set(intake.dream_themes(given_dream)) == expected_themes


@pytest.mark.parametrize(
    ("given_dream", "expected_themes"),
    [
        ("vrplgstr", ["care"]),
        ("schrjnwrkr", ["construction"]),
        ("mgzijnr", ["transport_logistics"]),
    ],
)
def test_words_without_vowels_are_read(given_dream: str, expected_themes: list[str]) -> None:
    assert intake.dream_themes(given_dream) == expected_themes


@pytest.mark.parametrize(
    "given_word", ["bekwamen", "geiren", "papierke", "bewaren", "tunnel", "kapstok"]
)
def test_a_word_of_its_own_is_no_misspelt_job(given_word: str) -> None:
    found = find(dream_tokens(given_word))
    assert [*found.kept, *found.dropped, *found.refused] == []


def test_who_cannot_read_wants_to_learn_it() -> None:
    assert intake.dream_themes("ik kan niet lezen en dat wil ik leren") == ["basic_skills"]


def test_a_clear_job_word_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "judge", lambda _found: pytest.fail("embedded"))
    assert intake.dream_themes("ik wil graag kapster worden") == ["hair_beauty"]
    assert intake.dream_themes("niet poetsen") == []


@pytest.mark.parametrize(
    "given_dream",
    [
        "ik wil kapper worden",
        "poetsvrouw in een kasteel",
        "machines herstellen in een fabriek",  # one that fits many jobs, and letters that agree
    ],
)
def test_a_clear_dream_is_read_without_its_meaning(
    given_dream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "judge", lambda _found: pytest.fail("the meaning was read"))
    assert intake.is_clear(given_dream)
    assert len(intake.dream_themes(given_dream)) == 1


def test_a_dream_of_more_than_one_theme_is_not_clear() -> None:
    assert not intake.is_clear("kapper of kok")


@pytest.mark.parametrize(
    ("given_dream", "left"),
    [
        ("verkoop maar geen vlees", "verkoop maar geen"),
        ("haar en schoonheid maar niet met voeten", "haar en schoonheid maar niet"),
        # what somebody lacks or can't do yet is no refusal
        ("kok worden, ik heb geen diploma", "kok worden, ik heb geen diploma"),
        ("ik kan niet lezen", "ik kan niet lezen"),
        # nothing else is said, or nothing is refused
        ("niet poetsen", "niet poetsen"),
        ("graag met dieren", "graag met dieren"),
    ],
)
def test_what_is_refused_falls_out_of_a_dream(given_dream: str, left: str) -> None:
    assert intake.accepted_text(given_dream) == left
