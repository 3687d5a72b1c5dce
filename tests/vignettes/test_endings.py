"""Each public case is carried to its end through the JSON API: a sent referral or a record of decision."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from bot.concerns.endings import DECISIONS
from bot.contract import Referral
from bot.referrals import FIELDS, SECTIONS, Field
from bot.referrals.rendering.labels import label_of, title_of
from bot.store import Store
from tests.vignettes.staff import Ending, Vignette, converse, vignettes
from tests.web.conftest import Browser, Site, make_site

CASES = [pytest.param(case, id=case.id) for case in vignettes(Path(__file__).parent / "public.yml")]
REFERRED = {"pub-002", "pub-004", "aut-004", "aut-013", "aut-026", "aut-055"}
"""Red and Amber, and the Green whose family would like help; the others are decided without a referral."""
REASON = "Talked through with the DSL; we look again in two weeks."
DECIDED = {"green": "early_help", "none": "school_support"}
ADVICE = frozenset({"suggested", "categories", "referrer"})
"""What the pack and the school's record say; the rest of a referral comes from the conversation."""
SYSTEM = frozenset({"reference", "submitted_at", "authority", "source", "gaps"})

pytestmark = pytest.mark.slow


@pytest.fixture
def site(sqlite_store: Store, tmp_path: Path) -> Iterator[Site]:
    yield make_site(sqlite_store, tmp_path)


@pytest.fixture
def program(site: Site) -> Browser:
    return site.program()


@pytest.fixture
def talk(site: Site, program: Browser) -> Callable[[Vignette], Ending]:
    pack = site.services.packs.in_force("wolverhampton", site.clock().date())
    screen = {line: list(option.categories) for line, option in pack.screen.options.items()}
    return lambda case: converse(program, case, screen)


def test_every_case_has_an_ending() -> None:
    cases = vignettes(Path(__file__).parent / "public.yml")
    assert len(cases) == 12
    assert {case.id for case in cases} > REFERRED


@pytest.mark.parametrize("case", [one for one in CASES if one.id in REFERRED])
def test_a_case_for_mash_is_sent_with_what_was_said_and_nothing_else(
    case: Vignette, site: Site, program: Browser, talk: Callable[[Vignette], Ending]
) -> None:
    reply = talk(case).reply
    base = f"/api/v1/concerns/{reply['id']}"
    if reply["route"] == "green":
        assert program.post(f"{base}/referral").status_code == 409  # without consent nothing is sent
        assert program.patch(f"{base}/draft", json={"consent": {"support": "given"}}).status_code == 200
    call = {"answered_by": "Duty worker", "outcome": "spoke"} if reply["route"] == "red" else None
    sent = program.post(f"{base}/referral", json={"call": call} if call else {})
    assert sent.status_code == 201, sent.text
    reference = sent.json()["reference"]
    document = site.services.concerns.referral_document(site.people["Sam Okafor"], reference)
    Referral.model_validate(document)
    assert case.facts in document["concern"]["what_happened"]
    assert document["suggested"]["band"] == reply["route"]
    assert _invented(document, case, reply) == []
    pdf, words = _files(site, f"/referrals/{reference}/referral")
    _is_tagged(pdf, f"Referral to MASH {reference}")
    assert [line for line in words.headings if line in TITLES] == _sections(document)
    assert case.facts in words.text
    for met in reply["assessment"]["met"]:
        assert met["because"] in words.text
    unknown = {label for label, value in words.facts if value == "Not known"}
    unknown |= {text.removesuffix(": not known.") for _, text in words.lines if text.endswith(": not known.")}
    assert {_label(gap) for gap in document["gaps"]} <= unknown
    assert f"{len(document['gaps'])} answers were not known" in words.text


@pytest.mark.parametrize("case", [one for one in CASES if one.id not in REFERRED])
def test_any_other_case_ends_in_a_record_of_who_decided_what_and_why(
    case: Vignette, site: Site, program: Browser, talk: Callable[[Vignette], Ending]
) -> None:
    reply = talk(case).reply
    decision = DECIDED[reply["route"]]
    base = f"/api/v1/concerns/{reply['id']}"
    answer = program.post(f"{base}/decision", json={"decision": decision, "reason": REASON})
    assert answer.status_code == 201, answer.text
    pdf, words = _files(site, f"/concerns/{reply['id']}/record")
    _is_tagged(pdf, "Record of a decision about a concern")
    facts = dict(words.facts)
    assert facts["Decision"] == DECISIONS[decision]
    assert (facts["Why"], facts["Decided by"]) == (REASON, "Sam Okafor")
    assert facts["Advised band"] == facts["Highest band in the conversation"] == reply["route"].capitalize()
    assert facts["To be looked at again"] == "4 December 2026, 09:30"
    assert facts["Thresholds used"] == "wolverhampton 2026.1 (illustrative)"
    assert case.facts in words.text
    for said in reply["answers"]:
        assert (said["ask"], said["label"]) in words.facts
    met, not_met = (words.under(name) for name in ("Criteria that are met", NOT_MET))
    assert [line.partition(" (")[0] for line in met] == [one["because"] for one in reply["assessment"]["met"]]
    assert not_met
    assert not set(not_met) & {one["because"] for one in reply["assessment"]["met"]}
    for duty in reply["duties"]:
        assert facts[duty["title"]] == "Not ticked off yet"


