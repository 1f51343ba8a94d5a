"""When somebody can come to class."""

import re
from collections.abc import Sequence

from bot.intake.reading.clauses import about_others, clauses
from bot.intake.reading.lexicon import Hit, Lexicon, is_break, lexicon, tokens, word_set
from bot.intake.reading.reading import NOTHING, Reading
from bot.intake.reading.schedule_text import plain_times
from bot.intake.reading.scope import denied

ALL = ("day", "evening", "weekend", "online")
_TIMES = ("day", "evening", "weekend")
_CUTS = (
    "dus", "wegens", "door", "doordat", "alleen", "enkel", "behalve", "liefst", "liever", "en",
    "daarom", "anders", "uitsluitend", "als",
)  # fmt: skip
_BUSY = word_set("words", "busy")
_OTHERS = word_set("words", "others")
_WEEKDAYS = word_set("words", "weekdays")
_BETTER = re.compile(
    r"is (?:het |dat )?(?:\w+ )?(?:beter|best|goed|gemakkelijk\w*|makkelijk\w*|ideaal)\b"
)
""" "thuis is beter voor mij": learning at home."""
_WEEKDAY = re.compile(r"(?:maan|dins|woens|donder|vrij)dag")
_TURNS = re.compile(
    r"\b(?:ene|1|een|deze) week\b.*\b(?:andere|volgende) week\b|"
    r"\b(?:wisselende|onregelmatige|verschillende) (?:uren|shiften|shifts|diensten|ploegen)\b|"
    r"\b(?:vroege|late|nacht)(?: \w+)? en (?:de )?(?:vroege|late|nacht)\b|"
    r"\belke (?:dag|week|maand) (?:anders|ander)\b|"
    r"\bene keer\b.*\bandere keer\b|"
    r"\b(?:uren|uurrooster|rooster|shiften|diensten) (?:verander|wissel)\w*|"
    r"\b(?:verander|wissel)\w* (?:altijd|elke|iedere|constant|steeds|voortdurend|van week)\b"
)
"""Who works in turns is never free at the same time."""
_REST = re.compile(
    r"\b(?:rest|andere (?:momenten|tijden|uren)) (?:is |kan |past )?(?:wel|goed|ok)\b"
)
_UNSURE = re.compile(
    r"\b(?:moet|eerst)\b.*\b(?:baas|werkgever|man|vrouw|werk|school)\b.*"
    r"\b(?:vragen|overleggen|checken|bespreken|navragen)\b"
)
"""Who has to ask somebody does not know yet."""
_PAST = re.compile(
    r"\b(?:vroeger|destijds|vorig jaar|toen|volgde ik|ik volgde|deed ik|ik deed|ging ik|"
    r"ik ging|heb(?: ik)?(?: \w+){0,5} (?:gevolgd|gedaan|geprobeerd|gewerkt))\b"
)
_RESTS = re.compile(
    r"\bwil(?: \w+){1,3} (?:rust|rusten|slapen|uitslapen|gezin|familie|niets|niks)\b"
)
""" "in het weekend wil ik rust"."""
_REASONS = ("want", "omdat", "aangezien", "vermits", "doordat")
_THEREFORE = ("dus", "daarom", "bijgevolg")
_ONLY = ("alleen", "enkel", "uitsluitend")
_GO = frozenset(
    (
        "trek",
        "zie",
        "hou",
        "houd",
        "vind",
        "past",
        "lukt",
        "rij",
        "rijd",
        "kom",
        "ga",
        "buiten",
        "geraak",
        "raak",
        "durf",
        "weg",
        "blijf",
        "kan",
        "komt",
        "gaat",
        "beschikbaar",
    )
)
_TOO_MUCH = re.compile(
    r"(?:(?:is|zijn|blijft|blijven|vallen|valt|ons|mij|dat|vind ik|voor mij|"
    r"ben ik|wordt|een beetje|echt|gaat) )*"
    r"(?:te (?:laat|vroeg|zwaar|moeilijk|druk|vermoeiend|donker|moe|lang)|"
    r"moeilijk|lastig|past (?:mij )?niet|uitgesloten|onmogelijk|onhaalbaar|geen optie|"
    r"niet (?:haalbaar|mogelijk|gewenst|wenselijk|ideaal)|heilig|afgeraden)\b"
)
""" "'s avonds is te laat voor mij"."""
_TAKEN = frozenset(("ga", "moet", "heb", "is", "werk", "zit", "sta", "help", "zijn", "niet"))
_SUITS = frozenset(("kan", "past", "wil", "mag", "goed", "vrij", "ok", "lukt"))
_NEAR = 5
"""Words before "thuis" in which somebody may be said to be there."""
_NEAR_THAN = 2
"""Words between "dan" and the time that is liked less."""
_FAR = 4
"""Words after a time in which a "not" still denies it."""
_OPEN = frozenset(("vrij", "goed", "ok", "oke", "beschikbaar", "behalve", "maar", "en", "kan"))
_STAYS = frozenset(("is", "zijn", "ben", "blijven", "blijf", "moet", "bij", "van"))


