"""Somebody's name, in every culture: words and no judgement.

The text is cut at commas; in each part an introduction is looked for ("ik heet", "noem mij
maar", "ik ben"), and without one the part itself must be a name. A name ends at the first word
that is none (`vocabulary/names.yaml`); a common word of Dutch alone is no name either.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import wordfreq

from bot import places
from bot.intake.reading.lexicon import is_word, lexicon, tokens, vocabulary, word_set
from bot.intake.reading.name_story import has_capital, is_given, name_in_story
from bot.intake.reading.name_written import IN_BETWEEN, in_dutch, tidy, with_capitals
from bot.intake.reading.numbers import number
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.yes_no import said_dont_know
from bot.text import fold, sound

LONGEST = 80
"""Characters of a name that are kept."""
_LONGEST_ANSWER = 300
_MOST_WORDS = 7
_PARTS = re.compile(
    r"[,;!?()\n/\"]+|\s[-–]+\s|(?<!\b\w)(?<!\b[sS]t)(?<!\b[dm]r)(?<!\bmevr)\.+(?=\s|$)|:\s"
    r"|\b(?:maar|ma|mr|mor|mer|moar|mo) "
    r"(?=(?:tis|t is|'t is|het is|dat is|officieel|voluit|sinds)\b"
    r"|(?:zegt?|noemt?|schrijft?|noteert?|zet|vult?|iedereen|ze|men|de|ik|mijn|vrienden|eigenlijk|thuis|nu)\b)"
)
_TITLED = re.compile(r"\b(?:drs?|ir|ing|lic|prof|bacc|ds)\.\s+(?=\w)", re.IGNORECASE)
"""A degree before a name is no part of it; its full stop ends no sentence."""
_POLITE = re.compile(r"\bmet (?:uw|u|jouw|je|alle|veel|de nodige) [a-z]+\b")
""" "met uw welnemen": no "met Jan"."""
_FOR_ANOTHER = re.compile(
    r"\bvoor (?:mijn|mijne|ons|onze|m'n|mn) (?:[a-z]+ )?"
    r"(?:man|vrouw|zoon|dochter|moeder|vader|mama|papa|ma|pa|broer|zus|oma|opa|vriend|vriendin|"
    r"buurvrouw|buurman|schoonzoon|schoondochter|client|klant|nicht|neef)\b(?! typ| schrijf)"
)
"""Who asks for another: whose name is meant nobody knows, but with "ik heet"."""
_OWN_NAME = re.compile(r"\b(?:ik|ikke|k) (?:ben|heet|hete|zijn|noem)\b|\bheet ik\b|\bnaam\b")
_NAMELESS = re.compile(r"\b(?:anoniem|anonieme|incognito|naamloos|geen naam)\b")
_FIRST = re.compile(
    r"\b(?:voornaam|roepnaam)\b\s*(?:is|:|=)?\s*(?P<name>[^\s,;]+(?:\s[^\s,;]+)?)", re.IGNORECASE
)
_LAST = re.compile(
    r"\b(?:achternaam|familienaam|familie ?naam|fam\.? ?naam|familie(?=\s*[:=]))\b"
    r"\s*(?:is|:|=)?\s*(?P<name>[^,;]+)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"^(?P<wrong>.*)\b(?:sorry|sry|sori|ik bedoel|bedoel|correctie|oeps|nee|neen)\b(?P<right>.+)$",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?<![\w-])\w(?:[ .-]\w){2,}(?![\w-])")
_ROLE = r"(?:voornaam|achternaam|familie ?naam|familie)"
_MY = r"(?:mijn |mn |m'n |de |onze )?"
_BOTH_AFTER = re.compile(
    rf"(?:^|[,;:.]\s*)(?P<one>[^,;:.]+?) (?:(?:dat )?(?:is|heet|is de|als) )?{_MY}"
    rf"(?P<first>{_ROLE})[\s,;.]+(?:en )?(?P<two>[^,;:.]+?) (?:(?:dat )?is |als )?{_MY}{_ROLE}\b",
    re.IGNORECASE,
)
""" "Wei is voornaam, Zhang is familie"."""
_AFTER_AND_BEFORE = re.compile(
    rf"(?:^|[,;:.]\s*)(?P<one>[^,;:.]+?) (?:dat )?(?:is|als) {_MY}(?P<first>{_ROLE})[\s,;.]+"
    rf"(?:en )?{_MY}{_ROLE}\s*(?:is|:|=)?\s*(?P<two>[^,;:.]+)",
    re.IGNORECASE,
)
""" "Singh is achternaam en voornaam is Harpreet"."""
_LAST_OF_ALL = re.compile(
    r"^(?P<all>[^,;.]+)[,;.]\s*(?:en )?(?P<last>[^,;.]+?) is (?:mijn |mn |m'n |de )?"
    r"(?:achternaam|familie ?naam)\W*$",
    re.IGNORECASE,
)
"""The whole name, and which of it is the family name."""
_CALLED = re.compile(
    r"\b(?:mag|moogt|meugt|kunt|kan|moet|word|wor|wordt|gelieve)(?: gij| je| u)?"
    r"(?: mij| me| m)?(?: altijd| gewoon| maar| gerust| ook)* (?P<name>.{2,40}?) (?:te )?"
    r"(?:vermelden|gebruiken|noemen|zeggen|heten|roepen|genoemd|geroepen|noteren|opschrijven|"
    r"schrijven|zijn|invullen|inschrijven)\b",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r'(?<=\w) (?:"[^"]{1,20}"|\([^()]{1,20}\))(?= [^\W\d_])')
"""A name in quotation marks or brackets between two others."""
_GREETING = re.compile(
    r"^(?:met (?:vriendelijke|beleefde|hartelijke|de meeste) \w+|hoogachtend|mvg|groetjes)[,.]? ",
    re.IGNORECASE,
)
_JOKE = re.compile(r"\bnaam is haas\b")
_NAMED_AFTER = re.compile(
    r"^(?P<name>.{2,60}?) (?:hier|is (?:het|'t|t)|is (?:de|mijne?|mn|m'n) (?:volledige )?naam)\W*$",
    re.IGNORECASE,
)
_IS_NAME = re.compile(r"is(?:$| (?:mijn|mn|m'n|men|mijne|het|t|'t|de|me|what|my|mon)\b)")
_RELATIVE = re.compile(
    r"\bis (?:de naam van )?mijn (?!naam|voornaam|volledige|echte)|\bis niet\b"
    r"|\bvan jullie\b|\bkent mij\b"
)
_BEN = re.compile(r"Ben [A-Z]")
_ONLY_BEN = re.compile(r"(?:(?:ik|'?k) (?:ben|heet) )?ben\W*")
"""The name, not the verb."""
_DOTTED = re.compile(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_]{2})")
""" "kaat.claeys": a point for a space."""
_SOMEBODY = re.compile(
    r"(?:de|den|het|een|ne|zijn|haar|mijn|iemand) (?:\w+ )?(?:dochter|zoon|man|vrouw|mama|papa|"
    r"moeder|vader|broer|zus|nicht|neef|vriend|vriendin|buurvrouw|buurman|collega|begeleider|begeleidster|"
    r"vrijwilliger|schoondochter|schoonzoon|kleinzoon|kleindochter|partner)(?: van .*)?$"
)
"""Who somebody is to somebody else; the name comes after it."""
_LEADS = frozenset(
    (
        "voor",
        "heet",
        "opschrijven",
        "noteren",
        "schrijven",
        "eigenlijk",
        "officieel",
        "voluit",
        "tis",
        "als",
    )
)
_OFFICIAL = re.compile(
    r"\b(?:eigenlijk|officieel|voluit|volledig|op (?:mijn )?papier(?:en)?)\b", re.IGNORECASE
)
"""Beside what somebody is called, the name as it is on paper comes."""
_KINDS = ("official", "full", "called", "weak")
_CALLED_BY_OTHERS = re.compile(
    r"\b(?:zegg?en?|noeme?n?|roepe?n?|kenne?n?|hete?n?|eete?n?) "
    r"(?:ze|z'|zij|men|mijn|me|mij|de|alle|alleman|iedereen|thuis|hier)(?!\w)",
    re.IGNORECASE,
)
""" "de Sjarel zeggen ze": the name itself may still follow."""
_ANNOUNCED = re.compile(r"^(?P<words>[^:]+):\s+(?P<name>[^:,;!?]+?)[\s.!]*$")
""" "moeilijk voor een Belg: Oluwaseun"."""
_NICKNAMED = re.compile(r"\b(?:zeg(?:t|gen)|noem\w*|roep\w*)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:mijn|mn|m'n|men|mijne|ons|onze|zijn|haar|hun) "
    r"(?!(?:volledige |echte )?(?:roep|voor|achter)?naam\b)|\bwerk|\?"
)
_CHINESE = re.compile(r"^(?:我叫|我是|我的名字是)")

_STOP = word_set("names", "stop")
_BEFORE = word_set("names", "before")
_AFTER = word_set("names", "after")
_TITLES = word_set("names", "titles")
_PARTICLES = word_set("names", "particles")
_ALSO_NAMES = word_set("names", "also_names")
_NATIONS = word_set("names", "nations")
_OURS = frozenset(("ons", "onze", "mijn", "mijne", "mijnen"))
_ALSO_FAMILY = word_set("names", "also_family")
_OTHERS = word_set("words", "others")
_ANNOUNCERS = word_set("names", "announcers")
_HELPERS = word_set("names", "helpers")
_COUNTRIES = word_set("names", "countries")
_ELSEWHERE_NAMED = word_set("names", "helpers") | word_set("names", "about_others")


@functools.cache
def _introductions(kind: str) -> re.Pattern[str]:
    joined = "|".join(vocabulary("names")[kind])
    anchor = r"^" if kind == "weak" else r"(?<![\w'-])"
    return re.compile(rf"{anchor}(?:{joined})(?![\w'-])[\s:=]*")


def name(text: str) -> Reading:
    """The name as written; a name in lower case gets capitals, small words inside it do not."""
    text = "".join(" " if unicodedata.category(c) in ("So", "Sk", "Cs") else c for c in text)
    text = tidy(text)
    if not text or len(text) > _LONGEST_ANSWER:
        return NOTHING
    if said_dont_know(text) and len(text.split()) <= _MOST_WORDS - 1:
        return NOTHING
    if _ONLY_BEN.fullmatch(fold(text)):
        return Reading("Ben")
    if "@" not in text:
        text = _DOTTED.sub(" ", text)
    text = _TITLED.sub("", _GREETING.sub("", text))
    text = _POLITE.sub("", text).strip()
    if any(p.search(fold(text)) for p in (_JOKE, _NAMELESS)) or _are_two_people(text):
        return NOTHING
    text = in_dutch(_NICKNAME.sub("", text))
    if _FOR_ANOTHER.search(fold(text)) and not _OWN_NAME.search(fold(text)):
        return NOTHING
    found = _first_and_last(text) or _corrected(text) or _said(text) or _announced(text)
    if not found or (len(found) == 1 and _OFFICIAL.search(text)):
        found = _by_capitals(text) or found
    found = _with_the_story(text, found)
    written = " ".join(found)
    if not found or len(found) > _MOST_WORDS or not 2 <= len(written) <= LONGEST:
        return NOTHING
    return Reading(with_capitals(found))


def _are_two_people(text: str) -> bool:
    """ "Ali en Fatma": whose name is it?"""
    pair = re.split(r" (?:en|of) ", text.strip(" .!"))
    return len(pair) == len(("Ali", "Fatma")) and all(is_given(w) for w in pair)


def _first_and_last(text: str) -> Sequence[str]:
    """ "mijn voornaam is Ali en mijn achternaam Demir"."""
    for both in (p.search(text) for p in (_BOTH_AFTER, _AFTER_AND_BEFORE)):
        if not both:
            continue
        one, two = _as_said(both["one"]), _as_said(both["two"])
        if one and two:
            return [*one, *two] if fold(both["first"]) == "voornaam" else [*two, *one]
    if whole := _LAST_OF_ALL.match(text):
        every, family = _said(whole["all"]), _run(whole["last"].split())
        rest = [w for w in every if w not in family]
        if rest and len(every) == len(rest) + len(family):
            return [*rest, *family]
    first, last = _FIRST.search(text), _LAST.search(text)
    if first and not last:
        return _beside_first(text, first)
    if last and not first:
        return _beside_last(text, last)
    if not first or not last:
        return ()
    given, family = (_run([w.rstrip(".") for w in m["name"].split()]) for m in (first, last))
    return [*given, *family] if given and family else ()


def _as_said(text: str) -> Sequence[str]:
    """What is said to be a first or a family name: also "Na", which looks like a word."""
    words = [w for w in text.split() if w.strip(".")]
    while len(words) > 1 and not has_capital(words[0]) and fold(words[0]) in _BEFORE | _STOP:
        words = words[1:]
    return _bare(" ".join(words)) or [w for w in words if len(words) == 1 and has_capital(w)]


def _announced(text: str) -> Sequence[str]:
    """ "moeilijk voor een Belg: Oluwaseun": words that say that the name follows."""
    match = _ANNOUNCED.match(text)
    if not match or _OF_ANOTHER.search(fold(match["words"])):
        return ()
    about = set(tokens(match["words"]))
    if about.isdisjoint(_ANNOUNCERS) or not about.isdisjoint(_OTHERS | _HELPERS):
        return ()
    found = _bare(match["name"])
    known = any(has_capital(w) or is_given(w) for w in found)
    return found if known and not _is_content(found) else ()


def _beside_first(text: str, first: re.Match[str]) -> Sequence[str]:
    """ "mijn naam is De Coninck, voornaam Annelies"."""
    given = _run([w.rstrip(".") for w in first["name"].split()])
    before = text[: first.start()].rstrip(" ,;.-")
    family = _said(before) if given else ()
    return [*given, *family] if family and family != given else ()


def _beside_last(text: str, last: re.Match[str]) -> Sequence[str]:
    """ "ik heet Parwiz, familienaam Ahmadzai"."""
    family = _run([w.rstrip(".") for w in last["name"].split()])
    before = re.sub(r"\W*(?:\ben )?(?:mijn |mn |de )?$", "", text[: last.start()])
    given = _said(before) if family and len(before) > len("naam") else ()
    return [*given, *family] if len(given) == 1 and given != family else ()


def _corrected(text: str) -> Sequence[str]:
    """ "ema sorry emma": what comes after."""
    match = _CORRECTED.match(text)
    if not match:
        return ()
    wrong, right = _bare(match["wrong"]), _bare(match["right"])
    return right if right and (wrong or _said(match["wrong"])) else wrong


def _said(text: str) -> Sequence[str]:
    parts = [_CHINESE.sub("", p.strip(" '.:*_-–")) for p in _PARTS.split(text)]
    parts = [p for p in parts if p]
    for kind in ("official", "full", "written", "again"):
        for at, part in enumerate(parts):
            if found := _introduced_in(part, parts[at + 1 :], (kind,)):
                return found
    bare = True
    others_say: Sequence[str] = ()
    for at, part in enumerate(parts):
        if found := _introduced_in(part, parts[at + 1 :], ("weak",)):
            return found
        if found := _introduced_in(part, parts[at + 1 :], ("called", "other")):
            return _rather(found, parts[at + 1 :])
        if (called := _CALLED.search(part)) and (found := _bare(called["name"])):
            return found
        if (after := _NAMED_AFTER.match(part)) and (found := _bare(after["name"])):
            return found
        if bare and (found := _bare(part)):
            if at + 1 < len(parts) and _CALLED_BY_OTHERS.search(part):
                others_say = found
                continue
            calls = len(found) == 1 and fold(found[0]) in _CALLS
            if calls and (person := _bare(" ".join(parts[at + 1 : at + 2]))):
                return person  # "ewa, Bilal hier"
            return () if _is_content(found) else _longer(found, parts[at + 1 :])
        # after a sentence that is no name a part without an introduction is none either
        bare = bare and all(w in _BEFORE or w in _TITLES for w in _plain(part).split())
    spelled = [p for p in parts if _SPELLED.fullmatch(p) and p.count(" ") + p.count("-") > 1]
    return _run(spelled[0].split()) if len(spelled) == 1 else others_say


def _rather(called: Sequence[str], parts: Sequence[str]) -> Sequence[str]:
    """What somebody is called, or what comes after it: "ze zeggen Bompa, 't is Gerard Vets".

    Between two that others call them nobody chooses.
    """
    for at, part in enumerate(parts):
        if found := _introduced_in(part, parts[at + 1 :], ("weak",)):
            return found
        if (right := _CALLED.search(part)) and (found := _bare(right["name"])):
            return found
        if (found := _introduced_in(part, (), ("called",))) and found[0] != called[0]:
            return ()
    return called


def _by_capitals(text: str) -> Sequence[str]:
    """ "dat is dan voor Mieke Dhondt he": names with capitals behind what leads to them."""
    plain = fold(text)
    if _OF_ANOTHER.search(plain) or not set(plain.split()).isdisjoint(_OTHERS):
        return ()
    runs = []
    for part in _PARTS.split(text):
        words = part.split()
        for at, word in enumerate(words):
            if word.istitle() and (at == 0 or fold(words[at - 1]) in _LEADS):
                run = _run(words[at:])
                names = [w for w in run if fold(w) not in _PARTICLES]
                if (
                    len(names) > 1
                    and all(w[0].isupper() for w in names)
                    and _may_end(words[at:], run)
                ):
                    runs.append(run)
    return runs[-1] if runs and not _only_dutch(runs[-1]) and not _is_content(runs[-1]) else ()


def _with_the_story(text: str, found: Sequence[str]) -> Sequence[str]:
    """What the sentence holds besides: the name when none was found, or more of it."""
    if text.rstrip().endswith("?") or not _ELSEWHERE_NAMED.isdisjoint(tokens(text)):
        return found
    if found and not any(has_capital(w) for w in found):
        return found
    story = name_in_story([p for p in _PARTS.split(text) if p.strip()], _run_at_home, _is_no_name)
    if len(story) == 1 and (_FIRST.search(text) or _LAST.search(text)):
        return found
    if len(found) == 1 < len(story) and _NICKNAMED.search(text):
        return story
    while found and story and any(_introductions(k).fullmatch(fold(story[0])) for k in _KINDS):
        story = story[1:]  # "'k Hiete Marleen"
    return story if set(found) < set(story) else found


def _run_at_home(words: Sequence[str]) -> Sequence[str]:
    """The words of a name, without where somebody is from."""
    run = _run(words)
    return run[:1] if _from_town(run) else run


def _is_no_name(run: Sequence[str]) -> bool:
    return _only_dutch(run) or _begins_dutch(run) or _is_content(run) or _is_job(run)


def _introduced_in(part: str, following: Sequence[str], kinds: Iterable[str]) -> Sequence[str]:
    """The name behind an introduction in a part; it may stand in the next one ("naam: Jan")."""
    for kind in kinds:
        if found := _introduced(part, kind):
            return _longer(found, following)
        if following and _leaves_open(part, kind) and (found := _bare(following[0])):
            return () if _is_content(found) else _longer(found, following[1:])
    return ()


def _leaves_open(part: str, kind: str) -> bool:
    """ "mijn naam:", "ik ben het,", "u spreekt met de dochter,", "mijn naam is moeilijk:"."""
    plain = _plain(part)
    for match in _introductions(kind).finditer(plain):
        rest = plain[match.end() :].strip()
        if not rest or _SOMEBODY.match(rest):
            return True
        if kind == "full" and " " not in rest and _is_only_dutch(rest, _EVERYDAY):
            return True
    return False


def _introduced(part: str, kind: str) -> Sequence[str]:
    """The name behind an introduction of one kind."""
    plain = _plain(part)
    if kind == "weak" and _BEN.match(part):
        return ()
    for match in _introductions(kind).finditer(_without_before(plain) if kind == "weak" else plain):
        offset = len(plain) - len(match.string)
        before = plain[: match.start()].split()
        if kind in ("full", "written") and _of_somebody(before):
            continue
        if kind == "written" and not _PEOPLE.isdisjoint(before[-1:]):
            continue  # "iedereen schrijft het fout"
        words: Sequence[str] = part[offset + match.end() :].split()
        if (
            len(words) > 1
            and words[0] in ("de", "den", "het")
            and (words[1][0].isupper() or is_given(words[1]))
        ):
            words = words[1:]  # "ik ben de Wendy van 't Hof"
        if match.group().strip().endswith("voor") and fold(" ".join(words[:1])) in _OURS:
            continue  # "'t is voor onze Kevin"
        words = _without_openers(words)
        while len(words) > 1 and fold(words[0].rstrip(".")) in _TITLES:
            words = words[1:]
        run = _run(words)
        if kind in ("official", "again") and (
            not _looks_like_one(run) or _is_content(run) or _is_job(run) or _only_dutch(run)
        ):
            continue
        if kind == "weak" and _from_town(run):
            run = run[:1]
        if kind == "weak" and (
            _SOMEBODY.match(fold(" ".join(words)))
            or words[:1] in (["van"], ["uit"])
            or _is_job(run)
            or (run and _begins_dutch(run))
            or _only_dutch(run, _COMMON if run and run[0].istitle() else _RATHER_COMMON)
            or _is_content(run)
            or not _may_end(words, run)
            or (match.group().strip() in _SUBJECTS and _is_verb(run))
        ):
            continue
        common = _EVERYDAY if kind in ("official", "full", "called") else _COMMON
        if run and not _only_dutch(run, common):
            return run
    return ()


_PEOPLE = frozenset(("iedereen", "alleman", "ze", "zij", "men", "mensen", "die", "hij", "niemand"))


def _looks_like_one(run: Sequence[str]) -> bool:
    """Names with a capital, known ones, and "lutgart maes": words of no language."""
    if any(has_capital(w) or is_given(w) or fold(w) in _ALSO_NAMES for w in run):
        return True
    return len(run) > 1 and not any(_is_only_dutch(fold(w), _KNOWN) for w in run)


def _of_somebody(before: Sequence[str]) -> bool:
    """ "mijn zoon naam Idris", "mijn moeder heur naam is"."""
    return not set(before[-2:]).isdisjoint((_OTHERS | _HELPERS) - {"ma", "pa", "lief"})


def _without_before(plain: str) -> str:
    """The part from where it no longer greets."""
    words = plain.split(" ")
    while (
        len(words) > 1
        and words[0] in _BEFORE | _TITLES | _CALLS
        and words[0] not in ("t", "'t", "het", "is")
    ):
        words = words[1:]
    return " ".join(words)


def _bare(part: str) -> Sequence[str]:
    """A part that is a name, with a greeting before and something like "is mijn naam" after."""
    words = _without_openers(part.split())
    if len(words) > 1 and words[0].islower() and has_capital(words[1]) and _is_job(words[:1]):
        words = words[1:]  # "chauffeur Dragan"
    run = _run(words)
    if _SPELLED.fullmatch(" ".join(words)):
        return run
    if not run or _only_dutch(run) or _begins_dutch(run):
        return ()
    rest = [fold(w) for w in words[len(run) :]]
    if rest and not (rest[0] in _AFTER or any(c.isdigit() for c in rest[0])):
        return ()
    if rest[:1] == ["is"] and not _IS_NAME.match(" ".join(rest)):
        return ()
    return () if _RELATIVE.search(" ".join(rest)) else run


def _without_openers(words: Sequence[str]) -> Sequence[str]:
    """Without what stands before a name: "ja dag", "den", a title before two names or more."""
    words = [w for w in words if w.strip(".:=-*")]
    while len(words) > 1 and (word := words[0].strip(".:")) and fold(word) in _BEFORE:
        if word[0].isupper() and fold(word) in _PARTICLES and fold(words[1]) not in _TITLES:
            break  # "De Smet"
        if fold(word) in ("de", "het") and len(words) > 2 and fold(words[1]) not in _STOP | _TITLES:
            break  # "de smet sofie"
        words = words[1:]
    if len(words) > 2 and fold(words[0]) in _TITLES:
        words = words[1:]
    return words


def _run(words: Sequence[str]) -> Sequence[str]:
    """The words that a name may hold, up to the first that is none."""
    spelled = _SPELLED.fullmatch(" ".join(words))
    if spelled:
        return [re.sub(r"[ .-]", "", spelled.group())]
    if len(words) == 1 and fold(words[0].strip(".")) in _BEFORE:
        return ()
    run: list[str] = []
    for at, word in enumerate(words):
        bare = word.strip('"*_:')
        plain = fold(bare)
        if not bare or not _is_name_word(bare):
            break
        if bare in IN_BETWEEN and run and _may_be_family_name(words[at + 1 : at + 2]):
            run.append(bare)  # "Ilunga wa Mukendi"
            continue
        if plain in _PARTICLES and _goes_on(words, at) and (run or bare[0].isupper() or at == 0):
            if _is_origin(run, words, at):
                break
            run.append(bare)
        elif (
            (_is_stop(bare, plain) and not (run and _ends_name(bare, words[at + 1 :], run)))
            or (len(bare) == 1 and not bare.isupper() and run)
            or (run and bare.islower() and _goes_onin_dutch(plain, run))
            or (run and _SPELLED.fullmatch(bare))
            or (run and _comes_after(bare, run))
        ):
            break
        else:
            run.append(bare)
    while len(run) > 1 and fold(run[-1]) in _PARTICLES and not run[-1][0].isupper():
        run.pop()
    if run and fold(run[0]) in _TITLES and len(run) == 1:
        return ()
    return [] if run and all(fold(w) in _PARTICLES for w in run) and run[0].islower() else run


def _is_stop(word: str, plain: str) -> bool:
    """A word that no name holds, also a number in words or a dialect form of such a word."""
    if plain in _STOP or (word.islower() and plain not in _ALSO_NAMES and number(plain)):
        return True
    if not word.islower() or plain in _ALSO_NAMES or is_word(plain):
        return False
    usual = tokens(plain)
    return usual != [plain] and any(w in _STOP for w in usual)


def _goes_onin_dutch(plain: str, run: Sequence[str]) -> bool:
    """ "sven natuurlijk", "hoa mevrouw", but "jan de groot"."""
    if fold(run[-1]) in _PARTICLES:
        return False
    return plain in _TITLES or _is_only_dutch(plain, _EVERYDAY)


def _comes_after(word: str, run: Sequence[str]) -> bool:
    """ "karim ofzo", but "peter de jong"."""
    plain = fold(word)
    around = plain in _AFTER and plain not in _PARTICLES and fold(run[-1]) not in _PARTICLES
    return around and word[0].islower()


def _may_be_family_name(words: Sequence[str]) -> bool:
    """ "mukendi wa kalonji": what follows is written as a name or is no word of Dutch."""
    return bool(words) and (words[0].istitle() or not is_word(fold(words[0])))


def _ends_name(word: str, rest: Sequence[str], run: Sequence[str]) -> bool:
    """ "Na" in "Li Na" is no Dutch word; "bakker" behind "mark" or "De" is a family name."""
    written = word[0].isupper() and run[-1][0].isupper()
    if fold(word) not in _ALSO_FAMILY:
        return written and len(word) <= len("Nga")
    if fold(run[-1]) in _PARTICLES:
        return len(run) > 1 and (word.istitle() or not rest)
    return written or (word.islower() and not rest and is_given(run[-1]))


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a name word follows a particle."""
    for word in words[at + 1 : at + 4]:
        plain = fold(word)
        if plain in _PARTICLES:
            continue
        return _is_name_word(word) and (plain not in _STOP or plain in _ALSO_FAMILY)
    return False


