"""How well Leerwijzer understands: `python -m bot.evaluation` (sets in `evaluation/`)."""

from bot.evaluation.measures import Share, f1_by_class, wilson
from bot.evaluation.run import evaluate

__all__ = ["Share", "evaluate", "f1_by_class", "wilson"]
