"""Answers, dreams and times that we made up, with what they should be read as."""

import pathlib
from typing import Any

import yaml

HERE = pathlib.Path(__file__).parent


def examples(name: str) -> dict[str, Any]:
    """The content of one file of examples."""
    content = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content
