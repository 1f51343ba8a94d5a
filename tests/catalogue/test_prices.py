"""Prices are computed from the tariffs, with source and date."""

import datetime as dtm
import decimal

import pytest

from bot.catalogue import model, prices
from bot.catalogue.loading import Catalogue

TODAY = dtm.date(2026, 11, 22)


def cost(text: str, catalogue: Catalogue, record: dict[str, object] | None = None) -> list[str]:
    return prices.cost(text, record, catalogue, today=TODAY)


def test_nt2_is_hours_times_tariff(sample: Catalogue) -> None:
    said = cost("hoeveel kost nt2", sample)
    assert said[0] == "Een les NT2 in een CVO kost 1,50 euro per uur."
    assert "180 euro" in said[1]
    assert said[-1] == "Bron: edukempen.be, 2025."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kost tweedekans veel", "0,03"),
        ("prijs cvo", "2,25"),
        ("wat kost een opleiding van vdab", "gratis"),
        ("wat kost syntra", "We weten niet"),
        ("hoeveel is een graduaat", "247,90"),
        ("examencomissie", "38 euro"),
        ("moet ik betalen voor de leerwinkel", "gratis"),
        ("kost inburgering iets", "180"),
        ("wat kost de cursus frans", "4 euro"),
    ],
)
def test_each_kind_has_its_price(sample: Catalogue, text: str, expected: str) -> None:
    assert any(expected in line for line in cost(text, sample)[:3])


def test_a_named_course_uses_its_own_hours(sample: Catalogue) -> None:
    said = cost("wat kost lassen", sample, {"situation": "working"})
    assert said[0].endswith("1 euro per uur.") or said[0].endswith("is gratis.")


def test_a_reduction_is_told_unless_it_surely_does_not_apply(sample: Catalogue) -> None:
    assert any("leefloon" in line for line in cost("cvo", sample))
    assert any("leefloon" in line for line in cost("cvo", sample, {"situation": "living_wage"}))
    assert not any("leefloon" in line for line in cost("cvo", sample, {"situation": "working"}))


def test_without_a_kind_the_general_picture_comes(sample: Catalogue) -> None:
    said = cost("kost dat veel", sample)
    assert said[0] == "Wat een opleiding kost, hangt af van de soort."
    assert len(said) >= 5


def test_every_line_is_plain(real: Catalogue) -> None:
    for tariff in real.tariffs.values():
        for word in tariff.words[:1]:
            for line in cost(f"hoeveel kost {word}", real):
                for part in model.sentences(line):
                    assert len(part.split()) <= 14, part
                    assert "!" not in part


def test_a_tariff_that_is_over_is_not_used() -> None:
    tariff = model.Tariff.model_validate(
        {
            "id": "x", "title": "Les", "unit": "hour", "amount": "2", "maximum": "100",
            "ask_at": "de school", "valid_from": "2025-09-01", "valid_until": "2026-08-31",
            "source": "https://example.org", "checked_on": "2026-11-22", "verified": True,
        }
    )  # fmt: skip
    assert not tariff.valid_on(TODAY)
    assert tariff.valid_on(dtm.date(2026, 8, 31))
    assert tariff.price(40) == decimal.Decimal(80)
    assert tariff.price(60) == decimal.Decimal(100)


def test_of_a_course_come_hours_times_tariff_and_the_reduction(real: Catalogue) -> None:
    course = real.courses[0].model_copy(update={"hours": 200, "tariff": "cvo_standard"})
    said = prices.of_course(course, {}, real, today=TODAY)
    assert any("200 lesuren: dat is 450 euro" in one for one in said)
    reduced = real.tariffs["cvo_standard"].reduced
    assert reduced is not None
    assert reduced.text in said
    assert said[-1].startswith("Bron: ")


def test_of_a_course_without_a_tariff_nothing_is_said(real: Catalogue) -> None:
    course = next(one for one in real.courses if not one.tariff)
    assert prices.of_course(course, {}, real, today=TODAY) == []