def schedule(text: str) -> Reading:
    """The times that suit, in the contract's order; options when only busy times were told."""
    if text.rstrip().endswith("?") or _UNSURE.search(" ".join(tokens(text))):
        return NOTHING
    words = plain_times(text)
    hits = _in_turns(words, _concluded(words, _when(words, known_words().find(words))))
    if not hits:
        return NOTHING
    hits = _preferred(words, hits)
    lost = denied(words, hits) + _nay(words, hits) + _excepted(words, hits)
    busy = [h for h in hits if _is_busy(words, h, hits)]
    kept = [h for h in hits if h not in lost and h not in busy]
    said = {h.code for h in kept}
    # "niet op woensdag" leaves the other days
    refused = {h.code for h in lost if not _WEEKDAY.match(words[h.start])} - said
    if "all" in said:
        narrowed = set() if refused else said - {"all"}
        return Reading(
            _codes(narrowed, refused) if narrowed else [c for c in ALL if c not in refused]
        )
    if refused and not said and ("behalve" in words or _REST.search(" ".join(words))):
        return Reading([c for c in ALL if c not in refused])
    if said:
        return Reading(_codes(said, refused))
    if refused == {"weekend"} and len(_weekend_days(words, lost)) == 1:
        return _left(refused)  # "zondag kan ik niet": and Saturday?
    if "week" in refused:
        refused |= {"day", "evening"}
    if "all" in refused or not refused:
        return _left({h.code for h in busy})
    open_ = [c for c in _TIMES if c not in refused and c not in {h.code for h in busy}]
    return Reading(open_) if refused & set(_TIMES) and open_ else _left(refused)


