"""The life of a concern: the one service that every door calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.concerns.by_hand import ByHand
from bot.concerns.drafts import Background, background
from bot.concerns.errors import BadInput, NotNow, OutOfDate
from bot.concerns.heard import Listener, nobody
from bot.concerns.record import DUTY_DONE
from bot.concerns.reply import ConcernRow, QuestionView, Reply
from bot.concerns.seeing import Actor
from bot.concerns.shelf import PackShelf
from bot.concerns.showing import concern_row, reply, told_question
from bot.concerns.transcript import answer_to, last_said
from bot.concerns.turns import UNREAD, Taken, Turns, Waiting
from bot.concerns.words import checked
from bot.dialogue.wording import DANGER_FIRST
from bot.reading import Reader
from bot.reading.danger import dangers
from bot.store import Concern, Person, Session, Store
from bot.store import answers as kept_answers
from bot.store import concerns as kept_concerns
from bot.store import messages as kept_messages
from bot.store import organisations as kept_organisations
from bot.store import people as kept_people
from bot.thresholds import Value

logger = logging.getLogger(__name__)

ROLES = ("harmed", "harming", "sibling", "other")
"""A child's part in a concern."""
MOST_CHILDREN = 12


ENDED = "This concern was sent or closed. Add information to the referral, or open a new concern."


