"""An e-mail address, typed or dictated ("jan punt p at gmail punt com")."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from bot.intake.reading.chosen import Candidate, chosen
from bot.intake.reading.email_fixed import CORRECTION, fixed, is_fragment
from bot.intake.reading.email_parts import domain, local_part
from bot.intake.reading.email_said import UNCLEAR, with_signs
from bot.intake.reading.lexicon import is_word, word_set
from bot.intake.reading.reading import NOTHING, Reading

ADDRESS = re.compile(r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9][a-z0-9.-]*\.[a-z]{2,}")
_TYPED_AFTER_DOT = re.compile(r"[._-] *$")
_LONG = 2
"""Words before a typed address from which a dot ends a sentence."""
_SIGN_AFTER = re.compile(r"[a-z] [._] [a-z]")
"""A sign that is said after the address tells it otherwise: "dus rita punt claes"."""
_PROVIDERS = r"gmail|hotmail|telenet|outlook|yahoo|skynet|proximus|icloud"
_ON_PROVIDER = re.compile(rf"(?:\b(?:op|bij)|,) (?=(?:{_PROVIDERS}) (?:\. )[a-z]+)")
_JOINED = re.compile(
    r"aan (?:elkaar|mekaar|een)|aaneen|zonder spatie|geen spatie|in (?:een|1) (?:woord|stuk)"
)


def email(text: str) -> Reading:
    """An e-mail address in lower case; nothing when a piece of it is unclear."""
    said = _with_sign(with_signs(text))
    first, *corrections = CORRECTION.split(said)
    found = _address(first, joined=bool(_JOINED.search(text.lower())))
    for correction in corrections:
        whole = _address(correction)
        if "@" in correction and whole:
            found = whole if not is_fragment(first, correction) else None
        elif found:
            found = fixed(found, correction)
        else:
            found = fixed_halfway(first, correction)
        first = correction
    real = without_slip(found) if found else None
    return Reading(real) if real else NOTHING


def _with_sign(said: str) -> str:
    """ "raf op gmail . com": the sign that wasn't said."""
    return said if "@" in said else _ON_PROVIDER.sub("@ ", said, count=1)


def _address(said: str, *, joined: bool = False) -> str | None:
    return chosen(said, [*_candidates(said, joined=joined)])


def _candidates(said: str, *, joined: bool) -> Iterable[Candidate]:
    """The addresses in a text, in order."""
    end = 0
    for at in (match.start() for match in re.finditer("@", said)):
        if at < end:
            continue
        typed = next((m for m in ADDRESS.finditer(said, end) if m.start() < at < m.end()), None)
        if typed and (found := _typed(said[end : typed.start()], typed, joined=joined)):
            end = found.end
            yield found
            continue
        following = said.find("@", at + 1)
        local = local_part(said, end, at)
        name = domain(said, at + 1, len(said) if following < 0 else following)
        unclear = UNCLEAR in said[end : len(said) if following < 0 else following]
        if local.start == local.end or name.start == name.end:
            continue
        whole = f"{local.text}@{name.text}"
        end = name.end
        told_again = _SIGN_AFTER.search(said[name.end : len(said) if following < 0 else following])
        readable = ADDRESS.fullmatch(whole) and not unclear
        readable = readable and (following >= 0 or not told_again)
        yield Candidate(whole if readable else None, local.start, end)


def _typed(before: str, typed: re.Match[str], *, joined: bool) -> Candidate | None:
    """The address as it is typed; None when pieces with spaces between belong to it."""
    words = before.split()
    value = typed[0].rstrip(".")
    end = typed.start() + len(value)
    candidate = Candidate(value, typed.start(), end)
    if not words:
        return candidate
    after_dot = _TYPED_AFTER_DOT.search(before)
    if after_dot:
        return candidate if len(words) > _LONG and not before.endswith((" . ", "_", "-")) else None
    if before[-1] == "," and before[-2:-1].isalnum():
        return Candidate(None, typed.start(), end)
    if not before.endswith(" "):
        return candidate
    if joined:
        return None
    local = value.partition("@")[0].strip("0123456789")
    is_whole = local and not (_is_begun(before) and not _repeats(words[-_LONG:], local))
    return Candidate(value if is_whole else None, typed.start(), end)


def _is_begun(before: str) -> bool:
    """ "Rita" before "b85@gmail.com": a space that the keyboard put in the address."""
    words = before.split()
    names, leads = word_set("given_names", "names"), word_set("contact", "leads")
    if words[-1] in names and words[-1] not in leads:
        return True
    strange = not any(is_word(word) or word in leads for word in words)
    return len(words) <= _LONG and strange and "".join(words).isalnum()


def _repeats(words: Iterable[str], local: str) -> bool:
    """ "Rita rita.b": the name of the client, then the address."""
    return any(word in local or local in word for word in words if word.isalpha())


def fixed_halfway(first: str, correction: str) -> str | None:
    """ "jan at hotmail, nee, gmail . com": the part behind the sign is said again."""
    if "@" not in first:
        return None if is_fragment(first, correction) else _address(correction)
    at = first.rindex("@")
    local = local_part(first, 0, at)
    name = domain(correction, 0, len(correction))
    whole = f"{local.text}@{name.text}"
    return whole if ADDRESS.fullmatch(whole) and UNCLEAR not in correction else None


def without_slip(address: str) -> str | None:
    """ "jan@gmial.con" -> "jan@gmail.com": nobody gets a mail there."""
    local, _, name = address.partition("@")
    start, _, ending = name.rpartition(".")
    if any(start.startswith(f"{provider}.") for provider in _ENDINGS_OF):
        return None  # "gmail.com.be"
    known = word_set("contact", "providers")
    if start not in known and (meant := _meant(start)) and ending in _ENDINGS_OF[meant]:
        start = meant
    if start in known and ending in word_set("contact", "ending_slips"):
        ending = "com"
    if start in _ENDINGS_OF and ending not in word_set("contact", "endings"):
        return None
    return f"{local}@{start}.{ending}"


_ENDINGS_OF = {
    "gmail": ("com", "be", "con"), "hotmail": ("com", "be", "fr", "con"), "telenet": ("be",),
    "outlook": ("com", "be"), "proximus": ("be",), "skynet": ("be",),
}  # fmt: skip


def _meant(name: str) -> str | None:
    """The big provider that a name differs from by a letter or by two in another order."""
    near = [p for p in _ENDINGS_OF if DamerauLevenshtein.distance(name, p, score_cutoff=1) == 1]
    return near[0] if len(near) == 1 else None
