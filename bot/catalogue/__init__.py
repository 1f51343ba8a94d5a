"""The catalogue: courses, prices, help, Leerwinkels and hard words, and what fits whom.

What other packages may use is named here. The content is YAML in the folder `catalogue/`.
"""

from bot.catalogue.advice import Advice, CourseMatch, Step, advise, match_course, search
from bot.catalogue.finding import warm, warm_in_background
from bot.catalogue.glossary import asked_word, explain
from bot.catalogue.labels import DREAM_STEPS, Labels
from bot.catalogue.loading import Catalogue, CatalogueError, current, load
from bot.catalogue.model import Course, GlossaryEntry, Leerwinkel, Measure
from bot.catalogue.prices import cost
from bot.catalogue.regions import is_nearest_only, leerwinkel, leerwinkel_for
from bot.catalogue.support import measures
from bot.catalogue.watch import problems

__all__ = [
    "DREAM_STEPS",
    "Advice",
    "Catalogue",
    "CatalogueError",
    "Course",
    "CourseMatch",
    "GlossaryEntry",
    "Labels",
    "Leerwinkel",
    "Measure",
    "Step",
    "advise",
    "asked_word",
    "cost",
    "current",
    "explain",
    "is_nearest_only",
    "leerwinkel",
    "leerwinkel_for",
    "load",
    "match_course",
    "measures",
    "problems",
    "search",
    "warm",
    "warm_in_background",
]
