"""Waiting longer each time, but never too long, however often it fails."""

from bot.channels.telegram.pauses import LONGEST, pause


def test_pauses_grow_to_half_a_minute_and_no_further() -> None:
    assert [pause(tries) for tries in range(4)] == [0.5, 1.0, 2.0, 4.0]
    assert pause(8) == pause(100_000) == LONGEST
