"""Trying a model on the held-out messages, with a parser that nobody else uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from bot.officers.comparing import DANGER, Outcome
from bot.reading import redact
from bot.reading.alarm import alarms
from bot.reading.danger import dangers
from bot.reading.evaluate import Row
from bot.reading.parser import Parsed, Parser

SWAP_SECONDS = 180.0
PARSE_SECONDS = 20.0


class ModelRefused(Exception):
    """A parser did not take a model; what it served before it serves still."""


class ParserAway(Exception):
    """No parser answers at that address."""


def load(address: str, model: Path) -> None:
    """Have a running parser serve another model: it loads the new one, then answers with it.

    While it loads it answers nobody, so a chat goes on with plain questions. Raises ParserAway, ModelRefused.
    """
    session = requests.Session()
    session.trust_env = False
    try:
        answer = session.put(f"{address}/model", json={"model_file": str(model)}, timeout=SWAP_SECONDS)
    except requests.ConnectionError as error:
        raise ParserAway("The parser does not run.") from error
    except requests.Timeout as error:
        raise ModelRefused("The parser did not take the model in time.") from error
    if not answer.ok:
        raise ModelRefused(f"The parser refused the model (code {answer.status_code}).")


@dataclass(frozen=True)
class Ready:
    """A held-out message as the parser gets it; redacted once for both models."""

    row: Row
    text: str
    signs: tuple[str, ...]


def prepared(rows: Sequence[Row]) -> list[Ready]:
    """Each row through redaction and the danger rules, which no model changes."""
    texts = [redact(row.text).text for row in rows]
    return [Ready(row, text, dangers(text)) for row, text in zip(rows, texts, strict=True)]


def try_out(address: str, ready: Sequence[Ready], tell: Callable[[float], None]) -> list[Outcome]:
    """How that parser reads each message; `tell` hears the share that is done. Raises ParserAway."""
    parser = Parser(address, PARSE_SECONDS)
    read: list[Outcome] = []
    for number, one in enumerate(ready):
        if number % 25 == 0:
            tell(number / len(ready))
        parsed = parser.parse(one.text)
        if parsed is None:
            raise ParserAway("The parser stopped answering while the models were compared.")
        read.append(outcome(one.row, parsed, signs=one.signs))
    return read


def outcome(row: Row, parsed: Parsed, *, signs: tuple[str, ...] = ()) -> Outcome:
    """Whether a reading is right; `signs`: what the danger rules met in it."""
    alarmed = bool(alarms(row.text, signs, parsed))
    right = {row.category or row.act, *row.also}
    ranking = [one.name for one in (parsed.categories if row.category else parsed.acts)]
    return Outcome(
        first=bool(ranking) and (ranking[0] in right or (row.act == DANGER and alarmed)),
        among_three=any(name in right for name in ranking[:3]),
        alarmed=alarmed,
    )
