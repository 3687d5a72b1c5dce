"""What one line of a chronology tells is heard beside the whole."""

from __future__ import annotations

from bot.dialogue.understanding import Ranked
from bot.reading.lines import lines_of, with_each
from bot.reading.parser import Parsed, Told

HIT = Told("injury_signs", "by_adult", 0.9, "said mum hit him", frozenset({"physical_harm"}))


def parsed(category: str, sure: float, *told: Told, danger: float = 0.0) -> Parsed:
    return Parsed((), (Ranked(category, sure),), danger, 0.05, 0.15, told, 0.7)


def test_a_line_that_tells_plainly_adds_its_category_and_its_facts() -> None:
    read = with_each(parsed("neglect", 0.8), [parsed("physical_harm", 0.9, HIT, danger=0.9), None])
    assert [one.name for one in read.categories] == ["neglect", "physical_harm"]
    assert read.told == (HIT,)
    assert read.danger == 0.0


def test_a_parser_that_went_away_is_not_asked_line_by_line() -> None:
    asked = iter([None, parsed("physical_harm", 0.9, HIT)])
    whole = parsed("neglect", 0.8)
    assert with_each(whole, asked) == whole
    assert next(asked, None) is not None


def test_a_doubtful_line_adds_nothing() -> None:
    whole = parsed("neglect", 0.8)
    assert with_each(whole, [parsed("physical_harm", 0.5, HIT)]) == whole


def test_lines_and_sentences_are_read_apart_and_a_single_one_is_not() -> None:
    assert lines_of("He came in hungry again today.") == []
    assert len(lines_of("He came in hungry. Yes. Says mum hit him with a shoe.")) == 2
    assert len(lines_of("Early Nov - no coat\nx\n17/11 - fell asleep in maths\nFriday - mum hit him")) == 3
