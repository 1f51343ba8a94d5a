"""How fields and answers are called for the client; the words stand in catalogue/labels.yaml."""

import datetime as dtm
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot import catalogue, contract, intake, places
from bot.conversation.turn import Button
from bot.text import fold

RESERVED = 3
"""So many words behind a "maar" say what is not so."""
_ADDS = re.compile(r"\b(?:ook|bovendien|erbij|daarbij|nog|oek|oak)\b")
_REPLACES = re.compile(r"\b(?:niet|ni|nie|geen|gene|gin)\b.*\b(?:maar|ma|wel)\b")


def _labels() -> catalogue.Labels:
    return catalogue.current().labels


def title(field: str) -> str:
    """The name of a field in a list of answers."""
    return str(_labels().fields[field])


def phrase(name: str, **gaps: str) -> str:
    """A part of a sentence that code puts together."""
    return str(_labels().phrases[name]).format(**gaps)


def button_title(name: str) -> str:
    """The title of a button that code makes."""
    return str(_labels().buttons[name])


def is_back(text: str) -> bool:
    """Whether the text asks for the previous question, and nothing else."""
    return text.strip(" .!?").lower() in _labels().back


def sounds_like_correction(text: str) -> bool:
    """Whether the text starts as people start who correct themselves."""
    words = " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
    return any(words.startswith(f"{start} ") for start in _labels().corrections)


def without_correction(text: str) -> str:
    """The text without the words with which people start a correction."""
    return _without_start(text, _labels().corrections)


def without_yes_or_no(text: str) -> str:
    """What stands behind the yes or no with which a text starts."""
    return _without_start(text, [*_labels().corrections, *_labels().agreements])


def _without_start(text: str, words: Iterable[str]) -> str:
    starts = sorted(words, key=len, reverse=True)
    rest = text.strip()
    while True:
        start = next((s for s in starts if rest.lower().startswith(s)), None)
        left = rest[len(start) :].lstrip(" ,.:;-") if start else rest
        if left == rest or not left:
            return rest
        if start and rest[len(start)].isalnum():
            return rest
        rest = left


def sounds_like_question(text: str) -> bool:
    """Whether a part of the text asks something, with or without a question mark."""
    if "?" in text:
        return True
    parts = re.split(r"[.,;:!\n]+| (?:en|maar|want|ma|dus) ", text.lower())
    starts = _labels().questions
    return any(f"{part.strip()} ".startswith(tuple(f"{s} " for s in starts)) for part in parts)


def starts_with_yes_or_no(text: str) -> bool:
    """Whether the text begins as people begin who say yes or no."""
    longer = f"{text.strip()} ja"  # a yes or no by itself is never taken away
    return without_yes_or_no(longer) != longer


def sounds_like_wish(text: str) -> bool:
    """Whether the text speaks of wanting something."""
    return _holds(text, _labels().wish)


def sounds_like_turn(text: str) -> bool:
    """Whether the text turns to something else than before: "toch liever ..."."""
    return _holds(text, _labels().turns)


def has_reservation(text: str) -> bool:
    """Whether a yes is followed by what is not so: "ja maar ik woon nu in Genk", not "doe maar"."""
    words = fold(text).split()
    return any(word in _labels().reservations for word in words[1:-RESERVED])


def sounds_like_trouble(text: str) -> bool:
    """Whether the text says that something is hard or lacking."""
    return _holds(text, _labels().trouble)


def _holds(text: str, phrases: Iterable[str]) -> bool:
    padded = f" {' '.join(text.lower().replace(',', ' ').split())} "
    return any(f" {phrase} " in padded for phrase in phrases)


def is_done(text: str) -> bool:
    """Whether the text ends a list: "klaar", "dat is alles"."""
    return text.strip(" .!").lower() in _labels().done


def adds(text: str) -> bool:
    """ "nee ik heb ook geen geld": what was known before still holds."""
    return bool(_ADDS.search(fold(text)))


def replaces(text: str) -> bool:
    """ "niet opvang maar geld": what was known before no longer holds."""
    return bool(_REPLACES.search(fold(text)))


def is_more(text: str) -> bool:
    """Whether the text asks for more of the help that was shown, and nothing else."""
    return text.strip(" .!?").lower() in _labels().more


def topics(codes: Iterable[str]) -> str:
    """What help is about: "geld, opvang van kinderen en tijd"."""
    names = {str(code): text for code, text in _labels().topics.items()}
    found = [names[code] for code in dict.fromkeys(codes)]
    end = f" {phrase('and')} ".join(found[-2:])
    return ", ".join([*found[:-2], end])


def speaks_of_coming(text: str) -> bool:
    """Whether the text says when somebody can come: "liefst op maandag"."""
    return _holds(text, _labels().comes)


def asks_to_see(text: str) -> bool:
    """Whether the text asks to see something now, and nothing else: "laat maar zien"."""
    words = set(_plain_words(text))
    groups = (set(phrase.split()) for phrase in _labels().show)
    besides = set(_labels().show_besides)
    return any(group <= words and words - group <= besides for group in groups)


def rank(text: str) -> int | None:
    """Which of the proposals the text chooses, from 0, when it says nothing else: "de tweede"."""
    words = set(_plain_words(text)) - set(_labels().ranks_besides)
    ranks = (at for at, names in enumerate(_labels().ranks) if len(words) == 1 and words & {*names})
    return next(ranks, None)


