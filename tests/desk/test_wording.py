"""Times as the desk says them."""

import datetime as dtm

import pytest

from bot.desk.wording import say_when
from tests.desk.conftest import NOW


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "vandaag om 10 uur"),
        (-24, "gisteren om 10 uur"),
        (24, "morgen om 10 uur"),
        (48, "dinsdag 24 november om 10 uur"),
        (-24 * 365, "zaterdag 22 november 2025 om 10 uur"),
        (24 * 50, "maandag 11 januari 2027 om 10 uur"),
    ],
)
def test_near_days_have_a_name_and_other_years_a_number(hours: int, said: str) -> None:
    assert say_when(NOW + dtm.timedelta(hours=hours), NOW) == said
