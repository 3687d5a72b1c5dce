"""What must hold for any answers to any pack: the small one, and every pack of this repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.thresholds import Answers, Pack, PackError, assess, load_pack, next_question
from bot.thresholds.walks import more_worrying, random_answer

ROOT = Path(__file__).resolve().parents[2] / "data" / "thresholds"
NAMES = sorted(path.name for path in ROOT.iterdir() if path.is_dir())
EACH = pytest.mark.parametrize("name", NAMES)
SEEDS = st.integers(min_value=0, max_value=2**32)
SOME = settings(max_examples=40, deadline=None)
PARENTS = ("tell", "ask_first", "do_not_tell")


@cache
def loaded(name: str) -> Pack:
    try:
        return load_pack(name, root=ROOT)
    except PackError as error:
        pytest.skip(f"the pack does not load; tests/packs says why: {error.what}")


def concern(pack: Pack, random: Random, *, steps: int | None = None) -> Answers:
    """Answers as an interview gathers them, cut off after some steps."""
    answers = Answers()
    for _ in range(steps if steps is not None else random.randint(0, 14)):
        ask = next_question(pack, answers)
        if ask is None:
            break
        answers = answers.with_answer(
            ask.question, random_answer(pack.question(ask.question), random), ask.child
        )
    return answers


@EACH
@SOME
@given(seed=SEEDS)
def test_a_more_worrying_answer_never_lowers_the_advice(name: str, seed: int) -> None:
    pack, random = loaded(name), Random(seed)
    answers = concern(pack, random)
    before = assess(pack, answers)
    for (child, id), value in answers.given.items():
        if id == "screen" or id.startswith("which_"):
            continue
        worse = more_worrying(pack.question(id), value, random)
        if worse is None:
            continue
        after = assess(pack, answers.with_answer(id, worse, child))
        if before.certain is not None:
            assert after.certain is not None
            assert after.certain.rank >= before.certain.rank, id
        assert {due.duty for due in before.duties} <= {due.duty for due in after.duties}, id
        if before.parents.advice == "do_not_tell":
            assert after.parents.advice == "do_not_tell", id


@EACH
@SOME
@given(seed=SEEDS)
def test_answering_only_narrows(name: str, seed: int) -> None:
    """Each answer to an open question keeps what was certain, unless a protective factor lowered an Amber."""
    pack, random = loaded(name), Random(seed)
    answers = Answers()
    before = assess(pack, answers)
    while (ask := next_question(pack, answers)) is not None:
        answers = answers.with_answer(
            ask.question, random_answer(pack.question(ask.question), random), ask.child
        )
        now = assess(pack, answers)
        assert now.possible.rank <= before.possible.rank
        assert now.certain is None or now.certain.rank <= now.possible.rank
        assert {one.duty for one in before.duties} <= {one.duty for one in now.duties}
        if before.certain is not None and before.certain.value == "red":
            assert now.certain is before.certain
        before = now
    assert before.route is not None


@EACH
@SOME
@given(seed=SEEDS)
def test_unknown_never_closes_anything(name: str, seed: int) -> None:
    """Taking an answer back to "not sure" leaves open whatever could have been."""
    pack, random = loaded(name), Random(seed)
    answers = concern(pack, random)
    before = assess(pack, answers)
    for child, id in answers.given:
        if (
            id == "categories"
        ):  # taking a tick back after the screen said "none of these" rules the category out
            continue
        unsure = assess(pack, answers.with_answer(id, random.choice(["not_sure", "not_known"]), child))
        assert unsure.possible.rank >= before.possible.rank
        if unsure.route in ("green", "none"):
            assert before.route == unsure.route


@EACH
@SOME
@given(seed=SEEDS)
def test_suggestions_only_raise(name: str, seed: int) -> None:
    pack, random = loaded(name), Random(seed)
    answers = concern(pack, random)
    plain = assess(pack, answers)
    suggesting = answers
    for id in random.sample(sorted(pack.questions), 6):
        suggesting = suggesting.with_suggestion(id, random_answer(pack.question(id), random))
    found = assess(pack, suggesting)
    assert (found.certain, found.possible, found.route, found.open) == (
        plain.certain,
        plain.possible,
        plain.route,
        plain.open,
    )
    assert {due.duty for due in plain.duties} <= {due.duty for due in found.duties}
    if plain.certain is not None:
        assert found.likely is not None
        assert found.likely.rank >= plain.certain.rank
    assert next_question(pack, suggesting) == next_question(pack, answers)


@EACH
@SOME
@given(seed=SEEDS)
def test_the_order_of_answers_does_not_matter(name: str, seed: int) -> None:
    pack, random = loaded(name), Random(seed)
    answers = concern(pack, random)
    items = list(answers.given.items())
    random.shuffle(items)
    assert assess(pack, Answers(dict(items))) == assess(pack, answers)


@EACH
@SOME
@given(seed=SEEDS)
def test_every_interview_ends_and_asks_nothing_twice(name: str, seed: int) -> None:
    pack, random = loaded(name), Random(seed)
    answers = Answers().with_children(["c1", "c2"] if random.random() < 0.3 else [])
    asked = set()
    while (ask := next_question(pack, answers)) is not None:
        assert (ask.child, ask.question) not in asked
        asked.add((ask.child, ask.question))
        answers = answers.with_answer(
            ask.question, random_answer(pack.question(ask.question), random), ask.child
        )
    assert all(assess(pack, answers, child).route for child in answers.children or ("",))
