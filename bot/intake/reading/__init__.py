"""Reading answers: free text -> code, list of codes, value; by rules and by learned example."""

import datetime as dtm

from bot.intake.reading.likely import TAUGHT, second_opinion
from bot.intake.reading.moment import BRUSSELS
from bot.intake.reading.name_tagger import tagged
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.rules import FIELDS, by_rules
from bot.text import LONGEST

__all__ = ["BRUSSELS", "FIELDS", "NOTHING", "Reading", "by_rules", "read"]


def read(field: str, text: str, *, now: dtm.datetime | None = None) -> Reading:
    """Read an answer to the question about a field: by rules, and by what such answers mean.

    Arguments and errors as those of `by_rules`.
    """
    found = by_rules(field, text, now=now)
    if field == "name":
        return tagged(text[:LONGEST], found)
    return second_opinion(field, text[:LONGEST], found) if field in TAUGHT else found
