"""The file `labels.yaml`: how fields and buttons are called, and words of the conversation."""

import string
import typing
from typing import Annotated

import pydantic
from pydantic import Field

from bot import contract
from bot.catalogue import model
from bot.catalogue.model import Entry, Short, Theme

GAPS: typing.Mapping[str, frozenset[str]] = {
    "source": frozenset({"source", "date"}),
    "missing": frozenset({"what"}),
    "unsure": frozenset({"what"}),
    "course": frozenset({"number", "title", "provider"}),
    "step": frozenset({"title", "provider"}),
    "far": frozenset({"km"}),
    "more_help": frozenset({"topics"}),
    "read_back": frozenset({"title", "value"}),
    "lasts": frozenset({"title", "provider", "time"}),
    "lasts_hours": frozenset({"title", "provider", "hours"}),
    "lasts_unknown": frozenset({"title", "provider"}),
    "contact": frozenset({"place", "email"}),
    "no_address": frozenset({"contact"}),
}
"""What the code fills in, by phrase; a phrase that is not here has nothing to fill in."""
FORMS = ("in_person", "phone", "video")
"""How an appointment can be held (`bot.appointments`)."""
ASIDES = ("duration", "opening_hours", "prison", "leave")
"""Questions beside the point that are heard by their words (`bot.conversation.asides`)."""
DREAM_STEPS = ("people", "hands", "outside", "desk", "learn")
"""What the either/or questions about a dream begin with (`domain/questions.yml`)."""
NEEDED_PHRASES = (*GAPS, "skipped", "unknown", "nothing", "and", "check", "contact_wrong")
NEEDED_BUTTONS = ("done", "more_times", "more_help")


def _fields_only(value: dict[str, typing.Any]) -> dict[str, typing.Any]:
    wrong = [name for name in value if name not in contract.fields()]
    if wrong:
        raise ValueError(f"dit zijn geen velden van de intake: {', '.join(wrong)}.")
    return value


def _lacking(names: typing.Iterable[str], value: typing.Container[str]) -> None:
    lacking = [name for name in names if name not in value]
    if lacking:
        raise ValueError(f"hier ontbreekt: {', '.join(lacking)}. Zet het erbij.")


def _all_fields(value: dict[str, str]) -> dict[str, str]:
    _lacking(contract.fields(), value)
    return _fields_only(value)


def _just(
    names: typing.Sequence[str], wrong_is: str
) -> typing.Callable[[dict[str, list[str]]], dict[str, list[str]]]:
    """A check that a mapping has all of these names, and no other."""

    def check(value: dict[str, list[str]]) -> dict[str, list[str]]:
        _lacking(names, value)
        wrong = [name for name in value if name not in names]
        if wrong:
            raise ValueError(f"{wrong_is}: {', '.join(wrong)}. Kies uit {', '.join(names)}.")
        return value

    return check


_forms = _just(FORMS, "zo praten we niet")
_asides = _just(ASIDES, "daarop antwoordt de bot niet")
_dream_steps = _just(DREAM_STEPS, "dat is geen keuze bij een droom")


def _all_themes(value: dict[str, str]) -> dict[str, str]:
    _lacking(typing.get_args(model.Theme), value)
    return value


def _all_topics(value: dict[str, str]) -> dict[str, str]:
    _lacking(typing.get_args(model.Topic), value)
    return value


def _phrases(value: dict[str, str]) -> dict[str, str]:
    _lacking(NEEDED_PHRASES, value)
    for name, text in value.items():
        try:
            used = {gap for _, gap, _, _ in string.Formatter().parse(text) if gap is not None}
        except ValueError:
            raise ValueError(f"'{name}' heeft een accolade te veel of te weinig.") from None
        wanted = GAPS.get(name)
        if wanted is not None and used != wanted:
            shown = " en ".join("{" + gap + "}" for gap in sorted(wanted))
            raise ValueError(f"'{name}' moet precies dit bevatten: {shown}.")
    return value


