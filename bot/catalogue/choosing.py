"""What somebody wishes, and which courses answer it: the offer, its ranking, the choice of three.

Themes and words decide what is offered, then what can start now or by a short path, place and
hours. No school is favoured: equal courses change places from day to day and person to person.
"""

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bot.catalogue import finding, match, model, path
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, RECOGNISED, UPPER_SECONDARY, Person

MOST_COURSES = 3
KIND_MARGIN = 3.5
"""So much lower may another course rank and still be shown for the choice it gives."""
GOAL_MARGIN = 0.5
"""Courses so close to the best are as much the dream as the best one."""
NAMED_THEME = 1.7
"""What a course counts that the dream names though it is filed under another theme."""
FRAMES = frozenset(
    {"self_employed", "dutch", "diploma", "basic_skills", "higher_education"}
)  # fmt: skip
"""Themes that frame another one: in "an own hair salon" hair comes first."""
UNDECIDED_THEME = 3.6
"""What a course counts that helps to choose, for who has not chosen."""
LEISURE = 0.8
"""What a course for pleasure counts less for who didn't say so: most learn for work."""
AGREE = 0.3
"""Share of what is named that must be of one theme: then the words say it, however many courses a
catalogue has."""
LONG_WORD, NAMES_IT, FEW = 6, 0.8, 8
"""Letters of a word that can name a course by itself, how well, and how many it may name."""
SAYS_SOME = 0.3
"""Share of the words of a dream that the catalogue must know to guess its theme from them."""
KNOWN = 0.25
"""Relevance from which a course is taken for the dream itself, not only for what is near."""
_NUMBER = re.compile(r"\d+")


@dataclasses.dataclass(frozen=True)
class Wish:
    """What somebody dreams of, as far as it is understood."""

    themes: tuple[str, ...]
    """What the dream is about, a trade before what frames it; empty: nothing was understood."""
    wanted: tuple[str, ...]
    """What is searched for: the themes, or general first steps."""
    general: bool
    relevance: Mapping[str, float]
    """Course id -> 0..1: how well it answers the words of the dream; empty without a dream."""
    named: frozenset[str]
    """Courses outside the themes that the dream names as well as any course inside them."""
    said: str
    experienced: bool
    """The words tell of experience that may count."""
    recognised: frozenset[str] = frozenset()
    """Tests of experience that may be about the work that somebody did."""
    proof: bool = False
    """Somebody did this work for long and lacks a paper: such a test belongs to the proposals."""
    again: bool = False
    """Somebody with a diploma from abroad wants the same work here again."""
    leisure: bool = False
    """The words tell that somebody learns for pleasure, or for at home."""
    undecided: float = UNDECIDED_THEME
    """What a course counts that helps to choose."""

    def counts(self, course: model.Course) -> bool:
        """Whether the experience that somebody told of may be what this course asks."""
        if course.type == "evc":
            return course.id in self.recognised
        return self.experienced

    def theme(self, course: model.Course) -> float:
        """How much a course is about what is wanted; 0: not at all."""
        if self.general and course.for_undecided:
            return self.undecided
        score = match.theme_score(course, self.wanted)
        if course.leisure and score and not self.leisure:
            score = max(score - LEISURE, 0.1)
        if self.general:
            return min(score, 3.0)
        specific = [theme for theme in self.wanted if theme not in FRAMES]
        if score and specific and not set(specific) & set(course.themes):
            score = max(score - 0.6, 0.1)
        return max(score, NAMED_THEME) if course.id in self.named else score


def wish(record: Mapping[str, Any], who: Person, catalogue: Catalogue) -> Wish:
    """Read the wish from the themes and the words of a record."""
    said = str(record.get("dream") or "").strip()
    themes = _themes(record, said, who, catalogue)
    relevance = _relevance(finding.accepted(said), catalogue)
    if not themes and relevance:
        themes = _themes_of_named(said, relevance, catalogue)
    offered = any(match.theme_score(course, themes) for course in catalogue.courses)
    general = not (themes and offered)
    ordered = tuple(sorted(themes, key=lambda theme: theme in FRAMES))
    told = f"{said} {record.get('strengths') or ''}"
    able = experienced(told, catalogue)
    return Wish(
        themes=tuple(themes),
        wanted=tuple(_general_themes(who)) if general else ordered,
        general=general,
        relevance=relevance if themes else {},
        named=frozenset() if general else _named_outside(said, ordered, relevance, catalogue),
        said=said if themes and relevance else "",
        experienced=able,
        recognised=_recognised(told, catalogue) if able else frozenset(),
        proof=able and _lacks_paper(said, told, who, catalogue),
        again=who.foreign
        and mentions(said, [*catalogue.phrases.again_words, *catalogue.phrases.past_words]),
        leisure=mentions(told, catalogue.phrases.leisure_words),
        # Who studied elsewhere first has that diploma and the language to think of.
        undecided=2.6 if who.foreign else UNDECIDED_THEME,
    )


