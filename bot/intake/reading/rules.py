"""Reading by rules alone: words, their neighbours and their order. One module a field or family."""

import datetime as dtm
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.intake.reading.age import age_band
from bot.intake.reading.barriers import barriers
from bot.intake.reading.dutch import dutch_level
from bot.intake.reading.education import education_level
from bot.intake.reading.email import email
from bot.intake.reading.home import postcode
from bot.intake.reading.lexicon import lexicon
from bot.intake.reading.moment import appointment_time
from bot.intake.reading.name import name
from bot.intake.reading.origin import diploma_origin
from bot.intake.reading.phone import phone
from bot.intake.reading.reading import NOTHING, Reading, one_of
from bot.intake.reading.referral import referral_source
from bot.intake.reading.schedule import schedule
from bot.intake.reading.situation import situation
from bot.intake.reading.spoken import languages
from bot.intake.reading.words import own_words
from bot.intake.reading.yes_no import consent, diploma_recognised
from bot.text import LONGEST


def gender(text: str) -> Reading:
    """Woman, man or x."""
    return one_of(lexicon("gender", fuzzy=False).codes(text))


def leerwinkel(text: str) -> Reading:
    """One of the six Leerwinkels, by the name of its town or region."""
    return one_of(lexicon("leerwinkel").codes(text))


def dream_themes(text: str) -> Reading:
    """The themes of a dream; nothing when there are none."""
    from bot.intake.dreams import dream_themes as themes

    found = themes(text)
    return Reading(found) if found else NOTHING


_PLAIN: Mapping[str, Callable[[str], Reading]] = MappingProxyType(
    {
        "consent": consent,
        "dream": own_words,
        "dream_themes": dream_themes,
        "education_level": education_level,
        "diploma_origin": diploma_origin,
        "diploma_recognised": diploma_recognised,
        "dutch_level": dutch_level,
        "situation": situation,
        "barriers": barriers,
        "schedule": schedule,
        "postcode": postcode,
        "leerwinkel": leerwinkel,
        "strengths": own_words,
        "languages": languages,
        "referral_source": referral_source,
        "name": name,
        "phone": phone,
        "email": email,
        "gender": gender,
    }
)
_TIMED: Mapping[str, Callable[[str, dtm.datetime], Reading]] = MappingProxyType(
    {"age_band": age_band, "appointment_time": appointment_time}
)
FIELDS = (*_PLAIN, *_TIMED)
"""Everything that `read` knows: the fields of the record and `appointment_time`."""


def by_rules(field: str, text: str, *, now: dtm.datetime | None = None) -> Reading:
    """What the rules read in an answer.

    Args:
        field: A field of the intake record, or `appointment_time`.
        text: What the client wrote, as is.
        now: The moment of the answer (aware); for ages and appointment times.

    Raises:
        KeyError: there is no such field.
    """
    text = text[:LONGEST]
    if field in _TIMED:
        return _TIMED[field](text, now or dtm.datetime.now(dtm.timezone.utc))
    reader = _PLAIN[field]
    return reader(text) if text.strip() else NOTHING
