"""Runs in Rasa's environment: reads texts (JSON, one a line), writes what the model makes of them.

`.venv-rasa/bin/python bot/evaluation/rasa_side.py MODEL < texts.jsonl > results.jsonl`
"""

import asyncio
import json
import os
import pathlib
import sys
import time
import warnings


def main(model: str) -> None:
    """Parses every text on standard input; seconds are those of the NLU graph alone."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever Rasa writes to standard output goes to the errors
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
    warnings.simplefilter("ignore")
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    with asyncio.Runner() if sys.version_info >= (3, 11) else _Loop() as loop:
        loop.run(agent.parse_message("goeiedag, dit is de eerste zin"))
        for line in sys.stdin:
            started = time.perf_counter()
            parsed = loop.run(agent.parse_message(json.loads(line)))
            seconds = time.perf_counter() - started
            kept = {
                "intent": parsed["intent"]["name"],
                "confidence": parsed["intent"]["confidence"],
                "language": parsed.get("language"),
                "danger": parsed.get("danger", "no"),
                "seconds": seconds,
            }
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
    out.close()


class _Loop:
    """What `asyncio.Runner` is from Python 3.11 on."""

    def __enter__(self) -> "_Loop":
        self.loop = asyncio.new_event_loop()
        return self

    def run(self, coroutine):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(coroutine)

    def __exit__(self, *error: object) -> None:
        self.loop.close()


if __name__ == "__main__":
    main(sys.argv[1])
