"""After sending: information is added to the same reference, and a wrong referral is withdrawn in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.concerns.errors import BadInput, NotNow
from bot.concerns.filing import Filing
from bot.concerns.following import NOTHING_DUE
from bot.concerns.reassessing import Reassessed, band_so_far, reassess, step_up_open
from bot.concerns.record import Standing, keep, keep_advice, moved
from bot.concerns.reply import Added
from bot.concerns.seeing import Actor
from bot.concerns.shelf import PackShelf
from bot.concerns.timeline import Timeline
from bot.concerns.turns import STAFF, known_names
from bot.concerns.views import parents_view
from bot.concerns.words import checked
from bot.dialogue.advice import parents_say
from bot.dialogue.understanding import Understanding
from bot.dialogue.wording import DANGER_FIRST
from bot.reading import Reader
from bot.referrals import information, withdrawal
from bot.store import Addition, Concern, Person, Referral, Session, Store
from bot.store import concerns as kept_concerns
from bot.store import messages as kept_messages
from bot.store import referrals as kept_referrals
from bot.thresholds import Band

INFORMATION, WITHDRAWAL = "information", "withdrawal"
STEP_UP_WORDS = "The risk is higher than when this was sent. Please look at it again: see what was added."


class AfterSending(Filing):
    """Adds to what was sent. Nothing that was sent is ever edited away."""

    def __init__(self, store: Store, shelf: PackShelf, clock: Callable[[], datetime], reader: Reader) -> None:
        super().__init__(store, shelf, clock)
        self._reader = reader

    def referral(self, actor: Actor, reference: str) -> Timeline:
        """Where a sent referral stands, with what was added to it."""
        shown = super().referral(actor, reference)
        if shown.by_hand:
            return shown
        with self._reading() as session:
            _, concern, sent = self._sent(session, actor, reference)
            additions = kept_referrals.additions_of(session, sent.id)
            band = band_so_far(sent, additions)
            shown.band_now = band.value if band is not None else None
            shown.step_up_offered = step_up_open(sent, additions)
            if shown.status not in NOTHING_DUE:
                rose = shown.band_now != shown.band
                shown.parents = _telling_parents(self._standing(session, concern), rose=rose)
            shown.may_withdraw = shown.status not in ("withdrawn", "closed") and not _asked_back(additions)
        return shown

    def add_information(
        self,
        actor: Actor,
        reference: str,
        words: str,
        *,
        risk_is_higher: bool | None = None,
        key: str | None = None,
    ) -> Added:
        """Add what became known; it is assessed again and goes to MASH on the same reference.

        `risk_is_higher`: what the sender thinks. Where they do not say, a higher band than before says it;
        where they say no, and it reads as a higher band all the same, a step-up is offered.
        """
        words = checked(words)
        with self._reading() as session:
            _, concern, _ = self._sent(session, actor, reference)
            before = self._standing(session, concern)
        said = self._reader.read(words, known_names(before.children), None, before.pack)
        with self._writing() as session:
            person, concern, sent = self._sent(session, actor, reference, lock=True)
            _linked(sent)
            additions = kept_referrals.additions_of(session, sent.id)
            if key is not None and kept_messages.message_with_key(session, concern.id, key) is not None:
                self._keep_words(session, concern, person, words, key)  # raises when the words differ
                return _repeated(sent, additions, words, danger=bool(said.danger))
            return self._add(session, concern, sent, additions, person, words, said, risk_is_higher, key)

    def step_up(self, actor: Actor, reference: str) -> Added:
        """Tell MASH that what was added makes the risk higher, where that was not said with it."""
        with self._writing() as session:
            person, concern, sent = self._sent(session, actor, reference, lock=True)
            _linked(sent)
            additions = kept_referrals.additions_of(session, sent.id)
            if not step_up_open(sent, additions):
                raise NotNow("MASH has been told already, or nothing that was added reads as a higher band.")
            return self._add(
                session, concern, sent, additions, person, STEP_UP_WORDS, Understanding(), True, None
            )

    def withdraw(self, actor: Actor, reference: str, reason: str) -> Timeline:
        """Ask MASH to stop, with the reason. The referral and the wish both stay in sight."""
        if not reason.strip():
            raise BadInput("Say why it is withdrawn, in a few words; MASH reads the reason.")
        reason = checked(reason)
        at = self._clock()
        with self._writing() as session:
            person, concern, sent = self._sent(session, actor, reference, lock=True)
            _linked(sent)
            if _asked_back(kept_referrals.additions_of(session, sent.id)):
                raise NotNow("MASH has been asked already to withdraw this referral.")
            kept_referrals.add_information(
                session, sent, withdrawal(reason, by=person.name), by=person.id, at=at, kind=WITHDRAWAL
            )
            kept_concerns.touch(session, concern, at)
            self._audit(session, concern, person, "referral.withdrawn", {"reference": sent.reference})
        return self.referral(actor, reference)

    def _add(
        self,
        session: Session,
        concern: Concern,
        sent: Referral,
        additions: list[Addition],
        person: Person,
        words: str,
        said: Understanding,
        risk_is_higher: bool | None,
        key: str | None,
    ) -> Added:
        """Keep the words, what was read from them, and what goes to MASH, in one transaction."""
        at = self._clock()
        before = self._standing(session, concern)
        found = reassess(session, concern, sent, additions, before, said)
        danger = bool(said.danger)
        marked = found.higher or danger if risk_is_higher is None else risk_is_higher
        message_id = self._keep_words(session, concern, person, words, key)
        keep(session, concern, found.effects, by=person.id, via="text", at=at, message_id=message_id)
        keep_advice(session, moved(self._shelf, before, found.effects, message_id), at)
        document = information(
            words, said_by=person.name, at=at, risk_is_higher=marked, suggested=found.suggested
        )
        addition = kept_referrals.add_information(session, sent, document, by=person.id, at=at)
        kept_concerns.touch(session, concern, at)
        self._audit(session, concern, person, "information.added", {"reference": sent.reference})
        added = _added(sent, found, marked, step_up_open(sent, [*additions, addition]), danger)
        for other in kept_referrals.referrals_of(session, concern.id):
            if other.by_hand:
                added.say.append(
                    f"It does not go to {other.authority['name']} by itself: ring and tell them."
                )
        return added

    def _keep_words(
        self, session: Session, concern: Concern, person: Person, words: str, key: str | None
    ) -> str:
        return kept_messages.add_message(
            session,
            concern.id,
            words,
            author=STAFF,
            author_id=person.id,
            at=self._clock(),
            key=key,
            turn_done=True,
        ).id


def _linked(sent: Referral) -> None:
    if sent.by_hand:
        raise NotNow(
            "There is no link to that council, so nothing can follow by itself. Ring them and tell them, "
            "then write the call down here."
        )


def _telling_parents(now: Standing, *, rose: bool) -> str:
    """What to tell the parents. What raised the band was not answered for: nobody is told on it yet."""
    view = parents_view(now.assessments, now.route)
    return parents_say("ask_first" if rose and view.advice == "tell" else view.advice, None)


def _asked_back(additions: list[Addition]) -> bool:
    return any(one.kind == WITHDRAWAL for one in additions)


def _added(sent: Referral, found: Reassessed, marked: bool, offered: bool, danger: bool) -> Added:
    red = found.now is Band.RED and (marked or found.higher or danger)
    say = ["It is kept and on its way to MASH, with your referral."]
    if red:
        say.insert(0, "By what you now say, this looks Red: ring MASH now. Do not rely on the form alone.")
    if danger:
        say.insert(0, DANGER_FIRST)
    if found.parents.advice != "tell":
        say.append(found.parents.say)
    if marked:
        say.append("It goes as a higher risk: MASH is asked to look at the referral again at once.")
    elif offered:
        say.append("It reads as a higher band than before. You can ask MASH to look at it again at once.")
    return Added(
        reference=sent.reference,
        before=found.before.value if found.before is not None else None,
        now=found.now.value if found.now is not None else None,
        step_up=marked,
        step_up_offered=offered and not marked,
        ring_first=red,
        emergency=danger,
        say=say,
    )


def _repeated(sent: Referral, additions: list[Addition], words: str, *, danger: bool) -> Added:
    """The answer to the same information sent again with the same key: nothing is added twice."""
    same = [one for one in additions if one.kind == INFORMATION and one.document.get("words") == words]
    if not same:
        raise BadInput("This idempotency key belongs to another message. Use a new key for new information.")
    until = additions[: additions.index(same[-1])]
    before, now = band_so_far(sent, until), band_so_far(sent, [*until, same[-1]])
    marked = bool(same[-1].document.get("risk_is_higher"))
    return Added(
        reference=sent.reference,
        before=before.value if before is not None else None,
        now=now.value if now is not None else None,
        step_up=marked,
        step_up_offered=step_up_open(sent, additions),
        ring_first=now is Band.RED and marked,
        emergency=danger,
        say=[*([DANGER_FIRST] if danger else []), "This was added before."],
    )
