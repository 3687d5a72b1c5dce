"""Tokens and sign-ins: kept as hashes, and worth nothing once expired, revoked or left."""

from datetime import timedelta

from bot.store import Person, Store
from bot.store.concerns import get_concern
from bot.store.sign_ins import end_sign_in, seen, sign_in_for, start_sign_in
from bot.store.tokens import mint_token, revoke_token, tie_token, token_for
from tests.databases import NOW
from tests.store.schools import add_case, add_school

HOUR = timedelta(hours=1)


def test_a_token_lives_until_it_expires_or_is_revoked(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        token = mint_token(session, person_id=school.teacher.id, at=NOW, expires_at=NOW + HOUR)
    with store.write() as session:
        live = token_for(session, token, NOW)
        assert live is not None
        assert live.person.id == school.teacher.id
        assert token not in live.secret_hash
        assert token_for(session, token, NOW + HOUR) is None
        assert token_for(session, token, NOW, purpose="rasa") is None
        assert token_for(session, "guess", NOW) is None
        revoke_token(session, live.id, NOW)
        assert token_for(session, token, NOW) is None


def test_rasas_token_opens_one_concern(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        token = mint_token(session, person_id=school.teacher.id, at=NOW, purpose="rasa")
        concern = add_case(session, school.teacher)
    with store.read() as session:
        detached = token_for(session, token, NOW, purpose="rasa")
    with store.write() as session:
        assert detached is not None
        tie_token(session, detached, concern.id)
    with store.read() as session:
        tied = token_for(session, token, NOW, purpose="rasa")
        assert tied is not None
        assert get_concern(session, tied.concern_id or "").id == concern.id


def test_a_sign_in_lasts_while_it_is_used_and_ends_with_its_owner(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        cookie = start_sign_in(session, person_id=school.dsl.id, at=NOW, expires_at=NOW + HOUR)
        live = sign_in_for(session, cookie, NOW)
        assert live is not None
        seen(session, live.id, NOW + HOUR / 2, NOW + 2 * HOUR)
    with store.write() as session:
        assert sign_in_for(session, cookie, NOW + HOUR) is not None
        session.get_one(Person, school.dsl.id).left_at = NOW
    with store.write() as session:
        assert sign_in_for(session, cookie, NOW) is None
        session.get_one(Person, school.dsl.id).left_at = None
        end_sign_in(session, cookie, NOW)
    with store.read() as session:
        assert sign_in_for(session, cookie, NOW) is None