def experienced(text: str, catalogue: Catalogue) -> bool:
    """Whether a text tells of experience ("al 15 jaar", "ik heb geen papier")."""
    said = f" {_plain(text)} en "  # "ik ben 20 jaar" may stand at the end
    for phrase in catalogue.phrases.not_experience_words:
        said = said.replace(f" {_plain(phrase)} ", " ")
    return mentions(said, catalogue.phrases.experience_words)


def _lacks_paper(said: str, told: str, who: Person, catalogue: Catalogue) -> bool:
    """Whether somebody with experience wants a proof, or has no diploma and no other wish."""
    if mentions(told, catalogue.phrases.paper_words):
        return True
    return who.has_diploma is False and not _wishes(said, catalogue)


def _recognised(told: str, catalogue: Catalogue) -> frozenset[str]:
    """Tests of experience in any trade, and those whose trade the words name."""
    ignored = {finding.fold(word) for word in catalogue.phrases.experience_ignore}
    text = " ".join(word for word in finding.words(told) if word not in ignored)
    scores = finding.index(catalogue).by_words(text)
    return frozenset(
        course.id
        for course, score in zip(catalogue.courses, scores, strict=True)
        if course.type == "evc" and (in_any_trade(course) or score > 0.0)
    )


def in_any_trade(course: model.Course) -> bool:
    """Whether a test of experience is for every trade: it is filed under none."""
    return course.type == "evc" and set(course.themes) <= FRAMES


