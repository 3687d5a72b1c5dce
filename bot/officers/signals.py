"""Why a message is worth an officer's time: signals of one turn, each with a weight that anybody can add up.

Pure. The weights are ours (proposed): a harm that nobody offered weighs most, since it may hide a Red.
"""

from __future__ import annotations

from bot.concerns import Heard

DANGER_MISSED, NOT_OFFERED, UNTICKED, FALSE_ALARM = "danger_missed", "not_offered", "unticked", "false_alarm"
REOPENED, MISSED, UNSURE, PARSER_OFF = "reopened", "missed", "unsure", "parser_off"

WEIGHTS = {
    DANGER_MISSED: 8.0,
    NOT_OFFERED: 5.0,
    UNTICKED: 4.0,
    MISSED: 3.0,
    REOPENED: 3.0,
    FALSE_ALARM: 2.0,
    UNSURE: 2.0,
    PARSER_OFF: 1.0,
}
SURE = 0.5
"""Below this confidence a reading is unsure; the weight grows with the doubt."""
FEWEST_LETTERS = 3


def of_message(heard: Heard) -> dict[str, float]:
    """The signals of a message in words, as soon as it is answered."""
    said = heard.understood
    if said is None or sum(letter.isalpha() for letter in said.redacted) < FEWEST_LETTERS:
        return {}
    found: dict[str, float] = {}
    if heard.missed:
        found[MISSED] = WEIGHTS[MISSED]
    if not said.parser_up:
        found[PARSER_OFF] = WEIGHTS[PARSER_OFF]
    elif doubt := _doubt(heard):
        found[UNSURE] = round(WEIGHTS[UNSURE] * doubt, 2)
    return found


def _doubt(heard: Heard) -> float:
    """How unsure the reading was, from 0 (sure) to 1. An answer to the open question was read well enough."""
    said = heard.understood
    if said is None or heard.answered:
        return 0.0
    ranking = said.categories if heard.told else said.acts
    best = max((one.confidence for one in ranking), default=0.0)
    return max(0.0, SURE - best) / SURE


def of_story(heard: Heard) -> dict[str, float]:
    """What the ticks and the answer about danger correct in the story that was told before them."""
    found: list[str] = []
    if heard.ticked is not None:
        found += [NOT_OFFERED] if heard.ticked - heard.offered else []
        found += [UNTICKED] if heard.offered - heard.ticked else []
    if heard.danger_said == "yes" and not heard.danger_read:
        found.append(DANGER_MISSED)
    if heard.danger_said == "no" and heard.danger_read:
        found.append(FALSE_ALARM)
    return {name: WEIGHTS[name] for name in found}
