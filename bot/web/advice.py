"""The advice as a page shows it: what it means, what to do and not to do now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.concerns.reply import Reply
from bot.dialogue.advice import ABOUT_DSL, NOT_NOW, headline

TITLES = {
    "red": "This looks Red",
    "amber": "This looks Amber",
    "green": "This looks Green",
    "none": "No MASH threshold is met by what you told us",
    "consult": "Something serious is not known yet",
}
RING_FIRST = "Ring MASH now, before you send anything. Then send the written referral."
EMERGENCY = (
    "Ring 999 first if anyone is in danger now. Do not wait for this form. "
    "Stay with the child if it is safe, and tell {lead} at once."
)
DO = {
    "red": (
        "Ring MASH. Say what you saw and heard, and that the likely band is Red.",
        "Write down when you rang, who answered and the reference they gave.",
        "Send the written referral at once. Missing details never hold it back.",
    ),
    "amber": ("Write and send the referral to MASH today.",),
    "green": (
        "Talk with {lead} about early help.",
        "Ask the family whether they want the support. Early help needs their consent.",
        "With consent, send it as Green. Without it, offer the talk again or ask for advice.",
    ),
    "none": (
        "Support the child in school and record what you decided and why.",
        "Agree a day to look at it again.",
    ),
    "consult": (
        "Talk it through with {lead} today.",
        "If that leaves any doubt, ring MASH for advice. You may refer anyway.",
    ),
}
CONSENT = {
    "red": "You do not need anybody's consent to refer. Telling parents is another question; see above.",
    "amber": "You do not need consent to refer a safeguarding concern. "
    "Whether to tell parents is another question; see above.",
    "green": "Early help needs the consent of the family. A Green referral is not sent without it.",
    "none": "Nothing is shared outside the school by this, so no consent is needed.",
    "consult": "You do not need consent to ask for advice, and none to refer a safeguarding concern.",
}


@dataclass(frozen=True)
class Advice:
    """One ending in words."""

    title: str
    means: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    consent: str
    ring_first: str | None
    emergency: str
    may_decide: bool
    refer_first: bool


def band_now(reply: Reply) -> str | None:
    """The band that holds now: certain, or raised by what was read; None while nothing is clear."""
    if reply.route in ("red", "amber", "green", "none"):
        return reply.route
    return reply.assessment.likely or reply.assessment.certain


def advice_for(reply: Reply) -> Advice:
    """The advice of a reply; before the end it is that of the band so far."""
    route = reply.route or band_now(reply) or "consult"
    red = route == "red" or band_now(reply) == "red"
    lead = lead_of(reply)
    return Advice(
        title=TITLES[route],
        means=reply.headline or headline(route, ()),
        do=(*(step.format(lead=lead) for step in DO[route]), reply.always[0]),
        do_not=(*NOT_NOW[:1], f"Do not wait for {lead} if they are away. Do not wait for certainty."),
        consent=CONSENT[route],
        ring_first=RING_FIRST if red else None,
        emergency=EMERGENCY.format(lead=lead),
        may_decide=route in ("green", "none", "consult"),
        refer_first=red or route == "amber",
    )


def elsewhere(reply: Reply) -> list[str]:
    """The authorities to which staff send a referral themselves, in words; each once."""
    named = [home.authority or "the council where the child lives" for home in reply.homes if home.elsewhere]
    return list(dict.fromkeys(named))


def lead_of(reply: Reply) -> str:
    """Whom to tell: the DSL, or the headteacher where the worry is about the DSL."""
    about_dsl = any(duty.duty == ABOUT_DSL for duty in reply.duties)
    return "the headteacher" if about_dsl else "your DSL"
