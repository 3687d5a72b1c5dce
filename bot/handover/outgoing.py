"""Outgoing notices: a short message that says “look in the assistant”, never about whom or what."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import urlsplit

from bot.store import Notice, Person, Store
from bot.store.notices import mark_told, untold_notices

log = logging.getLogger(__name__)

_SUBJECTS = {
    "unsent": "A concern needs you today: it was left unsent",
    "late": "A referral has not reached MASH: please ring now",
    "late_addition": "What was added to a referral has not reached MASH: please ring now",
    "dead_letter": "A referral cannot be delivered to MASH: please ring now",
    "chase": "MASH has not answered a referral: please chase",
    "no_access": "The MASH intake refuses our sign-in",
    "status": "MASH has answered a referral",
}
_BODY = """{subject}.

Sign in to the safeguarding assistant to see it. This message names nobody on purpose.
If a child is in danger now, ring 999.
"""


class NotTold(Exception):
    """An outgoing message could not be handed over; it is tried again."""


class Notifier(Protocol):
    """A way to reach a person outside the pages."""

    def tell(self, person: Person, notice: Notice) -> None:
        """Tell them to look; raises NotTold."""


class LogNotifier:
    """Where no mail server is set: a line in the log, with ids only."""

    def tell(self, person: Person, notice: Notice) -> None:
        """Write that line."""
        log.warning("notice %s of kind %s waits for person %s", notice.id, notice.kind, person.id)


class SmtpNotifier:
    """By e-mail through `smtp://host:port` (`smtps://` for TLS from the start)."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("BOT_SMTP_URL must look like smtp://host:port or smtps://host:port.")
        self._tls = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or (465 if self._tls else 25)
        self._sign_in = (parts.username, parts.password or "") if parts.username else None
        self._sender = sender
        self._domain = sender.rpartition("@")[2] or "localhost"  # said in greeting; spares a name look-up

    def tell(self, person: Person, notice: Notice) -> None:
        """Send the message, or leave a line in the log for who has no address."""
        if person.email is None:
            LogNotifier().tell(person, notice)
            return
        message = EmailMessage()
        message["From"], message["To"] = self._sender, person.email
        message["Subject"] = subject = _SUBJECTS.get(notice.kind, "A notice waits for you")
        message.set_content(_BODY.format(subject=subject))
        kind = smtplib.SMTP_SSL if self._tls else smtplib.SMTP
        try:
            with kind(self._host, self._port, local_hostname=self._domain, timeout=10) as server:
                if self._sign_in is not None:
                    server.login(*self._sign_in)
                server.send_message(message)
        except (OSError, smtplib.SMTPException):
            raise NotTold("the mail server did not take the message") from None


def send_notices(store: Store, notifier: Notifier, now: datetime) -> int:
    """Tell whoever was not told yet; returns how many were. What fails is tried again at the next look."""
    with store.read() as session:
        waiting = untold_notices(session)
    told = 0
    for notice, person in waiting:
        try:
            notifier.tell(person, notice)
        except NotTold as failure:
            log.warning("notice %s was not sent: %s", notice.id, failure)
            continue
        with store.write() as session:
            mark_told(session, notice.id, now)
        told += 1
    return told
