"""Callback data: 64 bytes, made here, for one client."""

import datetime as dtm
import pathlib

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from bot.channels import chatlog, rasa
from bot.channels.telegram import buttons
from bot.settings import ROOT, settings

SENDER = "telegram-7"
LONG = '/inform{"appointment_time": "2026-11-24T10:00:00+01:00", "place": "Leerwinkel Genk é"}'
NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)


@pytest.fixture(autouse=True)
def _settings(configured: None) -> None:
    """A secret to sign with, and a log."""


def offered(*payloads: str, sender_id: str = SENDER) -> None:
    shown = [{"title": "x", "payload": payload} for payload in payloads]
    chatlog.told(sender_id, "bot-1", [rasa.message("Kies", shown)], now=NOW)


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_whatever_the_payload_the_data_fits(payload: str) -> None:
    assert 1 <= len(buttons.data_for(SENDER, payload).encode("utf-8", "surrogatepass")) <= 64


def test_a_short_payload_comes_back_without_any_log() -> None:
    data = buttons.data_for(SENDER, "/affirm")

    assert buttons.payload_of(SENDER, data) == "/affirm"


def test_a_long_payload_comes_back_from_the_log() -> None:
    offered("/affirm", LONG)

    assert buttons.payload_of(SENDER, buttons.data_for(SENDER, LONG)) == LONG


def test_a_long_payload_whose_log_is_wiped_is_gone() -> None:
    with pytest.raises(buttons.UnknownButtonError):
        buttons.payload_of(SENDER, buttons.data_for(SENDER, LONG))


def test_data_works_for_its_own_client_only() -> None:
    offered(LONG, sender_id="telegram-8")
    for payload in ("/affirm", LONG):
        with pytest.raises(buttons.UnknownButtonError):
            buttons.payload_of("telegram-8", buttons.data_for(SENDER, payload))


@pytest.mark.parametrize(
    "data", ["", "p", "pAAAAAAAA", "pAAAAAAAA/restart", "k", "kAAA", "x/a", "é"]
)
def test_made_up_data_is_refused(data: str) -> None:
    offered(LONG)

    with pytest.raises(buttons.UnknownButtonError):
        buttons.payload_of(SENDER, data)


def test_another_secret_makes_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    data = buttons.data_for(SENDER, "/affirm")
    monkeypatch.setenv("LEERWIJZER_SECRET", "another secret")
    settings.cache_clear()

    with pytest.raises(buttons.UnknownButtonError):
        buttons.payload_of(SENDER, data)


def test_the_fixed_buttons_of_the_bot_need_no_log() -> None:
    """They work as long as the message exists, also when the conversation was wiped."""
    payloads = {
        button["payload"].replace("{{", "{").replace("}}", "}")
        for path in pathlib.Path(ROOT / "domain").glob("*.yml")
        for variants in (yaml.safe_load(path.read_text()).get("responses") or {}).values()
        for variant in variants
        for button in variant.get("buttons", [])
    }

    assert len(payloads) > 50
    for payload in payloads:
        assert buttons.payload_of(SENDER, buttons.data_for(SENDER, payload)) == payload
