"""One turn of a concern: the original is kept first, then understood, then answered in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.concerns.access import closed_by_answer
from bot.concerns.colleagues import with_colleague
from bot.concerns.errors import BadInput
from bot.concerns.heard import Listener, heard, nobody
from bot.concerns.record import Kept, Standing, keep, keep_advice, moved, standing, still
from bot.concerns.shelf import PackShelf
from bot.dialogue.advice import elsewhere_says, summary
from bot.dialogue.children import FIRST, given_to_first
from bot.dialogue.choosing import Turn, take_choice
from bot.dialogue.history import Effect, EffectKind
from bot.dialogue.steps import Step
from bot.dialogue.turn import take_message
from bot.dialogue.understanding import Ranked, Understanding
from bot.dialogue.wording import CHILD_ADDED, DANGER_ABOUT_DSL, DANGER_FIRST
from bot.reading import Heard, Reader
from bot.referrals import events_of
from bot.store import Child, Concern, Message, Session, Store
from bot.store import audit as kept_audit
from bot.store import concerns as kept_concerns
from bot.store import messages as kept_messages
from bot.thresholds import AnswerError, Value

STAFF = "staff"
SHORT = 500
"""Characters up to which a message is made ready for the parser within the transaction that keeps it."""


@dataclass(frozen=True)
class Taken:
    """What a turn said, where the concern stands after it, and whether the parser could be asked."""

    messages: tuple[str, ...]
    standing: Standing
    parser_up: bool = True


@dataclass(frozen=True)
class Waiting:
    """A message that is kept, and whose turn is still to come."""

    id: str
    text: str
    by: str
    before: Standing
    """Where the concern stood when the message was kept."""
    names: tuple[str, ...]
    """Every name that the concern already knows, so that none of them reaches the parser."""
    heard: Heard | None
    """The message as the parser gets it, without any name, where it was sent there already."""


UNREAD = Understanding(acts=(Ranked("tell", 1.0),), parser_up=False)
"""A message that is kept and that nobody could read."""


class Turns:
    """Takes messages and answers of a concern that its caller has checked may be seen."""

    def __init__(
        self,
        store: Store,
        shelf: PackShelf,
        reader: Reader,
        clock: Callable[[], datetime],
        on_turn: Listener = nobody,
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._reader = reader
        self._clock = clock
        self._on_turn = on_turn

    def keep_message(
        self, session: Session, concern: Concern, text: str, *, by: str, key: str | None
    ) -> Message:
        """Keep the original of a locked concern, sealed; the turn comes after this is committed."""
        return kept_messages.add_message(
            session,
            concern.id,
            text,
            author=STAFF,
            author_id=by,
            at=self._clock(),
            key=key,
            locked=True,
        )

    def hear(self, text: str, children: Sequence[Child]) -> Heard | None:
        """Have the parser read a message while it is being kept; the names that are known stay here.

        A long one is kept first: to take the names out of it takes longer than a transaction may be held up.
        """
        if len(text) > SHORT:
            return None
        return self._reader.begin(text, known_names(children))

    def waiting(
        self,
        session: Session,
        concern: Concern,
        message: Message,
        heard: Heard | None = None,
        children: Sequence[Child] | None = None,
    ) -> Waiting:
        """A kept message with where its concern stands: all that is needed to understand it."""
        before = standing(session, self._shelf, concern, children)
        names = known_names(before.children)
        return Waiting(message.id, message.text, message.author_id or "", before, names, heard)

    def understand(self, waiting: Waiting) -> Understanding:
        """Read a kept message; no transaction is open meanwhile."""
        now = waiting.before
        question = now.homes.question(now.step.id, now.step.child) if now.step is not None else None
        # From the original: what is redacted may be a date. The lines are kept sealed, like the message.
        dated = tuple((event.id, event.label) for event in events_of(waiting.text))
        heard = waiting.heard or self._reader.begin(waiting.text, waiting.names)
        read = self._reader.understand(heard, question, now.pack)
        return replace(read, dated=dated)

    def finish(self, session: Session, waiting: Waiting, understood: Understanding) -> Taken | None:
        """Answer a message that was kept and understood; None when its turn was finished before."""
        concern = kept_concerns.get_concern(session, waiting.before.concern.id, lock=True)
        if not kept_messages.mark_turn_done(session, waiting.id, self._clock()):
            return None
        now = still(session, self._shelf, concern, waiting.before)
        if _asked(now.step) != _asked(waiting.before.step):
            understood = replace(understood, answer=None)  # it was read against another question
        understood = with_colleague(session, concern, now.state, waiting.text, understood)
        turn = take_message(now.pack, now.state, now.step, understood, now.homes)
        taken = self._conclude(
            session, now, turn, by=waiting.by, via="text", message_id=waiting.id, understood=understood
        )
        return replace(taken, parser_up=understood.parser_up)

    def choose(
        self,
        session: Session,
        concern: Concern,
        question: str,
        value: Value,
        child: str,
        *,
        by: str,
        change: bool = False,
        reason: str | None = None,
    ) -> Taken:
        """An answer by button, form or API, in the caller's transaction; raises BadInput."""
        now = standing(session, self._shelf, concern)
        if child and child not in now.state.children:
            raise BadInput("There is no such child in this concern. Choose one of those that it lists.")
        try:
            turn = take_choice(now.pack, now.state, question, value, child, homes=now.homes)
        except AnswerError as error:
            raise BadInput(str(error)) from error
        if reason:
            given = Effect(
                EffectKind.REASON, question, words=reason, child=child, turn=now.state.last_turn + 1
            )
            turn = replace(turn, effects=(*turn.effects, given))
        return self._conclude(session, now, turn, by=by, via="changed" if change else "button")

    def go_back(self, session: Session, concern: Concern, *, by: str) -> Taken:
        """Take the last answer back; it is asked again."""
        now = standing(session, self._shelf, concern)
        turn = take_message(now.pack, now.state, now.step, Understanding(acts=(Ranked("go_back", 1.0),)))
        return self._conclude(session, now, turn, by=by, via="button")

    def reopen(self, session: Session, concern: Concern, question: str, child: str, *, by: str) -> Taken:
        """Ask a question again; what was answered stays in the history."""
        now = standing(session, self._shelf, concern)
        effect = Effect(EffectKind.REOPENED, question, child=child, turn=now.state.last_turn + 1)
        return self._conclude(session, now, Turn((effect,)), by=by, via="button")

    def add_child(self, session: Session, concern: Concern, role: str, name: str, *, by: str) -> Taken:
        """Another child of the concern; the first time, what was said so far is tied to the first child."""
        now = standing(session, self._shelf, concern)
        effects: tuple[Effect, ...] = ()
        if not now.state.children:
            kept_concerns.add_child(session, concern.id, FIRST, role="harmed")
            effects = given_to_first(now.homes, now.state)
        label = f"c{len(now.state.children or (FIRST,)) + 1}"
        kept_concerns.add_child(session, concern.id, label, role=role, details={"name": name} if name else {})
        grown = replace(now.kept, children=tuple(kept_concerns.children_of(session, concern.id)))
        return self._conclude(session, now, Turn(effects, (CHILD_ADDED,)), by=by, via="button", grown=grown)

    def _conclude(
        self,
        session: Session,
        before: Standing,
        turn: Turn,
        *,
        by: str,
        via: str,
        message_id: str | None = None,
        understood: Understanding | None = None,
        grown: Kept | None = None,
    ) -> Taken:
        """Keep the effects, the advice and what is said, all in this transaction. The concern is locked.

        ``grown``: what is kept of the concern, where something else than answers was added.
        """
        at, concern = self._clock(), before.concern
        keep(session, concern, turn.effects, by=by, via=via, at=at, message_id=message_id)
        after = moved(self._shelf, before, turn.effects, message_id, grown=grown)
        keep_advice(session, after, at)
        closed_by_answer(session, concern, after.state.answers, at)
        concern.misses = concern.misses + 1 if turn.missed else (0 if turn.effects else concern.misses)
        said = _danger_first(before, after, turn.replies) + turn.replies
        if after.step is None and (before.step is not None or after.route != before.route):
            said += summary(after.lead_pack, after.lead) + elsewhere_says(after.homes)
        kept_messages.add_replies(session, concern.id, said, at)
        kept_concerns.touch(session, concern, at)
        kept_audit.record(
            session,
            organisation_id=concern.organisation_id,
            actor=by,
            action="concern.turn",
            subject=concern.id,
            at=at,
            details={"via": via, "effects": len(turn.effects)},
        )
        self._on_turn(session, heard(concern, before.state, turn, message_id, understood))
        return Taken(said, after)


def _danger_first(before: Standing, after: Standing, replies: tuple[str, ...]) -> tuple[str, ...]:
    """What comes first where a turn shows an emergency that nothing has been said of yet."""
    about_dsl = after.state.about_colleague == "dsl"
    first = DANGER_ABOUT_DSL if about_dsl else DANGER_FIRST
    return (first,) if after.emergency and not before.emergency and first not in replies else ()


def known_names(children: Iterable[Child]) -> tuple[str, ...]:
    """Every name that a concern already knows, so that none of them reaches the parser."""
    names: list[str] = []
    for child in children:
        names += [value for value in (child.details or {}).values() if isinstance(value, str)]
    return tuple(names)


def _asked(step: Step | None) -> tuple[str, str] | None:
    return (step.id, step.child) if step is not None else None
