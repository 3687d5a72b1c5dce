"""Nothing is left lying: unsent, late and unanswered are put before people, once each, naming nobody."""

import logging
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest

from bot.handover import LogNotifier, Rhythm, SmtpNotifier, Worker, send_notices
from bot.handover.watch import watch_late, watch_unanswered, watch_unsent
from bot.store import Person, Store
from bot.store.concerns import advise
from bot.store.events import NewEvent, store_event
from bot.store.notices import CHASE, LATE, LATE_ADDITION, UNSENT, notices_for, untold_notices
from bot.store.outbox import outbox_of, settle_sent
from bot.store.referrals import add_information, referral_by_reference
from bot.thresholds import Band
from tests.databases import NOW
from tests.handover.conftest import Clock, MakeCourier
from tests.handover.reception import Reception
from tests.store.schools import add_case, add_school, add_sent

MINUTES = timedelta(minutes=1)


def kinds(store: Store, person: Person) -> list[str]:
    with store.read() as session:
        return [notice.kind for notice in notices_for(session, person.id)]


def test_an_abandoned_red_is_before_the_dsl_within_five_minutes(store: Store, clock: Clock) -> None:
    school = add_school(store)
    with store.write() as session:
        advise(session, add_case(session, school.teacher), Band.RED, NOW)
    worker = Worker(None, LogNotifier(), store, clock)
    worker.step()
    assert kinds(store, school.dsl) == []
    while clock() < NOW + 5 * MINUTES:
        clock.forward(timedelta(seconds=1))
        worker.step()
    assert kinds(store, school.dsl) == [UNSENT]
    assert kinds(store, school.colleague) == []
    with store.read() as session:
        assert untold_notices(session) == []
    clock.forward(60 * MINUTES)
    worker.step()
    assert kinds(store, school.dsl) == [UNSENT]


