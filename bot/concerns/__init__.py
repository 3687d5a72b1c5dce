"""The life of a concern: take a message, an answer, a correction; one transaction a turn."""

from bot.concerns.errors import BadInput, ConcernError, KeyUsedBefore, NotFound, NotNow, OutOfDate
from bot.concerns.heard import Heard
from bot.concerns.reply import (
    Added,
    ConcernRow,
    Decision,
    DraftView,
    Reply,
    Sent,
)
from bot.concerns.seeing import Actor, hidden_on
from bot.concerns.service import Concerns
from bot.concerns.shelf import PackShelf
from bot.concerns.timeline import Timeline

__all__ = [
    "Actor",
    "Added",
    "BadInput",
    "ConcernError",
    "ConcernRow",
    "Concerns",
    "Decision",
    "DraftView",
    "Heard",
    "KeyUsedBefore",
    "NotFound",
    "NotNow",
    "OutOfDate",
    "PackShelf",
    "Reply",
    "Sent",
    "Timeline",
    "hidden_on",
]
