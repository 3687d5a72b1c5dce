"""The files for the school: tagged, complete, and with nothing in them that nobody said."""

import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import given, settings

from bot.referrals import (
    body_map,
    decision_docx,
    decision_pdf,
    merge,
    record_of_decision,
    referral_docx,
    referral_pdf,
)
from bot.referrals.rendering.decision import decision_page
from bot.referrals.rendering.page import Drawing, Facts, Page, Paragraph, Table
from bot.referrals.rendering.referral import referral_page
from bot.thresholds import Band
from tests.referrals.drafts import SENT_AT, UNHURRIED, patches, sent, suggested, told

DRAFT = merge(
    {},
    {
        "children": [{"first_name": "Tia", "last_name": "Example", "legal_status": ["child_in_need"]}],
        "concern": {
            "what_happened": "A bruise # on *her* ear.\n$x$ \\ <b>",
            "place": "not_known",
            "child_words": [{"words": "Daddy threw me"}],
            "analysis": "She is at risk.",
        },
        "injuries": [
            {"view": "front", "x": 0.5, "y": 0.25, "type": "bruise", "where": "Chest", "size_cm": 2}
        ],
        "chronology": [
            {"date": "2026-10-01", "event": "Second", "impact": "Tired"},
            {"date": "2026-09-01", "event": "First"},
        ],
        "consent": {"support": "not_needed"},
    },
)


def _record(**changed: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "suggested": suggested(Band.GREEN),
        "answers": [("How old is the child?", "2 to 4")],
        "told": [told("He was tired again.")],
        "not_met": ["A child is hurt."],
        "ruled_out": ["Neglect", "Radicalisation"],
        "duties": [("Tell the DSL", SENT_AT), ("Log it", None)],
        "decision": "School supports the child",
        "reason": "His grandmother helps.",
        "decided_by": "Jo Marsh",
        "decided_at": SENT_AT,
        "look_again_at": SENT_AT,
        "route": "green",
    }
    return record_of_decision(**(given | changed))


def _facts(page: Page) -> dict[str, str]:
    return dict(row for block in page.blocks if isinstance(block, Facts) for row in block.rows)


def _docx_words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_page_says_what_was_sent_and_what_is_not_known() -> None:
    facts = _facts(referral_page(sent(DRAFT)))
    assert facts["Reference"] == "R-7K2M-QX4T-0WZ9"
    assert facts["What happened"] == "A bruise # on *her* ear.\n$x$ \\ <b>"
    assert facts["Where"] == "Not known"
    assert facts["Known to services now?"] == "Child in need plan"
    assert facts["Consent to be helped and supported"] == "Not needed: to protect a child"


def test_the_childs_words_stand_as_a_quotation_and_opinion_is_called_so() -> None:
    paragraphs = [block for block in referral_page(sent(DRAFT)).blocks if isinstance(block, Paragraph)]
    assert Paragraph("“Daddy threw me”", "quote") in paragraphs
    assert Paragraph("Professional opinion: She is at risk.", "opinion") in paragraphs


def test_events_stand_in_their_order() -> None:
    (table,) = [block for block in referral_page(sent(DRAFT)).blocks if isinstance(block, Table)]
    assert [row[1] for row in table.rows] == ["First", "Second"]


def test_the_body_map_says_in_words_what_it_shows() -> None:
    (drawing,) = [block for block in referral_page(sent(DRAFT)).blocks if isinstance(block, Drawing)]
    assert drawing.says == "Body map. 1: bruise, Front"


def test_an_illustrative_pack_is_named_on_the_page() -> None:
    assert "Illustrative" in referral_page(sent(DRAFT)).banner
    assert "Illustrative" in decision_page(_record()).banner


def test_the_pdf_is_tagged_and_has_language_and_title() -> None:
    pdf = referral_pdf(sent(DRAFT))
    assert pdf.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid", b"/DisplayDocTitle true"):
        assert mark in pdf


