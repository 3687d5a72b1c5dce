"""A conversation in memory, so that a dialogue test reads as what was said and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogue.choosing import Turn, take_choice
from bot.dialogue.history import Effect, State, replay
from bot.dialogue.steps import Step, next_step
from bot.dialogue.turn import take_message
from bot.dialogue.understanding import AnswerRead, Ranked, Suggestion, Understanding
from bot.thresholds import Assessment, Band, Pack, Value, assess


def heard(
    act: str = "tell",
    *,
    text: str = "words",
    categories: tuple[str, ...] = (),
    facts: dict[str, Value] | None = None,
    answer: Value | None = None,
    danger: bool = False,
    parser_up: bool = True,
) -> Understanding:
    """What the reader would have made of a message."""
    return Understanding(
        redacted=text,
        acts=(Ranked(act, 0.9),) if act else (),
        categories=tuple(Ranked(name, 0.8) for name in categories),
        suggestions=tuple(Suggestion(question, value, text) for question, value in (facts or {}).items()),
        answer=AnswerRead(answer, text) if answer is not None else None,
        danger=("rule",) if danger else (),
        parser_up=parser_up,
    )


@dataclass
class Talk:
    """One conversation about one pack."""

    pack: Pack
    effects: list[Effect] = field(default_factory=list)
    misses: int = 0
    peak: Band = Band.NONE

    @property
    def state(self) -> State:
        """What stands after everything so far."""
        return replay(self.effects, misses=self.misses)

    @property
    def assessment(self) -> Assessment:
        """The advice so far."""
        return assess(self.pack, self.state.answers)

    @property
    def step(self) -> Step | None:
        """The open question."""
        return next_step(self.pack, self.state, peak=self.peak, current=self.assessment.certain)

    def say(self, understood: Understanding) -> tuple[str, ...]:
        """A message in words; returns what the assistant says."""
        return self._keep(take_message(self.pack, self.state, self.step, understood))

    def choose(self, question: str, *values: str) -> tuple[str, ...]:
        """A button, or ticks."""
        value: Value = values[0] if self.pack.question(question).kind == "one" else frozenset(values)
        return self._keep(take_choice(self.pack, self.state, question, value))

    def _keep(self, turn: Turn) -> tuple[str, ...]:
        self.effects.extend(turn.effects)
        self.misses = self.misses + 1 if turn.missed else (0 if turn.effects else self.misses)
        certain = self.assessment.certain
        if certain is not None and certain.rank > self.peak.rank:
            self.peak = certain
        return turn.replies


def told(talk: Talk, **facts: str) -> Talk:
    """A concern about a mark that was told, its category ticked, and no danger now."""
    talk.say(heard(categories=("physical_harm",), facts=dict(facts)))
    talk.choose("categories", "physical_harm", *(f"fact:{fact}" for fact in facts))
    talk.choose("danger_now", "no")
    return talk
