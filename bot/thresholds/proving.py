"""The proof of a whole pack: every category rule by rule, then whole interviews, as one table."""

from __future__ import annotations

from dataclasses import dataclass

from bot.thresholds.linting import untested, unused
from bot.thresholds.pack import Pack
from bot.thresholds.proof import Counterexample, Prover, Tally
from bot.thresholds.walks import Chance, walk_interviews

WALKS_PER_CATEGORY = 12
WALKS_ACROSS = 250


@dataclass(frozen=True)
class Proof:
    """What was checked, and what does not hold."""

    tallies: tuple[Tally, ...]
    across: Tally
    faults: tuple[str, ...]

    @property
    def counterexamples(self) -> list[Counterexample]:
        """Everything that does not hold, the smallest answers first."""
        found = [one for tally in (*self.tallies, self.across) for one in tally.found]
        return sorted(found, key=lambda one: one.answers.count("\n"))

    @property
    def holds(self) -> bool:
        """Whether the pack is proved."""
        return not self.faults and not self.counterexamples


def prove(pack: Pack, chance: Chance) -> Proof:
    """Prove a pack: exhaustive rule by rule within each category, sampled (by seeded chance) across them."""
    prover = Prover(pack)
    tallies = []
    for category in (None, *pack.categories):
        tally = prover.prove_rules(category)
        if category is not None:
            walk_interviews(pack, tally, ruled_in=(category,), count=WALKS_PER_CATEGORY, random=chance)
        tallies.append(tally)
    across = Tally("(across categories)")
    codes = sorted(pack.categories)
    for _ in range(WALKS_ACROSS):
        some = chance.sample(codes, min(len(codes), chance.randint(1, 4)))
        walk_interviews(pack, across, ruled_in=some, count=1, random=chance)
        if across.found:
            break
    faults = tuple(str(fault) for fault in (*unused(pack), *untested(pack)))
    return Proof(tuple(tallies), across, faults)


def table(proof: Proof) -> str:
    """Return the table of a proof."""
    counts = f"{'rules':>5} {'answer sets':>11} {'flips':>9} {'interviews':>10} {'longest':>7}"
    head = f"{'category':28} {counts}  how"
    lines = [head, "-" * len(head)]
    rows = [(tally, "exhaustive per rule, interviews sampled") for tally in proof.tallies]
    rows.append((proof.across, "sampled"))
    for tally, how in rows:
        verdict = how if not tally.found else f"{len(tally.found)} COUNTEREXAMPLES"
        lines.append(
            f"{tally.name:28} {tally.rules:5} {tally.points:11,} {tally.flips:9,} {tally.walks:10} "
            f"{tally.longest:7}  {verdict}"
        )
    total = [*proof.tallies, proof.across]
    lines.append(
        f"{'total':28} {sum(t.rules for t in total):5} {sum(t.points for t in total):11,} "
        f"{sum(t.flips for t in total):9,} {sum(t.walks for t in total):10} {max(t.longest for t in total):7}"
    )
    return "\n".join(lines)
