"""Where the loop finds and leaves things. What officers' examples touch stays in the state folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders of one installation."""

    root: Path
    """The project: training data, held-out data, Rasa's configuration."""
    state: Path
    base: Path
    """Folder of the models that set-up trains."""
    parser: str
    """Address of the running parser."""
    promoted: Path
    """Points at the model that the parser is started with; absent until an officer promoted one."""

    @property
    def learned(self) -> Path:
        """What every model learns from."""
        return self.root / "data" / "nlu"

    @property
    def held_out(self) -> tuple[Path, ...]:
        """What no model may learn from: messages, and the immediate-danger set."""
        folder = self.root / "data" / "evaluation"
        return folder / "utterances.yml", folder / "danger.yml"

    @property
    def models(self) -> Path:
        """Folder of the models that officers trained, and of the base that they were compared with."""
        return self.state / "models"

    @property
    def private(self) -> Path:
        """Folder of the examples of a training, in clear while it runs and removed afterwards."""
        return self.state / "training"
