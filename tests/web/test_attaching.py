"""Documents that go along: attached on a page, kept sealed, named in the referral and sent after it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from bot.store import outbox as kept_outbox
from bot.store import referrals as kept_referrals
from tests.contract.test_files import PLAIN_PDF, docx
from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import choose, told

NAME = "Plan that the family agreed"


def _attach(browser: Browser, address: str, content: bytes = PLAIN_PDF, name: str = NAME) -> tuple[int, str]:
    answer = browser.post(
        f"{address}/attachments", data={"name": name}, files={"file": ("anything.exe", content, "image/png")}
    )
    return answer.status_code, answer.text


def test_a_document_is_attached_saved_and_taken_away_again(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    assert not problems_of(sam.get(f"{address}/attachments").text)
    assert _attach(sam, address)[0] == 303
    page = sam.get(f"{address}/attachments").text
    assert NAME in page
    assert not problems_of(page)
    one = page.split("/attachments/")[1].split('"')[0]
    saved = sam.get(f"{address}/attachments/{one}")
    assert saved.content == PLAIN_PDF
    assert saved.headers["content-disposition"] == 'attachment; filename="document.pdf"'
    assert sam.post(f"{address}/attachments/{one}/remove").status_code == 303
    assert NAME not in sam.get(f"{address}/attachments").text
    assert sam.get(f"{address}/attachments/{one}").status_code == 404


def test_what_may_not_go_along_is_refused_with_the_reason(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    status, page = _attach(sam, address, b"\xff\xd8\xff photo")
    assert (status, "Photographs are not taken" in page, NAME in page) == (422, True, True)
    assert not problems_of(page)
    assert _attach(sam, address, b"")[0] == 422
    assert _attach(sam, address, name=" ")[0] == 422
    assert sam.post(f"{address}/attachments", data={"name": NAME}).status_code == 422
    assert sam.post(f"{address}/attachments", content=b"x").status_code == 422
    assert "Nothing is attached yet" in sam.get(f"{address}/attachments").text


def test_only_an_upload_may_be_large(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    large = PLAIN_PDF + b"%" + b" " * 5_000_000
    assert _attach(sam, address, large)[0] == 303
    assert _attach(sam, address, PLAIN_PDF + b" " * 10_100_000)[0] == 413
    assert sam.post(address, data={"text": "x" * 1_100_000}).status_code == 413


def test_it_is_named_in_the_referral_and_follows_it(
    site: Site, sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    _attach(sam, address)
    status = str(sam.post(f"{address}/send", data={"reached": "no"}).headers["location"])
    _attach(sam, address, PLAIN_PDF + b" ", "Chronology")
    page = sam.get(status).text
    assert NAME in page
    assert "Chronology" in page
    assert "/remove" not in sam.get(f"{address}/attachments").text
    with site.services.store.read() as session:
        sent = kept_referrals.referral_by_reference(session, status.rpartition("/")[2])
        assert [one["name"] for one in sent.document["attachments"]] == [NAME]
        assert [row.kind for row in kept_outbox.outbox_of(session, sent.id)] == [
            "referral",
            "attachment",
            "attachment",
        ]
        kept = session.execute(text("SELECT name_sealed, content_sealed FROM attachments")).all()
        assert not any(b"%PDF" in content or NAME.encode() in name for name, content in kept)


def test_a_program_attaches_reads_and_takes_away(site: Site, sam: Browser, opened: Callable[[], str]) -> None:
    program, path = site.program(), f"/api/v1{opened()}/attachments"
    file = {"file": ("x.png", PLAIN_PDF, "image/png")}
    first, again = (program.post(path, files=file, data={"name": NAME}) for _ in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    one = first.json()
    assert (one["name"], one["kind"], one["size"]) == (NAME, "PDF", len(PLAIN_PDF))
    assert program.get(path).json() == [one]
    got = program.get(f"{path}/{one['id']}")
    assert (got.content, got.headers["content-type"]) == (PLAIN_PDF, "application/pdf")
    assert program.delete(f"{path}/{one['id']}").status_code == 204
    assert program.get(path).json() == []
    assert program.delete(f"{path}/{one['id']}").status_code == 404


def test_a_program_is_told_why_a_file_is_refused(site: Site, opened: Callable[[], str]) -> None:
    program, path = site.program(), f"/api/v1{opened()}/attachments"
    for content, why in (
        (b"\xff\xd8\xff photo", "an indecent image must never be copied"),
        (PLAIN_PDF + b"<< /S /JavaScript >>", "runs or opens other things"),
        (docx(word__vbaProject_bin="macro"), "runs or opens other things"),
        (b"MZ", "PDF or a Word document"),
        (b"", "empty"),
    ):
        answer = program.post(path, files={"file": ("a.pdf", content)}, data={"name": NAME})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert why in answer.json()["detail"]
        assert NAME not in answer.text
    too_large = program.post(path, files={"file": ("a", PLAIN_PDF + b" " * 10_100_000)}, data={"name": NAME})
    assert too_large.status_code == 413
    pieces = (
        b'--X\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%PDF-' + b" " * 1_000_000
        for _ in range(12)
    )
    untold = {"content-type": "multipart/form-data; boundary=X"}
    assert program.post(path, content=pieces, headers=untold).status_code == 413
    assert program.post(path, json={}).status_code == 422
    assert program.post(path, data={"name": NAME}).status_code == 422
    assert program.post(path, files={"file": ("a", PLAIN_PDF)}).status_code == 422
    assert program.get(path).json() == []


def test_a_program_cannot_take_back_what_was_sent_nor_reach_others_documents(
    site: Site, opened: Callable[[], str]
) -> None:
    address, program = opened(), site.program()
    path = f"/api/v1{address}/attachments"
    one = program.post(path, files={"file": ("a", PLAIN_PDF)}, data={"name": NAME}).json()["id"]
    assert program.post(f"/api/v1{address}/referral").status_code == 201
    assert program.delete(f"{path}/{one}").status_code == 409
    stranger = site.program("Priya Shah")
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"{path}/{one}").status_code == 404
    assert stranger.delete(f"{path}/{one}").status_code == 404
    assert stranger.post(path, files={"file": ("a", PLAIN_PDF)}, data={"name": NAME}).status_code == 404


def test_nobody_else_sees_or_adds_documents(site: Site, sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    _attach(sam, address)
    one = sam.get(f"{address}/attachments").text.split("/attachments/")[1].split('"')[0]
    other, own = site.browser("Amina Yusuf"), opened()
    assert _attach(other, address)[0] == 404
    assert other.get(f"{address}/attachments/{one}").status_code == 404
    assert other.post(f"{address}/attachments/{one}/remove").status_code == 404
    assert sam.get(f"{own}/attachments/{one}").status_code == 404
