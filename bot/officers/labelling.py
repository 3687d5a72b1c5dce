"""One officer labels a message and chooses its use; another sees that it names nobody. Four eyes, always."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.officers import copies, datasets, labels
from bot.officers.places import Places
from bot.store import Example, NotThere, Person, Session, Stale, Store, examples
from bot.store import audit as kept_audit
from bot.store import people as kept_people

STRUCK = "[NAME]"
AT_ONCE = 50


class Officer(Protocol):
    """Somebody who is signed in; that they are an officer is read from the store."""

    @property
    def id(self) -> str:
        """The id of the person."""


class Wrong(Exception):
    """An officer's form cannot be taken: what is wrong, by field. Never holds what was typed."""

    def __init__(self, **fields: str) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True)
class Seen:
    """An example as officers see it: redacted, without school, author or concern."""

    id: str
    version: int
    state: str
    at: datetime
    text: str
    signals: Mapping[str, float]
    score: float
    understood: Mapping[str, Any]
    ticked: tuple[str, ...]
    label: str | None
    also: tuple[str, ...]
    use: str | None
    labelled_by: str | None
    checked_by: str | None


class Labelling:
    """What officers do with misread messages of their authority."""

    def __init__(self, store: Store, clock: Callable[[], datetime], places: Places) -> None:
        self._store = store
        self._clock = clock
        self._places = places

    def listed(self, officer: Officer, state: str, page: int = 1) -> tuple[list[Seen], dict[str, int]]:
        """The messages in one state, most useful first, and how many there are in each."""
        with self._store.read() as session:
            person = officer_of(session, officer)
            found = examples.examples_in(
                session, _authority(person), state, limit=AT_ONCE, offset=(page - 1) * AT_ONCE
            )
            return [_seen(one) for one in found], examples.counts(session, _authority(person))

    def one(self, officer: Officer, example_id: str) -> Seen:
        """One message; that it was looked at is written down."""
        with self._store.write() as session:
            person = officer_of(session, officer)
            example = examples.example_of(session, _authority(person), example_id)
            self._audit(session, person, example, "example.viewed", {})
            return _seen(example)

    def label(
        self,
        officer: Officer,
        example_id: str,
        version: int,
        *,
        label: str,
        also: Sequence[str],
        use: str,
        categories: Mapping[str, str],
    ) -> None:
        """Say what it is and what it is for. A label that changes is checked anew. Raises Wrong."""
        wrong: dict[str, str] = {}
        if not labels.known(label, categories):
            wrong["label"] = "Choose what the message is."
        if any(code not in categories for code in also):
            wrong["also"] = "Choose the other categories from the list."
        if also and labels.category_of(label) is None:
            wrong["also"] = "Only a message about a concern has other categories. Untick them."
        if use not in examples.USES:
            wrong["use"] = "Choose training or evaluation."
        if wrong:
            raise Wrong(**wrong)
        with self._store.write() as session:
            person, example = self._changing(session, officer, example_id, version)
            self._no_near_copy(session, example, use, categories)
            example.label, example.use = label, use
            example.also = sorted(set(also) - {labels.category_of(label) or ""})
            example.labelled_by, example.labelled_at = person.id, self._clock()
            example.checked_by = example.checked_at = None
            example.set_aside_by = example.set_aside_at = None
            self._audit(session, person, example, "example.labelled", {"label": label, "use": use})

    def set_aside(self, officer: Officer, example_id: str, version: int) -> None:
        """Not worth keeping; it may be taken up again by labelling it."""
        with self._store.write() as session:
            person, example = self._changing(session, officer, example_id, version)
            example.set_aside_by, example.set_aside_at = person.id, self._clock()
            self._audit(session, person, example, "example.set_aside", {})

    def strike(self, officer: Officer, example_id: str, version: int, struck: Sequence[str]) -> None:
        """Take words out that could tell who it is about; they are gone for good. Raises Wrong."""
        with self._store.write() as session:
            person, example = self._changing(session, officer, example_id, version)
            example.text = without(example.text, struck)
            example.checked_by = example.checked_at = None
            self._audit(session, person, example, "example.struck", {"times": len(struck)})

    def approve(
        self,
        officer: Officer,
        example_id: str,
        version: int,
        *,
        names_nobody: bool,
        categories: Mapping[str, str],
    ) -> None:
        """A second officer has read it and says that it names nobody. Raises Wrong."""
        if not names_nobody:
            raise Wrong(names_nobody="Tick this once you have read every word.")
        with self._store.write() as session:
            person, example = self._changing(session, officer, example_id, version)
            if examples.state_of(example) != examples.TO_CHECK or example.use is None:
                raise Wrong(names_nobody="This message does not wait for a check. Go back to the list.")
            if example.labelled_by == person.id:
                raise Wrong(names_nobody="You labelled this message. Another officer must check it.")
            self._no_near_copy(session, example, example.use, categories)
            example.checked_by, example.checked_at = person.id, self._clock()
            self._audit(session, person, example, "example.checked", {})

    def send_back(self, officer: Officer, example_id: str, version: int) -> None:
        """The label is not right: it is labelled anew."""
        with self._store.write() as session:
            person, example = self._changing(session, officer, example_id, version)
            example.labelled_by = example.labelled_at = example.checked_by = example.checked_at = None
            self._audit(session, person, example, "example.sent_back", {})

    def _changing(
        self, session: Session, officer: Officer, example_id: str, version: int
    ) -> tuple[Person, Example]:
        person = officer_of(session, officer)
        example = examples.example_of(session, _authority(person), example_id, lock=True)
        try:
            examples.change(session, example, version)
        except Stale:
            raise Wrong(label="Somebody else changed this message. Check what it says now.") from None
        return person, example

    def _no_near_copy(
        self, session: Session, example: Example, use: str, categories: Mapping[str, str]
    ) -> None:
        """Neither set may hold nearly the same: in the other it would cheat, in this it adds nothing."""
        sets = {
            examples.TRAINING: datasets.learned(self._places.learned),
            examples.EVALUATION: datasets.held_out_messages(self._places.held_out),
        }
        for name, authored in sets.items():
            mended = [
                copies.known(one.label or "", one.text)
                for one in examples.chosen_for(session, name, checked=False)
                if one.id != example.id
            ]
            copy = copies.near_copy(example.text, (*authored, *mended))
            if copy is None:
                continue
            under = labels.words(copy.label, categories)
            if name == use:
                raise Wrong(
                    use=f"Nearly the same message is in {name} already, as “{under}”. Set this one aside."
                )
            raise Wrong(
                use=f"Nearly the same message is in {name}, as “{under}”. A message is never used for both. "
                f"Choose {name}, or set it aside."
            )

    def _audit(
        self, session: Session, person: Person, example: Example, action: str, details: kept_audit.Details
    ) -> None:
        kept_audit.record(
            session,
            organisation_id=person.organisation_id,
            actor=person.id,
            action=action,
            subject=f"example:{example.id}",
            at=self._clock(),
            details=details,
        )