def _is_origin(run: Sequence[str], words: Sequence[str], at: int) -> bool:
    """ "Stef Callens van Zwevezele": where somebody is from, after a full name."""
    if words[at] not in ("van", "uit") or not run:
        return False
    if any(fold(w.rstrip(".,")) in _COUNTRIES for w in words[at + 1 : at + 2]):
        return True  # "Hristina van Bulgaria"
    if len(run) < len(("Stef", "Callens")):
        return False
    return bool(places.mentioned(f"in {' '.join(words[at + 1 : at + 3])}"))


def _from_town(run: Sequence[str]) -> bool:
    """ "ik ben Jos van Wommelgem", with one name only."""
    return len(run) == len(("Jos", "van", "Wommelgem")) and (
        run[1] == "van" and has_capital(run[2]) and is_town(run[2])
    )


def _is_job(run: Sequence[str]) -> bool:
    """ "ik ben lasser"."""
    jobs = lexicon("themes", fuzzy=False)
    return len(run) == 1 and run[0].islower() and bool(jobs.find([fold(run[0])]))


_ELSEWHERE = ("countries", "languages", "referral_source", "schedule", "situation")
_BARRIERS = ("resource", "burden", "problem")
"""Vocabularies of answers to other questions."""


def _is_content(run: Sequence[str]) -> bool:
    """An answer to another question: a country, a language, a town, a time of day."""
    plain = [fold(w) for w in run if fold(w) not in _PARTICLES]
    if any(w in _ALSO_NAMES for w in plain) or (
        len(plain) > 1 and all(w[0].isupper() for w in run if fold(w) not in _PARTICLES)
    ):
        return False
    said = " ".join(run)
    if len(plain) == 1 and plain[0] in _NATIONS:
        return True
    if any(_exact(vocab, word) for word in plain for vocab in _ELSEWHERE):
        return True
    if any(lexicon("barriers", kind, fuzzy=False).find([plain[0]]) for kind in _BARRIERS):
        return True
    if run[0].islower() and all(_is_spoken_dutch(w) or _is_only_dutch(w, _COMMON) for w in plain):
        return True
    in_town = len(plain) > 1 and fold(run[0]) not in _PARTICLES and is_town(plain[0])
    return in_town or is_town(said) or (len(plain) == 1 and _is_misspelled_town(plain[0]))


