"""To whom a concern is referred: its children by authority, and the concern as far as it is each one's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.concerns.record import Standing
from bot.dialogue.homes import Home

NOT_SAID = "Not said which child of the concern"


@dataclass(frozen=True)
class Recipient:
    """One authority and the children of the concern who live under it. ``name``: empty while not known."""

    home: Home
    children: tuple[str, ...]

    @property
    def by_hand(self) -> bool:
        """Whether staff ring and send it themselves: there is a link to the school's own authority only."""
        return self.home.elsewhere

    @property
    def name(self) -> str:
        """The authority, in words also where it is not known."""
        return self.home.name or "the council where the child lives"

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept with a referral by hand about whom it is for."""
        pack = self.home.pack
        return {"name": self.name, "says": self.home.says, "pack": [pack.name, pack.version, pack.digest]}


def recipients(now: Standing) -> list[Recipient]:
    """One for each authority, the school's own first."""
    found: dict[tuple[bool, str], list[str]] = {}
    homes: dict[tuple[bool, str], Home] = {}
    for child in (one.child for one in now.assessments):
        home = now.homes.of(child)
        key = (home.elsewhere, home.name.casefold())
        found.setdefault(key, []).append(child)
        homes.setdefault(key, home)
    return [Recipient(homes[key], tuple(found[key])) for key in sorted(found, key=lambda one: one[0])]


def part_for(now: Standing, to: Recipient) -> Standing:
    """The concern as far as it is about the children under one authority, judged by that one's pack."""
    labels = tuple(child for child in to.children if child)
    return replace(
        now,
        pack=to.home.pack,
        state=replace(now.state, answers=now.state.answers.with_children(labels), children=labels),
        assessments=tuple(one for one in now.assessments if one.child in to.children),
    )


def draft_for(draft: dict[str, Any], to: Recipient, everybody: Sequence[Recipient]) -> dict[str, Any]:
    """The draft without the children who are referred elsewhere.

    What staff wrote about all of them stays: each authority must know what happened. A child that was only
    typed into the referral goes to the first authority. An injury names its child, or says that it does not.
    """
    if len(everybody) < 2:
        return draft
    others = {child for one in everybody if one is not to for child in one.children}
    known = {child for one in everybody for child in one.children}
    first = to is everybody[0]
    kept = dict(draft)
    kept["children"] = [
        item
        for item in draft.get("children") or []
        if item.get("id") not in others and (first or item.get("id") in known)
    ]
    if kept.get("injuries"):
        kept["injuries"] = [{**one, "child": one.get("child") or NOT_SAID} for one in kept["injuries"]]
    return kept
