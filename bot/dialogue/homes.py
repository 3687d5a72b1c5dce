"""Where each child lives: by whose thresholds the child is assessed, and whom staff ring.

A child who lives under another authority is judged by that authority's pack where it is published here, else
by the national base. Which authority it is is asked last and never holds anything up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.dialogue.history import HOME, Effect, EffectKind, State
from bot.thresholds import NOT_KNOWN, NOT_SURE, AnswerError, Answers, Pack, Question, Value

ABOUT_CHILD, LIVES_ELSEWHERE = "about_child", "lives_elsewhere"
"""The packs' question, and its option, by which a child lives in another authority's area."""
OTHER = "other"
LONGEST_NAME = 120
ASK = "Which council's area does the child live in?"
FIND_OUT = (
    "You can find the council by the child's postcode on the GOV.UK page “Find your local council” "
    "(www.gov.uk/find-local-council). Do not wait for it: national guidance is used until you know."
)
WHY = f"The thresholds and the MASH of the council where the child lives count, not the school's. {FIND_OUT}"
WRITE_NAME = "Write the other council's name, or choose “I am not sure”. You may refer anyway."
OWN_AREA = (
    "That is the school's own council. If the child lives there, take back that the child lives in "
    "another council's area."
)
NOT_KNOWN_SAYS = (
    f"It is not known yet which council the child lives under. {FIND_OUT} "
    "If it cannot wait, ring the school's own MASH and ask whom to ring."
)
NO_PACK_SAYS = (
    "This service does not hold the thresholds of {name}, so national guidance is used. "
    "Ring that council's children's services; it decides."
)
JUDGED_BY = "The thresholds of {name} are used, since the child lives there."


@dataclass(frozen=True)
class Home:
    """Where one child lives. ``name`` is empty while it is not known; ``published``: its pack is at hand."""

    pack: Pack
    name: str
    elsewhere: bool = False
    published: bool = True
    asked: bool = True

    @property
    def says(self) -> str:
        """Whose thresholds apply, in a plain sentence; empty for the school's own authority."""
        if not self.elsewhere:
            return ""
        if self.published:
            return JUDGED_BY.format(name=self.name)
        return NO_PACK_SAYS.format(name=self.name) if self.name else NOT_KNOWN_SAYS


@dataclass(frozen=True)
class Kept:
    """An answer to HOME as it is kept: a pack pinned by version and digest, a name, or that it is unknown."""

    unknown: str = ""
    name: str = ""
    pack: tuple[str, str, str] | None = None

    def __str__(self) -> str:
        pinned = "|".join(self.pack) if self.pack is not None else "||"
        return self.unknown or f"{pinned}|{self.name}"

    @staticmethod
    def of(value: str) -> Kept:
        """Read what was kept."""
        if "|" not in value:
            return Kept(unknown=value)
        pack, version, digest, name = value.split("|", 3)
        return Kept(name=name, pack=(pack, version, digest) if pack else None)


@dataclass(frozen=True)
class Homes:
    """The homes of a concern's children. ``others``: the packs of other authorities that can be chosen."""

    own: Pack
    others: tuple[Pack, ...] = ()
    by_child: Mapping[str, Home] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, child: str) -> Home:
        """Where one child lives: the school's own authority unless something else was said."""
        return self.by_child.get(child) or Home(self.own, authority_name(self.own))

    @property
    def elsewhere(self) -> dict[str, Pack]:
        """The packs of the children who live under another authority."""
        return {child: home.pack for child, home in self.by_child.items()}

    def asking(self, question: str, child: str) -> Pack:
        """The pack that asks a question about a child; the school's own where none does."""
        packs = (self.of(child).pack, self.own, *self.elsewhere.values())
        return next((pack for pack in packs if pack.find_question(question) is not None), self.own)

    def question(self, question: str, child: str) -> Question | None:
        """A question of any of the packs, or the one about where the child lives."""
        return self.which if question == HOME else self.asking(question, child).find_question(question)

    @property
    def which(self) -> Question:
        """The question under which authority a child lives."""
        options = {pack.name: authority_name(pack) for pack in self.others}
        return Question(
            HOME, ASK, WHY, "one", "child", {**options, OTHER: "Another council (write its name)"}, {}
        )

    def unasked(self) -> str | None:
        """The first child of whom it is still to be asked."""
        return next((child for child, home in self.by_child.items() if not home.asked), None)


def lives_elsewhere(answers: Answers, child: str) -> bool:
    """Whether staff said that this child lives in another authority's area."""
    said = answers.get(child, ABOUT_CHILD)
    return isinstance(said, frozenset) and LIVES_ELSEWHERE in said


def kept_home(state: State, child: str) -> Kept | None:
    """What was said about where a child lives; None where nobody was asked yet."""
    value = state.homes.get(child)
    return Kept.of(value) if value is not None else None


def authority_name(pack: Pack) -> str:
    """The authority that publishes a pack."""
    return pack.authority.get("name") or pack.title


def take_home(homes: Homes, state: State, value: Value, child: str) -> tuple[Effect, str]:
    """The answer to HOME: a listed authority, the name of another one, or that it is not known.

    Returns what is kept and what is said to it; raises AnswerError.
    """
    kept = _read(homes, value)
    effect = Effect(EffectKind.HOME, HOME, str(kept), child, turn=state.last_turn + 1)
    if kept.unknown:
        return effect, NOT_KNOWN_SAYS
    says = JUDGED_BY if kept.pack is not None else NO_PACK_SAYS
    return effect, says.format(name=kept.name)


def _read(homes: Homes, value: Value) -> Kept:
    said = " ".join(value.split()) if isinstance(value, str) else ""
    if said in (NOT_SURE, NOT_KNOWN):
        return Kept(unknown=said)
    if not said or said == OTHER or not said.isprintable() or "|" in said or len(said) > LONGEST_NAME:
        raise AnswerError(WRITE_NAME)
    if _named(homes.own, said):
        raise AnswerError(OWN_AREA)
    for pack in homes.others:
        if _named(pack, said):
            return Kept(name=authority_name(pack), pack=(pack.name, pack.version, pack.digest))
    return Kept(name=said)


_PLAIN = ("city of", "county of", "london borough of", "royal borough of", "metropolitan borough", "county",
          "city", "borough", "district", "council", "the")  # fmt: skip


def _named(pack: Pack, said: str) -> bool:
    """Whether a name means this pack's authority: “Herefordshire” is Herefordshire Council."""
    return said == pack.name or _core(said) == _core(authority_name(pack))


def _core(name: str) -> str:
    words = f" {name.casefold()} "
    for part in _PLAIN:
        words = words.replace(f" {part} ", " ")
    return words.strip()


def home_label(kept: Kept, question: Question) -> str:
    """An answer to HOME in words."""
    return kept.name or question.label(kept.unknown)


def choosable(packs: Sequence[Pack], own: Pack) -> tuple[Pack, ...]:
    """The packs of other authorities, by name; the national base is nobody's own."""
    named = [pack for pack in packs if pack.name != own.name and pack.authority.get("la_code")]
    return tuple(sorted(named, key=authority_name))
