"""What the school keeps in its own file: documents to save, and that a copy was filed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document

from bot.store import audit as kept_audit
from tests.web.conftest import Browser, Site
from tests.web.test_chat import STORY, choose, told


@pytest.fixture
def status(sam: Browser, opened: Callable[[], str]) -> str:
    """The address of a Red that was sent."""
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    return str(sam.post(f"{address}/send", data={"reached": "no"}).headers["location"])


@pytest.fixture
def decided(sam: Browser, opened: Callable[[], str]) -> str:
    """The address of a concern that was decided without a referral."""
    address = opened()
    told(sam, address)
    sam.post(f"{address}/decision", data={"decision": "school_support", "reason": "Agreed with the DSL."})
    return address


def _actions(site: Site) -> list[str]:
    with site.services.store.read() as session:
        return [
            entry.action for entry in kept_audit.audit_of(session, site.people["Sam Okafor"].organisation_id)
        ]


def test_a_referral_is_saved_as_pdf_and_docx_and_who_took_it_is_noted(
    site: Site, sam: Browser, status: str
) -> None:
    assert f"{status}/referral.pdf" in sam.get(status).text
    pdf = sam.get(f"{status}/referral.pdf")
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-disposition"].startswith('attachment; filename="referral-R-')
    assert pdf.headers["cache-control"] == "no-store"
    docx = sam.get(f"{status}/referral.docx")
    assert STORY in _text(docx.content)
    assert _actions(site).count("referral.printed") == 2


def test_a_record_of_a_decision_is_saved_too(site: Site, sam: Browser, decided: str) -> None:
    assert f"{decided}/record.docx" in sam.get(f"{decided}/record").text
    assert sam.get(f"{decided}/record.pdf").content.startswith(b"%PDF-")
    said = _text(sam.get(f"{decided}/record.docx").content)
    assert "Agreed with the DSL." in said
    assert STORY in said
    assert _actions(site).count("record.printed") == 2


def test_a_decision_is_looked_at_again_on_the_day_that_was_chosen(
    site: Site, sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address)
    said = {"decision": "school_support", "reason": "Agreed with the DSL."}
    for wrong in ("2026-11-19", "2028-01-01", "soon"):
        answer = sam.post(f"{address}/decision", data={**said, "again": wrong})
        assert (answer.status_code, 'id="again-error"' in answer.text) == (422, True)
    assert sam.post(f"{address}/decision", data={**said, "again": "2026-12-18"}).status_code == 303
    assert "18 December 2026, 09:00" in _text(sam.get(f"{address}/record.docx").content)
    site.clock.pass_by(minutes=1)
    later = {**said, "look_again_at": "2027-01-11T09:00:00Z"}
    program, api = site.program(), f"/api/v1{address}/decision"
    assert program.post(api, json={**later, "look_again_at": "2026-11-01T09:00:00Z"}).status_code == 422
    assert program.post(api, json=later).status_code == 201
    assert "11 January 2027, 09:00" in _text(sam.get(f"{address}/record.docx").content)


def test_no_other_kind_and_nothing_that_is_not_there(
    sam: Browser, status: str, opened: Callable[[], str]
) -> None:
    assert sam.get(f"{status}/referral.exe").status_code == 422
    assert sam.get(f"{opened()}/record.pdf").status_code == 404


def test_somebody_elses_documents_look_as_if_they_were_not_there(
    site: Site, status: str, decided: str
) -> None:
    stranger = site.browser("Amina Yusuf")
    for address in (f"{status}/referral.pdf", f"{status}/referral.docx", f"{decided}/record.pdf"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{decided}/copy").status_code == 404


def test_the_dsl_says_that_the_school_has_its_copy(
    site: Site, sam: Browser, status: str, decided: str
) -> None:
    dsl = site.browser("Helen Marsh")
    assert "We have filed our own copy" not in sam.get(status).text
    assert sam.post(f"{decided}/copy").status_code == 409
    assert "We have filed our own copy" in dsl.get(f"{decided}/record").text
    assert dsl.post(f"{decided}/copy").headers["location"] == f"{decided}/record"
    assert "its file holds a copy" in dsl.get(f"{decided}/record").text
    concern = dsl.get(status).text.split('action="/concerns/')[1].split("/")[0]
    answer = dsl.post(f"/concerns/{concern}/copy", data={"from": "status"})
    assert answer.headers["location"] == status
    assert "its file holds a copy" in dsl.get(status).text


def test_a_copy_that_was_filed_before_something_came_later_is_not_a_copy_of_all(
    site: Site, sam: Browser, decided: str
) -> None:
    dsl = site.browser("Helen Marsh")
    dsl.post(f"{decided}/copy")
    site.clock.pass_by(minutes=5)
    sam.post(f"{decided}/decision", data={"decision": "early_help", "reason": "The mother asked for help."})
    assert "We have filed our own copy" in dsl.get(f"{decided}/record").text


def test_nothing_is_filed_before_the_concern_has_ended(site: Site, opened: Callable[[], str]) -> None:
    assert site.browser("Helen Marsh").post(f"{opened()}/copy").status_code == 409


def _text(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
