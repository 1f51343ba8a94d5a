"""From a dream in somebody's own words to themes.

Job words and activities come first (`dream_words`). When they are clear the answer is theirs; when
they are guesses, name several themes or are not there, what was learned from example sentences
(`meaning`) decides. Silence costs less than a wrong theme: then the conversation asks on.
"""

from collections.abc import Sequence

from bot.intake import meaning
from bot.intake.dream_words import (
    Bond,
    Found,
    accepted,
    bond,
    dream_tokens,
    find,
    is_weak,
    says_no_dream,
)
from bot.intake.reading.lexicon import is_word, tokens
from bot.intake.reading.yes_no import said_dont_know

PLAIN = 0.7
"""How much the score without job words weighs when there is none that counts."""
ALONE = 0.2
"""Score from which a theme without a job word counts."""
AHEAD = 0.04
"""How far such a theme must be before the next one and before "no dream"."""
SURE = 0.4
"""How far another theme must be before that of a sure job word to take its place."""
UNSURE = 0.15
"""How far before that of a guess, or of a word that fits many jobs."""
INSTEAD = 0.26
"""Score from which a theme may take the place of a named one."""
AGREED = 0.1
"""How far the letters of a text must put its one named theme before every other, to leave its
meaning unread. In cross-validation its meaning then changes one decision of 148."""
NO_DREAM = 0.3
"""How far "no dream" must be before a theme that has a job word to be believed."""


_BESIDE_A_TRADE = ("self_employed", "higher_education")
"""Said beside another theme as a rule: "eigen restaurant", "geneeskunde aan de unief"."""


_BESIDE = 0.12
_LIMITS = {
    Bond.NOTHING: (0.5, 0.3),
    Bond.COMMA: (0.42, 0.3),
    Bond.AND: (0.25, 0.45),
    Bond.OR: (0.12, 0.6),
}
"""How two themes are joined -> the lowest score of the lesser one, how far behind it may be."""


_TOLD = 0.5
"""Score that a theme without a job word needs beside a phrase such as "eender wat"."""
_BOTH = 0.3
_TRADE = 0.24
"""Scores of a business of one's own and of a trade that stand together without a job word."""


def dream_themes(text: str) -> list[str]:
    """The themes in a dream, in the order in which they are named; [] when there are none."""
    words = dream_tokens(text)
    if not words:
        return []
    found = find(words)
    if themes := _without_meaning(found):
        return themes
    if not found.kept and (said_dont_know(text) or _only_refused(found)):
        return []
    judgement = meaning.judge(found)
    if not found.kept and says_no_dream(words) and max(_themes_only(judgement)) < _TOLD:
        return []
    return decided(found, judgement)


def is_clear(text: str) -> bool:
    """Whether the words of a dream alone say its theme: `dream_themes` then reads no meaning."""
    return bool(_without_meaning(find(dream_tokens(text))))


def wish_text(text: str) -> str:
    """The words of a dream that say what is wished, as `dream_themes` reads their meaning.

    Who embeds this text after `dream_themes` embeds nothing anew.
    """
    return meaning.said(find(dream_tokens(text)))


def accepted_text(text: str) -> str:
    """A dream without what it refuses: "verkoop maar geen vlees" is about selling only.

    The text itself when it refuses nothing, or says nothing else.
    """
    words = dream_tokens(text)
    left = accepted(words)
    return " ".join(left) if len(left) < len(words) and find(left).kept else text


def decided(found: Found, judgement: meaning.Judgement) -> list[str]:
    """The themes of a text whose words leave a doubt."""
    plain = judgement.plain
    named = _alternatives(found, plain)
    refused = {h.code for h in found.refused}
    others = [t for t in plain if t not in (*named, *refused, meaning.NOTHING)]
    best = max(others, key=lambda t: plain[t])
    if not named:
        return _unnamed(found, best, judgement, others)
    sure = {h.code for h in found.kept if h.exact and not is_weak(found.words, h)}
    if len(named) > 1:
        named = _together(found, named, plain)
    top = max(plain[t] for t in named)
    margin = SURE if sure & set(named) else UNSURE
    if plain[meaning.NOTHING] - top >= (2 * NO_DREAM if sure & set(named) else NO_DREAM):
        return []
    if plain[best] - top >= margin and plain[best] >= INSTEAD:
        return [best]
    return named