def _exact(name: str, word: str) -> bool:
    return any(hit.exact for hit in lexicon(name).find([*tokens(word)]))


def _is_spoken_dutch(word: str) -> bool:
    """ "nieje", "efkes", "geboarn": dialect for a word that only Dutch has."""
    usual = tokens(word)
    if usual[0].startswith(word):
        return False  # "kwame" is a name and not short for "kwamen"
    return all(w in ("ja", "nee") or _is_only_dutch(w, _COMMON) for w in usual)


def _is_misspelled_town(word: str) -> bool:
    """ "kortrik", "herntals": no word of any language, and near a town."""
    unknown = all(wordfreq.zipf_frequency(word, lang) < _UNKNOWN for lang in ("nl", "en", "fr"))
    return unknown and word not in _ALSO_NAMES and bool(places.find(word))


def is_town(said: str) -> bool:
    """A municipality as it is written; "van Asselt" and "Leive" may be names."""
    plain = fold(said)
    return plain not in _ALSO_NAMES and any(
        plain in (fold(p.name), fold(p.municipality)) for p in places.find(said)
    )


def _may_end(words: Sequence[str], run: Sequence[str]) -> bool:
    """Whether what follows a name is something that may follow one."""
    rest = [fold(w) for w in words[len(run) :]]
    return not rest or rest[0] in _AFTER or not rest[0].isalpha()


