"""Which Early Intervention hub serves a postcode.

The districts are illustrative; an authority puts its own here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hub:
    """A hub and the postcode districts that it serves."""

    name: str
    districts: tuple[str, ...]


HUBS: dict[str, Hub] = {
    "central": Hub("Central hub (illustrative)", ("WV1", "WV2", "WV3")),
    "north": Hub("North hub (illustrative)", ("WV6", "WV8", "WV9", "WV10")),
    "east": Hub("East hub (illustrative)", ("WV11", "WV12", "WV13")),
    "south": Hub("South hub (illustrative)", ("WV4", "WV5", "WV14")),
}


def hub_of(postcode: str | None, hubs: Mapping[str, Hub] = HUBS) -> str | None:
    """The hub of a postcode, or None where the district is nobody's: then a person chooses."""
    plain = re.sub(r"\s+", "", postcode or "").upper()
    if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", plain):
        return None
    district = plain[:-3]
    return next((key for key, hub in hubs.items() if district in hub.districts), None)
