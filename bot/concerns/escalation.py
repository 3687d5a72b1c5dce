"""Professional disagreement: what staff do when MASH does not answer, or decides against the child's need."""

from __future__ import annotations

from bot.thresholds import Pack

WORD = "escalation_"
"""A pack's own steps are its words escalation_1, escalation_2 … and escalation_source."""
STEPS = (
    "Is the child unsafe now? Do not wait for any of these steps: ring 999, or ring MASH again.",
    "Talk to the person at MASH who decided, or who holds the referral. Say what worries you and what you "
    "ask for.",
    "If that does not settle it, your DSL talks to the team manager at MASH.",
    "Then your head teacher writes to the head of service.",
    "Then it goes to the chair of the safeguarding children partnership.",
    "Take each step within days, and write down each talk: when, with whom, what was said.",
    "If the child’s situation does not get better, press for it to be looked at again.",
)
SOURCE = (
    "Keeping children safe in education, Part 1 (to be rechecked), and a published procedure for "
    "disagreements (Waltham Forest). Your authority’s own steps go before these."
)


def escalation(pack: Pack) -> tuple[list[str], str]:
    """The steps, and where they stand written: the pack's own, else plain ones that hold in England."""
    own = {key.removeprefix(WORD): said for key, said in pack.words.items() if key.startswith(WORD)}
    steps = [own[number] for number in sorted(own, key=lambda key: (len(key), key)) if number.isdigit()]
    return (steps, own.get("source", pack.title)) if steps else (list(STEPS), SOURCE)
