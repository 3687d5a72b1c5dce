"""Ctrl-C in the middle of a step of the database's driver is still Ctrl-C."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import ProgrammingError

from bot.store import Store


def test_what_the_driver_stumbles_over_after_ctrl_c_is_told_as_ctrl_c(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.read():
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            stumbled = Exception("autocommit cannot be changed in the middle of a statement")
            raise ProgrammingError("SELECT 1", {}, stumbled)  # noqa: B904 - as the driver does it


def test_a_wrong_statement_is_no_ctrl_c(store: Store) -> None:
    with pytest.raises(ProgrammingError), store.read():
        raise ProgrammingError("SELEC 1", {}, Exception("syntax error"))
