"""How the desk says marks, codes and times in Dutch."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot import contract
from bot.appointments import local, say_time

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "said": "gezegd",
        "derived": "afgeleid",
        "skipped": "overgeslagen",
        "unknown": "weet niet",
        "open": "niet gevraagd",
        "edited": "door begeleider",
    }
)
"""Mark of the summary -> what the counsellor reads beside the answer."""

STAGES: Mapping[str, str] = MappingProxyType(
    {
        "new": "nieuw",
        "contacted": "gecontacteerd",
        "in_guidance": "in begeleiding",
        "referred": "doorverwezen",
        "started": "opleiding gestart",
        "stopped": "gestopt",
        "finished": "afgerond",
    }
)
"""Stage of a client's guidance -> Dutch."""

COURSE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "nt2": "Nederlands (NT2)",
        "basic_education": "basiseducatie",
        "second_chance": "tweedekansonderwijs",
        "vocational": "beroepsopleiding",
        "vdab": "VDAB-opleiding",
        "hbo5": "graduaat",
        "bachelor": "bachelor",
        "evc": "ervaring laten erkennen (EVC)",
        "other": "andere opleiding",
    }
)

FORMS: Mapping[str, str] = MappingProxyType(
    {"in_person": "op de plaats zelf", "phone": "met de telefoon", "video": "met video"}
)
"""How a talk takes place -> Dutch."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "benefits": "uitkering",
        "prior_learning": "ervaring zonder diploma",
        "help_lines": "hulplijnen",
    }
)
"""Topics of measures that are no barrier of the contract."""


def say_themes(codes: Sequence[str] | None) -> str:
    """The themes of a dream, in one line."""
    labels = contract.labels("themes")
    return ", ".join(labels.get(code, code) for code in codes or ())


def say_leerwinkel(code: str | None) -> str:
    """The name of a Leerwinkel."""
    return contract.labels("leerwinkel").get(code or "", code or "nog geen Leerwinkel")


def say_course_type(code: str) -> str:
    """The Dutch name of a course type."""
    return COURSE_TYPES.get(code, code)


def say_topic(topic: str) -> str:
    """The Dutch name of what a measure helps against."""
    return contract.labels("barriers").get(topic) or TOPICS.get(topic, topic)


def say_form(form: str) -> str:
    """How a talk takes place."""
    return FORMS.get(form, form)


def say_when(moment: dtm.datetime, now: dtm.datetime) -> str:
    """A time near or far: "vandaag om 10 uur", "morgen om 9 uur", else with day and month."""
    days = (local(moment).date() - local(now).date()).days
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get(days)
    if near:
        return f"{near} om {say_time(moment).rpartition(' om ')[2]}"
    return say_time(moment)
