"""What every part of a document shares: immutable, unknown fields refused, lengths bounded."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(max_length=1_000)]
Text = Annotated[str, StringConstraints(max_length=50_000)]
Code = Annotated[str, StringConstraints(max_length=100)]


class Part(BaseModel):
    """A part of a document of the contract."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """A part of an answer. Within a version fields are added, so a reader ignores what it does not know."""

    model_config = ConfigDict(frozen=True)
