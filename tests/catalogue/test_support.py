"""What helps: own situation first, unknown is not refused, what cannot apply is left out."""

import pytest

from bot.catalogue.loading import Catalogue
from bot.catalogue.support import applies, measures, support


def ids(topic: str, record: dict[str, object], catalogue: Catalogue) -> list[str]:
    return [measure.id for measure in measures(topic, record, catalogue)]


def test_own_situation_comes_first(real: Catalogue) -> None:
    assert ids("finance", {"situation": "living_wage"}, real)[0] == "korting-cvo"
    assert ids("mobility", {"situation": "living_wage"}, real)[0] == "de-lijn-leefloon"


def test_what_cannot_apply_is_left_out(real: Catalogue) -> None:
    found = ids("benefits", {"situation": "sick_or_disabled"}, real)
    assert "ziekte-eerst-vragen" in found
    assert "leefloon-studeren" not in found


def test_what_depends_on_something_unknown_comes_last(real: Catalogue) -> None:
    found = ids("mobility", {}, real)
    assert found.index("thuis-leren") < found.index("de-lijn-leefloon")


def test_brussels_follows_from_the_postcode(real: Catalogue) -> None:
    record = {"situation": "job_seeking", "dutch_level": "a1"}
    assert ids("language", {**record, "postcode": "1080"}, real)[0] == "nt2-brussel"
    assert "nt2-brussel" not in ids("language", {**record, "postcode": "9000"}, real)


def test_a_condition_on_an_unknown_field_is_neither_yes_nor_no(real: Catalogue) -> None:
    measure = next(m for m in real.measures if m.id == "zorg-met-loon")
    assert applies(measure, {"situation": "working"}) is None
    assert applies(measure, {"situation": "working", "dream_themes": ["care"]}) is True
    assert applies(measure, {"situation": "working", "dream_themes": ["ict"]}) is False


def test_an_unknown_topic_is_a_mistake(real: Catalogue) -> None:
    with pytest.raises(KeyError):
        measures("weather", {}, real)


def test_each_topic_is_there_once_before_any_comes_twice(real: Catalogue) -> None:
    record = {
        "barriers": ["childcare", "finance", "mobility"], "situation": "living_wage",
        "dutch_level": "a1", "dream": "ik wil koken",
    }  # fmt: skip
    topics = [measure.topic for measure in support(record, real)]
    assert topics[:3] == ["childcare", "finance", "mobility"]
    seconds = next(at for at, topic in enumerate(topics) if topic in topics[:at])
    assert set(topics[seconds:]) <= set(topics[:seconds])
