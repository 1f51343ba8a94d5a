"""The texts of the channel itself, from `texts.yaml`."""

import functools
import pathlib

import yaml

FILE = pathlib.Path(__file__).parent / "texts.yaml"


@functools.cache
def _texts() -> dict[str, str]:
    with FILE.open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    assert isinstance(content, dict)
    return {str(key): str(value) for key, value in content.items()}


def say(key: str) -> str:
    """The Dutch text with this key.

    Raises:
        KeyError: `texts.yaml` has no such key.
    """
    return _texts()[key]