def _buttons(value: dict[str, str]) -> dict[str, str]:
    _lacking(NEEDED_BUTTONS, value)
    return value


Words = Annotated[list[Short], Field(min_length=1)]


class Labels(Entry):
    """How the bot calls fields and buttons, and by which words it hears what somebody means."""

    fields: Annotated[dict[str, Short], pydantic.AfterValidator(_all_fields)] = Field(
        description="Hoe elk veld heet in de lijst met antwoorden."
    )
    mentions: Annotated[dict[str, Words], pydantic.AfterValidator(_fields_only)] = Field(
        description="Woorden waaraan de bot hoort over welk veld het gaat."
    )
    corrections: Words = Field(description="Woorden vooraan waarmee mensen iets verbeteren.")
    agreements: Words = Field(description="Woorden vooraan waarmee mensen ja zeggen.")
    questions: Words = Field(description="Begin van een zin waaraan je een vraag hoort.")
    wish: Words = Field(description="Woorden waaraan je een wens hoort.")
    turns: Words = Field(description="Woorden waarmee iemand iets anders wil dan eerst.")
    reservations: Words = Field(description="Woorden waarmee een ja toch niet helemaal ja is.")
    trouble: Words = Field(description="Woorden waaraan je hoort dat iets niet lukt.")
    back: Words = Field(description='Woorden voor "ga een vraag terug".')
    done: Words = Field(description='Woorden voor "dat is alles" bij een lijst.')
    more: Words = Field(description='Woorden voor "toon meer hulp".')
    show: Words = Field(description='Woorden waarmee iemand nu al iets wil zien: "laat nu zien".')
    show_besides: Words = Field(description="Woorden die daarbij mogen staan.")
    ranks: list[Words] = Field(
        min_length=1, description="Woorden waarmee iemand het eerste, tweede ... voorstel kiest."
    )
    ranks_besides: Words = Field(description="Woorden die daarbij mogen staan.")
    greetings: Words = Field(description="Groeten met een deel van de dag, zoals goede avond.")
    comes: Words = Field(description="Woorden bij een dag of uur waarop iemand kan komen.")
    foreign_questions: Words = Field(description="Begin van een vraag in een andere taal.")
    foreign_question_words: Words = Field(
        description="Woorden die in een andere taal overal in een vraag staan."
    )
    asides: Annotated[dict[str, Words], pydantic.AfterValidator(_asides)] = Field(
        description="Woorden van vragen tussendoor, zoals hoe lang een opleiding duurt."
    )
    asides_besides: Words = Field(description="Woorden die dan niet over een vak gaan.")
    asides_not: Words = Field(description="Woorden waarbij het over iets anders gaat.")
    topics: Annotated[dict[model.Topic, Short], pydantic.AfterValidator(_all_topics)] = Field(
        description='Waarover hulp gaat: "Ik weet ook hulp voor ...".'
    )
    forms: Annotated[dict[str, Words], pydantic.AfterValidator(_forms)] = Field(
        description="Woorden waaraan de bot hoort hoe iemand wil praten."
    )
    dream_steps: Annotated[dict[str, Words], pydantic.AfterValidator(_dream_steps)] = Field(
        description="Woorden waaraan de bot hoort wat iemand het liefst doet."
    )
    wishes: Annotated[dict[Theme, Short], pydantic.AfterValidator(_all_themes)] = Field(
        description='Hoe de bot een droom herhaalt, per thema: "Je wil ...".'
    )
    types: dict[model.CourseType, Short] = Field(
        default_factory=dict, description="Hoe elke soort opleiding heet."
    )
    buttons: Annotated[dict[str, Short], pydantic.AfterValidator(_buttons)] = Field(
        description="Knoppen die de bot zelf maakt."
    )
    phrases: Annotated[dict[str, Short], pydantic.AfterValidator(_phrases)] = Field(
        description="Zinsdelen in berichten. Laat de woorden tussen accolades staan."
    )