def test_an_amber_that_rises_to_red_is_shown_again(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        advise(session, concern, Band.AMBER, NOW)
    assert watch_unsent(store, NOW + 5 * MINUTES, 5 * MINUTES) == 1
    with store.write() as session:
        advise(session, session.merge(concern), Band.RED, NOW)
    assert watch_unsent(store, NOW + 5 * MINUTES, 5 * MINUTES) == 1
    assert watch_unsent(store, NOW + 5 * MINUTES, 5 * MINUTES) == 0


def test_a_referral_that_misses_its_clock_is_told_to_sender_and_dsl(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        add_sent(session, school.teacher, arrive_by=NOW + 60 * MINUTES)
    assert watch_late(store, NOW + 59 * MINUTES) == 0
    assert watch_late(store, NOW + 60 * MINUTES) == 2
    assert watch_late(store, NOW + 61 * MINUTES) == 0
    assert (kinds(store, school.teacher), kinds(store, school.dsl)) == ([LATE], [LATE])


def test_what_is_added_and_does_not_follow_is_told_to_sender_and_dsl(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        referral = referral_by_reference(session, add_sent(session, school.teacher))
        add_information(session, referral, {"words": "He hit her."}, by=school.teacher.id, at=NOW)
        [own, added] = outbox_of(session, referral.id)
    assert watch_late(store, NOW + 60 * MINUTES) == 0  # the referral itself is what waits
    with store.write() as session:
        settle_sent(session, own.id, NOW)
    assert watch_late(store, NOW + 19 * MINUTES) == 0
    assert watch_late(store, NOW + 20 * MINUTES) == 2
    assert watch_late(store, NOW + 21 * MINUTES) == 0
    assert (kinds(store, school.teacher), kinds(store, school.dsl)) == ([LATE_ADDITION], [LATE_ADDITION])
    with store.write() as session:
        settle_sent(session, added.id, NOW)
    assert watch_late(store, NOW + 60 * MINUTES) == 0


def test_mash_is_chased_only_when_it_has_the_referral_and_has_not_answered(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        references = [add_sent(session, school.teacher) for _ in range(3)]
        for number, reference in enumerate(references):
            referral = referral_by_reference(session, reference)
            referral.chase_at = NOW + 60 * MINUTES
            if number:
                settle_sent(session, outbox_of(session, referral.id)[0].id, NOW)
        store_event(session, NewEvent("e1", references[1], "received", NOW), NOW)
        store_event(session, NewEvent("e2", references[2], "rated", NOW), NOW)
    assert watch_unanswered(store, NOW + 59 * MINUTES) == 0
    assert watch_unanswered(store, NOW + 60 * MINUTES) == 2
    assert watch_unanswered(store, NOW + 61 * MINUTES) == 0
    assert (kinds(store, school.teacher), kinds(store, school.dsl)) == ([CHASE], [CHASE])


def test_a_step_up_that_mash_leaves_is_chased_although_it_had_decided_before(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
        referral = referral_by_reference(session, reference)
        referral.chase_at = NOW + 60 * MINUTES
        settle_sent(session, outbox_of(session, referral.id)[0].id, NOW)
        for number, kind in enumerate(("received", "decided", "stepped_up")):
            due = NOW + 300 * MINUTES if kind == "stepped_up" else None
            store_event(session, NewEvent(f"e{number}", reference, kind, NOW + number * MINUTES, due), NOW)
    assert watch_unanswered(store, NOW + 299 * MINUTES) == 0
    assert watch_unanswered(store, NOW + 300 * MINUTES) == 2
    assert watch_unanswered(store, NOW + 301 * MINUTES) == 0
    with store.write() as session:
        store_event(session, NewEvent("e9", reference, "rated", NOW + 302 * MINUTES), NOW)
        store_event(session, NewEvent("e10", reference, "stepped_up", NOW + 303 * MINUTES), NOW)
    assert watch_unanswered(store, NOW + 304 * MINUTES) == 0
    assert watch_unanswered(store, NOW + 303 * MINUTES + timedelta(days=1)) == 2
    assert kinds(store, school.teacher) == [CHASE, CHASE]


class _Mailbox(StreamRequestHandler):
    """Just enough of SMTP to take a message."""

    server: Any

    def handle(self) -> None:
        self.wfile.write(b"220 hello\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (said := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(said)
                self.server.got.append(b"".join(lines))
            if line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[str, list[bytes]]]:
    with ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        got: list[bytes] = []
        server.got = got  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", got
        finally:
            server.shutdown()
            thread.join()


def test_outgoing_messages_name_nobody(sqlite_store: Store) -> None:
    school = add_school(sqlite_store)
    with sqlite_store.write() as session:
        advise(session, add_case(session, school.teacher), Band.RED, NOW)
    watch_unsent(sqlite_store, NOW + 5 * MINUTES, 5 * MINUTES)
    with mail_server() as (url, got):
        assert send_notices(sqlite_store, SmtpNotifier(url, "assistant@school.example"), NOW) == 1
        assert send_notices(sqlite_store, SmtpNotifier(url, "assistant@school.example"), NOW) == 0
    [message] = [message_from_bytes(raw, policy=policy.default) for raw in got]
    assert message["To"] == "deelead@firtreeprimary.example"
    assert "left unsent" in message["Subject"]
    assert "999" in message.get_content()
    for name in ("Tess", "Dee", "Fir Tree"):
        assert name not in message.get_content() + message["Subject"]


def test_a_mail_server_that_is_away_is_tried_again(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    school = add_school(sqlite_store)
    with sqlite_store.write() as session:
        add_sent(session, school.teacher, arrive_by=NOW)
    watch_late(sqlite_store, NOW)
    with caplog.at_level(logging.WARNING):
        assert send_notices(sqlite_store, SmtpNotifier("smtp://127.0.0.1:9", "a@b.example"), NOW) == 0
        assert send_notices(sqlite_store, LogNotifier(), NOW) == 2
    assert not any(secret in caplog.text for secret in ("Tess", "Dee", "@firtree"))


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_a_mail_server_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://host:port"):
        SmtpNotifier(url, "a@b.example")
    assert issubclass(smtplib.SMTPException, OSError)


def test_the_worker_delivers_reads_and_stops(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.says(reference, "received", "rated")
    stop = threading.Event()
    rhythm = Rhythm(pause=timedelta(milliseconds=10))
    worker = Worker(courier_of(store), LogNotifier(), store, clock, rhythm)
    running = threading.Thread(target=worker.run, args=(stop,))
    running.start()
    for _ in range(500):
        if len(kinds(store, school.teacher)) == 2:
            break
        stop.wait(0.02)
    stop.set()
    running.join(10)
    assert not running.is_alive()
    assert [document["reference"] for document in reception.documents()] == [reference]
    assert len(kinds(store, school.teacher)) == 2


def test_a_worker_without_its_database_waits_and_says_so_once(
    sqlite_store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy import text

    with sqlite_store.write() as session:
        session.execute(text("ALTER TABLE concerns RENAME TO gone"))
    worker = Worker(None, LogNotifier(), sqlite_store, clock)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            worker.step()
            clock.forward(MINUTES)
        with sqlite_store.write() as session:
            session.execute(text("ALTER TABLE gone RENAME TO concerns"))
        worker.step()
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "watch must wait",
        "watch goes on",
    ]
