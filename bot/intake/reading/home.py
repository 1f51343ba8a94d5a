"""Where somebody lives, as a Belgian postcode."""

import re

from bot import places
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.yes_no import said_dont_know
from bot.text import fold

_ELSEWHERE = re.compile(
    r"\b(?:werk|werken|school|geboren|gewerkt|vroeger|kom uit|niet in|ni in|niet van|en niet|"
    r"naar)\b"
)
_HOME = re.compile(r"\b(?:woon|wone|wonen|weun|thuis|adres|nu in|verhuisd naar|woont)\b")


def postcode(text: str) -> Reading:
    """The postcode of the place where somebody lives; options when a name fits several."""
    if said_dont_know(text):
        return NOTHING
    found = places.find(text)
    if len(found) > 1:
        found = _home_clause(text) or found
    return one_of([p.postcode for p in found])


def _home_clause(text: str) -> list[places.Place]:
    """Of "ik werk in Genk maar woon in As" only the part about living."""
    parts = re.split(r"[,.;!?]| maar | en | want | nu ", fold(text))
    home = [p for p in parts if _HOME.search(p) and not re.search(r"\b(?:vroeger|niet)\b", p)]
    if not home:
        home = [p for p in parts if not _ELSEWHERE.search(p)]
    named = [place for part in home for place in places.find(part)]
    if len(named) > 1:
        # "bij Gent, in Melle": "in" says where, "bij" only what is near
        within = [
            p for part in parts if re.search(r"\b(?:in|te)\b", part) for p in places.find(part)
        ]
        named = within if len(within) == 1 else named
    return list(dict.fromkeys(named))