def mentions(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in the text, as whole words; # stands for a number."""
    padded = f" {_plain(text)} "
    return any(f" {_plain(phrase)} " in padded for phrase in phrases)


@functools.lru_cache(maxsize=2048)  # phrases of the catalogue come again with every advice
def _plain(text: str) -> str:
    return " ".join(_NUMBER.sub("#", word) for word in re.findall(r"[^\W_]+|#", finding.fold(text)))


def _themes(record: Mapping[str, Any], said: str, who: Person, catalogue: Catalogue) -> list[str]:
    given = [str(theme) for theme in record.get("dream_themes") or ()]
    if given or not said:
        return given
    themes = list(read_themes(said))
    if not themes and who.to_recognise is not False and not _wishes(said, catalogue):
        # "In Syria I was a teacher", and no other wish: that is the wish.
        past = {finding.fold(word) for word in catalogue.phrases.past_words}
        rest = [word for word in said.split() if finding.fold(word.strip(".,;:!?")) not in past]
        themes = list(read_themes(" ".join(rest)))
    return themes


@functools.lru_cache(maxsize=256)
def read_themes(said: str) -> tuple[str, ...]:
    """The themes in the words of a dream, read once: one advice needs them several times."""
    from bot.intake import dream_themes

    return tuple(dream_themes(said)) if said else ()


def _general_themes(who: Person) -> list[str]:
    """First steps for who has no dream (yet): language, basics, a diploma, further study."""
    themes = []
    learning = DUTCH.index("b1" if who.foreign else "a2")
    if who.dutch is not None and who.dutch <= learning:
        themes.append("dutch")
    if who.education is not None and who.education < UPPER_SECONDARY:
        if who.education <= 1:
            themes.append("basic_skills")
        themes.append("diploma")
    if who.foreign:
        themes.append("higher_education")
    elif not themes and who.education is not None:
        themes = ["higher_education", "ict", "care"]
    return themes or ["diploma", "dutch", "basic_skills"]


def _relevance(said: str, catalogue: Catalogue) -> Mapping[str, float]:
    """The whole dream, and as much again what comes after "ik wil": the rest is circumstance."""
    if not said:
        return {}
    index = finding.index(catalogue)
    whole, core = index.relevance(said), _core(said, catalogue)
    if core == said:
        return whole
    rest = index.relevance(core, said)
    return {course_id: (score + rest[course_id]) / 2 for course_id, score in whole.items()}


def _core(said: str, catalogue: Catalogue) -> str:
    """What comes after the last "ik wil", when that is enough to go by."""
    words, starts = said.split(), _wishes(said, catalogue)
    if not starts or starts[-1] == 0 or len(words) - starts[-1] < 3:
        return said
    return " ".join(words[starts[-1] :])


def _wishes(said: str, catalogue: Catalogue) -> list[int]:
    """Where words such as "wil" stand, counted in words from 0."""
    wishes = {finding.fold(word) for word in catalogue.phrases.wish_words}
    words = (finding.fold(word.strip(".,;:!?")) for word in said.split())
    return [number for number, word in enumerate(words) if word in wishes]


def _themes_of_named(said: str, relevance: Mapping[str, float], catalogue: Catalogue) -> list[str]:
    """The theme of the courses that the words of the dream name, when they clearly name some."""
    if mentions(said, catalogue.phrases.denial_words):
        return []
    index = finding.index(catalogue)
    top = max(relevance.values(), default=0.0)
    near = {course.id for course in catalogue.courses if relevance[course.id] >= 0.6 * top}
    covered = float(index.by_words(said).max(initial=0.0))
    if top <= 0.0 or covered < SAYS_SOME:
        near = _by_one_word(_core(said, catalogue), catalogue)
    if not near or catalogue.by_id[max(near, key=lambda one: relevance[one])].for_undecided:
        return []
    weights: Counter[str] = Counter()
    for course_id in near:
        weights[catalogue.by_id[course_id].themes[0]] += relevance[course_id]  # type: ignore[assignment]
    best, weight = weights.most_common(1)[0]
    return [] if best in FRAMES or weight < AGREE * weights.total() else [best]


def _by_one_word(said: str, catalogue: Catalogue) -> set[str]:
    """Courses that a single word of a long dream names, a word that few courses have."""
    index = finding.index(catalogue)
    found: set[str] = set()
    for word in dict.fromkeys(finding.words(said)):
        if len(word) < LONG_WORD:
            continue
        scores = index.by_words(word)
        named = [
            course.id
            for course, score in zip(catalogue.courses, scores, strict=True)
            if score >= NAMES_IT
        ]
        if len(named) <= FEW:
            found.update(named)
    return found


def _named_outside(
    said: str, themes: Sequence[str], relevance: Mapping[str, float], catalogue: Catalogue
) -> frozenset[str]:
    if not relevance:
        return frozenset()
    inside = [
        relevance[course.id] for course in catalogue.courses if match.theme_score(course, themes)
    ]
    best = max(inside, default=0.0)
    outside = [
        course
        for course in catalogue.courses
        if relevance[course.id] > max(1.3 * best, 0.3) and not match.theme_score(course, themes)
    ]
    outside = sorted(outside, key=lambda course: -relevance[course.id])[:5]
    index, core = finding.index(catalogue), _core(said, catalogue)
    by_word = _by_one_word(core, catalogue) if outside else set()
    return frozenset(
        course.id
        for course in outside
        if course.id in by_word or index.named(said, course) or index.named(core, course)
    )


def effort(who: Person, catalogue: Catalogue, wanted: Wish, seed: str) -> Any:
    """How hard a course is as a step of a path; every step costs about 1."""

    def cost_of(course: model.Course) -> float:
        given = match.fit(course, who, catalogue)
        cost = 1.0
        cost -= 0.3 * match.reach_score(course, given, who)
        cost -= 0.2 * match.schedule_score(course, given, who)
        cost -= 0.3 * match.level_score(course, who, catalogue)
        cost -= 0.1 * wanted.theme(course) + 0.2 * wanted.relevance.get(course.id, 0.0)
        if course.asks.experience or course.type == "evc":
            cost += 0.0 if wanted.counts(course) else 1.0
        if course.gives.education and set(course.themes) - FRAMES:
            cost += 0.2  # a trade beside the diploma takes longer
        if course.self_study:
            cost += 0.8  # exams without lessons: hard for who had little school
        # A step that may turn out not to be open is worse than one that surely is.
        doubts = (
            "situation", "education", "foreign_diploma", "age", "other", "no_diploma",
            "from_abroad", "age_at_most",
        )  # fmt: skip
        cost += 0.4 * sum(condition.kind in doubts for condition in given.unknown)
        if course.asks.age_at_most is not None and who.ages is None:
            cost += 0.8  # few of the adults who come are young enough for what is for the young
        noise = finding.rotation(course.id, seed) % 1000 / 1000
        return max(cost, 0.3) + 0.02 * noise

    return cost_of


def ranked(
    catalogue: Catalogue, who: Person, wanted: Wish, routes: path.Routes, seed: str
) -> list[match.Scored]:
    """Courses that answer the wish, best first; what can never be right for the person is last."""
    found = []
    for course in _offer(catalogue, wanted):
        route = routes.to(course)
        steps = len(route.before) if route else None
        found.append(
            match.score(
                course,
                who,
                catalogue,
                theme=wanted.theme(course),
                dream=wanted.relevance,
                steps=steps,
                experienced=wanted.counts(course),
            )
        )
    possible = _near([one for one in found if _open(one, routes)])
    # Equal to a quarter of a point is equal: then the day decides, never the alphabet.
    return sorted(
        possible or found,
        key=lambda one: (-round(one.total * 4), finding.rotation(one.course.id, seed)),
    )


def _open(one: match.Scored, routes: path.Routes) -> bool:
    """Whether the person can come there: now, by a path, or with a little patience."""
    if one.fit.impossible:
        return False
    return routes.to(one.course) is not None or match.SOON in one.fit.missing


def _offer(catalogue: Catalogue, wanted: Wish) -> list[model.Course]:
    """Courses of the wish; for general first steps only those that are about nothing else."""
    found = [
        course
        for course in catalogue.courses
        if wanted.theme(course) and (wanted.general or not course.for_undecided)
    ]
    plain = [
        course
        for course in found
        if course.for_undecided or set(course.themes) <= set(wanted.wanted)
    ]
    return plain if wanted.general and plain else found


def _near(found: list[match.Scored]) -> list[match.Scored]:
    """Without what is much too far, as long as something else is left to choose."""
    for limit, enough in ((match.FAR_KM, 4), (match.TOO_FAR_KM, 2), (match.HOPELESS_KM, 1)):
        near = [one for one in found if one.distance <= limit]
        if len(near) >= enough:
            return near
    return found


def pick(found: Sequence[match.Scored], wanted: Wish) -> list[match.Scored]:
    """The best three: every theme of the dream, two kinds of route, more than one school."""
    if not found:
        return []
    picked = [found[0]]
    floor = found[0].total - KIND_MARGIN
    while len(picked) < MOST_COURSES:
        rest = [one for one in found if one not in picked and one.total >= floor]
        if not rest:
            break
        picked.append(max(rest, key=lambda one: _worth(one, picked, wanted)))
    for theme in wanted.wanted[:MOST_COURSES] if wanted.themes and not wanted.general else ():
        if not any(theme in one.course.themes for one in picked):
            best = next((one for one in found if theme in one.course.themes), None)
            picked = [*picked[: MOST_COURSES - 1], best] if best is not None else picked
    if len({one.course.type for one in picked}) == 1:
        other = next((one for one in found if one.course.type != picked[0].course.type), None)
        if other is not None:
            picked = [*picked[: MOST_COURSES - 1], other]
    return sorted(picked, key=found.index)


def _worth(one: match.Scored, picked: Sequence[match.Scored], wanted: Wish) -> float:
    same_type = sum(one.course.type == other.course.type for other in picked)
    same_school = sum(one.course.provider == other.course.provider for other in picked)
    begins = _begins(one.course.title)
    same_subject = sum(begins == _begins(other.course.title) for other in picked)
    jobs = set(one.course.gives.occupations)
    same_job = sum(
        one.course.type == other.course.type and bool(jobs & set(other.course.gives.occupations))
        for other in picked
    )
    covered = {theme for other in picked for theme in other.course.themes}
    fresh = (set(one.course.themes) & set(wanted.themes)) - covered
    return (
        one.total
        - 0.6 * same_type
        - 0.5 * same_school
        - 0.8 * same_subject
        - 0.6 * same_job
        + 1.5 * bool(fresh)
    )


@functools.lru_cache(maxsize=2048)
def _begins(title: str) -> str:
    """The first word of a title, which says the job or the kind of route."""
    return next(iter(finding.words(title)), "")


def goal_worth(one: match.Scored, wanted: Wish) -> float:
    """How much a course is the dream itself: its words first, then place and hours."""
    course = one.course
    worth = (
        one.theme
        + 4.0 * wanted.relevance.get(course.id, 0.0)
        + 0.4 * (one.reach + one.schedule)
        + one.level
    )
    if course.id in wanted.named:
        worth -= 1.0
    if wanted.again and RECOGNISED in course.asks.certificates:
        worth += 1.2
    kinds = [condition.kind for condition in one.fit.unknown]
    worth -= 0.5 * (kinds.count("situation") + kinds.count("education"))
    if "experience" in kinds and not wanted.counts(course):
        worth -= 1.5
    gives = course.gives
    only_a_step = gives.certificates and not (gives.occupations or gives.education or gives.dutch)
    if only_a_step and not wanted.general:
        worth -= 1.0
    if gives == model.NO_GIVES:
        worth -= 0.4  # nothing to show for it
    if course.type == "nt2" and "dutch" not in wanted.wanted:
        worth -= 1.5
    if course.themes[0] == "dutch" and not gives.dutch and course.type in ("nt2", "other"):
        worth -= 1.0
    if wanted.relevance:
        return worth
    return worth + one.entry - (2.0 if course.type == "evc" else 0.0)


def way(
    found: Sequence[match.Scored], routes: path.Routes, who: Person, catalogue: Catalogue,
    wanted: Wish, seed: str,
) -> tuple[list[model.Course], bool]:  # fmt: skip
    """The courses of the path, and whether it ends at the dream (or only nearest to it)."""
    reachable = [(route, one) for one in found if (route := routes.to(one.course))]
    if reachable:
        worth = {one.course.id: goal_worth(one, wanted) for one in found}
        top = max(worth.values())
        best = max(worth[one.course.id] for _, one in reachable)
        # Of what is as much the dream, the easiest; else whatever is nearest to the dream.
        near = [pair for pair in reachable if worth[pair[1].course.id] >= best - GOAL_MARGIN]
        route, one = min(near, key=lambda pair: 0.4 * pair[0].cost - worth[pair[1].course.id])
        known = not wanted.said or wanted.relevance[one.course.id] >= KNOWN
        steps = path.easiest_first(
            [*route.before, one.course], who, catalogue, effort(who, catalogue, wanted, seed)
        )
        return steps, best >= top - GOAL_MARGIN and known
    # Nothing of the dream can be reached with this catalogue: what brings somebody further.
    helpful = [
        course
        for course in catalogue.courses
        if (course.gives.dutch or course.gives.education)
        and set(course.themes) <= FRAMES
        and (route := routes.to(course)) is not None
        and not route.before
        and path.after(course, path.start(who)) != path.start(who)
    ]
    first = min(helpful, key=effort(who, catalogue, wanted, seed), default=None)
    return ([first] if first else []), False


def with_path(
    picked: list[match.Scored],
    steps: Sequence[model.Course],
    found: Sequence[match.Scored],
    who: Person,
    catalogue: Catalogue,
    wanted: Wish,
) -> list[match.Scored]:
    """The courses shown hold both ends of the path: what to start with, and where it leads."""
    if not steps:
        return picked
    goal = next((one for one in found if one.course is steps[-1]), None)
    if goal is not None and goal not in picked and wanted.relevance:
        rest = _room(picked)
        picked = [*rest[:1], goal, *rest[1:]]
    first = steps[0]
    if any(one.course is first for one in picked):
        return picked
    added = match.score(
        first, who, catalogue, theme=wanted.theme(first), dream={}, steps=0,
        experienced=wanted.counts(first),
    )  # fmt: skip
    return [*_room(picked, goal), added]


def _room(picked: list[match.Scored], goal: match.Scored | None = None) -> list[match.Scored]:
    """The list with room for another course: of two routes of one kind the last gives way."""
    if len(picked) < MOST_COURSES:
        return picked
    free = [one for one in picked[1:] if one is not goal][::-1]
    shown = Counter(one.course.type for one in picked)
    leaves = next((one for one in free if shown[one.course.type] > 1), free[0])
    return [one for one in picked if one is not leaves]


def with_recognition(
    picked: list[match.Scored],
    steps: Sequence[model.Course],
    who: Person,
    catalogue: Catalogue,
    wanted: Wish,
) -> list[match.Scored]:
    """A test of experience among the courses for who has the experience and lacks the paper.

    It takes the place of a course that is no end of the path; one for the trade goes before one
    for any trade.
    """
    if not wanted.proof or any(one.course.type == "evc" for one in picked):
        return picked
    found = [
        match.score(
            course, who, catalogue, theme=wanted.theme(course), dream=wanted.relevance, steps=0,
            experienced=True,
        )
        for course in catalogue.courses
        if course.type == "evc" and course.id in wanted.recognised
        and (in_any_trade(course) or wanted.theme(course))
    ]  # fmt: skip
    possible = [one for one in found if not one.fit.missing]
    if not possible:
        return picked
    best = max(possible, key=lambda one: (not in_any_trade(one.course), one.total))
    ends = [steps[0], steps[-1]] if steps else []
    free = [one for one in picked if not any(one.course is end for end in ends)]
    if len(picked) == MOST_COURSES and free:
        picked = [one for one in picked if one is not free[-1]]
    return [*picked[:1], best, *picked[1:]][:MOST_COURSES]
