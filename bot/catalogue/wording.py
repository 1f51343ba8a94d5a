"""From conditions and scores to the short Dutch phrases of `catalogue/phrases.yaml`."""

from collections.abc import Sequence
from typing import Any

from bot import places
from bot.catalogue import match, model, path
from bot.catalogue.loading import Catalogue
from bot.catalogue.person import DUTCH, EDUCATION, UPPER_SECONDARY, Person

MOST_REASONS = 4
MOST_UNKNOWN = 3


class Wording:
    """Phrases for one person."""

    def __init__(self, catalogue: Catalogue, who: Person) -> None:
        self._catalogue = catalogue
        self._phrases = catalogue.phrases
        self._who = who

    def reasons(
        self, found: match.Scored, *, themes: Sequence[str], general: bool, first_step: bool
    ) -> list[str]:
        """Why this course, the weightiest reason first."""
        course, who, phrases = found.course, self._who, self._phrases
        said: list[str] = []
        if first_step:
            said.append(phrases.reason_first_step)
        theme = next((theme for theme in themes if theme in course.themes), None)
        if theme is not None:
            said.append(phrases.theme[theme])
        elif general:
            said.append(phrases.reason_general)
        if course.asks.foreign_diploma and who.to_recognise:
            said.append(phrases.reason_recognition)
        known = who.dutch is not None and who.education is not None
        ready = known and not found.fit.missing and not found.fit.unknown
        if course.type == "evc":
            said.append(phrases.reason_experience)
        if who.has_diploma is False and course.type not in ("nt2", "basic_education"):
            needed = course.asks.education
            if needed is None or EDUCATION.index(needed) < UPPER_SECONDARY:
                if course.gives.education == "upper_secondary":
                    said.append(phrases.reason_gives_diploma)
                elif course.type in ("vocational", "vdab"):
                    said.append(phrases.reason_no_diploma_needed)
        elif who.has_diploma and course.asks.education == "upper_secondary":
            said.append(phrases.reason_has_diploma)
        said += self._reach(found)
        taught = course.gives.dutch if course.type != "nt2" else None
        if taught and who.dutch is not None and DUTCH.index(taught) > who.dutch:
            said.append(phrases.reason_gives_dutch)
        kind = self._catalogue.providers[course.provider].kind
        if kind == "ligo" and who.education is not None and who.education <= 1:
            said.append(phrases.reason_little_school)
        if found.fit.schedule:
            schedule = phrases.schedule[found.fit.schedule]  # type: ignore[index]
            said.append(phrases.reason_schedule.format(schedule=schedule))
        tariff = self._catalogue.tariffs.get(course.tariff or "")
        if course.lessons and tariff is not None and tariff.amount == 0 and tariff.base == 0:
            said.append(phrases.reason_cheap)
        if course.shortage_occupation:
            said.append(phrases.reason_shortage)
        if ready:
            said.append(phrases.reason_likely_ready)
        return list(dict.fromkeys(said))[:MOST_REASONS]

    def _reach(self, found: match.Scored) -> list[str]:
        km, course = found.fit.km, found.course
        if km is not None and km <= match.NEAR_KM:
            return [self._phrases.reason_close]
        if km is not None and km <= match.FAR_KM:
            return [self._phrases.reason_distance.format(km=round(km))]
        if course.online:
            return [self._phrases.reason_online] if course.lessons else []
        return [self._phrases.reason_everywhere] if course.everywhere and course.lessons else []

    def place(self, course: model.Course) -> str:
        """Where: the name of the nearest place, or that it is at home or in many places."""
        known = [place for code in course.places if (place := places.place(code))]
        if known:
            if self._who.postcode:
                postcode = self._who.postcode
                known.sort(key=lambda p: places.distance_km(postcode, p.postcode) or 0.0)
            return known[0].name
        return self._phrases.reason_online if course.online else self._phrases.reason_everywhere

    def missing(self, given: match.Fit) -> list[str]:
        """What is still missing."""
        return [self._condition("missing", condition) for condition in given.missing]

    def unknown(self, given: match.Fit) -> list[str]:
        """What nobody knows yet, to ask the client or the school."""
        said = [self._condition("unknown", condition) for condition in given.unknown]
        return said[:MOST_UNKNOWN]

    def _condition(self, prefix: str, condition: match.Condition) -> str:
        phrases, value = self._phrases, condition.value
        if condition.kind == "other":
            return value
        name = {"foreign_diploma": "unknown_foreign_diploma"}.get(
            condition.kind, f"{prefix}_{condition.kind}"
        )
        template = str(getattr(phrases, name))
        return template.format(**self._filling(condition.kind, value))

    def _filling(self, kind: str, value: str) -> dict[str, str]:
        phrases: Any = self._phrases
        if kind in ("dutch", "usual_dutch", "dutch_at_most"):
            return {"level": phrases.dutch[value]}
        if kind == "education":
            return {"level": phrases.education[value]}
        if kind in ("age", "age_at_most"):
            return {"age": value}
        if kind == "situation":
            return {"situation": phrases.situation[value]}
        if kind == "certificate":
            return {"certificate": self.certificate(value)}
        if kind == "schedule":
            return {"schedule": phrases.schedule[value]} if value else {}
        if kind == "experience":
            return {"experience": value}
        return {"km": value} if kind == "distance" else {}

    def certificate(self, name: str) -> str:
        """A certificate in words: its phrase, or the title of the course that gives it."""
        known = self._phrases.certificate.get(name)
        if known:
            return known
        giver = next((c for c in self._catalogue.courses if name in c.gives.certificates), None)
        return (giver.gives.diploma or giver.title) if giver else name.replace("-", " ")

    def step(
        self,
        course: model.Course,
        before: path.State,
        reached: path.State,
        *,
        last: bool,
        general: bool,
        reaches_dream: bool,
    ) -> str:
        """Why this step."""
        phrases = self._phrases
        if last:
            if general:
                return phrases.step_general
            return phrases.step_dream if reaches_dream else phrases.step_nearest
        if reached.education != before.education and reached.education is not None:
            level = EDUCATION[reached.education]
            return phrases.step_education.format(level=phrases.education[level])  # type: ignore[index]
        if reached.dutch != before.dutch and reached.dutch is not None:
            level = DUTCH[reached.dutch]
            return phrases.step_dutch.format(level=phrases.dutch[level])  # type: ignore[index]
        if course.gives.education_with:
            return phrases.step_half_diploma
        fresh = sorted(reached.certificates - before.certificates)
        if fresh:
            return phrases.step_certificate.format(certificate=self.certificate(fresh[0]))
        return phrases.step_general
