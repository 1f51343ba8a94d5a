"""What the catalogue's YAML files may hold: one pydantic model for each kind of entry.

The descriptions are Dutch: they become the help that an editor shows (see `schema`).
Keys are fixed; the files of the catalogue use them.
"""

import datetime as dtm
import decimal
import functools
import re
import string
import typing
from collections.abc import Callable
from typing import Annotated, Literal

import pydantic
from pydantic import Field

Theme = Literal[
    "care", "childcare", "teaching", "social_work", "construction", "engineering",
    "transport_logistics", "ict", "business_admin", "retail", "hospitality_food", "cleaning",
    "hair_beauty", "green_animals", "textile_fashion", "creative_media", "security", "sports",
    "self_employed", "dutch", "other_language_learning", "basic_skills", "diploma",
    "higher_education",
]  # fmt: skip
CourseType = Literal[
    "nt2", "basic_education", "second_chance", "vocational", "vdab", "hbo5", "bachelor", "evc",
    "other",
]  # fmt: skip
Education = Literal["none", "primary", "lower_secondary", "upper_secondary", "higher"]
Dutch = Literal["a0", "a1", "a2", "b1", "b2", "c1"]
Situation = Literal[
    "working", "job_seeking", "sick_or_disabled", "living_wage", "school_leaver_waiting",
    "child_benefit", "neet", "no_income", "other",
]  # fmt: skip
Schedule = Literal["day", "evening", "weekend", "online"]
LeerwinkelCode = Literal["brussel", "genk", "mechelen", "gent", "west_vlaanderen", "leuven"]
Topic = Literal[
    "finance", "mobility", "childcare", "language", "health", "digital", "time", "paperwork",
    "foreign_diploma", "confidence", "benefits", "prior_learning", "help_lines",
]  # fmt: skip

MAX_WORDS = 12
"""Longest sentence that a client reads, in words (rule of the conversation, design)."""

_END = re.compile(r"(?<=[.?!])\s+")


def sentences(text: str) -> list[str]:
    """Split a text into sentences; a full stop inside a word or number is no end."""
    return [part for part in _END.split(text.strip()) if part]


def _plain(most: int) -> Callable[[str], str]:
    @functools.lru_cache(maxsize=20_000)  # schools write the same sentence at many courses
    def check(text: str) -> str:
        parts = sentences(text)
        if len(parts) > most:
            raise ValueError(f"heeft {len(parts)} zinnen. Maak er hoogstens {most} van.")
        for part in parts:
            count = len([word for word in part.split() if any(c.isalnum() for c in word)])
            if count > MAX_WORDS:
                raise ValueError(
                    f"een zin is te lang ({count} woorden, maximum {MAX_WORDS}): "
                    f'"{part}" Knip hem in twee.'
                )
        if "!" in text:
            raise ValueError("laat het uitroepteken weg.")
        return text

    return check


