"""Documents that go along with a referral, before it is sent or after."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.concerns.after_sending import AfterSending
from bot.concerns.endings import post_attachment
from bot.concerns.errors import BadInput, NotFound, NotNow
from bot.concerns.seeing import Actor
from bot.referrals import DOCX, FileRefused, media_type_of
from bot.store import Attachment
from bot.store import attachments as kept_attachments
from bot.store import concerns as kept_concerns
from bot.store import referrals as kept_referrals

MOST_DOCUMENTS = 20
LONGEST_NAME = 200


@dataclass(frozen=True)
class Document:
    """One document of a concern, without its content."""

    id: str
    name: str
    kind: str
    size: int
    at: datetime


class Attaching(AfterSending):
    """Keeps documents with a concern, sealed, and sends them after its referral."""

    def attach(self, actor: Actor, concern_id: str, name: str, content: bytes) -> Document:
        """Keep a PDF or DOCX; where the referral was sent already, it follows at once. Raises BadInput."""
        try:
            kind = media_type_of(content)
        except FileRefused as refused:
            raise BadInput(str(refused)) from None
        named = " ".join(name.split())[:LONGEST_NAME]
        if not named or not named.isprintable():
            raise BadInput("Say in a few words what the document is, such as “Early help assessment”.")
        at, digest = self._clock(), hashlib.sha256(content).hexdigest()
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            here = kept_attachments.attachments_of(session, concern.id)
            for one in here:
                if one.sha256 == digest and one.name == named:  # sent again: it goes along once
                    return _shown(one)
            if len(here) >= MOST_DOCUMENTS:
                raise BadInput(f"One concern takes at most {MOST_DOCUMENTS} documents.")
            kept = kept_attachments.add_attachment(
                session, concern.id, name=named, content=content, media_type=kind, by=person.id, at=at
            )
            for sent in kept_referrals.referrals_of(session, concern.id):
                if not sent.by_hand:
                    post_attachment(session, sent, kept, by=person.id, at=at)
            kept_concerns.touch(session, concern, at)
            self._audit(session, concern, person, "document.attached", {"document": kept.id})
            return _shown(kept)

    def documents(self, actor: Actor, concern_id: str) -> list[Document]:
        """The documents of a concern, in the order they came."""
        self._saw(actor, concern_id)
        with self._reading() as session:
            _, concern = self._mine(session, actor, concern_id)
            return [_shown(one) for one in kept_attachments.attachments_of(session, concern.id)]

    def document(self, actor: Actor, concern_id: str, document_id: str) -> tuple[str, bytes]:
        """The media type and the content of one document; noted in the audit trail."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id)
            kept = kept_attachments.get_attachment(session, concern.id, document_id)
            self._audit(session, concern, person, "document.opened", {"document": kept.id})
            return kept.media_type, bytes(kept.content)

    def remove_document(self, actor: Actor, concern_id: str, document_id: str) -> None:
        """Take a document away again, before anything was sent."""
        at = self._clock()
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            if kept_referrals.referrals_of(session, concern.id):
                raise NotNow(
                    "It was sent with the referral, and cannot be taken away. Add information instead."
                )
            if not kept_attachments.remove_attachment(session, concern.id, document_id, at):
                raise NotFound
            kept_concerns.touch(session, concern, at)
            self._audit(session, concern, person, "document.removed", {"document": document_id})


def _shown(kept: Attachment) -> Document:
    kind = "DOCX" if kept.media_type == DOCX else "PDF"
    return Document(kept.id, kept.name, kind, kept.size, kept.at)
