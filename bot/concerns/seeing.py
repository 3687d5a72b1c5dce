"""Who may see a concern, inside one transaction; what the two halves of the service share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.concerns.access import waits_for_whom
from bot.concerns.errors import KeyUsedBefore, NotFound, OutOfDate
from bot.concerns.record import Standing, standing
from bot.concerns.reply import Reply
from bot.concerns.shelf import PackShelf
from bot.concerns.showing import reply
from bot.store import Concern, KeyReused, NotThere, Person, Session, Stale, Store
from bot.store import audit as kept_audit
from bot.store import concerns as kept_concerns
from bot.store import people as kept_people

VIEWED = "concern.viewed"
SITTING = timedelta(minutes=5)
"""Somebody who looks at a concern again within this time is not noted again."""


class Actor(Protocol):
    """Somebody who is signed in; only the id is believed, the rest is read from the store."""

    @property
    def id(self) -> str:
        """The id of the person."""


def hidden_on(shelf: PackShelf) -> Callable[[Session, Concern, Person], bool]:
    """Whether a concern waits for whom it is about, and somebody must not see or hear of it until then."""

    def hidden(session: Session, concern: Concern, person: Person) -> bool:
        answers = standing(session, shelf, concern).state.answers
        return waits_for_whom(answers, person, concern)

    return hidden


class Seeing:
    """Finds concerns for whom may see them; everything else looks as if it were not there."""

    def __init__(self, store: Store, shelf: PackShelf, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def _mine(
        self, session: Session, actor: Actor, concern_id: str, *, lock: bool = False
    ) -> tuple[Person, Concern]:
        person = kept_people.get_person(session, actor.id)
        concern = kept_concerns.concern_seen_by(session, person, concern_id, lock=lock)
        if self._hidden(session, person, concern):
            raise NotFound
        return person, concern

    def _hidden(self, session: Session, person: Person, concern: Concern) -> bool:
        if person.id == concern.author_id:
            return False
        return waits_for_whom(self._standing(session, concern).state.answers, person, concern)

    def _standing(self, session: Session, concern: Concern) -> Standing:
        return standing(session, self._shelf, concern)

    def _reply(self, session: Session, concern: Concern, said: tuple[str, ...]) -> Reply:
        return reply(session, self._standing(session, concern), said, self._clock())

    def _audit(
        self,
        session: Session,
        concern: Concern,
        person: Person,
        action: str,
        details: dict[str, Any] | None = None,
    ) -> None:
        kept_audit.record(
            session,
            organisation_id=concern.organisation_id,
            actor=person.id,
            action=action,
            subject=concern.id,
            at=self._clock(),
            details=details or {},
        )

    def _saw(self, actor: Actor, concern_id: str) -> None:
        """Note that somebody looked at a concern, once for each sitting: pages are opened again and again."""
        at = self._clock()
        with self._reading() as session:
            person, concern = self._mine(session, actor, concern_id)
            seen = kept_audit.recorded_since(
                session,
                concern.organisation_id,
                actor=person.id,
                action=VIEWED,
                subject=concern.id,
                since=at - SITTING,
            )
        if not seen:
            with self._writing() as session:
                person, concern = self._mine(session, actor, concern_id)
                self._audit(session, concern, person, VIEWED)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with _store_errors(), self._store.read() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with _store_errors(), self._store.write() as session:
            yield session


@contextmanager
def _store_errors() -> Iterator[None]:
    """What the store says, in the words of this room."""
    try:
        yield
    except NotThere as error:
        raise NotFound from error
    except Stale as error:
        raise OutOfDate(error.version) from error
    except KeyReused as error:
        raise KeyUsedBefore from error
