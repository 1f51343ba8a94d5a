"""From a very large catalogue the few hundred courses that can matter to one person.

A catalogue of a usual size is not touched. In a larger one the index of words, meaning and themes
gives the courses that answer the dream; the columns say which of those are near, at the right
hours, and open to this person; and for every kind of step the one that suits best is kept. The
advice then works on those alone, so that its cost no longer grows with the catalogue.
"""

import functools
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.catalogue import choosing, columns, finding
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import Person, person

ANSWERS = 24
"""Courses that answer the words of the dream best."""
OF_TEXT = 3
"""Of those, courses about exactly the same: the others are at other schools."""
OF_THEMES = 60
"""Courses of the themes of the dream, over all its themes."""
SAYS_ENOUGH = 0.5
"""Share of what the best course says of the dream that the others must say: where thousands are
near and open, those that hardly answer would push out the few that do."""
OF_KIND, CHOICE = 1, 6
"""Courses of the themes that stay though they say less: of each type of education, and in all."""
OF_TYPE = 4
"""Courses of each type of education in a theme: clients get a choice of routes."""
GENERAL = ("dutch", "basic_skills", "diploma", "higher_education", "ict", "care")
"""Themes of first steps for who has no dream yet (`choosing`)."""


def of(record: Mapping[str, Any], catalogue: Catalogue) -> Catalogue:
    """The catalogue with only the courses that can matter to this person."""
    if len(catalogue.courses) <= finding.USUAL:
        return catalogue
    who = person(record)
    facts = columns.of(catalogue)
    said = str(record.get("dream") or "").strip()
    mixed = (
        finding.index(catalogue).mixed(finding.accepted(said))
        if said
        else np.zeros(len(catalogue.courses))
    )
    noise = _noise(len(catalogue.courses), said)
    about = finding.index(catalogue).text_numbers
    answers = _answers(mixed, facts, who, noise, about)
    themes = [str(theme) for theme in record.get("dream_themes") or ()]
    themes = themes or list(choosing.read_themes(said))
    if not themes and len(answers):
        named = Counter(catalogue.courses[number].themes[0] for number in answers)
        themes = [theme for theme, _ in named.most_common(2)]
        wanted = [*themes, *GENERAL]
    else:
        wanted = themes or list(GENERAL)
    themed = _of_themes(wanted, facts, who, mixed, noise)
    dreamt = np.unique(np.concatenate([answers, themed]))
    if wanted == themes:
        dreamt = _saying_enough(dreamt, themed, mixed, facts, who, noise)
    chosen = [dreamt, _steps(facts, who, noise)]
    if not themes or wanted != themes:
        undecided = np.flatnonzero(facts.for_undecided)
        chosen.append(undecided[_top(_worth(facts, who, undecided, mixed, noise), ANSWERS)])
    told = f"{said} {record.get('strengths') or ''}"
    if choosing.experienced(told, catalogue):
        tests = np.flatnonzero(facts.recognises)
        chosen.append(tests[_top(_worth(facts, who, tests, mixed, noise), ANSWERS)])
    return finding.part(catalogue, np.unique(np.concatenate(chosen)))


def _answers(mixed: Any, facts: columns.Columns, who: Person, noise: Any, about: Any) -> Any:
    """The courses whose words or meaning answer best; of equal ones the nearest few."""
    rows = np.flatnonzero(mixed > 0.0)
    if not len(rows):
        return rows
    near = rows[_top(mixed[rows] + 0.2 * noise[rows], 20 * ANSWERS)]
    worth = mixed[near] + 0.05 * facts.reach(who, near) + 0.02 * facts.schedule(who, near)
    worth += noise[near]
    worth -= 0.2 * ~facts.open(who, near)
    order = np.argsort(-worth)
    seen: Counter[int] = Counter()
    chosen = []
    for place, text in zip(order.tolist(), about[near[order]].tolist(), strict=True):
        if seen[text] < OF_TEXT:
            seen[text] += 1
            chosen.append(place)
        if len(chosen) == ANSWERS:
            break
    return near[chosen]


def _saying_enough(
    rows: Any, themed: Any, mixed: Any, facts: columns.Columns, who: Person, noise: Any
) -> Any:
    """Without the courses that hardly answer the dream, but for those that lead further.

    Of the courses of the themes a choice is left: of every type of education, and enough in all.
    """
    possible = facts.open(who, rows)
    if not possible.any():
        return rows
    says = possible & (mixed[rows] >= SAYS_ENOUGH * mixed[rows][possible].max())
    open_ones = possible & np.isin(rows, themed)
    worth = _worth(facts, who, rows, mixed, noise)
    types = facts.type[rows]
    for kind in np.unique(types[open_ones]):
        same = np.flatnonzero(open_ones & (types == kind))
        if not says[same].any():
            says[same[_top(worth[same], OF_KIND)]] = True
    rest = np.flatnonzero(open_ones & ~says)
    says[rest[_top(worth[rest], max(CHOICE - int((says & open_ones).sum()), 0))]] = True
    further = facts.is_step[rows] | facts.for_undecided[rows] | facts.recognises[rows]
    return rows[says | further]


def _of_themes(
    wanted: Sequence[str], facts: columns.Columns, who: Person, mixed: Any, noise: Any
) -> Any:
    """The best of each theme, with some of each type of education."""
    chosen = [np.zeros(0, np.int64)]
    share = max(OF_THEMES // max(len(wanted), 1), 2 * OF_TYPE)
    for theme in wanted:
        rows, main = facts.theme(theme)
        if not len(rows):
            continue
        worth = _worth(facts, who, rows, mixed, noise) + 0.5 * main
        chosen.append(rows[_top(worth, share)])
        types = facts.type[rows]
        for kind in np.unique(types):
            same = np.flatnonzero(types == kind)
            chosen.append(rows[same[_top(worth[same], OF_TYPE)]])
    return np.concatenate(chosen)


def _worth(facts: columns.Columns, who: Person, rows: Any, mixed: Any, noise: Any) -> Any:
    """About what `match.score` will say: the words, then whether and where it can start."""
    return (
        3.0 * mixed[rows]
        + np.where(facts.open(who, rows), np.where(facts.ready(who, rows), 2.0, 1.0), -4.0)
        + facts.reach(who, rows)
        + facts.schedule(who, rows)
        + noise[rows]
    )


def _steps(facts: columns.Columns, who: Person, noise: Any) -> Any:
    """Of every kind of step that brings this person further, the one that suits best."""
    steps = facts.steps
    rows = steps.rows
    further = steps.useful.copy()
    given, taught = facts.gives_education[rows], facts.gives_dutch[rows]
    further |= given > (-1 if who.education is None else who.education)
    if who.foreign:  # a diploma from here counts beside one from elsewhere
        further |= given >= 0
    further |= taught > (-1 if who.dutch is None else who.dutch)
    worth = facts.reach(who, rows) + facts.schedule(who, rows) + noise[rows]
    return steps.best(worth, further & facts.open(who, rows))


def _top(worth: Any, most: int) -> Any:
    """Where the highest values stand."""
    if len(worth) <= most:
        return np.arange(len(worth))
    return np.argpartition(-worth, most)[:most]


@functools.lru_cache(maxsize=4)
def _lots(count: int) -> Any:
    return np.random.default_rng(count).random(2 * count) * 0.05


def _noise(count: int, said: str) -> Any:
    """Lots, so that equal schools take turns and none is always first; the same for one dream."""
    start = int.from_bytes(hashlib.blake2b(said.encode(), digest_size=4).digest(), "big") % count
    return _lots(count)[start : start + count]