def _unnamed(
    found: Found, best: str, judgement: meaning.Judgement, others: Sequence[str]
) -> list[str]:
    full, plain = judgement
    if found.dropped and full[meaning.NOTHING] > full[best]:
        return []  # the job words are about what was, or about somebody else
    trade, business = best, "self_employed"
    if best == business:
        trade = max((t for t in others if t not in _BESIDE_A_TRADE), key=lambda t: plain[t])
    if business in others and plain[business] >= _BOTH and plain[trade] >= _TRADE:
        return [trade, business]
    mixed = {t: PLAIN * plain[t] + (1 - PLAIN) * full[t] for t in (*others, meaning.NOTHING)}
    score = mixed.pop(best)
    second = max(mixed.values())
    return [best] if score >= ALONE and score - second >= AHEAD else []


def _alternatives(found: Found, plain: meaning.Scores) -> list[str]:
    """The named themes; of a word that stands for several, the likeliest."""
    spans: dict[tuple[int, int], list[str]] = {}
    for hit in found.kept:
        spans.setdefault((hit.start, hit.end), []).append(hit.code)
    alone = {codes[0] for codes in spans.values() if len(codes) == 1}
    chosen = [
        next((c for c in codes if c in alone), "") or max(codes, key=lambda c: plain[c])
        for codes in spans.values()
    ]
    return list(dict.fromkeys(chosen))


def _together(found: Found, named: Sequence[str], plain: meaning.Scores) -> list[str]:
    """Which of several named themes are meant: how they are joined says how likely both are."""
    top = max(named, key=lambda t: plain[t])
    kept = []
    for theme in named:
        low, behind = _LIMITS[_bond(found, theme, top)]
        if top in _BESIDE_A_TRADE:
            low, behind = _BESIDE, 1.0
        if theme in (top, *_BESIDE_A_TRADE) or (
            plain[theme] >= low and plain[top] - plain[theme] <= behind
        ):
            kept.append(theme)
    return kept


def _bond(found: Found, one: str, other: str) -> Bond:
    return max(
        (
            bond(found.words, a, b)
            for a in found.kept
            if a.code == one
            for b in found.kept
            if b.code == other
        ),
        default=Bond.NOTHING,
    )


def is_readable(text: str) -> bool:
    """Whether a text holds any word: "sdfghj" does not. Other scripts than ours always do."""
    words = [w for w in tokens(text) if w.isalpha()]
    return any(not w.isascii() or is_word(w) for w in words) or bool(dream_themes(text))


def _without_meaning(found: Found) -> list[str]:
    """The themes when words alone say them, or when letters agree with a guess; [] otherwise."""
    if _is_clear(found):
        return found.themes
    if not found.kept:
        return []
    spelled = dict(meaning.spelled(found))
    named = _alternatives(found, spelled)
    if len(named) > 1 or spelled.pop(named[0]) - max(spelled.values()) < AGREED:
        return []
    return named


def _is_clear(found: Found) -> bool:
    """One theme, sure words, nothing around them that could be taken wrong."""
    return (
        len(found.themes) == 1
        and not found.dropped
        and all(h.exact and not is_weak(found.words, h) for h in found.kept)
    )


def _only_refused(found: Found) -> bool:
    return bool(found.refused) and not found.dropped and len(found.words) < 12


def _themes_only(judgement: meaning.Judgement) -> list[float]:
    return [score for theme, score in judgement.plain.items() if theme != meaning.NOTHING]