def without(text: str, struck: Sequence[str]) -> str:
    """The text with these words taken out, wherever they stand as whole words, in any case. Raises Wrong."""
    wanted = [line.strip() for line in struck if line.strip()]
    if not wanted:
        raise Wrong(struck="Write the words to take out, one name on each line.")
    for words in sorted(wanted, key=len, reverse=True):
        text, times = re.subn(rf"(?<!\w){re.escape(words)}(?!\w)", STRUCK, text, flags=re.IGNORECASE)
        if not times:
            raise Wrong(struck="A line is not in the message. Copy the words exactly as they stand there.")
    return text


def officer_of(session: Session, officer: Officer) -> Person:
    """The officer behind a sign-in; raises NotThere for anybody else."""
    person = kept_people.get_person(session, officer.id)
    if person.role != "officer":
        raise NotThere("Only education officers may do this.")
    return person


def _authority(person: Person) -> str | None:
    return person.organisation.la_code


def _seen(example: Example) -> Seen:
    return Seen(
        id=example.id,
        version=example.version,
        state=examples.state_of(example),
        at=example.at,
        text=example.text,
        signals=example.signals,
        score=example.score,
        understood=example.understood,
        ticked=tuple(example.ticked),
        label=example.label,
        also=tuple(example.also),
        use=example.use,
        labelled_by=example.labelled_by,
        checked_by=example.checked_by,
    )