def is_greeting(text: str) -> bool:
    """Whether the text is a greeting with a part of the day, and nothing else: "goeieavond"."""
    return " ".join(_plain_words(text)) in _labels().greetings


def asks_in_other_language(text: str) -> bool:
    """Whether a text in another language than Dutch asks something."""
    said = f" {fold(text)} "
    if said.rstrip().endswith(("?", "؟", "？")):
        return True
    apart = f" {' '.join(_plain_words(text))} "
    starts = (fold(start) for start in _labels().foreign_questions)
    if any(said.startswith(f" {start}" if _unspaced(start) else f" {start} ") for start in starts):
        return True
    inside = (fold(word) for word in _labels().foreign_question_words)
    return any(word in said if _unspaced(word) else f" {word} " in apart for word in inside)


def _unspaced(word: str) -> bool:
    """Whether a word is of a script that leaves no space between words: Chinese."""
    return any(char >= "\u3000" for char in word)


def aside(text: str) -> str | None:
    """Which question beside the point the text asks (`asides` in labels.yaml), or None."""
    words = _plain_words(text)
    if set(words) & set(_labels().asides_not):
        return None
    said = f" {' '.join(words)} "
    kinds = _labels().asides.items()
    kind = next((k for k, all_of in kinds if any(f" {p} " in said for p in all_of)), None)
    if kind == "prison" and not sounds_like_question(text):
        return None  # "ik zit in de gevangenis" tells something
    return kind


def without_aside(text: str) -> str:
    """The subject of such a question: "hoe lang duurt verpleegkunde" -> "verpleegkunde"."""
    said = f" {' '.join(_plain_words(text))} "
    for phrase in sorted(_labels().asides["duration"], key=len, reverse=True):
        said = said.replace(f" {phrase} ", " ")
    besides = set(_labels().asides_besides)
    return " ".join(word for word in said.split() if word not in besides)


def _plain_words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def appointment_form(text: str) -> str | None:
    """The form of talk that the text names (in_person, phone, video), or None."""
    return _only_named(text, _labels().forms)


def dream_step(text: str) -> str | None:
    """What somebody likes best (people, hands, outside, desk, learn), or None."""
    return _only_named(text, _labels().dream_steps)


def _only_named(text: str, among: Mapping[str, list[str]]) -> str | None:
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    found = [code for code, names in among.items() if any(word in names for word in words)]
    return found[0] if len(found) == 1 else None


def wishes(themes: Iterable[str]) -> str:
    """Themes as what somebody wants: "met kinderen werken en koken"."""
    ours = {str(code): text for code, text in _labels().wishes.items()}
    return f" {phrase('and')} ".join(ours[theme] for theme in themes)


def mentioned_field(text: str, among: Iterable[str]) -> str | None:
    """The first field of `among` that the text speaks about, or None."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in text.lower()).split())} "
    mentions: Mapping[str, list[str]] = _labels().mentions
    found = {
        field: min(
            words.find(f" {word} ") for word in mentions.get(field, []) if f" {word} " in words
        )
        for field in among
        if any(f" {word} " in words for word in mentions.get(field, []))
    }
    return min(found, key=lambda field: found[field]) if found else None


def value_text(field: str, value: Any) -> str:
    """An answer as the client reads it back: labels for codes, a list with commas."""
    if value is None:
        return ""
    spec = contract.fields()[field]
    names = contract.labels(spec.codes) if spec.codes else {}
    if field == "phone":
        return intake.spaced_phone(str(value))
    if isinstance(value, bool):
        return contract.labels("yes_no_unknown")["yes" if value else "no"]
    if field == "postcode" and (where := places.place(value)):
        return f"{value} {where.name}"
    if isinstance(value, list):
        return ", ".join(names.get(v, v) for v in value) or phrase("nothing")
    return names.get(value, str(value))


def source(address: str, checked_on: dtm.date) -> str:
    """Where a rule or a price stands, and when that was checked."""
    site = address.split("//")[-1].split("/")[0].removeprefix("www.")
    return phrase("source", source=site, date=f"{checked_on:%d/%m/%Y}")


def contact(leerwinkel: str | None) -> str:
    """How to reach a Leerwinkel; all six, one a line, when it is not known which."""
    codes = [leerwinkel] if leerwinkel else list(contract.labels("leerwinkel"))
    places = [catalogue.leerwinkel(code) for code in codes]
    return "\n".join(
        phrase("contact", place=p.name, email=p.email or p.website or "") for p in places
    )


def tap(title: str, field: str, value: str) -> Button:
    """A button that answers `field` with `value`."""
    return Button(title, f"/inform{json.dumps({field: value}, ensure_ascii=False)}")


def option_buttons(field: str, options: Iterable[str]) -> tuple[Button, ...]:
    """One button for each of the values between which an answer leaves a doubt."""
    if field != "postcode":
        return code_buttons(field, options)
    found = [place for code in options if (place := places.place(code))]
    return tuple(tap(f"{p.postcode} {p.name}", field, p.postcode) for p in found)


def code_buttons(field: str, codes: Iterable[str]) -> tuple[Button, ...]:
    """One button per code, with the contract's label and a capital, as on every button."""
    spec = contract.fields()[field]
    assert spec.codes
    names = contract.labels(spec.codes)
    titles = ((code, names[code][:1].upper() + names[code][1:]) for code in codes)
    return tuple(tap(title, field, code) for code, title in titles)
