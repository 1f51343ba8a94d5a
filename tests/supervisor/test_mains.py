"""What the supervisor adds to Rasa and to the action server."""

import os
import subprocess

import pytest

from bot import contract
from bot.settings import ROOT
from bot.supervisor import actions_main, programs

_CLASSES = """
import rasa.shared.core.events as events
import rasa.shared.utils.common as common
from bot.supervisor import rasa_speed
before = common.all_subclasses(events.Event)
rasa_speed.remember_classes()
assert common.all_subclasses(events.Event) == before
class Later(events.Event):
    pass
class Latest(events.AlwaysEqualEventMixin):
    type_name = "latest"
    def __str__(self): return "latest"
    def apply_to(self, tracker): pass
    def as_story_string(self): return None
assert Latest in common.all_subclasses(events.AlwaysEqualEventMixin)
assert events.UserUttered is events.Event.resolve_by_type("user")
"""


@pytest.mark.skipif(not programs.RASA_PYTHON.exists(), reason="no environment of Rasa")
def test_remembered_classes_are_those_that_rasa_finds() -> None:
    done = subprocess.run(
        [programs.RASA_PYTHON, "-W", "ignore", "-c", _CLASSES],
        cwd=ROOT,
        env={**os.environ, **programs.QUIET_RASA, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_actions_get_the_whole_domain_without_rasa_sending_it() -> None:
    # GIVEN an action server
    given = actions_main.Executor()
    # WHEN Rasa calls an action without the domain
    actual = given.update_and_return_domain({}, "action_respond")
    # THEN the action gets it from the files
    assert actual is not None
    assert {"intake_form", "booking_form"} <= actual["forms"].keys()
    assert contract.fields().keys() <= actual["slots"].keys()


def test_a_domain_that_rasa_does_send_comes_first() -> None:
    given = {"domain": {"slots": {"x": {}}}}
    assert actions_main.Executor().update_and_return_domain(given, "a") == {"slots": {"x": {}}}
