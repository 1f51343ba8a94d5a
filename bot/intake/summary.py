"""The summary for the counsellor, ordered by the four areas of `summary_areas` in the contract."""

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from bot import contract

Mark = Literal["said", "derived", "skipped", "unknown", "open", "edited"]


@dataclasses.dataclass(frozen=True)
class Line:
    """One answer. `mark`: said by the client, derived by the bot, skipped, "weet ik niet", open,
    or edited: a counsellor changed it."""

    field: str
    label: str
    text: str
    mark: Mark


@dataclasses.dataclass(frozen=True)
class Area:
    """One part of the summary with its title in Dutch."""

    key: str
    title: str
    lines: Sequence[Line]


@dataclasses.dataclass(frozen=True)
class Summary:
    """The four areas, and in `about` who the client is and how to reach them."""

    areas: Sequence[Area]
    about: Area


LABELS: Mapping[str, str] = MappingProxyType(
    {
        "consent": "Mag bewaard worden",
        "dream": "Droom",
        "dream_themes": "Thema's",
        "education_level": "Hoogste school",
        "diploma_origin": "Diploma behaald in",
        "diploma_recognised": "Diploma erkend",
        "dutch_level": "Nederlands",
        "situation": "Situatie",
        "barriers": "Drempels",
        "schedule": "Kan naar de les",
        "postcode": "Woonplaats",
        "leerwinkel": "Leerwinkel",
        "strengths": "Sterke kanten",
        "age_band": "Leeftijd",
        "languages": "Talen",
        "referral_source": "Hoe hier gekomen",
        "name": "Naam",
        "phone": "Telefoon",
        "email": "E-mail",
        "gender": "Geslacht",
    }
)
"""Field -> what a counsellor reads in front of it."""

_AREAS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "labour_market": ("Arbeidsmarkt", ("dream_themes", "situation")),
        "strengths_and_ambitions": ("Sterktes en ambities", ("dream", "strengths")),
        "personal_barriers": (
            "Persoonlijke drempels",
            ("barriers", "dutch_level", "languages", "diploma_origin", "diploma_recognised"),
        ),
        "learning_opportunities": ("Leermogelijkheden", ("education_level", "schedule")),
    }
)
_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "nl": "Nederlands", "en": "Engels", "fr": "Frans", "de": "Duits", "tr": "Turks",
        "ar": "Arabisch", "es": "Spaans", "it": "Italiaans", "pt": "Portugees", "pl": "Pools",
        "ro": "Roemeens", "bg": "Bulgaars", "ru": "Russisch", "uk": "Oekraïens",
        "fa": "Farsi of Dari", "ps": "Pasjtoe", "ku": "Koerdisch", "so": "Somalisch",
        "ti": "Tigrinya", "am": "Amhaars", "om": "Oromo", "sq": "Albanees", "sr": "Servisch",
        "hr": "Kroatisch", "bs": "Bosnisch", "mk": "Macedonisch", "el": "Grieks", "hy": "Armeens",
        "ka": "Georgisch", "az": "Azerbeidzjaans", "ce": "Tsjetsjeens", "he": "Hebreeuws",
        "zh": "Chinees", "ja": "Japans", "ko": "Koreaans", "vi": "Vietnamees", "th": "Thais",
        "tl": "Tagalog", "id": "Indonesisch", "ne": "Nepalees", "hi": "Hindi", "ur": "Urdu",
        "pa": "Punjabi", "bn": "Bengaals", "ta": "Tamil", "bo": "Tibetaans", "mn": "Mongools",
        "sw": "Swahili", "ln": "Lingala", "rw": "Kinyarwanda", "rn": "Kirundi", "wo": "Wolof",
        "ff": "Fula", "ha": "Hausa", "yo": "Yoruba", "ig": "Igbo", "hu": "Hongaars",
        "cs": "Tsjechisch", "sk": "Slovaaks", "af": "Afrikaans",
    }
)  # fmt: skip


def summary(
    values: Mapping[str, Any], status: Mapping[str, str], shown: Mapping[str, Any]
) -> Summary:
    """The summary of an intake, complete: every field has its line, answered or not.

    Args:
        values: field -> value, any subset of the contract's fields.
        status: field -> said | derived | skipped | unknown; absent: not asked.
        shown: what the client saw (`courses`, `liked`, `path`, `support`), and what waits
            (`support_left`), as stored.
    """
    areas = []
    for key, (title, fields) in _AREAS.items():
        lines = [_line(field, values, status) for field in fields]
        if key == "labour_market":
            lines += _shortage(shown)
        elif key == "personal_barriers":
            lines += _told(shown)
        elif key == "learning_opportunities":
            lines += _courses(shown) + _path(shown)
        areas.append(Area(key, title, tuple(lines)))
    placed = {field for _, fields in _AREAS.values() for field in fields}
    about = [_line(f, values, status) for f in contract.fields() if f not in placed]
    return Summary(tuple(areas), Area("about", "Gegevens", tuple(about)))


def say(field: str, value: Any) -> str:
    """A value in Dutch; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if field == "languages":
        return ", ".join(_LANGUAGES.get(code, code) for code in value)
    if field == "postcode":
        return _place(str(value))
    codes = contract.fields()[field].codes
    labels = contract.labels(codes) if codes else {}
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(v), str(v)) for v in value) or "geen"
    return labels.get(str(value), str(value))


def _place(postcode: str) -> str:
    from bot import places

    place = places.place(postcode)
    return f"{postcode} {place.name}" if place else postcode


def _line(field: str, values: Mapping[str, Any], status: Mapping[str, str]) -> Line:
    text = say(field, values.get(field))
    mark = status.get(field) or ("said" if text else "open")
    if mark in ("said", "derived") and not text:
        mark = "open"
    return Line(field, LABELS[field], text, mark)  # type: ignore[arg-type]


def _titles(items: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(", ".join(str(i[k]) for k in ("title", "provider") if i.get(k)) for i in items)


def _shortage(shown: Mapping[str, Any]) -> list[Line]:
    found = [c for c in shown.get("courses", ()) if c.get("shortage")]
    return [Line("shown", "Knelpuntberoep", _titles(found), "derived")] if found else []


def _told(shown: Mapping[str, Any]) -> list[Line]:
    found = shown.get("support", ())
    lines = [Line("shown", "Kreeg uitleg over", _titles(found), "derived")] if found else []
    left = shown.get("support_left", ())
    more = [Line("shown", "Past ook, nog niet gelezen", _titles(left), "derived")] if left else []
    return lines + more


def _courses(shown: Mapping[str, Any]) -> list[Line]:
    courses = shown.get("courses", ())
    liked = set(shown.get("liked", ()))
    chosen = [c for c in courses if c.get("id") in liked]
    lines = [Line("shown", "Zag deze opleidingen", _titles(courses), "derived")] if courses else []
    if chosen:
        lines.append(Line("shown", "Vond dit goed", _titles(chosen), "said"))
    return lines


def _path(shown: Mapping[str, Any]) -> list[Line]:
    steps = shown.get("path", ())
    text = "; ".join(f"{s.get('step', n)}. {s.get('title', '')}" for n, s in enumerate(steps, 1))
    return [Line("shown", "Pad", text, "derived")] if text else []