def _in_turns(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "de ene week vroeg, de andere laat, alleen ...": only what follows "alleen" or "dus"."""
    if not _TURNS.search(" ".join(words)):
        return list(hits)
    ends = [i for i, w in enumerate(words) if w in (*_THEREFORE, *_ONLY)]
    left = [h for h in hits if ends and h.start > ends[0]]
    return [] if denied(words, left) else left


def _preferred(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "liever in de klas overdag dan online": not what comes after "dan"."""
    wished = next((i for i, w in enumerate(words) if w in ("liever", "beter")), len(words))
    starts = {h.start for h in hits}
    than = next(
        (i for i, w in enumerate(words)
         if w == "dan" and i > wished and starts & set(range(i + 1, i + 2 + _NEAR_THAN))),
        len(words),
    )  # fmt: skip
    return [h for h in hits if h.start < than] or list(hits)


def _concluded(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """Without the reasons that were told: "ik doe de late, dus ...", "..., want in het weekend"."""
    spans = clauses(words, _CUTS)

    def opened_by(hit: Hit) -> str:
        return words[next(b for b, e in spans if b <= hit.start < e)]

    told = [h for h in hits if opened_by(h) in _REASONS]
    told += [h for h in hits if h not in told and _is_past_or_theirs(_clause(words, h))]
    if told and len(told) < len(hits):
        hits = [h for h in hits if h not in told]
    for at in range(len(words) - 1, 0, -1):
        concludes = words[at] in _THEREFORE or (
            words[at] in _ONLY and any(w in _BUSY for w in words[:at])
        )
        after = [h for h in hits if h.start > at]
        if concludes and after and not denied(words, after) and not _nay(words, after):
            return [h for h in after if not _is_busy(words, h, after)] or list(hits)
    return list(hits)


def _clause(words: Sequence[str], hit: Hit) -> Sequence[str]:
    begin, end = next(c for c in clauses(words, _CUTS) if c[0] <= hit.start < c[1])
    return words[begin:end]


def _is_past_or_theirs(clause: Sequence[str]) -> bool:
    """ "vroeger volgde ik avondschool", "mijn dochter heeft les op zaterdag"."""
    return bool(_PAST.search(" ".join(clause))) or about_others(clause)


def known_words() -> Lexicon:
    """Phrases that tell hours."""
    return lexicon("schedule")


def _codes(said: set[str], refused: set[str]) -> list[str]:
    if "week" in said and not said & {"day", "evening"}:
        said = said | ({"day", "evening"} - refused)
    return [c for c in ALL if c in said]


def _left(taken: set[str]) -> Reading:
    """Only when it does not suit was said: the bot asks about the rest."""
    left = tuple(c for c in ALL if c not in taken)
    return Reading(None, left) if taken and 2 <= len(left) <= 3 else NOTHING


def _when(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """Without parts of a day that belong to a day ("zaterdag ochtend") and who is at home."""
    kept: list[Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        near = last is not None and last.end == hit.start
        if last and last.code == "evening" and words[hit.start] == "tot" and hit.code == "day":
            continue  # "'s avonds, tot 9 uur"
        if near and last and last.code == "weekend" and hit.code in ("day", "evening"):
            continue
        if near and last and words[last.start] in _WEEKDAYS and hit.code == "evening":
            kept.pop()
        following = words[hit.end : hit.end + 1]
        told = following and not is_break(following[0]) and following[0] not in _OPEN
        if hit.phrase == "altijd" and hit.size == 1 and len(hits) > 1 and told:
            continue  # "'s middags ben ik altijd bij mijn moeder"
        if hit.code == "all" and len(hits) > 1 and _says_no_time(words, hit, hits):
            continue
        if hit.code == "online" and hit.phrase == "thuis" and _at_home(words, hit):
            continue
        kept.append(hit)
    return kept


def _says_no_time(words: Sequence[str], hit: Hit, hits: Sequence[Hit]) -> bool:
    """ "werk altijd", "in de week heb ik tijd zat": nothing of its own."""
    begin, end = next(c for c in clauses(words, _CUTS) if c[0] <= hit.start < c[1])
    if words[hit.start].endswith("tijd") and words[hit.start] != "tijd":
        return any(w in _BUSY for w in words[begin:end])
    beside = any(begin <= h.start < end for h in hits if h is not hit)
    return words[hit.start] == "tijd" and beside


def _at_home(words: Sequence[str], hit: Hit) -> bool:
    begin, end = next(c for c in clauses(words, _CUTS) if c[0] <= hit.start < c[1])
    if _BETTER.match(" ".join(words[hit.end : end])):
        return False
    near = list(words[max(0, hit.start - _NEAR) : hit.start])
    since = max((i + 1 for i, w in enumerate(near) if is_break(w)), default=0)
    if any(w in ("ben", "is", "zijn") for w in near[since:]) and "les" not in near:
        return True  # "ik ben donderdag en vrijdag thuis"
    beside = (*words[hit.end : hit.end + 1], *words[max(begin, hit.start - 1) : hit.start])
    if words[hit.start - 1] in _OTHERS and hit.start:
        return True  # "na 6 uur man thuis"
    return about_others(words[begin:end]) or any(w in _STAYS for w in beside)


def _weekend_days(words: Sequence[str], hits: Sequence[Hit]) -> set[str]:
    """The days of the weekend that are named, by their first three letters; "" for all of it."""
    starts = {words[h.start][:3] for h in hits if h.code == "weekend"}
    return starts if starts <= {"zat", "zon"} else {"", *starts}


def _excepted(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "altijd, alleen dinsdag ga ik naar de kine": the times that are taken."""
    always = next((h.end for h in hits if h.code == "all"), None)
    if always is None:
        return []
    spans = [
        (begin, end)
        for begin, end in clauses(words, _CUTS)
        if begin >= always and words[begin] in (*_ONLY, "behalve", "maar")
        and any(w in _TAKEN for w in words[begin:end])
        and not any(w in _SUITS for w in words[begin:end])
    ]  # fmt: skip
    return [h for h in hits if any(begin <= h.start < end for begin, end in spans)]


def _nay(words: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """ "avond nee", "overdag noch 's avonds", "'s avonds rij ik niet graag"."""
    found = []
    for hit in hits:
        rest = [w for w in words[hit.end : hit.end + 2] if not is_break(w)]
        following = list(words[hit.end : hit.end + 2])
        if following[:1] == ["niet"] and all(is_break(w) for w in following[1:]):
            found.append(hit)
            continue
        if rest[:1] in (["nee"], ["noch"], ["onmogelijk"], ["uitgesloten"]):
            found.append(hit)
            continue
        end = next(e for b, e in clauses(words, _CUTS) if b <= hit.start < e)
        clause = words[hit.end : end]
        if _TOO_MUCH.match(" ".join(clause)):
            found.append(hit)
            continue
        at = next((i for i, w in enumerate(clause) if w in ("niet", "nooit")), 0)
        if 0 < at <= _FAR and any(w in _GO for w in clause[:at]):
            found.append(hit)
    return found


def _is_busy(words: Sequence[str], hit: Hit, hits: Sequence[Hit]) -> bool:
    """ "ik werk overdag", "zaterdag sta ik in de winkel": it does not suit then."""
    if hit.code == "all":
        return False
    begin, end = next(c for c in clauses(words, _CUTS) if c[0] <= hit.start < c[1])
    taken = {i for h in hits for i in range(h.start, h.end)}
    clause = [words[i] for i in range(begin, end) if i not in taken]
    if clause in (["en"], ["en", "op"], ["en", "in", "het"]) and begin:
        before = [h for h in hits if h.start < begin]
        return bool(before) and _is_busy(words, before[-1], hits)  # "vrijdag en zaterdag"
    if _RESTS.search(" ".join(clause)):
        return True
    if any(
        w in ("na", "kan", "vrij", "goed", "ok", "mag", "past", "wil", "buiten") for w in clause
    ):
        return False
    return any(w in _BUSY for w in clause)
