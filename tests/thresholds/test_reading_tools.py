"""Paths, differences, the printed document, the assessment of a file: what people read and programs call."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.packs_cli import main
from bot.thresholds import Pack, load_pack
from bot.thresholds.differences import differences
from bot.thresholds.document import threshold_document
from bot.thresholds.wording import read_aloud, ways
from tests.thresholds.small import SMALL, small_pack, write_pack


def test_every_way_is_read_aloud(pack: Pack) -> None:
    told = read_aloud(pack, "harm")
    assert "RED, level 4: The account does not explain the injury." in told
    assert "RED instead, if: Does the child go home to that person? — “Yes”" in told
    assert "ABSENCE" not in told
    assert len(ways(pack, pack.criteria["two_signs"].when)) == 3


def test_differences_come_with_answers(pack: Pack, tmp_path: Path) -> None:
    changed = SMALL.replace("when: {days: half}, because", "when: {days: [tenth, half]}, because").replace(
        "when: {days: half}\n", "when: {days: [tenth, half]}\n"
    )
    new = load_pack(write_pack(tmp_path, changed), root=tmp_path)
    told = differences(pack, new)
    assert "Criterion `half_missed` changes" in told
    assert re.search(r"was green .*becomes amber", told)
    assert "days: tenth" in told
    assert differences(pack, pack).endswith("Nothing changes but the layout.")


class Outline(HTMLParser):
    """Headings, ids and links of a page; refuses tags that are left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(named["id"] or "")
        if tag == "a":
            self.links.append(named.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("script", "style") or "style" in named:
            self.bad.append(tag)
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_document_is_sound_html(pack: Pack) -> None:
    page = threshold_document(pack)
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.bad == []
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    assert outline.headings[0] == 1
    assert all(
        after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False)
    )
    assert '<html lang="en-GB">' in page
    assert "Illustrative only" in page
    assert "well-known content of the cited document" in page


def test_words_of_a_pack_cannot_become_markup(tmp_path: Path) -> None:
    text = SMALL.replace("because: A baby is hurt.", "because: <script>alert(1)</script>")
    page = threshold_document(load_pack(write_pack(tmp_path, text), root=tmp_path))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_assess_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_pack(tmp_path)
    file = tmp_path / "answers.json"
    given = {"answers": {"danger_now": "no", "categories": ["harm"]}, "children": {"c1": {"injury": "seen"}}}
    file.write_text(json.dumps({**given, "suggestions": {"age": "baby"}}), encoding="utf-8")
    assert main(["assess", "small", str(file), "--root", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["assessments"][0]["child"] == "c1"
    assert found["assessments"][0]["likely"] == "red"
    assert found["assessments"][0]["band"] is None
    assert found["next"]["child"] == "c1"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"injury": "Sofia"}', '{"nothing": "x"}', '{"signs": {"a": 1}}', '{"injury": null}'],
)
def test_bad_answers_are_said_without_repeating_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    small_pack(tmp_path)
    file = tmp_path / "answers.json"
    file.write_text(text, encoding="utf-8")
    assert main(["assess", "small", str(file), "--root", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told
    assert "Sofia" not in told
    assert "Traceback" not in told
