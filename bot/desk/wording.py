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

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "booked": "bevestiging van de afspraak",
        "moved": "bericht over een nieuw moment",
        "cancelled": "bericht dat de afspraak niet doorgaat",
        "reminder_day": "herinnering, de dag ervoor",
        "reminder_hours": "herinnering, twee uur ervoor",
        "staff_new": "mail over een nieuwe intake",
        "staff_changed": "mail over een andere agenda",
        "daily_unread": "dagelijkse mail over ongelezen intakes",
    }
)
"""Kind of a message that goes out -> Dutch."""

_RETRIED = "We proberen het vanzelf opnieuw."
_NO_MAIL_SERVER = "Er is nog geen mailserver ingesteld. Vraag dat aan je beheerder."
_UNSURE = "De verbinding viel weg. Misschien kwam dit aan, misschien niet. Vraag het even na."
_TOO_LATE = "Dit kon niet op tijd vertrekken. Bel de cliënt als het nodig is."
_TROUBLE: Mapping[str, str] = MappingProxyType(
    {
        "bad_address": "Dit adres klopt niet. Verbeter het en probeer opnieuw.",
        "gone": "De cliënt heeft de bot op Telegram gestopt. Bel of mail zelf.",
        "not_accepted": "Telegram aanvaardt dit bericht niet. Bel of mail zelf.",
        "away": f"Telegram antwoordt niet. {_RETRIED}",
        "slow_down": f"Telegram vraagt om te wachten. {_RETRIED}",
        "530": "De mailserver vraagt een aanmelding. Vraag dat na bij je beheerder.",
        "534": "De mailserver aanvaardt onze aanmelding niet. Vraag dat na bij je beheerder.",
        "535": "De mailserver aanvaardt ons wachtwoord niet. Vraag dat na bij je beheerder.",
        "SMTPNotSupportedError": "De instellingen van de mail kloppen niet. Vraag je beheerder.",
        "SSLCertVerificationError": "Het certificaat van de mailserver klopt niet. "
        "Vraag je beheerder.",
    }
)
"""Problem of a message (see `bot.outbox`) -> what happened, and what to do."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "benefits": "uitkering",
        "prior_learning": "ervaring zonder diploma",
        "help_lines": "hulplijnen",
    }
)
"""Topics of measures that are no barrier of the contract."""


def say_trouble(channel: str, state: str, problem: str, *, mail_off: bool) -> str:
    """Why a message did not get away, and what to do.

    Args:
        channel: mail | telegram.
        state: of the message in the queue.
        problem: fixed word or reply code of the queue.
        mail_off: there is no mail server in the settings.
    """
    if mail_off and state == "waiting":
        return _NO_MAIL_SERVER
    if state == "dropped":
        return _TOO_LATE
    if state == "unknown":
        return _UNSURE
    if problem in _TROUBLE:
        return _TROUBLE[problem]
    if state == "refused":
        return "De mailserver weigert dit adres of deze mail. Kijk het adres na met de cliënt."
    server = "De mailserver" if channel == "mail" else "Telegram"
    how = "zegt: nu even niet." if problem.isdigit() else "antwoordt niet."
    return f"{server} {how} {_RETRIED}"


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
    """A time near or far: "vandaag om 10 uur", "morgen om 9 uur", else with day and month.

    With the year when it is another one than now.
    """
    there, today = local(moment).date(), local(now).date()
    day, _, clock = say_time(moment).rpartition(" om ")
    near = {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get((there - today).days)
    year = "" if there.year == today.year else f" {there.year}"
    return f"{near or day + year} om {clock}"
