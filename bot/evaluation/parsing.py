"""What a trained model makes of texts, through Rasa's environment; and training a model."""

import dataclasses
import json
import os
import pathlib
import subprocess
import tempfile
import time
from collections.abc import Sequence

from bot.settings import ROOT

HERE = pathlib.Path(__file__).parent
RASA = ROOT / ".venv-rasa" / "bin"

STOCK_PIPELINE = """recipe: default.v1
assistant_id: stock
language: nl
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    constrain_similarities: true
policies: []
"""
"""The default pipeline of `rasa init` (3.6) without the response selector and the fallback."""
STOCK_EPOCHS = 100
"""As in the default pipeline; on 22,000 sentences that takes hours on two cores."""


class EvaluationError(Exception):
    """The evaluation cannot go on; the message says what to do."""


@dataclasses.dataclass(frozen=True)
class Parsed:
    """What the model made of one text; `seconds` is the time of the NLU graph."""

    intent: str | None
    confidence: float
    language: str | None
    danger: str
    seconds: float


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "WARNING",
    }


def parse(model: pathlib.Path, texts: Sequence[str]) -> list[Parsed]:
    """One result a text.

    Raises:
        EvaluationError: Rasa's environment or the model is missing, or Rasa stopped.
    """
    if not (RASA / "python").exists():
        raise EvaluationError("There is no .venv-rasa. Run `make setup` first.")
    if not model.exists():
        raise EvaluationError(f"There is no model {model.name}. Run `leerwijzer train` first.")
    done = subprocess.run(  # noqa: S603
        [str(RASA / "python"), str(HERE / "rasa_side.py"), str(model)],
        input="".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=_environment(),
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stderr.splitlines()[-5:])
        raise EvaluationError(f"Rasa stopped with code {done.returncode}:\n{tail}")
    return [Parsed(**json.loads(line)) for line in done.stdout.splitlines()]


def train_stock(folder: pathlib.Path, epochs: int) -> tuple[pathlib.Path, float]:
    """Trains Rasa's default pipeline on the same sentences: (model, seconds).

    Args:
        folder: where the model and its settings come.
        epochs: how often DIET sees every sentence.

    Raises:
        EvaluationError: the training stopped.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=folder, delete=False) as config:
        config.write(STOCK_PIPELINE.format(epochs=epochs))
    return _train(pathlib.Path(config.name), folder, "stock")


def train_ours(folder: pathlib.Path) -> tuple[pathlib.Path, float]:
    """Trains the pipeline of `config.yml` (NLU only): (model, seconds).

    Raises:
        EvaluationError: the training stopped.
    """
    return _train(ROOT / "config.yml", folder, "ours")


def _train(config: pathlib.Path, folder: pathlib.Path, name: str) -> tuple[pathlib.Path, float]:
    started = time.monotonic()
    command = [
        *(str(RASA / "rasa"), "train", "nlu", "--config", str(config)),
        *("--nlu", str(ROOT / "data" / "nlu"), "--domain", str(ROOT / "domain")),
        *("--out", str(folder), "--fixed-model-name", name),
    ]
    environment = {**_environment(), "LOG_LEVEL": "INFO"}
    done = subprocess.run(command, env=environment, cwd=folder, check=False)  # noqa: S603
    if done.returncode:
        raise EvaluationError(f"Training '{name}' stopped with code {done.returncode}.")
    return folder / f"{name}.tar.gz", time.monotonic() - started
