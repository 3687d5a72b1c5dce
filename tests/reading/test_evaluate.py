"""Measuring: rows in any shape are counted once, figures come with their interval, no message is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.understanding import Ranked
from bot.reading.evaluate import (
    Figures,
    Row,
    _count,
    calibration_error,
    draw,
    main,
    report,
    rows_of,
    summary,
    wilson,
)
from bot.reading.redaction_score import redaction_report


def ranked(*names: str) -> list[Ranked]:
    return [Ranked(name, 1 / (i + 1)) for i, name in enumerate(names)]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ({"text": "a", "category": "neglect"}, Row("a", "neglect")),
        (
            {"text": "a", "category": "neglect", "also": "bullying"},
            Row("a", "neglect", None, frozenset({"bullying"})),
        ),
        (
            {"text": "a", "category": "neglect", "also": ["fgm", "cse"]},
            Row("a", "neglect", None, frozenset({"fgm", "cse"})),
        ),
        ({"text": "a", "intent": "concern/cse"}, Row("a", "cse")),
        ({"text": "a", "category": "affirm"}, Row("a", None, "affirm")),
        ({"text": "a", "act": "immediate_danger"}, Row("a", None, "immediate_danger", frozenset(), True)),
        ({"text": "a", "danger": False, "kind": "weapon"}, Row("a", None, None, frozenset(), False)),
    ],
)
def test_a_row_is_read_in_each_of_its_shapes(row: dict[str, object], read: Row) -> None:
    assert rows_of({"utterances": [row]}) == [read]
    assert rows_of([row]) == [read]


@pytest.mark.parametrize(
    "content", [None, [], {}, {"utterances": None}, ["text"], [{"text": ""}], {"other": [1]}, 7]
)
def test_odd_content_has_no_rows(content: object) -> None:
    assert rows_of(content) == []


def test_hits_count_what_is_also_right() -> None:
    figures = Figures()
    _count(
        Row("a", "neglect", None, frozenset({"cse"})), ranked("tell"), ranked("cse", "fgm"), False, figures
    )
    _count(Row("b", "neglect"), ranked("tell"), ranked("cse", "fgm", "neglect"), True, figures)
    _count(Row("c", None, "thank"), ranked("greet"), ranked("cse"), False, figures)
    counted = summary(figures)
    assert (counted["n_categories"], counted["top1"], counted["top3"]) == (2, 0.5, 1.0)
    assert (counted["n_acts"], counted["acts"], counted["danger_false_alarms"]) == (1, 0.0, 0.0)
    assert figures.confused == {("neglect", "cse"): 1, ("thank", "greet"): 1}
    assert "50.0 %" in "\n".join(report(figures))


def test_an_empty_measurement_has_no_figures() -> None:
    assert summary(Figures())["top1"] is None
    assert "no rows" in report(Figures())[0]


def test_the_interval_holds_the_share_and_stays_within_bounds() -> None:
    low, high = wilson(17, 17)
    assert 0.8 < low < 0.83 and high == 1.0


def test_being_as_sure_as_right_is_no_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.95, False)] * 4) == pytest.approx(0.95)


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    figures = Figures()
    _count(Row("a", "neglect"), ranked("tell"), ranked("cse"), False, figures)
    draw(figures.confused, tmp_path / "deep" / "picture.png")
    assert (tmp_path / "deep" / "picture.png").stat().st_size > 1000


def test_an_unreadable_file_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.yml")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main([]) == 2


def test_redaction_is_counted_by_kind_and_shows_no_sentence() -> None:
    lines = redaction_report(
        [
            {
                "text": "Aisha rang from 07700 900123",
                "known": ["Aisha"],
                "identifiers": [{"text": "Aisha", "kind": "name"}, {"text": "07700 900123", "kind": "phone"}],
            },
            {"text": "he was late", "identifiers": []},
        ]
    )
    shown = "\n".join(lines)
    assert "Aisha" not in shown and "07700" not in shown
    assert "phone (known names given)" in shown and "100.0 %" in shown
