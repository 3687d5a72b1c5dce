"""The advice at the end, in plain sentences. It advises; MASH decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.dialogue import wording
from bot.dialogue.homes import Home, Homes
from bot.thresholds import Assessment, DutyDue, Met, Pack

ROUTE_SAYS = {
    "red": (
        "This looks Red: a possible child-protection issue. Ring MASH now, before you send anything. "
        "Then send the written referral; missing details never hold it back."
    ),
    "amber": "This looks Amber: a significant concern. Refer it to MASH today.",
    "green": (
        "This looks Green: the family may need early help. Early help needs their consent. "
        "Start with your DSL and an early help conversation."
    ),
    "none": (
        "From what you told me, no threshold is met. Support the child in school, record it and look again. "
        "If anything new comes up, come back."
    ),
    "consult": (
        "Something serious is still not known, so I cannot say that this is below the threshold. "
        "Do not investigate. Talk it through with your DSL today; if that leaves doubt, ring MASH for advice."
    ),
}
NONE_BUT_DUTY = (
    "From what you told me, no MASH threshold is met. But something else must be done: see the duties. "
    "If anything new comes up, come back."
)
ABOUT_DSL, TELL_DSL = "about_dsl", "tell_dsl"
"""The packs' duties that say whom to tell; a worry about the DSL goes to the head instead."""
ALWAYS_NOT_DSL = (
    "Tell the headteacher today and record it. Do not tell the DSL, whom this is about. "
    "If the head is away, do not wait: "
    "ring the council's officer for allegations (LADO) or the MASH yourself.",
    "You may refer anyway at any time. MASH decides, not this assistant.",
)
ABOUT_HEAD = "about_head"
ALWAYS_NOT_HEAD = (
    "Tell the chair of governors and your DSL today and record it. "
    "Do not tell the headteacher, whom this is about. If nobody can be reached, do not wait: "
    "ring the council's officer for allegations (LADO) or the MASH yourself.",
    "You may refer anyway at any time. MASH decides, not this assistant.",
)
ALWAYS = (
    "Tell your DSL today and record it. "
    "If the DSL is away, do not wait: tell a senior leader or ring MASH yourself.",
    "You may refer anyway at any time. MASH decides, not this assistant.",
)
PARENTS_SAY = {
    "tell": "Telling the parents: tell them that you are referring, unless that becomes unsafe.",
    "ask_first": "Telling the parents: do not tell them yet. Ask your DSL or MASH first.",
    "do_not_tell": "Telling the parents: do not tell them. MASH will say who tells them and when.",
}
PARENTS_NOT_REFERRED = {
    "tell": "Telling the parents: talk with them in the ordinary way about support.",
    "ask_first": "Telling the parents: do not talk to them about this yet. Ask your DSL first.",
    "do_not_tell": "Telling the parents: do not tell them. Ask your DSL or MASH first.",
}
NOT_NOW = (
    "Do not investigate, question the child further, take photographs, or promise to keep a secret.",
    "Write down what you saw and heard, in the child's own words, with the date and time.",
)


def headline(route: str | None, duties: Collection[str]) -> str:
    """What the route means in a sentence; a none with a duty beside it never reads as “nothing to do”."""
    if route == "none" and set(duties) - {TELL_DSL}:
        return NONE_BUT_DUTY
    return ROUTE_SAYS.get(route or "", "")


def always(duties: Collection[str]) -> tuple[str, ...]:
    """What every ending says: whom to tell today, and that staff may refer anyway."""
    if ABOUT_DSL in duties:
        return ALWAYS_NOT_DSL
    return ALWAYS_NOT_HEAD if ABOUT_HEAD in duties else ALWAYS


def parents_say(advice: str, route: str | None) -> str:
    """One sentence on telling the parents; never “tell” where they must not be told."""
    if route in ("none", "green"):
        return PARENTS_NOT_REFERRED[advice]
    return PARENTS_SAY[advice]


def summary(pack: Pack, assessment: Assessment) -> tuple[str, ...]:
    """The closing messages: route, reasons with sources, duties, parents, and what always holds."""
    due = [duty for duty in assessment.duties if duty.certain]
    names = [duty.duty for duty in due]
    lines = [headline(assessment.route, names)] if assessment.route else []
    if assessment.route == "consult":
        lines += _consultation(pack, assessment)
    lines += [f"{met.because} ({met.source.title})" for met in _deciding(assessment)]
    lines += [f"{duty.title}: {duty.who}, {duty.by_when}." for duty in due if duty.duty != TELL_DSL]
    lines.append(parents_say(assessment.parents.advice, assessment.route))
    if assessment.route in ("red", "amber", "consult"):
        lines += NOT_NOW
    return (*(not_to_dsl(line, names) for line in lines), *always(names))


def not_to_dsl(said: str, duties: Collection[str]) -> str:
    """What is said, where the worry is about the DSL: the headteacher takes the DSL's place."""
    if ABOUT_DSL not in duties:
        return said
    return said.replace("your DSL or deputy", "the headteacher").replace("your DSL", "the headteacher")


def elsewhere_says(homes: Homes) -> tuple[str, ...]:
    """Of each child who lives under another authority: whose thresholds were used, and whom to ring."""
    return tuple(
        f"{f'Child {child.removeprefix("c")}: ' if child else ''}{home.says} {_mash(home)}"
        for child, home in homes.by_child.items()
    )


def _mash(home: Home) -> str:
    mash = home.pack.contacts.get("mash")
    return wording.reach(home.pack, mash) if mash is not None else ""


def shown_duties(due: Sequence[DutyDue]) -> list[DutyDue]:
    """The duties as people see them: nobody is sent to a DSL whom the worry is about."""
    about_dsl = any(duty.duty == ABOUT_DSL for duty in due)
    return [duty for duty in due if not (about_dsl and duty.duty == TELL_DSL)]


def _consultation(pack: Pack, assessment: Assessment) -> list[str]:
    open_reasons = [one.because for one in assessment.open if one.band.value in ("red", "amber")]
    said = [f"Not known yet: {reason}" for reason in open_reasons[:3]]
    if assessment.certain is not None:
        said.append(f"What is certain so far is {assessment.certain.value.title()}.")
    if pack.consultation is not None and pack.consultation.say:
        said.insert(0, pack.consultation.say)
    return said


def _deciding(assessment: Assessment) -> Sequence[Met]:
    """The criteria of the band that decided; lesser ones stay in the panel."""
    band = assessment.certain
    return [met for met in assessment.met if met.band == band]
