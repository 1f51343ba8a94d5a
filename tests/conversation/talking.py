"""A conversation without Rasa: what Rasa would understand is said by the test."""

import dataclasses
import datetime as dtm
import json
import pathlib
from typing import Any

import yaml

from bot.conversation import Reply, State, Turn, respond

NOW = dtm.datetime(2026, 11, 22, 9, 0, tzinfo=dtm.timezone.utc)
"""A Sunday."""
DOMAIN = pathlib.Path(__file__).parents[2] / "domain"
RESPONSES: dict[str, list[dict[str, Any]]] = {
    name: variants
    for path in sorted(DOMAIN.glob("*.yml"))
    for name, variants in yaml.safe_load(path.read_text(encoding="utf-8"))
    .get("responses", {})
    .items()
}


@dataclasses.dataclass
class Client:
    """Talks to the dialogue and remembers what was said, as the slots would."""

    sender_id: str = "web-test"
    state: State = dataclasses.field(init=False)
    reply: Reply = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.state = State(self.sender_id)

    def types(
        self, text: str, intent: str = "inform", confidence: float = 0.9, **more: Any
    ) -> Reply:
        """Free text, understood as `intent`."""
        return self._turn(Turn(text, intent, confidence, NOW, **more))

    def taps(self, payload: str) -> Reply:
        """A button, by its payload."""
        intent, _, rest = payload.removeprefix("/").partition("{")
        fields = json.loads("{" + rest) if rest else {}
        return self._turn(Turn(payload, intent, 1.0, NOW, tapped=fields))

    def _turn(self, turn: Turn) -> Reply:
        self.reply = respond(self.state, turn)
        kept = State.from_slots(self.sender_id, self.state.to_slots(), self.state.form)
        assert kept == self.state, "the slots hold all that the dialogue remembers"
        return self.reply

    def said(self) -> list[str]:
        """Names of the responses of the last turn."""
        return [said.response for said in self.reply.says]

    def buttons(self) -> list[str]:
        """Payloads of the buttons under the last message."""
        last = self.reply.says[-1]
        fixed = RESPONSES[last.response][0].get("buttons", [])
        return [b["payload"].replace("{{", "{").replace("}}", "}") for b in fixed] + [
            b.payload for b in last.buttons
        ]


def tap(field: str, value: str) -> str:
    """The payload that answers `field`."""
    return f"/inform{json.dumps({field: value})}"


def until(client: Client, asked: str) -> Client:
    """Answer by button until `asked` is the open question."""
    answers = {
        "consent": "yes",
        "dutch_level": "b1",
        "education_level": "lower_secondary",
        "more_questions": "yes",
        "situation": "job_seeking",
        "barriers": "none",
        "schedule": "done",
        "age_band": "35_44",
        "readback": "yes",
        "wants_appointment": "yes",
    }
    typed = {"dream": "verpleegster worden", "postcode": "3600", "strengths": "goed luisteren"}
    if client.state.asked is None:
        client.types("dag", "greet")
    while (now := client.state.asked) != asked:
        assert now is not None, f"the conversation ended before {asked} was asked"
        if now in typed:
            client.types(typed[now], "share_dream" if now == "dream" else "inform")
        else:
            client.taps(tap(now, answers[now]))
    return client