TITLES = [title_of(section) for section in SECTIONS]
NOT_MET = "Criteria of these worries that are not met"


class _Words:
    """What a DOCX says: the PDF is set from the same page."""

    def __init__(self, content: bytes) -> None:
        document = docx.Document(io.BytesIO(content))
        self.lines = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
        self.headings = [text for style, text in self.lines if style == "Heading 1"]
        self.facts = [
            (row.cells[0].text, row.cells[1].text) for table in document.tables for row in table.rows
        ]
        self.text = "\n".join([text for _, text in self.lines] + [cell for row in self.facts for cell in row])

    def under(self, heading: str) -> list[str]:
        """The bullets below a heading."""
        start = self.lines.index(("Heading 1", heading)) + 1
        below = self.lines[start:]
        end = next((place for place, (style, _) in enumerate(below) if style == "Heading 1"), len(below))
        return [text for style, text in below[:end] if style == "List Bullet"]


def _files(site: Site, path: str) -> tuple[bytes, _Words]:
    browser = site.browser("Sam Okafor")
    pdf, word = browser.get(f"{path}.pdf"), browser.get(f"{path}.docx")
    assert (pdf.status_code, word.status_code) == (200, 200)
    return pdf.content, _Words(word.content)


def _is_tagged(pdf: bytes, title: str) -> None:
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid", b"/DisplayDocTitle true"):
        assert mark in pdf
    assert title.encode() in pdf
    assert len(re.findall(rb"/S\s*/H1\b", pdf)) + len(re.findall(rb"/S\s*/H2\b", pdf)) > 3
    assert re.search(rb"/S\s*/TH\b", pdf)


def _sections(document: Mapping[str, Any]) -> list[str]:
    """The sections that the referral has something for, or a gap in, in the order of the form."""
    found = []
    for section in SECTIONS:
        starts = tuple(field.path for field in section.fields)
        gaps = [re.sub(r"\.\d+(?=\.|$)", "", gap) for gap in document["gaps"]]
        if any(_there(document, path) for path in starts) or any(gap.startswith(starts) for gap in gaps):
            found.append(title_of(section))
    return found


def _there(document: Any, path: str) -> bool:
    for part in path.split("."):
        document = document.get(part) if isinstance(document, Mapping) else None
    return document not in (None, [], "")


def _label(gap: str) -> str:
    numbered = re.fullmatch(r"([a-z_.]+)\.\d+\.(.+)", gap)
    if numbered is None:
        return label_of(FIELDS[gap])
    of_list = FIELDS[numbered[1]]
    [field] = [one for one in of_list.fields if one.path == numbered[2]]
    return label_of(field, of_list.path)


def _invented(document: Mapping[str, Any], case: Vignette, reply: Mapping[str, Any]) -> list[str]:
    """Values that nobody said: in no words of the case, no answer's label, and no option of the form."""
    answers = [str(label) for one in reply["answers"] for label in str(one["label"]).split("; ")]
    known = [case.facts, *answers, "Duty worker", "MASH", "spoke"]
    when = document["concern"].get("occurred_when", "")
    known += (
        [when]
        if all(_plain(one) in _plain(case.facts) for one in re.split(r" \(.*?\)(?:; |$)|; ", when))
        else []
    )
    options = {option for field in _all_fields() for option, _ in field.options} | {"c1"}
    said = (
        value
        for key, part in document.items()
        if key not in ADVICE | SYSTEM
        for value in _leaves(part)
        if value not in options and not re.fullmatch(r"[\d\-T:.Z+]+", value)
    )
    return [
        value
        for value in said
        if not all(any(_plain(one) in _plain(words) for words in known) for one in _parts(value))
        and not _told(value, case)
    ]


def _parts(value: str) -> list[str]:
    """Words of the account, and in brackets the answer beside which they stand: “Year 2 (5 or 6)”."""
    both = re.fullmatch(r"(.+) \(([^()]+)\)", value)
    return list(both.groups()) if both else [value]


def _told(value: str, case: Vignette) -> bool:
    """The account as it was given, under a line that says by whom and when."""
    line = value.removesuffix(case.facts)
    return re.fullmatch(r"\[Told by Sam Okafor via the assistant, [^\]]+\]\n", line) is not None


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _leaves(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for value in part.values():
            yield from _leaves(value)
    elif isinstance(part, list):
        for value in part:
            yield from _leaves(value)
    elif part is not None:
        yield str(part)


def _all_fields() -> Iterator[Field]:
    for field in FIELDS.values():
        yield field
        yield from field.fields
