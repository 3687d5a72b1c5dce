"""The registry: one training at a time, promotion and the way back, and what is never promoted."""

from __future__ import annotations

import pytest

from bot.officers import Places, Promoting, Trainer, Wrong
from bot.officers.training import digest, note_base
from bot.store import Store, audit, models
from bot.store.models import SILENT_FOR, TrainingRuns
from tests.concerns.conftest import Clock
from tests.officers.conftest import Authority

GOOD = {"danger_lost": 0, "mended": 1, "lost": 0, "old": {}, "new": {}, "intents": []}


@pytest.fixture
def promoting(store: Store, clock: Clock, places: Places) -> Promoting:
    places.base.mkdir()
    (places.base / "parser-base.tar.gz").write_bytes(b"the base")
    return Promoting(store, clock, places)


def candidate(
    store: Store, places: Places, clock: Clock, name: str = "officers-1.tar.gz", **more: int
) -> str:
    """A model that was trained and compared."""
    (places.models / name).write_bytes(name.encode())
    with store.write() as session:
        model = models.begin_training(session, name, by="jo", at=clock(), examples=1)
        models.complete(
            session,
            model,
            digest=digest(places.models / name),
            compared_with="parser-base.tar.gz",
            figures=GOOD | more,
            at=clock(),
        )
        return model.id


def test_the_first_model_is_the_one_that_set_up_trained(promoting: Promoting, authority: Authority) -> None:
    (base,), taught = promoting.registry(authority.officer)
    assert (base.name, base.state, base.by, taught) == ("parser-base.tar.gz", "in_use", "Set-up", 0)


def test_promote_then_go_back(
    promoting: Promoting, authority: Authority, store: Store, places: Places, clock: Clock
) -> None:
    (base,), _ = promoting.registry(authority.officer)
    new = candidate(store, places, clock)
    assert promoting.promote(authority.officer, new) is False  # no parser runs: it starts with it
    assert places.promoted.resolve().name == "officers-1.tar.gz"
    assert {one.id: one.state for one in promoting.registry(authority.officer)[0]} == {
        base.id: "retired",
        new: "in_use",
    }
    clock.pass_by(minutes=1)
    promoting.promote(authority.second, base.id)
    assert places.promoted.resolve().read_bytes() == b"the base"
    with store.read() as session:
        used = models.in_use(session)
        assert used is not None
        assert used.id == base.id
        trail = audit.audit_of(session, authority.officer.organisation_id)
    assert [one.action for one in trail] == ["model.promoted", "model.promoted"]


def test_a_model_that_misses_a_danger_is_refused(
    promoting: Promoting, authority: Authority, store: Store, places: Places, clock: Clock
) -> None:
    promoting.registry(authority.officer)
    new = candidate(store, places, clock, danger_lost=1)
    with pytest.raises(Wrong, match="misses an immediate danger"):
        promoting.promote(authority.officer, new)
    assert not places.promoted.exists()


def test_a_file_that_is_not_the_measured_one_is_refused(
    promoting: Promoting, authority: Authority, store: Store, places: Places, clock: Clock
) -> None:
    promoting.registry(authority.officer)
    new = candidate(store, places, clock)
    (places.models / "officers-1.tar.gz").write_bytes(b"another")
    with pytest.raises(Wrong, match="not the one that was measured"):
        promoting.promote(authority.officer, new)


def test_keep_the_old_removes_the_candidate(
    promoting: Promoting, authority: Authority, store: Store, places: Places, clock: Clock
) -> None:
    promoting.registry(authority.officer)
    new = candidate(store, places, clock)
    promoting.keep_old(authority.officer, new)
    assert promoting.one(authority.officer, new).state == "set_aside"
    assert not (places.models / "officers-1.tar.gz").exists()
    with pytest.raises(Wrong):
        promoting.promote(authority.officer, new)


def test_one_training_at_a_time_and_a_dead_one_makes_room(store: Store, clock: Clock) -> None:
    with store.write() as session:
        first = models.begin_training(session, "a.tar.gz", by="jo", at=clock(), examples=1).id
    with store.write() as session, pytest.raises(TrainingRuns):
        models.begin_training(session, "b.tar.gz", by="jo", at=clock(), examples=1)
    clock.now += SILENT_FOR * 2
    with store.write() as session:
        models.begin_training(session, "c.tar.gz", by="jo", at=clock(), examples=1)
        assert models.get_model(session, first).failed_because


def test_without_a_checked_message_there_is_nothing_to_train(
    store: Store, clock: Clock, places: Places, authority: Authority
) -> None:
    with pytest.raises(Wrong, match="No checked message"):
        Trainer(store, clock, places).begin(authority.officer)


def test_a_newer_base_takes_over_until_an_officer_promoted_one(
    promoting: Promoting, authority: Authority, store: Store, places: Places, clock: Clock
) -> None:
    promoting.registry(authority.officer)
    (places.base / "parser-newer.tar.gz").write_bytes(b"newer")
    with store.write() as session:
        used = note_base(session, places, clock())
        assert used is not None
        assert used.name == "parser-newer.tar.gz"
    promoting.promote(authority.officer, candidate(store, places, clock))
    (places.base / "parser-newest.tar.gz").write_bytes(b"newest")
    with store.write() as session:
        used = note_base(session, places, clock())
        assert used is not None
        assert used.name == "officers-1.tar.gz"
