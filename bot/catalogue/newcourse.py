"""Asking for a new course, question by question, and writing it in the right file.

Only the wrong answer is asked again. What is written passes `leerwijzer catalogue check`, or
nothing is written.
"""

import collections
import datetime as dtm
import pathlib
import re
import typing
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydantic
import rapidfuzz
import yaml

from bot import contract, places
from bot.catalogue import check, model, schema
from bot.catalogue.explaining import explain_all
from bot.catalogue.loading import Catalogue
from bot.catalogue.yamlread import Problem

Read = Callable[[str], Any]
NEEDS_SCHOOL = ("hbo5", "bachelor")
MOST_SCHOOLS = 9


class Refused(Exception):  # noqa: N818
    """The course was not written; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, problems)))


def field(name: str, value: Any) -> Any:
    """The value, when the key `name` of a course may hold it.

    Raises:
        ValueError: it may not; the message says in Dutch why.
    """
    info = model.Course.model_fields[name]
    adapter = pydantic.TypeAdapter[Any](typing.Annotated[info.annotation, info])
    try:
        adapter.validate_python(value)
    except pydantic.ValidationError as error:
        raise ValueError(" ".join(explain_all(error, model.Course, (name,)))) from None
    return value


def text(name: str) -> Read:
    """Reads a text for the key `name`; no prices."""

    def read(given: str) -> str:
        given = " ".join(given.split())
        if not given:
            raise ValueError("Vul hier iets in.")
        if check.PRICE.search(given):
            raise ValueError("Schrijf hier geen prijs: die staat in tariffs.yaml.")
        return str(field(name, given))

    return read


def one_of(choices: Mapping[str, str], *, empty: bool = False) -> Read:
    """Reads a code, its number in the list, or its label."""

    def read(given: str) -> str | None:
        given = given.strip()
        if not given and empty:
            return None
        codes = list(choices)
        if given.isascii() and given.isdigit() and 1 <= int(given) <= len(codes):
            return codes[int(given) - 1]
        if given in choices:
            return given
        small = given.casefold()
        named = [code for code in codes if small and code.startswith(small)]
        named = named or [code for code in codes if small and small in choices[code].casefold()]
        if len(named) == 1:
            return named[0]
        near = rapidfuzz.process.extractOne(given, codes, score_cutoff=60)
        hint = f" Bedoel je {near[0]}?" if near else ""
        raise ValueError(f"'{given}' staat niet in de lijst.{hint} Typ een nummer of een code.")

    return read


def many_of(choices: Mapping[str, str], most: int, *, empty: bool = False) -> Read:
    """Reads up to `most` codes or numbers with commas between."""
    one = one_of(choices)

    def read(given: str) -> list[str]:
        found = [one(part) for part in given.split(",") if part.strip()]
        if not found and not empty:
            raise ValueError("Kies er minstens een.")
        if len(found) > most:
            raise ValueError(f"Kies er hoogstens {most}.")
        return list(dict.fromkeys(found))

    return read


def postcodes(given: str) -> list[str]:
    """Reads postcodes with commas or spaces between; nothing means everywhere.

    Raises:
        ValueError: one of them does not exist.
    """
    found = [code for code in re.split(r"[,;\s]+", given.strip()) if code]
    field("places", found)
    for code in found:
        if places.place(code) is None:
            raise ValueError(f"Postcode {code} bestaat niet. Kijk hem na.")
    return found


def some_words(given: str) -> list[str]:
    """Reads words with commas between."""
    return list(field("words", [part.strip() for part in given.split(",") if part.strip()]))


def schools(given: str, catalogue: Catalogue) -> dict[str, str]:
    """Schools that are called like this: id -> name; the very id gives only that one."""
    given = given.strip().casefold()
    names = {key: school.name for key, school in sorted(catalogue.providers.items())}
    if given in names:
        return {given: names[given]}
    found = {k: n for k, n in names.items() if given and (given in k or given in n.casefold())}
    if not found and given:
        close = rapidfuzz.process.extract(given, names, score_cutoff=70, limit=MOST_SCHOOLS)
        found = {key: names[key] for _, _, key in close}
    return dict(list(found.items())[:MOST_SCHOOLS])


def themes() -> Mapping[str, str]:
    """Theme codes with their labels."""
    return contract.labels("themes")


def types(catalogue: Catalogue) -> dict[str, str]:
    """Course types with their labels."""
    names = {str(code): name for code, name in catalogue.labels.types.items()}
    return {code: names.get(code, code) for code in contract.course_types()}


def levels(name: str, codes: Any) -> dict[str, str]:
    """Codes of a level with the label that clients see."""
    labels = contract.labels(name)
    return {code: labels.get(code, code) for code in typing.get_args(codes)}


def same(title: str, provider: str, catalogue: Catalogue) -> model.Course | None:
    """A course of this school with this title, if there is one already."""
    wanted = title.casefold()
    return next(
        (c for c in catalogue.courses if c.provider == provider and c.title.casefold() == wanted),
        None,
    )


def free_id(title: str, provider: str, catalogue: Catalogue) -> str:
    """A name for the course that no other one has."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "opleiding"
    school = provider.split("-", 1)[-1][:15].strip("-_")
    name, number = f"{stem}-{school}", 2
    while name in catalogue.by_id:
        name, number = f"{stem}-{school}-{number}", number + 1
    return name


