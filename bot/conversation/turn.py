"""What comes in and what goes out in one turn."""

import dataclasses
import datetime as dtm
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True)
class Turn:
    """One message of the client, as Rasa understood it."""

    text: str
    intent: str
    confidence: float
    now: dtm.datetime
    tapped: dict[str, Any] | None = None
    """The fields of a tapped button, {} for a button without fields, None for typed text."""
    language: str | None = None
    """ISO 639-1 code when the language guard took the text for another language."""
    maybe_danger: bool = False
    """The danger guard is in between: ask before going on."""
    danger_kind: str | None = None
    """suicide, self_harm, violence or no_roof, when the danger guard could tell."""
    origin: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """`leerwinkel` and `referral_source` (codes) of the site or link that the client used."""


@dataclasses.dataclass(frozen=True)
class Button:
    """A choice under a message; `payload` is Rasa's `/intent{"field": "value"}`."""

    title: str
    payload: str


@dataclasses.dataclass(frozen=True)
class Say:
    """One message: the name of a response in `domain/` and what fills its gaps."""

    response: str
    params: dict[str, Any]
    buttons: tuple[Button, ...] = ()
    custom: dict[str, Any] | None = None


@dataclasses.dataclass
class Reply:
    """What the bot says, and in which form the conversation goes on."""

    says: list[Say] = dataclasses.field(default_factory=list)
    over: bool = False
    """The client took leave: without consent the conversation can be wiped."""
    forget: bool = False
    """The client wants everything about them removed."""

    def say(
        self,
        response: str,
        *,
        buttons: tuple[Button, ...] = (),
        custom: dict[str, Any] | None = None,
        **params: Any,
    ) -> None:
        """Add a message."""
        self.says.append(Say(response, params, buttons, custom))
