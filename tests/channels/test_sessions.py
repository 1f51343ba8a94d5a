"""Session tokens."""

import uuid

import pytest
from freezegun import freeze_time

from bot.channels import sessions

pytestmark = pytest.mark.usefixtures("configured")


def test_a_token_gives_its_sender_back() -> None:
    sender = sessions.new_sender()

    assert sessions.sender_of(sessions.token_for(sender)) == sender


def test_senders_differ() -> None:
    assert len({sessions.new_sender() for _ in range(100)}) == 100


def test_a_token_of_more_than_a_year_ago_is_refused() -> None:
    with freeze_time("2026-11-22"):
        token = sessions.token_for("web-a")
    with freeze_time("2027-11-20"):
        assert sessions.sender_of(token) == "web-a"
    with freeze_time("2027-11-24"), pytest.raises(sessions.BadSessionError):
        sessions.sender_of(token)


def test_a_token_for_another_channel_is_refused() -> None:
    with pytest.raises(sessions.BadSessionError):
        sessions.sender_of(sessions.token_for("telegram-5"))


def test_only_a_random_first_id_names_its_conversation() -> None:
    client_id = str(uuid.uuid4())

    known = sessions.sender_for_first(client_id)

    assert known == sessions.sender_for_first(client_id.upper())
    assert known is not None
    assert known.startswith("web-")
    assert sessions.sender_for_first("m-1") is None