_CALLS = frozenset(("jo", "yow", "joo", "ewa", "jong", "yo", "ey"))
"""Greetings before "ik ben", but names by themselves."""
_SUBJECTS = ("ik", "ikke", "k", "ich", "ek")


def _is_verb(run: Sequence[str]) -> bool:
    """ "ik beschik", but not "ik svitlana"."""
    words = [fold(w) for w in run[:1]]
    return any(_is_only_dutch(w, _KNOWN) for word in words for w in (word, *tokens(word)))


def _begins_dutch(run: Sequence[str]) -> bool:
    """A first word that only Dutch has, and no other word with a capital."""
    first = next((w for w in run if fold(w) not in _TITLES), run[0])
    if fold(first) in _PARTICLES:
        return False
    return not any(w[0].isupper() for w in run[1:]) and _is_only_dutch(fold(first), _COMMON)


def _longer(found: Sequence[str], parts: Iterable[str]) -> Sequence[str]:
    """Of "De Cock, Dirk De Cock" the whole; "Peeters, Jan" is Jan Peeters."""
    parts = list(parts)
    rest = [_bare(p) for p in parts[:1]]
    after = rest[0] if rest else ()
    if len(after) == len(found) == 1 and sound(fold(after[0])) == sound(fold(found[0])):
        return after  # "Kevin met een y, Kevyn"
    if after and after[0] == "van" and found[0] in after[1:]:
        after = after[1:]  # "de Rita, van Rita Vermeulen"
    plain, own = [fold(w) for w in after], [fold(w) for w in found]
    own = own[:1] if _PARTICLES & set(own) and len(own) > len(after) else own
    if len(after) > len(own) and own in (plain[-len(own) :], plain[: len(own)]):
        return after
    one_name = sum(fold(w) not in _PARTICLES for w in found) == 1
    alone = len(after) == len(parts) == 1 and parts[0].split() == list(after)
    as_written = has_capital(found[0]) <= bool(after and has_capital(after[0]))
    both_given = bool(after) and is_given(found[0]) and is_given(after[0])
    family_first = one_name and alone and as_written and not both_given
    if not family_first or fold(after[0]) == fold(found[0]):
        return found
    return [*after, *found] if not (places.find(after[0]) or _is_content(after)) else found


