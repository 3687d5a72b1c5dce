"""How a message is made ready: nothing of a long one is left out; a name tells nothing of what it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.parser.examples import Example, of_acts, of_categories
from bot.parser.wording import PART_WORDS, WHOLE_WORDS, parts, plain

SENTENCES = st.lists(
    st.sampled_from(["He was late.", "She cried", "no lunch again;", "dad shouts"]), max_size=120
)


def test_a_name_that_was_taken_out_tells_nothing() -> None:
    assert plain("[NAME] isn’t in").split() == ["isn't", "in"]


@given(SENTENCES)
def test_every_word_of_a_long_message_stands_in_a_part(sentences: list[str]) -> None:
    text = " ".join(sentences)
    read = parts(text)
    assert set(text.split()) <= {word for part in read for word in part.split()} | {""}
    if len(text.split()) > WHOLE_WORDS:
        assert all(len(part.split()) <= PART_WORDS for part in read)


def test_what_was_written_for_danger_alone_does_not_drown_the_acts() -> None:
    examples = [
        Example("he has a knife", "immediate_danger", danger="true"),
        Example("yes", "affirm"),
        Example("a bruise", "concern/physical_harm"),
    ]
    assert dict(of_acts(examples, 5)) == {"yes": "affirm", "a bruise": "tell"}
    assert [one.category for one in of_categories(examples)] == ["physical_harm"]
