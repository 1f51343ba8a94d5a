"""The intake: how answers are read, the record, the summary. What others may use is named here."""

from bot.intake.dreams import accepted_text, dream_themes, is_clear, is_readable, wish_text
from bot.intake.learned import learn, warm
from bot.intake.reading import BRUSSELS, FIELDS, Reading, by_rules, read
from bot.intake.reading.lexicon import is_word
from bot.intake.reading.moment import EVERY_DAY, NamedTime, here, named_time
from bot.intake.reading.name_story import is_given
from bot.intake.reading.phone import spaced_phone
from bot.intake.reading.relation import Beside, beside, is_past
from bot.intake.records import forget, open_record, save, save_turn
from bot.intake.summary import Summary, say, summary
from bot.intake.volunteered import volunteered

__all__ = [
    "BRUSSELS",
    "EVERY_DAY",
    "FIELDS",
    "Beside",
    "NamedTime",
    "Reading",
    "Summary",
    "accepted_text",
    "beside",
    "by_rules",
    "dream_themes",
    "forget",
    "here",
    "is_clear",
    "is_given",
    "is_past",
    "is_readable",
    "is_word",
    "learn",
    "named_time",
    "open_record",
    "read",
    "save",
    "save_turn",
    "say",
    "spaced_phone",
    "summary",
    "volunteered",
    "warm",
    "wish_text",
]
