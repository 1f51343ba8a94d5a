"""What Rasa does every turn without need (shares: py-spy, whole conversations).

- An event's class, by walking all subclasses, for every event of the conversation: 9% of a turn.
- Whether the schema for answers of the action server is itself valid: 40% of a turn.
- All events of the conversation as JSON, for actions that do not read them: 10% of a turn.
"""

import functools
from typing import Any


def remember_classes() -> None:
    """Let Rasa remember the subclasses of a class; call it after Rasa is imported."""
    import rasa.shared.utils.common as common

    slow = common.all_subclasses

    @functools.lru_cache(maxsize=256)
    def once(cls: Any, _direct: int) -> tuple[Any, ...]:
        return tuple(slow(cls))

    # A class defined later (by a component) changes the number of direct subclasses.
    common.all_subclasses = lambda cls: list(once(cls, len(cls.__subclasses__())))


def talk_less_to_actions() -> None:
    """Leave the events out of calls of the action server, and check its answers quickly.

    Our actions read slots and the latest message only. Of their answers the outline is checked
    here; Rasa itself refuses an event that it does not know when it reads them.
    """
    from rasa import __version__
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.trackers import EventVerbosity

    def call(self: Any, tracker: Any, _domain: Any) -> dict[str, Any]:
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.NONE),
            "version": __version__,
        }

    def validate(_self: Any, result: Any) -> bool:
        for part in ("events", "responses"):
            if not all(isinstance(one, dict) for one in result.get(part) or []):
                raise ValueError(f"the action server's answer holds {part} that are no objects")
        return True

    RemoteAction._action_call_format = call
    RemoteAction._validate_action_result = validate
