"""A chronology as a DSL pastes it: dates in every manner, read one by one, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals.chronology import confirmed, events_of

PASTED = """Chronology for the meeting
12/03/2026: Came in with a bruise on his cheek. Said he fell at 9.15am.
Mon 14th March 2026 - late again, no coat
- 20.03.26 Mum rang, said he was ill.
It was the third time.
3 April: not in.
2026-04-09 – Dad collected, smelled of drink
May 2026: two more days off
1. 6/5 hungry, asked for seconds
"""


def test_every_way_of_writing_a_date_begins_an_event() -> None:
    events = events_of(PASTED)
    assert [event.written for event in events] == [
        "12/03/2026",
        "Mon 14th March 2026",
        "20.03.26",
        "3 April",
        "2026-04-09",
        "May 2026",
        "6/5",
    ]
    assert [event.day for event in events] == [
        date(2026, 3, 12),
        date(2026, 3, 14),
        date(2026, 3, 20),
        None,
        date(2026, 4, 9),
        date(2026, 5, 1),
        None,
    ]


def test_an_event_keeps_its_own_words_over_several_lines() -> None:
    assert events_of(PASTED)[2].words == "Mum rang, said he was ill.\nIt was the third time."


def test_a_time_or_a_sum_is_no_date() -> None:
    assert events_of("9.15am late\n10.30 gone\n11.45 back\n") == ()
    assert events_of("3 boys fought\n5 marched off\n6 decided\n7 junk\n8 others\n") == ()


ROUGH = """12/09/2025 - hungry, no coat
Early Nov - GP letter, missed two appointments
w/c 10 November 2025: mum in tears at the gate
Autumn term 2025 - attendance 84%
Jan: moved in with nan
"""


def test_a_date_that_is_not_to_the_day_begins_an_event_of_its_own() -> None:
    events = events_of(ROUGH)
    assert [event.written for event in events] == [
        "12/09/2025",
        "Early Nov",
        "w/c 10 November 2025",
        "Autumn term 2025",
        "Jan",
    ]
    assert events[1].words == "GP letter, missed two appointments"
    assert [event.day for event in events] == [date(2025, 9, 12), None, date(2025, 11, 10), None, None]


def test_an_event_without_a_whole_date_stays_behind_the_one_before_it() -> None:
    ids = {event.id for event in events_of(ROUGH)}
    assert [event.written for event in confirmed([ROUGH], ids)] == [
        event.written for event in events_of(ROUGH)
    ]


def test_a_rough_date_within_a_sentence_is_no_heading() -> None:
    text = (
        "12/03/2026 he cried\n13/03/2026 seen by us. In early May he hid\n14/03/2026 late March he was fine"
    )
    assert [event.written for event in events_of(text)] == ["12/03/2026", "13/03/2026", "14/03/2026"]


def test_two_dates_are_a_story_and_no_chronology() -> None:
    assert events_of("On 3 March 2026 he cried. On 5 March 2026 he cried again.") == ()


def test_a_date_that_is_none_stays_as_it_is_written() -> None:
    events = events_of("31/02/2026 a\n30/02/2026 b\n12/03/2026 c")
    assert [event.day for event in events] == [None, None, date(2026, 3, 12)]


def test_prose_with_a_date_at_each_sentence_is_read_too() -> None:
    text = "On 3 March 2026 he cried. On 5 March 2026 he hid. On 9 March 2026 he said he was scared."
    assert [event.words for event in events_of(text)] == ["he cried.", "he hid.", "he said he was scared."]


def test_only_what_was_confirmed_is_taken_oldest_first_and_once() -> None:
    events = events_of(PASTED)
    wanted = {events[4].id, events[0].id}
    assert [event.day for event in confirmed([PASTED, PASTED], wanted)] == [
        date(2026, 3, 12),
        date(2026, 4, 9),
    ]


@pytest.mark.parametrize("bad", ["", "\n\n", "12/03/2026", "12/03/2026\n13/03/2026\n14/03/2026"])
def test_dates_without_words_are_no_events(bad: str) -> None:
    assert events_of(bad) == ()


@given(st.text(alphabet="0123456789/.- \nMarch:onOn", max_size=300))
def test_any_text_can_be_looked_at_and_no_word_is_made_up(text: str) -> None:
    for event in events_of(text):
        assert event.words in text
        assert event.label
