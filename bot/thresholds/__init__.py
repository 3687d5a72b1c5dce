"""The authority's threshold pack: criteria, answers, assessment, interview and proof. Pure."""

from bot.thresholds.answers import (
    NONE_OF_THESE,
    NOT_KNOWN,
    NOT_SAID,
    NOT_SURE,
    AnswerError,
    Answers,
    Value,
    in_part,
    validate_answer,
)
from bot.thresholds.assessing import assess, concern_band
from bot.thresholds.band import Band, max_band
from bot.thresholds.interview import next_question
from bot.thresholds.loader import load_pack
from bot.thresholds.outcome import Ask, Assessment, DutyDue, Met, Open, Parents
from bot.thresholds.overlooked import overlooked
from bot.thresholds.pack import CATEGORIES, SCREEN, WHICH, Contact, Pack, Question, Source
from bot.thresholds.yaml_text import PackError

__all__ = [
    "CATEGORIES",
    "NONE_OF_THESE",
    "NOT_KNOWN",
    "NOT_SAID",
    "NOT_SURE",
    "SCREEN",
    "WHICH",
    "AnswerError",
    "Answers",
    "Ask",
    "Assessment",
    "Band",
    "Contact",
    "DutyDue",
    "Met",
    "Open",
    "Pack",
    "PackError",
    "Parents",
    "Question",
    "Source",
    "Value",
    "assess",
    "concern_band",
    "in_part",
    "load_pack",
    "max_band",
    "next_question",
    "overlooked",
    "validate_answer",
]
