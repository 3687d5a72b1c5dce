"""An assessment as plain data, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.thresholds.outcome import Assessment


def assessment_as_data(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as dictionaries, lists, text and numbers; ``band`` repeats ``certain``."""
    data = asdict(assessment)
    data["band"] = data["certain"]
    return data
