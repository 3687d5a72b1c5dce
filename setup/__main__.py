"""``python3 -m setup GOAL``: bring this checkout to where GOAL can run. The Makefile calls it."""

import sys
from typing import Callable, Dict, List

from . import assets, environments, locks, state
from .steps import SetupError, one_at_a_time


def _to_run() -> None:
    environments.application()
    assets.ready()
    environments.parser()


def _to_test() -> None:
    environments.application()
    assets.ready(with_tests=True)
    environments.parser()


GOALS: Dict[str, Callable[[], object]] = {
    "app": environments.application,
    "parser": environments.parser,
    "run": _to_run,
    "test": _to_test,
    "lock": locks.compile_all,
    "upgrade": lambda: locks.compile_all(upgrade=True),
    "clean-state": state.clean,
}


def main(arguments: List[str]) -> int:
    """Reach the goal; on failure say why and how to mend it, without a stack trace."""
    if len(arguments) != 1 or arguments[0] not in GOALS:
        print("usage: python3 -m setup " + "|".join(GOALS), file=sys.stderr)
        return 2
    try:
        with one_at_a_time():
            GOALS[arguments[0]]()
    except SetupError as fault:
        print("Set-up stopped.\n{}".format(fault), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up was interrupted; start it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