Short = Annotated[str, Field(min_length=1, max_length=90)]
Phrase = Annotated[str, Field(min_length=1, max_length=140), pydantic.AfterValidator(_plain(1))]
Template = Annotated[str, Field(min_length=1, max_length=140), pydantic.AfterValidator(_plain(2))]
OneSentence = Annotated[str, Field(min_length=1), pydantic.AfterValidator(_plain(1))]
TwoSentences = Annotated[str, Field(min_length=1), pydantic.AfterValidator(_plain(2))]
ThreeSentences = Annotated[str, Field(min_length=1), pydantic.AfterValidator(_plain(3))]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=60)]
Postcode = Annotated[str, Field(pattern=r"^[1-9][0-9]{3}$")]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s/.]+(\.[^\s/.]+)+\.?([/?#]\S*)?$")]
Money = Annotated[decimal.Decimal, Field(ge=0, max_digits=8, decimal_places=2)]


class Entry(pydantic.BaseModel):
    """Base of every entry: unknown keys are mistakes, values do not change once loaded."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class Sourced(Entry):
    """An entry that says where its facts come from and how sure they are."""

    source: Url = Field(
        description="Adres van de pagina waar het staat, of waar je algemene kennis navraagt."
    )
    source_date: PartialDate | None = Field(
        None, description="Datum op die pagina: 2025, 2025-09 of 2025-09-01. Geen datum: laat weg."
    )
    checked_on: dtm.date = Field(description="Dag waarop iemand dit nakeek: 2026-11-22.")
    verified: bool = Field(
        description="true: nagekeken en nog juist. false: de klant leest dat hij het moet navragen."
    )


class Asks(Entry):
    """What somebody needs before the course can start. Not filled in: it is not asked."""

    education: Education | None = Field(
        None, description="Minstens dit schoolniveau. upper_secondary = diploma secundair."
    )
    education_at_most: Education | None = Field(
        None,
        description="Hoogstens dit schoolniveau, bijvoorbeeld bij leren lezen en schrijven.",
    )
    dutch: Dutch | None = Field(None, description="Minstens dit niveau Nederlands.")
    dutch_at_most: Dutch | None = Field(
        None, description="Hoogstens dit niveau Nederlands, bijvoorbeeld bij lessen NT2."
    )
    age: int | None = Field(None, ge=15, le=70, description="Minstens zo oud, in jaren.")
    age_at_most: int | None = Field(
        None, ge=15, le=70, description="Hoogstens zo oud, bijvoorbeeld bij duaal leren."
    )
    situation: list[Situation] = Field(
        default_factory=list, description="Alleen voor wie zo leeft. Leeg: voor iedereen."
    )
    no_diploma: bool = Field(
        False, description="true: alleen voor wie nog geen diploma secundair heeft."
    )
    foreign_diploma: bool = Field(
        False,
        description="true: alleen voor wie een diploma van een ander land heeft, nog niet erkend.",
    )
    certificates: list[Key] = Field(
        default_factory=list,
        description="Bewijzen die je eerst nodig hebt. Zelfde naam als bij gives van een cursus.",
    )
    experience: Phrase | None = Field(
        None, description="Welke ervaring je nodig hebt, bijvoorbeeld: ervaring in de zorg."
    )
    driving_licence: bool = Field(False, description="true: je hebt een rijbewijs B nodig.")
    other: list[Phrase] = Field(
        default_factory=list,
        description="Iets anders dat nodig is, een korte zin. De klant vraagt het na.",
    )


class Gives(Entry):
    """What somebody has after the course. The steps of a path follow from `asks` and `gives`."""

    education: Education | None = Field(
        None, description="Schoolniveau na de cursus, als het stijgt."
    )
    education_with: list[Key] = Field(
        default_factory=list,
        description="Dat schoolniveau krijg je pas samen met deze bewijzen, bijvoorbeeld [aav].",
    )
    dutch: Dutch | None = Field(None, description="Niveau Nederlands na de cursus.")
    certificates: list[Key] = Field(
        default_factory=list,
        description="Bewijzen die andere cursussen vragen, bijvoorbeeld [zorgkundige].",
    )
    diploma: Short | None = Field(None, description="Naam van het bewijs of diploma, als tekst.")
    occupations: list[Short] = Field(
        default_factory=list, description="Jobs die je daarna kan doen."
    )


NO_ASKS, NO_GIVES = Asks.model_construct(), Gives.model_construct()
"""Of a course that says neither: one object each, as making them anew is slow (1 ms)."""


class Course(Sourced):
    """One course of one provider, or one way of learning that exists in many places."""

    id: Key = Field(
        description="Eigen korte naam, uniek: zorgkundige-encora. Daarna niet wijzigen."
    )
    title: Short = Field(description="Naam van de opleiding, zonder de naam van de school.")
    provider: Key = Field(description="De school: een id uit providers.yaml.")
    type: CourseType = Field(description="Soort opleiding.")
    themes: list[Theme] = Field(
        min_length=1, max_length=4, description="Waarover het gaat. Het belangrijkste thema eerst."
    )
    words: list[Short] = Field(
        default_factory=list, description="Andere woorden waarmee mensen dit zoeken of dromen."
    )
    asks: Asks = Field(default_factory=lambda: NO_ASKS, description="Wat je eerst nodig hebt.")
    gives: Gives = Field(default_factory=lambda: NO_GIVES, description="Wat je daarna hebt.")
    places: list[Postcode] = Field(
        default_factory=list, description="Postcodes van de plaatsen waar de les is."
    )
    online: bool = Field(False, description="true: je kan (bijna) alles thuis volgen.")
    everywhere: bool = Field(
        False, description="true: bestaat op veel plaatsen in Vlaanderen en Brussel."
    )
    schedule: list[Schedule] = Field(
        default_factory=list, description="Wanneer de les is. Leeg: we weten het niet."
    )
    lessons: bool = Field(
        True, description="false: er is geen les, maar een aanvraag, een test of een gesprek."
    )
    for_undecided: bool = Field(
        False, description="true: voor wie nog niet weet wat; past bij elke droom die nog vaag is."
    )
    leisure: bool = Field(
        False, description="true: voor het plezier of voor thuis. Het leidt niet naar werk."
    )
    self_study: bool = Field(
        False, description="true: je leert helemaal alleen, er is geen les en geen leraar."
    )
    hours: int | None = Field(
        None, ge=1, le=6000, description="Aantal lesuren (lestijden), voor de prijs."
    )
    study_points: int | None = Field(
        None, ge=3, le=300, description="Studiepunten, alleen bij graduaat en bachelor."
    )
    duration: Short | None = Field(None, description="Hoe lang het duurt, in gewone woorden.")
    tariff: Key | None = Field(
        None, description="Een id uit tariffs.yaml. Schrijf nooit zelf een prijs in een cursus."
    )
    summary: TwoSentences = Field(
        description="Wat je leert of doet, in twee korte zinnen. Hoogstens 12 woorden per zin."
    )
    general_knowledge: bool = Field(
        False,
        description="true: algemene kennis. De klant ziet source dan niet als bron.",
    )
    shortage_occupation: bool = Field(False, description="true: leidt naar een knelpuntberoep.")
    sign_up: OneSentence = Field(description="Hoe je je inschrijft, in een korte zin.")

    @pydantic.model_validator(mode="after")
    def _somewhere(self) -> "Course":
        if not (self.places or self.online or self.everywhere):
            raise ValueError(
                "er is geen plaats. Vul places in met postcodes, "
                "of zet online of everywhere op true."
            )
        return self


class Provider(Entry):
    """A school or organisation that gives courses."""

    id: Key = Field(description="Korte naam die de cursussen gebruiken: cvo-encora.")
    name: Short = Field(description="Naam zoals mensen die kennen.")
    kind: Literal[
        "cvo", "ligo", "vdab", "syntra", "college", "university", "school", "government", "sector",
        "association",
    ] = Field(description="Soort organisatie.")  # fmt: skip
    website: Url | None = Field(None, description="Website. Niet gezien: laat weg.")
    places: list[Postcode] = Field(default_factory=list, description="Postcodes van de campussen.")
    source: Url | None = Field(None, description="Adres van de pagina waar we dit zagen.")


Condition = Annotated[
    dict[
        Literal[
            "situation", "education_level", "diploma_origin", "diploma_recognised", "dutch_level",
            "barriers", "schedule", "age_band", "leerwinkel", "dream_themes",
        ],
        list[str],
    ],
    Field(description="Veld van de intake en de codes waarvoor het geldt."),
]  # fmt: skip


class Reduction(Entry):
    """A lower price for some people."""

    amount: Money = Field(description="Bedrag per eenheid met korting, in euro.")
    base: Money = Field(decimal.Decimal(0), description="Vast bedrag met korting, in euro.")
    when: Condition = Field(default_factory=dict)
    text: OneSentence = Field(description="Voor wie de korting is, in een zin.")


class Tariff(Sourced):
    """A price: a fixed part, plus an amount for each unit, up to a maximum."""

    id: Key = Field(description="Korte naam die de cursussen gebruiken bij tariff.")
    title: Short = Field(description="Waarvoor je betaalt, zoals het in een zin past.")
    words: list[Short] = Field(
        default_factory=list, description="Woorden in een vraag die over deze prijs gaan."
    )
    unit: Literal["hour", "study_point", "once"] = Field(description="Per wat je betaalt.")
    amount: Money | None = Field(description="Euro per eenheid. Niet geweten: null.")
    base: Money = Field(decimal.Decimal(0), description="Vast bedrag erbij, in euro.")
    maximum: Money | None = Field(None, description="Meer dan dit betaal je niet, in euro.")
    example: int | None = Field(
        None, ge=1, description="Aantal eenheden van een gewone cursus, voor een voorbeeld."
    )
    example_text: Short | None = Field(None, description="Wat dat voorbeeld is: 120 lesuren.")
    reduced: Reduction | None = Field(None, description="Lagere prijs voor wie weinig geld heeft.")
    notes: list[TwoSentences] = Field(default_factory=list, description="Wat je nog moet weten.")
    ask_at: Short = Field(description="Bij wie je de prijs navraagt.")
    order: int = Field(100, description="Laagste eerst, als meer dan een prijs past.")
    general: bool = Field(False, description="true: hoort bij de algemene uitleg over prijzen.")
    general_text: OneSentence | None = Field(None, description="Zin in de algemene uitleg.")
    valid_from: dtm.date | None = Field(None, description="Eerste dag van deze prijs.")
    valid_until: dtm.date | None = Field(None, description="Laatste dag van deze prijs.")

    def price(self, units: int, *, reduced: bool = False) -> decimal.Decimal | None:
        """Price in euro of so many units (hours, study points); None when no amount is known."""
        amount, base = self.amount, self.base
        if reduced and self.reduced:
            amount, base = self.reduced.amount, self.reduced.base
        if amount is None:
            return None
        total = base + amount * (1 if self.unit == "once" else units)
        return total if self.maximum is None else min(total, self.maximum)

    def valid_on(self, day: dtm.date) -> bool:
        """Whether the tariff holds on that day."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_until is None or day <= self.valid_until)


class Region(Entry):
    """Postcodes of a Leerwinkel, both ends included."""

    first: Postcode = Field(description="Eerste postcode van het gebied.")
    last: Postcode = Field(description="Laatste postcode van het gebied; die hoort er nog bij.")
    nearest: bool = Field(
        False, description="true: niet het eigen gebied, wel de dichtste Leerwinkel."
    )
    note: str | None = Field(None, description="Welke streek, voor wie het bestand leest.")

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> "Region":
        if self.first > self.last:
            raise ValueError("first is groter dan last. Zet de kleinste postcode eerst.")
        return self


class Leerwinkel(Sourced):
    """One of the six Leerwinkels. What nobody saw in a source stays empty."""

    code: LeerwinkelCode = Field(description="Vaste naam van de Leerwinkel.")
    name: Short = Field(description="Naam zoals mensen die kennen.")
    address: Short | None = Field(None, description="Alleen als een bron het zegt.")
    email: Short | None = Field(None, description="E-mailadres, als een bron het zegt.")
    website: Url | None = Field(None, description="Website, als een bron ze zegt.")
    phone: Short | None = Field(None, description="Telefoon, alleen als een bron hem zegt.")
    bring: list[Short] = Field(default_factory=list, description="Wat je meebrengt.")
    serves: OneSentence = Field(description="Voor wie, in een zin.")
    how: TwoSentences = Field(description="Hoe je langs kan gaan.")
    from_age: int | None = Field(None, ge=12, le=30, description="Vanaf welke leeftijd.")
    regions: list[Region] = Field(min_length=1, description="De postcodes van het gebied.")


class Measure(Sourced):
    """Something that helps against a barrier, or a rule about a benefit."""

    id: Key = Field(description="Eigen korte naam, uniek. Daarna niet wijzigen.")
    title: Short = Field(description="Naam van de hulp, zoals de klant ze leest.")
    topic: Topic = Field(description="Waarbij het helpt.")
    text: ThreeSentences = Field(
        description="Wat het is en wat je doet, in hoogstens drie korte zinnen."
    )
    when: Condition = Field(default_factory=dict)
    words: list[Short] = Field(
        default_factory=list,
        description="Woorden in de droom of de sterktes van wie dit nodig heeft.",
    )
    always: bool = Field(
        False, description="true: de bot toont het aan iedereen voor wie when klopt."
    )
    first: bool = Field(False, description="true: komt voor al de rest, bijvoorbeeld toestemming.")
    for_types: list[CourseType] = Field(
        default_factory=list,
        description="Hoort bij deze soorten opleiding: komt erbij als de bot er een toont.",
    )
    careful: bool = Field(
        False, description='true: de tekst eindigt met "Vraag het zeker na bij ...".'
    )
    order: int = Field(50, ge=0, le=100, description="Laagste eerst.")

    @pydantic.model_validator(mode="after")
    def _asks_to_check(self) -> "Measure":
        if self.careful and not sentences(self.text)[-1].startswith("Vraag het zeker na bij "):
            raise ValueError('laat de tekst eindigen met "Vraag het zeker na bij ...".')
        return self


class GlossaryEntry(Entry):
    """A hard word in one simple sentence, with an example."""

    word: Short = Field(description="Het moeilijke woord.")
    also: list[Short] = Field(default_factory=list, description="Andere vormen van het woord.")
    text: OneSentence = Field(description="Wat het is, in een korte zin.")
    example: TwoSentences = Field(description="Een voorbeeld, in een of twee korte zinnen.")


class Usual(Sourced):
    """What a type of course usually asks, for courses whose page does not say it."""

    dutch: dict[CourseType, Dutch] = Field(
        description="Hoeveel Nederlands een soort meestal vraagt, als de bron het niet zegt."
    )


def _template(*names: str) -> pydantic.AfterValidator:
    def check(text: str) -> str:
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        if used != set(names):
            wanted = " en ".join("{" + name + "}" for name in names) or "geen accolades"
            raise ValueError(f"de zin moet dit bevatten: {wanted}.")
        return text

    return pydantic.AfterValidator(check)


Plain = Annotated[Template, _template()]


class Phrases(Entry):
    """The sentences with which the bot says why a course fits; {names} are filled in."""

    theme: dict[Theme, Plain] = Field(description="Reden per thema.")
    schedule: dict[Schedule, Plain] = Field(description="Hoe de uren heten.")
    situation: dict[Situation, Plain] = Field(description="Hoe een situatie heet.")
    dutch: dict[Dutch, Plain] = Field(description="Hoe een niveau Nederlands heet.")
    education: dict[Education, Plain] = Field(description="Hoe een schoolniveau heet.")
    certificate: dict[Key, Plain] = Field(description="Hoe een bewijs heet.")

    reason_close: Plain = Field(description="Waarom een opleiding past.")
    reason_distance: Annotated[Template, _template("km")] = Field(
        description="Waarom een opleiding past. Laat staan: {km}."
    )
    reason_online: Plain = Field(description="Waarom een opleiding past.")
    reason_everywhere: Plain = Field(description="Waarom een opleiding past.")
    reason_schedule: Annotated[Template, _template("schedule")] = Field(
        description="Waarom een opleiding past. Laat staan: {schedule}."
    )
    reason_no_diploma_needed: Plain = Field(description="Waarom een opleiding past.")
    reason_has_diploma: Plain = Field(description="Waarom een opleiding past.")
    reason_gives_diploma: Plain = Field(description="Waarom een opleiding past.")
    reason_gives_dutch: Plain = Field(description="Waarom een opleiding past.")
    reason_shortage: Plain = Field(description="Waarom een opleiding past.")
    reason_little_school: Plain = Field(description="Waarom een opleiding past.")
    reason_likely_ready: Plain = Field(description="Waarom een opleiding past.")
    reason_first_step: Plain = Field(description="Waarom een opleiding past.")
    reason_general: Plain = Field(description="Waarom een opleiding past.")
    reason_experience: Plain = Field(description="Waarom een opleiding past.")
    reason_recognition: Plain = Field(description="Waarom een opleiding past.")
    reason_cheap: Plain = Field(description="Waarom een opleiding past.")

    missing_dutch: Annotated[Template, _template("level")] = Field(
        description="Wat nog nodig is. Laat staan: {level}."
    )
    missing_dutch_at_most: Plain = Field(description="Wat nog nodig is.")
    missing_education: Annotated[Template, _template("level")] = Field(
        description="Wat nog nodig is. Laat staan: {level}."
    )
    missing_no_diploma: Plain = Field(description="Wat nog nodig is.")
    missing_education_at_most: Plain = Field(description="Wat nog nodig is.")
    missing_age_at_most: Annotated[Template, _template("age")] = Field(
        description="Wat nog nodig is. Laat staan: {age}."
    )
    missing_from_abroad: Plain = Field(description="Wat nog nodig is.")
    missing_age: Annotated[Template, _template("age")] = Field(
        description="Wat nog nodig is. Laat staan: {age}."
    )
    missing_situation: Annotated[Template, _template("situation")] = Field(
        description="Wat nog nodig is. Laat staan: {situation}."
    )
    missing_certificate: Annotated[Template, _template("certificate")] = Field(
        description="Wat nog nodig is. Laat staan: {certificate}."
    )
    missing_schedule: Annotated[Template, _template("schedule")] = Field(
        description="Wat nog nodig is. Laat staan: {schedule}."
    )
    missing_distance: Annotated[Template, _template("km")] = Field(
        description="Wat nog nodig is. Laat staan: {km}."
    )

    unknown_dutch: Annotated[Template, _template("level")] = Field(
        description="Wat we niet weten. Laat staan: {level}."
    )
    unknown_dutch_at_most: Annotated[Template, _template("level")] = Field(
        description="Wat we niet weten. Laat staan: {level}."
    )
    unknown_usual_dutch: Annotated[Template, _template("level")] = Field(
        description="Wat we niet weten. Laat staan: {level}."
    )
    unknown_education: Annotated[Template, _template("level")] = Field(
        description="Wat we niet weten. Laat staan: {level}."
    )
    unknown_foreign_diploma: Plain = Field(description="Wat we niet weten.")
    unknown_no_diploma: Plain = Field(description="Wat we niet weten.")
    unknown_age_at_most: Annotated[Template, _template("age")] = Field(
        description="Wat we niet weten. Laat staan: {age}."
    )
    unknown_from_abroad: Plain = Field(description="Wat we niet weten.")
    unknown_age: Annotated[Template, _template("age")] = Field(
        description="Wat we niet weten. Laat staan: {age}."
    )
    unknown_situation: Annotated[Template, _template("situation")] = Field(
        description="Wat we niet weten. Laat staan: {situation}."
    )
    unknown_experience: Annotated[Template, _template("experience")] = Field(
        description="Wat we niet weten. Laat staan: {experience}."
    )
    unknown_licence: Plain = Field(description="Wat we niet weten.")
    unknown_schedule: Plain = Field(description="Wat we niet weten.")
    unknown_place: Plain = Field(description="Wat we niet weten.")

    step_dutch: Annotated[Template, _template("level")] = Field(
        description="Waarom een stap in het pad staat. Laat staan: {level}."
    )
    step_education: Annotated[Template, _template("level")] = Field(
        description="Waarom een stap in het pad staat. Laat staan: {level}."
    )
    step_half_diploma: Plain = Field(description="Waarom een stap in het pad staat.")
    step_certificate: Annotated[Template, _template("certificate")] = Field(
        description="Waarom een stap in het pad staat. Laat staan: {certificate}."
    )
    step_dream: Plain = Field(description="Waarom een stap in het pad staat.")
    step_nearest: Plain = Field(description="Waarom een stap in het pad staat.")
    step_general: Plain = Field(description="Waarom een stap in het pad staat.")

    cost_hour: Annotated[Template, _template("title", "amount")] = Field(
        description="Zin over de prijs. Laat staan: {title}, {amount}."
    )
    cost_study_point: Annotated[Template, _template("title", "base", "amount")] = Field(
        description="Zin over de prijs. Laat staan: {title}, {base}, {amount}."
    )
    cost_once: Annotated[Template, _template("title", "amount")] = Field(
        description="Zin over de prijs. Laat staan: {title}, {amount}."
    )
    cost_free: Annotated[Template, _template("title")] = Field(
        description="Zin over de prijs. Laat staan: {title}."
    )
    cost_not_known: Annotated[Template, _template("title")] = Field(
        description="Zin over de prijs. Laat staan: {title}."
    )
    cost_example: Annotated[Template, _template("example", "total")] = Field(
        description="Zin over de prijs. Laat staan: {example}, {total}."
    )
    cost_maximum: Annotated[Template, _template("total")] = Field(
        description="Zin over de prijs. Laat staan: {total}."
    )
    cost_reduced: Annotated[Template, _template("amount")] = Field(
        description="Zin over de prijs. Laat staan: {amount}."
    )
    cost_reduced_free: Plain = Field(description="Zin over de prijs.")
    cost_check: Annotated[Template, _template("who")] = Field(
        description="Zin over de prijs. Laat staan: {who}."
    )
    cost_source: Annotated[Template, _template("source", "date")] = Field(
        description="Zin over de prijs. Laat staan: {source}, {date}."
    )
    cost_source_undated: Annotated[Template, _template("source")] = Field(
        description="Zin over de prijs. Laat staan: {source}."
    )
    cost_general: Plain = Field(description="Zin over de prijs.")

    experience_words: list[Short] = Field(description="Woorden van wie ervaring heeft.")
    not_experience_words: list[Short] = Field(
        default_factory=list,
        description="Woorden met een getal die niets zeggen over ervaring, zoals een leeftijd.",
    )
    paper_words: list[Short] = Field(
        default_factory=list, description="Woorden van wie een bewijs mist of wil."
    )
    experience_ignore: list[Short] = Field(
        default_factory=list,
        description="Woorden bij een EVC-test die niet zeggen over welk vak ze gaat.",
    )
    wish_words: list[Short] = Field(description="Woorden waarmee een wens begint.")
    past_words: list[Short] = Field(description="Woorden over vroeger.")
    leisure_words: list[Short] = Field(description="Woorden van wie leert voor het plezier.")
    again_words: list[Short] = Field(description="Woorden van wie zijn vroeger beroep terug wil.")
    denial_words: list[Short] = Field(description="Woorden van wie iets niet wil.")

    search_schedule: dict[Schedule, list[Short]] = Field(
        description="Woorden in een zoekvraag voor uren."
    )
    search_type: dict[CourseType, list[Short]] = Field(
        description="Woorden in een zoekvraag voor een soort."
    )
    search_ignore: list[Short] = Field(description="Woorden die bij zoeken niets zeggen.")

    @pydantic.model_validator(mode="after")
    def _all_codes(self) -> "Phrases":
        for name, codes in (
            ("theme", Theme), ("schedule", Schedule), ("situation", Situation),
            ("dutch", Dutch), ("education", Education),
        ):  # fmt: skip
            lacking = [code for code in typing.get_args(codes) if code not in getattr(self, name)]
            if lacking:
                raise ValueError(f"bij {name} ontbreekt: {', '.join(lacking)}.")
        return self
