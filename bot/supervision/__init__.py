"""Starting every process as one foreground program, keeping it alive, and stopping it again."""

from bot.supervision.running import run_everything

__all__ = ["run_everything"]
