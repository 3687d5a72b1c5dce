"""Telling parents and asking consent: two different questions. Calls, and early help so far."""

from __future__ import annotations

from bot.referrals.form.field import NOT_KNOWN, YES_NO, Field, Only, Section, choice, need

_TOLD = Only("parents.informed", frozenset({"yes"}))
_NOT_TOLD = Only("parents.informed", apart_from=frozenset({"yes"}))
_GIVEN = Only("consent.support", frozenset({"given"}))
_RUNG = Only("urgent_call.made", frozenset({"yes"}))
_AGREEMENT = choice(
    ("given", "Given"),
    ("refused", "Refused"),
    ("not_sought", "Not asked for"),
    ("not_needed", "Not needed: to protect a child"),
)

PARENTS = Section(
    "parents",
    "Have the parents been told?",
    "Telling is not the same as asking for consent. Do not tell them first where that could put anyone at "
    "risk.",
    (
        Field(
            "parents.informed",
            "Have the parents been told about this referral?",
            kind="radios",
            options=choice(
                ("yes", "Yes"),
                ("no", "No"),
                ("not_safe", "No: it is not safe"),
                ("advice_awaited", "Not yet: we wait for advice from MASH"),
            ),
            need=need("MMM"),
        ),
        Field(
            "parents.reason_not_informed",
            "Why not?",
            kind="radios",
            options=choice(
                ("raises_risk", "It would put the child at more risk"),
                ("endangers_other", "It would put somebody else in danger"),
                ("obstructs_police", "It could get in the way of the police"),
                ("undue_delay", "It would take too long"),
                ("not_contactable", "They could not be reached"),
                ("other", "Another reason"),
                known=True,
            ),
            need=need("MMM"),
            only=_NOT_TOLD,
            may_be_unknown=False,
        ),
        Field(
            "parents.reason_words",
            "The reason in your words",
            "Do not leave this blank",
            "textarea",
            need=need("MMM"),
            only=Only("parents.reason_not_informed", frozenset({"other"})),
            may_be_unknown=False,
        ),
        Field("parents.when", "When were they told?", need=need("SSM"), only=_TOLD),
        Field("parents.by", "By whom?", need=need("SSM"), only=_TOLD),
        Field("parents.response", "What did they say?", kind="textarea", need=need("SSM"), only=_TOLD),
        Field("parents.view", "The parents’ view", kind="textarea", need=need("oSM")),
        Field(
            "parents.engagement", "How the parents work with the school", kind="textarea", need=need("oSM")
        ),
    ),
)

CONSENT = Section(
    "consent",
    "Consent and lawful basis",
    "For a Green, support is by consent: without it nothing is sent. To protect a child from harm, consent "
    "is not needed.",
    (
        Field(
            "consent.support",
            "Consent to be helped and supported",
            kind="radios",
            options=_AGREEMENT,
            need=need("SSM"),
        ),
        Field(
            "consent.share",
            "Consent to share information",
            kind="radios",
            options=_AGREEMENT,
            need=need("SSM"),
        ),
        Field(
            "consent.given_by",
            "Who gave it?",
            "Somebody with parental responsibility",
            need=need("oSM"),
            only=_GIVEN,
        ),
        Field("consent.whose_information", "About whose information?", need=need("oSM"), only=_GIVEN),
        Field("consent.given_on", "When?", need=need("oSM"), only=_GIVEN),
        Field("consent.form", "How? In writing, or by word of mouth", need=need("oSM"), only=_GIVEN),
        Field("consent.limits", "Limits they set", need=need("oSM"), only=_GIVEN),
        Field(
            "consent.child_view",
            "What the child or young person thinks of it",
            kind="textarea",
            need=need("SSS"),
        ),
        Field(
            "consent.lawful_basis",
            "Why the information may be shared",
            kind="radios",
            options=choice(
                ("safeguarding", "To protect a child from harm"),
                ("public_task", "As part of the school’s public task"),
                ("consent", "With consent, for support"),
            ),
            need=need("MMM"),
        ),
        Field("consent.decided_by", "Who decided that?", need=need("MMM")),
    ),
)

CALL = Section(
    "urgent_call",
    "Calls",
    "For a Red, ring first; the written referral follows at once.",
    (
        Field("urgent_call.made", "Have you rung MASH?", kind="radios", options=YES_NO, need=need("Mo-")),
        Field("urgent_call.at", "When?", kind="datetime", need=need("Mo-"), only=_RUNG),
        Field("urgent_call.to", "Whom did you ring?", need=need("Mo-"), only=_RUNG),
        Field("urgent_call.spoke_to", "To whom did you speak?", need=need("So-"), only=_RUNG),
        Field("urgent_call.call_reference", "Their reference", need=need("So-"), only=_RUNG),
        Field(
            "urgent_call.emergency_service",
            "Emergency service called",
            "Police, ambulance, fire service; or “none”",
            need=need("So-"),
        ),
        Field(
            "urgent_call.incident_number",
            "Incident number",
            need=need("MM-"),
            only=Only(
                "urgent_call.emergency_service",
                apart_from=frozenset({NOT_KNOWN, "none", "no", "nobody", "none."}),
            ),
        ),
        Field(
            "suggested.referrer_view",
            "How serious do you think it is?",
            "Your own view, also where it differs from the assistant’s",
            "radios",
            choice(
                ("significant_harm", "Risk of significant harm"),
                ("child_in_need", "Child in need"),
                ("early_help", "Early help"),
                ("other", "Other"),
            ),
            need("SSS"),
        ),
    ),
)

EARLY_HELP = Section(
    "early_help",
    "Early help so far",
    "",
    (
        Field(
            "concern.early_help.done",
            "Has an Early Help Assessment been done?",
            kind="radios",
            options=YES_NO,
            need=need("SSM"),
        ),
        Field(
            "concern.early_help.lead_professional.name",
            "Lead professional",
            need=need("SSM"),
            only=Only("concern.early_help.done", frozenset({"yes"})),
        ),
        Field(
            "concern.early_help.lead_professional.phone",
            "Their telephone",
            only=Only("concern.early_help.done", frozenset({"yes"})),
        ),
        Field(
            "concern.early_help.reason_not",
            "Why not?",
            need=need("SSM"),
            only=Only("concern.early_help.done", frozenset({"no"})),
        ),
    ),
)
