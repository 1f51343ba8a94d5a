"""What Rasa computes anew every turn although it never changes (shares: py-spy, whole talks).

- An event's class, by walking all subclasses, for every event of the conversation: 9% of a turn.
- Whether the schema for answers of the action server is itself valid: 40% of a turn.
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


def check_schema_once() -> None:
    """Let Rasa use one validator for all answers of the action server; they are still checked."""
    from jsonschema import validators
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_self: Any, result: dict[str, Any]) -> bool:
        for error in validator.iter_errors(result):
            raise error
        return True

    RemoteAction._validate_action_result = validate
