"""Generated courses: as many as wanted, always the same ones, varied as a big catalogue would be.

A title combines a trade, what the course is about, a level and a town. Places, hours, levels,
schools and conditions are drawn from what real entries have. Nobody sees these courses.
"""

import pathlib
import random
import shutil
from collections.abc import Iterator

import yaml

from bot import places

HERE = pathlib.Path(__file__).parent
SEED = 20261122
IN_A_FILE = 500
FORMS = ("basis", "vervolg", "gevorderd", "opfrissing", "praktijk")
DUTCH = ("a1", "a2", "b1", "b2")
SCHEDULES = ("[day]", "[evening]", "[day, evening]", "[weekend]", "[online]", "")
WAYS = {"cvo": "vocational", "syntra": "vocational", "vdab": "vdab"}
BY_THEME = {
    "dutch": "nt2", "basic_skills": "basic_education", "diploma": "second_chance",
    "higher_education": "other", "other_language_learning": "other",
}  # fmt: skip


def towns() -> list[places.Place]:
    """Towns of Flanders and Brussels, one for each postcode that has a name of its own."""
    found: dict[str, places.Place] = {}
    for number in (*range(1000, 1300), *range(1500, 4000), *range(8000, 10_000)):
        place = places.place(str(number))
        if place is not None:
            found.setdefault(place.municipality, place)
    return list(found.values())


def entries(count: int, providers: list[dict[str, str]]) -> Iterator[str]:
    """So many courses as YAML, the same ones every time.

    Args:
        count: how many.
        providers: `id` and `kind` of the schools that give them.
    """
    chance = random.Random(SEED)
    themes = yaml.safe_load((HERE / "trades.yaml").read_text(encoding="utf-8"))
    trades = [(theme, trade) for theme, one in themes.items() for trade in one["trades"]]
    spots = towns()
    schools = [school for school in providers if school["kind"] in WAYS]
    for number in range(count):
        theme, trade = trades[number % len(trades)]
        yield _entry(number, theme, trade, themes[theme]["about"], spots, schools, chance)


def _entry(
    number: int,
    theme: str,
    trade: str,
    about: list[str],
    spots: list[places.Place],
    schools: list[dict[str, str]],
    chance: random.Random,
) -> str:
    name, occupation, words = (part.strip() for part in trade.split("|"))
    town, school = chance.choice(spots), chance.choice(schools)
    subject, form = chance.choice(about), chance.choice(FORMS)
    kind = BY_THEME.get(theme, WAYS[school["kind"]])
    title = chance.choice(
        (f"{name} {form} in {town.municipality}", f"{name}: {subject}",
         f"{name}: {subject}, {form}", f"{name} {form}",
         f"{name}: {subject}, {form} in {town.municipality}",
         f"{name}: {subject} in {town.municipality}")
    )[:90]  # fmt: skip
    searched = [*words.split(","), subject] if subject in title else words.split(",")
    quoted = ", ".join(f'"{word.strip()}"' for word in searched)
    asks = [f"dutch: {chance.choice(DUTCH)}"]
    if kind == "nt2":
        asks = [f"dutch_at_most: {chance.choice(DUTCH)}"]
    elif form == "gevorderd":
        asks.append(f"education: {chance.choice(('lower_secondary', 'upper_secondary'))}")
    if chance.random() < 0.1:
        asks.append("situation: [job_seeking]")
    gives = [] if occupation == "-" else [f'occupations: ["{occupation}"]']
    if kind == "nt2":
        gives.append(f"dutch: {chance.choice(DUTCH)}")
    elif kind == "second_chance":
        gives.append("education: upper_secondary")
    lines = [
        f"- id: gen-{number}",
        f'  title: "{title}"',
        f"  provider: {school['id']}",
        f"  type: {kind}",
        f"  themes: [{theme}]",
        f"  words: [{quoted}]",
        f"  asks: {{{', '.join(asks)}}}",
        f'  places: ["{town.postcode}"]',
        f"  summary: Je leert {words.split(',')[0].strip()} en {subject}.",
        "  sign_up: Maak een afspraak bij de school.",
        "  source: https://example.org/opleiding",
        "  checked_on: 2026-11-22",
        "  verified: false",
    ]
    if gives:
        lines.append(f"  gives: {{{', '.join(gives)}}}")
    schedule = chance.choice(SCHEDULES)
    if schedule:
        lines.append(f"  schedule: {schedule}")
    return "\n".join(lines) + "\n"


def build(target: pathlib.Path, real: pathlib.Path, count: int) -> pathlib.Path:
    """The real catalogue with so many generated courses added, in a new folder."""
    shutil.copytree(real, target, ignore=shutil.ignore_patterns("schema"))
    providers = yaml.safe_load((real / "providers.yaml").read_text(encoding="utf-8"))
    batch: list[str] = []
    number = 0
    for entry in entries(count, providers):
        batch.append(entry)
        if len(batch) == IN_A_FILE:
            _write(target, number, batch)
            batch, number = [], number + 1
    if batch:
        _write(target, number, batch)
    return target


def _write(target: pathlib.Path, number: int, batch: list[str]) -> None:
    path = target / "courses" / f"generated-{number:03}.yaml"
    path.write_text("".join(batch), encoding="utf-8")
