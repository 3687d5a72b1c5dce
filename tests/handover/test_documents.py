"""Documents follow their referral to the reference intake, once, whatever is repeated."""

from __future__ import annotations

from random import Random

from bot.handover import Courier, IntakeClient
from bot.store import Store
from bot.store.attachments import add_attachment
from bot.store.referrals import add_information, referral_by_reference
from tests.handover.test_with_mash import mash as mash  # the running intake
from tests.handover.test_with_mash import sent
from tests.intake.mash import SECRET, Mash
from tests.store.schools import add_school

CONTENT = b"%PDF-1.7\nA chronology\n%%EOF"


def test_a_document_arrives_after_its_referral_and_only_once(sqlite_store: Store, mash: Mash) -> None:
    store = sqlite_store
    school = add_school(store)
    reference = sent(store, school)
    with store.write() as session:
        referral = referral_by_reference(session, reference)
        kept = add_attachment(
            session,
            referral.concern_id,
            name="Chronology of Robin’s year",
            content=CONTENT,
            media_type="application/pdf",
            by=school.teacher.id,
            at=mash.clock(),
        )
        document = {"attachment": kept.id, "name": kept.name, "kind": kept.media_type, "size": kept.size}
        add_information(session, referral, document, by=school.teacher.id, at=mash.clock(), kind="attachment")
    client = IntakeClient(mash.base, "demo-school", SECRET)
    courier = Courier(store, client, mash.clock, Random(1), "worker")
    assert courier.deliver_next()
    assert courier.deliver_next()
    assert not courier.deliver_next()
    client.attach(reference, "Chronology of Robin’s year", "application/pdf", CONTENT)
    [arrived] = mash.sender().get(f"/v1/referrals/{reference}").json()["attachments"]
    assert (arrived["name"], arrived["kind"], arrived["size"]) == (
        "Chronology of Robin’s year",
        "application/pdf",
        len(CONTENT),
    )
    client.close()
