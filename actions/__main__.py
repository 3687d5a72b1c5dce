"""``python -m actions``: the action server of Rasa's own door, on loopback."""

from __future__ import annotations

import os
import sys

from actions.concern import ActionConcern
from actions.door import Door
from bot.app import build, now
from bot.concerns import Actor
from bot.settings import Settings
from bot.store import tokens

os.environ.setdefault("SANIC_HOST", "127.0.0.1")


def door(settings: Settings) -> Door:
    """The door wired to this installation's concerns and tokens."""
    app = build(settings)

    def who(token: str) -> tuple[Actor, str] | None:
        with app.store.read() as session:
            found = tokens.token_for(session, token, now(), purpose="rasa")
            return (found.person, found.concern_id) if found is not None and found.concern_id else None

    return Door(app.concerns, who)


def main() -> int:
    """Serve the one action until stopped."""
    from rasa_sdk.endpoint import create_app
    from rasa_sdk.executor import ActionExecutor

    settings = Settings()
    executor = ActionExecutor()
    executor.register_action(ActionConcern(door(settings)))
    app = create_app(executor)
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
