"""The people of a referral: who refers, the household, anyone who may be a risk, and safe contact."""

from __future__ import annotations

from bot.referrals.form.codes import ETHNICITIES
from bot.referrals.form.field import YES_NO, Field, Only, Section, choice, need

REFERRER = Section(
    "referrer",
    "About you",
    "MASH must be able to reach you today. Professional referrals are not anonymous.",
    (
        Field("referrer.name", "Your name", need=need("MMM"), may_be_unknown=False),
        Field(
            "referrer.role", "Your job", "For example: Year 4 teacher", need=need("MMM"), may_be_unknown=False
        ),
        Field("referrer.relationship_to_child", "How you know the child", need=need("MMM")),
        Field(
            "referrer.phone",
            "Direct telephone number",
            "One that somebody answers, also after school today",
            need=need("MMM"),
            may_be_unknown=False,
        ),
        Field("referrer.email", "School e-mail address", need=need("MMM"), may_be_unknown=False),
        Field("referrer.availability", "When you can be reached", "Working days and hours", need=need("SSS")),
        Field("referrer.holiday_cover", "Who can be reached instead of you", need=need("SSS")),
        Field("referrer.school.name", "School", need=need("MMM"), may_be_unknown=False),
        Field("referrer.school.urn", "School URN", "6 digits", need=need("MMM")),
        Field(
            "referrer.school.laestab", "School LAESTAB", "7 digits, for example 336/1234", need=need("MMM")
        ),
        Field("referrer.dsl.name", "Designated Safeguarding Lead (DSL)", need=need("SSS")),
        Field(
            "referrer.dsl.told",
            "Does the DSL know?",
            "If the DSL is away, do not wait.",
            "radios",
            YES_NO,
            need("SSS"),
        ),
        Field(
            "referrer.dsl.agrees",
            "Does the DSL agree?",
            "If the DSL disagrees, you may refer anyway.",
            "radios",
            YES_NO,
            need("SSS"),
        ),
        Field("referrer.witness.name", "Who saw or heard it, if not you", need=need("SSS")),
        Field("referrer.witness.role", "Their job", only=Only("referrer.witness.name"), need=need("SSS")),
        Field(
            "referrer.witness.phone",
            "How to reach them",
            only=Only("referrer.witness.name"),
            need=need("SSS"),
        ),
    ),
)

HOUSEHOLD = Section(
    "household",
    "Family and household",
    "Telephone numbers matter most. Include people who regularly stay overnight, parents who live "
    "elsewhere, and brothers and sisters.",
    (
        Field(
            "household",
            "Adults and children around the child",
            kind="list",
            item="person",
            need=need("SSM"),
            fields=(
                Field("name", "Name", need=need("SSM")),
                Field("relation", "Relation to the child", need=need("SSM")),
                Field(
                    "lives_with_child",
                    "Lives with the child?",
                    "Somebody who often stays overnight: yes",
                    "radios",
                    YES_NO,
                    need("SSM"),
                ),
                Field(
                    "parental_responsibility",
                    "Parental responsibility?",
                    "Only these people can give consent",
                    "radios",
                    YES_NO,
                    need("SSM"),
                ),
                Field("phone", "Telephone", need=need("SSM")),
                Field("date_of_birth", "Date of birth", kind="date", need=need("ooS")),
                Field("address", "Address, if different", kind="textarea"),
                Field("school", "School, for a child"),
                Field("ethnicity", "Ethnicity, as they describe it", kind="radios", options=ETHNICITIES),
                Field("first_language", "First language", need=need("ooS")),
                Field("interpreter", "Interpreter or signer needed?", "Never a relative", need=need("SSS")),
                Field("notes", "Anything else", kind="textarea"),
            ),
        ),
    ),
)

PEOPLE_OF_CONCERN = Section(
    "people_of_concern",
    "Anyone who may be a risk",
    "Kept apart from the family, so that it is never shown to the wrong person.",
    (
        Field(
            "people_of_concern",
            "People who may be a risk",
            kind="list",
            item="person",
            need=need("ooo"),
            fields=(
                Field("name", "Who is it?", "Name, or what is known", need=need("MMo")),
                Field("relation", "Relation to the child", need=need("MMo")),
                Field("whereabouts", "Where are they now?", need=need("MMo")),
                Field("access", "Can they reach the child?", need=need("MMo")),
                Field("orders", "Court or contact orders", need=need("MMo")),
                Field("bail", "Bail conditions", need=need("MMo")),
                Field("notes", "Anything else", kind="textarea"),
            ),
        ),
    ),
)

SAFETY = Section(
    "safety",
    "Safe visits and safe contact",
    "What a worker must know before ringing, writing or knocking.",
    (
        Field(
            "safety.none_known",
            "Are there no known risks to staff who visit?",
            "Violence, weapons, dogs, threats, drugs",
            "radios",
            choice(("yes", "None known"), ("no", "There are risks")),
            need("MMS"),
        ),
        Field(
            "safety.risks_to_staff",
            "What are the risks?",
            kind="textarea",
            need=need("MMS"),
            only=Only("safety.none_known", frozenset({"no"})),
        ),
        Field(
            "safety.do_not_visit_alone",
            "Should nobody visit alone?",
            kind="radios",
            options=YES_NO,
            need=need("MMS"),
            only=Only("safety.none_known", frozenset({"no"})),
        ),
        Field(
            "safety.safe_contact",
            "Whom to contact, and how",
            "Ringing the wrong person can put somebody in danger",
            "textarea",
            need=need("MMM"),
        ),
        Field("safety.when_not_to_contact", "When not to ring or write", kind="textarea", need=need("MMM")),
        Field(
            "concern.confidential_from_family",
            "What must be kept from the family, and why",
            kind="textarea",
            need=need("SSo"),
        ),
    ),
)