class Concerns(ByHand):
    """Opens, continues, corrects, drafts, sends and closes concerns. Every call checks who may see what."""

    def __init__(
        self,
        store: Store,
        shelf: PackShelf,
        reader: Reader,
        clock: Callable[[], datetime],
        pack: str,
        on_turn: Listener = nobody,
    ) -> None:
        """``on_turn`` is told of every turn, in its transaction."""
        super().__init__(store, shelf, clock, reader)
        self._pack = pack
        self._turns = Turns(store, shelf, reader, clock, on_turn)

    def open(self, actor: Actor) -> Reply:
        """A new concern of this person, pinned to the pack of their school that is in force today."""
        at = self._clock()
        with self._writing() as session:
            person = kept_people.get_person(session, actor.id)
            school = kept_organisations.get_organisation(session, person.organisation_id)
            pack = self._shelf.in_force(school.pack or self._pack, at.date())
            concern = kept_concerns.add_concern(
                session,
                author=person,
                pack_name=pack.name,
                pack_version=pack.version,
                pack_digest=pack.digest,
                at=at,
            )
            self._audit(session, concern, person, "concern.opened")
            return self._reply(session, concern, ())

    def message(
        self,
        actor: Actor,
        concern_id: str,
        text: str,
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> Reply:
        """A message in words. It is kept before anything else; the same key and text give the same answer."""
        text = checked(text)
        with self._caught_up(actor, concern_id) as (session, person, concern):
            if not _seen_before(session, concern, key):
                _still_open(concern, text)
                _at_version(concern, version)
            children = kept_concerns.children_of(session, concern.id)
            heard = self._turns.hear(text, children)
            message = self._turns.keep_message(session, concern, text, by=person.id, key=key)
            if message.turn_done_at is not None:
                return self._reply(session, concern, answer_to(session, concern, message.id))
            waiting = self._turns.waiting(session, concern, message, heard, children)
        with self._reading() as session:  # the parser reads meanwhile, and nothing is locked
            self._mine(session, actor, concern_id)
            read = background(session, waiting.before)
        understood = self._turns.understand(waiting)
        with self._writing() as session:
            taken = self._turns.finish(session, waiting, understood)
            if taken is not None:
                return self._shown(session, taken, read)
            _, concern = self._mine(session, actor, concern_id)
            return self._reply(session, concern, answer_to(session, concern, waiting.id))

    def answer(
        self,
        actor: Actor,
        concern_id: str,
        question: str,
        value: Value | list[str],
        child: str = "",
        *,
        key: str | None = None,
        version: int | None = None,
        reason: str | None = None,
        change: bool = False,
    ) -> Reply:
        """An answer by button, form or API. ``change`` corrects one; a reason is kept with it."""
        given = frozenset(value) if isinstance(value, list) else value
        with self._caught_up(actor, concern_id) as (session, person, concern):
            said = self._repeated(session, concern, person, question, given, child, key)
            if said is not None:
                return self._reply(session, concern, said)
            _still_open(concern)
            _at_version(concern, version)
            return self._shown(
                session,
                self._turns.choose(
                    session, concern, question, given, child, by=person.id, change=change, reason=reason
                ),
            )

    def correct(
        self,
        actor: Actor,
        concern_id: str,
        question: str,
        value: Value | list[str],
        child: str = "",
        *,
        reason: str | None = None,
        version: int | None = None,
    ) -> Reply:
        """Change one answer; the earlier one stays in the history and the peak band is kept."""
        return self.answer(
            actor, concern_id, question, value, child, version=version, reason=reason, change=True
        )

    def go_back(self, actor: Actor, concern_id: str, *, version: int | None = None) -> Reply:
        """Take the last answer back; it is asked again."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            _still_open(concern)
            _at_version(concern, version)
            return self._shown(session, self._turns.go_back(session, concern, by=person.id))

    def reopen(self, actor: Actor, concern_id: str, question: str, child: str = "") -> Reply:
        """Ask a question again, as “Change” beside an answer does."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            _still_open(concern)
            return self._shown(session, self._turns.reopen(session, concern, question, child, by=person.id))

    def read(self, actor: Actor, concern_id: str) -> Reply:
        """Where a concern stands. A message whose turn was cut off is taken up first."""
        self._saw(actor, concern_id)
        said: tuple[str, ...] = ()
        while True:
            with self._reading() as session:
                _, concern = self._mine(session, actor, concern_id)
                left = kept_messages.unfinished_messages(session, concern.id)
                if not left:
                    return self._reply(session, concern, said or last_said(session, concern))
                waiting = self._turns.waiting(session, concern, left[0])
            said += self._take_up(waiting)

    def transcript(self, actor: Actor, concern_id: str) -> list[tuple[str, str, datetime]]:
        """Everything that was said: (staff or assistant, text, when), oldest first."""
        with self._reading() as session:
            _, concern = self._mine(session, actor, concern_id)
            return [
                (message.author, message.text, message.at)
                for message in kept_messages.messages_of(session, concern.id)
            ]

    def add_child(self, actor: Actor, concern_id: str, role: str, *, name: str = "") -> Reply:
        """Another child of the concern, with their part in it; each child has an assessment of its own."""
        if role not in ROLES:
            raise BadInput(f"Choose the child's part: {', '.join(ROLES)}.")
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            _still_open(concern)
            if len(kept_concerns.children_of(session, concern.id)) >= MOST_CHILDREN:
                raise BadInput(f"One concern holds at most {MOST_CHILDREN} children. Open another concern.")
            return self._shown(session, self._turns.add_child(session, concern, role, name, by=person.id))

    def question(self, actor: Actor, concern_id: str, question: str, child: str = "") -> QuestionView:
        """A question that was answered, or that something was read for, so that it can be changed."""
        with self._reading() as session:
            _, concern = self._mine(session, actor, concern_id)
            return told_question(self._standing(session, concern), question, child)

    def duty_done(self, actor: Actor, concern_id: str, duty: str) -> Reply:
        """Tick a duty off: who did it and when is kept."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            now = self._standing(session, concern)
            due = {one.duty for assessment in now.assessments for one in assessment.duties}
            if duty not in due:
                raise BadInput("That duty is not one of this concern's. Reload the page to see them.")
            at = self._clock()
            ticked = kept_answers.NewAnswer(kind=DUTY_DONE, question=duty)
            kept_answers.append_answers(
                session, concern.id, [ticked], at=at, via="button", given_by=person.id
            )
            kept_concerns.touch(session, concern, at)
            self._audit(session, concern, person, "duty.done", {"duty": duty})
            return self._reply(session, concern, ())

    def mine(self, actor: Actor, *, brought: bool = False) -> list[ConcernRow]:
        """The concerns that this person may see, newest first; `brought` leaves only what they told."""
        with self._reading() as session:
            person = kept_people.get_person(session, actor.id)
            return [
                concern_row(session, concern)
                for concern in kept_concerns.concerns_visible_to(session, person)
                if not self._hidden(session, person, concern)
                and (not brought or concern.author_id == person.id)
            ]

    @contextmanager
    def _caught_up(self, actor: Actor, concern_id: str) -> Iterator[tuple[Session, Person, Concern]]:
        """A transaction on the locked concern, once every turn of it that was cut off is finished."""
        while True:
            with self._writing() as session:
                person, concern = self._mine(session, actor, concern_id, lock=True)
                left = kept_messages.unfinished_messages(session, concern.id)
                if not left:
                    yield session, person, concern
                    return
                waiting = self._turns.waiting(session, concern, left[0])
            self._take_up(waiting)

    def _take_up(self, waiting: Waiting) -> tuple[str, ...]:
        """Finish a turn that was cut off; returns what was said to it."""
        try:
            understood = self._turns.understand(waiting)
            with self._writing() as session:
                taken = self._turns.finish(session, waiting, understood)
        except (LookupError, ValueError, TypeError, AttributeError) as fault:
            # A turn that our own fault breaks must not lock the concern: its words are kept as told, unread.
            logger.error("a turn could not be taken up: %s", type(fault).__name__)  # noqa: TRY400 (words in a trace)
            with self._writing() as session:
                taken = self._turns.finish(session, waiting, UNREAD)
        return taken.messages if taken is not None else ()

    def _repeated(
        self,
        session: Session,
        concern: Concern,
        person: Person,
        question: str,
        value: Value,
        child: str,
        key: str | None,
    ) -> tuple[str, ...] | None:
        """A choice with an idempotency key is kept as a message, so that a repeat is recognised."""
        if key is None:
            return None
        words = f"{question}={sorted(value) if isinstance(value, frozenset) else value}:{child}"
        known = _seen_before(session, concern, key)
        message = kept_messages.add_message(
            session,
            concern.id,
            words,
            author="choice",
            author_id=person.id,
            at=self._clock(),
            key=key,
            turn_done=True,
        )
        return answer_to(session, concern, message.id) if known else None

    def _shown(self, session: Session, taken: Taken, read: Background | None = None) -> Reply:
        now, said, up = taken.standing, taken.messages, taken.parser_up
        return reply(session, now, said, self._clock(), parser_up=up, read=read)


def _still_open(concern: Concern, text: str = "") -> None:
    """Danger in words that can no longer be taken here means 999 first, all the same."""
    if concern.ended_at is not None:
        raise NotNow(f"{DANGER_FIRST} {ENDED}" if dangers(text) else ENDED)


def _at_version(concern: Concern, version: int | None) -> None:
    if version is not None and version != concern.version:
        raise OutOfDate(concern.version)


def _seen_before(session: Session, concern: Concern, key: str | None) -> bool:
    return key is not None and kept_messages.message_with_key(session, concern.id, key) is not None