def course(answers: Mapping[str, Any], catalogue: Catalogue, *, today: dtm.date) -> dict[str, Any]:
    """The course as it will stand in its file, from the answers by key."""
    asks = {name: answers[name] for name in ("education", "dutch") if answers.get(name)}
    raw: dict[str, Any] = {
        "id": free_id(answers["title"], answers["provider"], catalogue),
        "title": answers["title"],
        "provider": answers["provider"],
        "type": answers["type"],
        "themes": answers["themes"],
        "words": answers.get("words"),
        "asks": asks,
        "places": answers.get("places"),
        "everywhere": None if answers.get("places") else True,
        "schedule": answers.get("schedule"),
        "tariff": answers.get("tariff"),
        "summary": answers["summary"],
        "sign_up": answers["sign_up"],
        "source": answers["source"],
        "checked_on": today,
        "verified": False,
    }
    return {key: value for key, value in raw.items() if value not in (None, [], {})}


def file_for(theme: str, catalogue: Catalogue) -> str:
    """The file that holds most courses of a theme."""
    files = collections.Counter(
        catalogue.where[one.id][0] for one in catalogue.courses if one.themes[0] == theme
    )
    return files.most_common(1)[0][0] if files else f"courses/{theme}.yaml"


def as_yaml(raw: Mapping[str, Any]) -> str:
    """The course as a part of a list of courses; lists stay on one line."""
    lines: list[str] = []
    for key, value in raw.items():
        shown = yaml.safe_dump(
            value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False
        )
        shown = shown.removesuffix("\n").removesuffix("\n...")
        lines.append(f"{'  ' if lines else '- '}{key}: {shown}")
    return "\n".join(lines) + "\n"


def write(raw: Mapping[str, Any], folder: pathlib.Path, catalogue: Catalogue) -> pathlib.Path:
    """Add the course to its file, and take it back when the check finds a mistake.

    Raises:
        Refused: the check found mistakes; the file is as it was.
    """
    path = folder / file_for(raw["themes"][0], catalogue)
    existed = path.exists()
    before = path.read_text(encoding="utf-8") if existed else schema.line("courses", "course")
    path.parent.mkdir(parents=True, exist_ok=True)
    joint = "\n\n" if existed else "\n"
    path.write_text(before.rstrip("\n") + joint + as_yaml(raw), encoding="utf-8")
    problems = check.refusals(folder)
    if problems:
        if existed:
            path.write_text(before, encoding="utf-8")
        else:
            path.unlink()
        raise Refused(problems)
    return path