def test_the_docx_has_headings_and_repeating_headers() -> None:
    data = referral_docx(sent(DRAFT))
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.title == "Referral to MASH R-7K2M-QX4T-0WZ9"
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs if paragraph.style)
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert "A bruise # on *her* ear." in _docx_words(data)


def test_control_characters_do_not_stop_a_file() -> None:
    body = sent(merge({}, {"concern": {"what_happened": "a\x00b\x0bc\ufffe \U0001f600 ز 你"}}))
    assert referral_pdf(body)
    assert "a\ufffdb" in _docx_words(referral_docx(body))


@pytest.mark.parametrize("band", [None, *Band])
def test_an_empty_referral_can_be_kept_too(band: Band | None) -> None:
    assert referral_pdf(sent({}, band))
    assert referral_docx(sent({}, band))


@settings(UNHURRIED, max_examples=25)
@given(patches)
def test_whatever_was_sent_can_be_set_as_pdf(patch: dict[str, Any]) -> None:
    assert referral_pdf(sent(merge({}, patch)))


def test_a_record_says_who_decided_what_and_why_and_when_it_is_looked_at_again() -> None:
    facts = _facts(decision_page(_record()))
    assert facts["Decision"] == "School supports the child"
    assert facts["Why"] == "His grandmother helps."
    assert facts["Decided by"] == "Jo Marsh"
    assert facts["To be looked at again"] == "20 November 2026, 14:30"
    assert facts["Highest band in the conversation"] == "Green"
    assert facts["Thresholds used"] == "small 2026.1 (illustrative)"
    assert facts["How old is the child?"] == "2 to 4"


def test_a_record_says_what_was_ruled_out_and_what_else_had_to_be_done() -> None:
    page = decision_page(_record())
    assert Paragraph("No criterion of any of these is met: Neglect; Radicalisation.") in page.blocks
    facts = _facts(page)
    assert facts["Tell the DSL"] == "Ticked off: 20 November 2026, 14:30"
    assert facts["Log it"] == "Not ticked off yet"


@pytest.mark.parametrize(
    ("band", "route", "says"),
    [(Band.NONE, "none", "None"), (None, "consult", "Consultation first"), (None, None, "Not known")],
)
def test_a_band_that_is_not_known_is_not_called_none(band: Band | None, route: str | None, says: str) -> None:
    facts = _facts(decision_page(_record(suggested=suggested(band), route=route)))
    assert facts["Advised band"] == says
    assert facts["Highest band in the conversation"] == ("None" if band else "Not known")


def test_a_record_names_who_disagreed() -> None:
    held = replace(suggested(Band.GREEN), disagreement=("red", "She is afraid."))
    page = decision_page(_record(suggested=held, disagreed_by="Sam Field"))
    assert Paragraph("Sam Field saw it as Red: She is afraid.", "note") in page.blocks


def test_a_call_that_reached_nobody_is_not_shown_as_a_talk() -> None:
    body = sent({}, call=[{"at": SENT_AT, "outcome": "could not get through"}])
    facts = _facts(referral_page(body))
    assert facts["How the call ended"] == "Could not get through"
    assert [gap for gap in body["gaps"] if gap.startswith("urgent_call")] == []


def test_a_record_becomes_both_kinds_of_file() -> None:
    words = _docx_words(decision_docx(_record(look_again_at=None)))
    assert "A child is hurt." in words
    assert "You may refer at any time" in words
    assert decision_pdf(_record(told=[], answers=[], not_met=[]))


def test_the_body_map_draws_seven_outlines_and_numbers_its_marks() -> None:
    picture = body_map.svg([{"view": "front", "x": 0.5, "y": 0.25}, {"view": "feet", "x": 2, "y": "?"}, {}])
    root = ElementTree.fromstring(picture)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Front", "1", "Back", "Left side", "Right side", "Face", "Hands", "Feet"]
    assert "style=" not in picture


def test_the_body_map_cannot_be_broken_out_of() -> None:
    picture = body_map.view_svg("front", [{"view": "front", "x": 0.1, "y": 0.1, "type": '"><script>'}])
    assert not re.search("<script", picture)
    assert ElementTree.fromstring(picture) is not None
