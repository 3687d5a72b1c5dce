"""Where the children of a concern live: which packs judge them, found on the shelf."""

from __future__ import annotations

from datetime import date

from bot.concerns.errors import NotNow
from bot.concerns.shelf import PackShelf
from bot.dialogue.history import State
from bot.dialogue.homes import Home, Homes, Kept, authority_name, choosable, kept_home, lives_elsewhere
from bot.thresholds import Pack, PackError


def homes_of(shelf: PackShelf, own: Pack, state: State, on: date) -> Homes:
    """Where each child lives; nobody else's pack is looked at while every child lives here."""
    away = [child for child in state.children or ("",) if lives_elsewhere(state.answers, child)]
    if not away:
        return Homes(own)
    base = shelf.base_of(own)
    return Homes(
        own,
        choosable(shelf.all_in_force(on), own),
        {child: _home(shelf, base, kept_home(state, child)) for child in away},
    )


def _home(shelf: PackShelf, base: Pack, kept: Kept | None) -> Home:
    if kept is None:
        return Home(base, "", elsewhere=True, published=False, asked=False)
    pack = _pinned(shelf, kept)
    if pack is None:
        return Home(base, kept.name, elsewhere=True, published=False)
    return Home(pack, authority_name(pack), elsewhere=True)


def _pinned(shelf: PackShelf, kept: Kept) -> Pack | None:
    """The pack that was chosen. Where a neighbour's file was changed or taken away since, the base stands
    in: this school's concern must stay open to its staff.
    """
    if kept.pack is None:
        return None
    try:
        return shelf.pinned(*kept.pack)
    except (NotNow, PackError):
        return None
