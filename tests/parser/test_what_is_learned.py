"""Messages are counted as scikit-learn does; what an officer mended weighs more than what was authored."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parser.in_rasa import said_by

pytestmark = [pytest.mark.parser, pytest.mark.slow]


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return said_by("what_is_learned.py")


def test_messages_are_counted_as_scikit_learn_counts_them(said: dict[str, Any]) -> None:
    assert said["difference"] < 1e-6


def test_what_was_misread_and_mended_weighs_more_than_what_was_authored(said: dict[str, Any]) -> None:
    assert said["marked"] == [False, True]
    assert said["weights"]["acts"] == [1.0, 8.0, 1.0, 8.0]
    assert said["weights"]["categories"] == [1.0, 8.0, 1.0, 8.0]


def test_a_danger_that_was_missed_weighs_more_and_no_other_label_quiets_one(said: dict[str, Any]) -> None:
    authored, labelled, act, labelled_act, cry, missed_cry = said["weights"]["danger"]
    assert (authored, act) == (labelled, labelled_act)
    assert missed_cry > cry


def test_what_a_message_tells_is_read_with_the_sentence_that_tells_it(said: dict[str, Any]) -> None:
    told = said["told"]
    assert told["told"] == [["about_child.social_worker", 1], ["neglect_signs.no_food", 0]]


def test_a_category_s_own_questions_are_read_where_the_message_may_be_about_it(said: dict[str, Any]) -> None:
    assert said["told"]["elsewhere"] == [["about_child.social_worker", 1]]
    assert said["told"]["of"] == [["neglect"], []]


def test_a_message_is_as_alike_as_can_be_to_itself_and_less_to_another(said: dict[str, Any]) -> None:
    alike = said["alike"]
    assert alike["itself"] == pytest.approx([1.0, 1.0], abs=0.05)
    assert alike["another"] < 0.5


def test_one_rare_message_is_heard_among_many_where_it_fits(said: dict[str, Any]) -> None:
    rare, common = said["alike"]["heard"]
    assert rare > common
    rare, common = said["alike"]["of_late"]
    assert common > 0.95 > rare
    assert said["alike"]["sums"] == pytest.approx(1.0, abs=1e-5)


def test_what_an_officer_mended_is_heard_louder_by_its_neighbours(said: dict[str, Any]) -> None:
    assert said["alike"]["mended"][0] > said["alike"]["heard"][0]