@functools.lru_cache(maxsize=4096)
def _is_only_dutch(word: str, common: float) -> bool:
    """A common word in Dutch and in no other language: names are at home in several."""
    dutch = wordfreq.zipf_frequency(word, "nl", wordlist="small")
    if dutch < common or word in _ALSO_NAMES:
        return False
    others = (wordfreq.zipf_frequency(word, lang, wordlist="small") for lang in ("en", "de", "fr"))
    return dutch - max(others) > _MORE_DUTCH


_COMMON = 3.6
"""How common (Zipf) a word must be to be known as no name."""
_EVERYDAY = 4.6
"""How common (Zipf) a word is that nobody is called, though it is said to be a name."""
_RATHER_COMMON = 3.0
"""The same after "ik ben", which more often tells what somebody is."""
_KNOWN = 2.2
"""The same after "ik" alone, which mostly comes before a verb."""
_UNKNOWN = 1.0
"""How common (Zipf) a word may be and still be no word of a language."""
_MORE_DUTCH = 1.5
"""How much more common (Zipf) than in other languages."""


def _only_dutch(run: Sequence[str], common: float = _COMMON) -> bool:
    """Whether nothing in the words looks like a name."""
    if any(w[0].isupper() for w in run[1:]) or (len(run) == 1 and run[0][1:].isupper()):
        return False
    return all(_is_only_dutch(fold(w), common) for w in run if fold(w) not in _PARTICLES)


def _is_name_word(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and all(
        c.isalpha() or c in "'-.·‌‍" or unicodedata.category(c).startswith("M") for c in word
    )


def _plain(part: str) -> str:
    """Folded letter by letter, so that places in it are places in the part."""
    return "".join(fold(c) or " " if len(fold(c)) < 2 else c.lower() for c in part)
