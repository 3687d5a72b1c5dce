"""Each child of the referral."""

from __future__ import annotations

from bot.referrals.form.codes import DISABILITIES, ETHNICITIES
from bot.referrals.form.field import YES_NO, Field, Section, choice, need

STATUSES = choice(
    ("looked_after", "Looked after"),
    ("child_protection_plan", "Child protection plan"),
    ("child_in_need", "Child in need plan"),
    ("early_help", "Early help"),
    ("private_fostering", "Private fostering"),
    ("court_order", "Court order"),
    ("youth_justice", "Youth justice"),
    ("none", "None of these"),
)

_WHO = (
    Field(
        "role",
        "Why this child is named",
        kind="radios",
        options=choice(
            ("subject", "The worry is about this child"),
            ("sibling", "Brother or sister, who may be at risk too"),
            ("other", "Another child"),
            known=True,
        ),
        need=need("SSS"),
    ),
    Field("first_name", "First name", need=need("MMM"), instead=("description",), may_be_unknown=False),
    Field("last_name", "Last name", need=need("MMM"), instead=("description",), may_be_unknown=False),
    Field(
        "description",
        "Description, if you do not know the name",
        "For an unborn baby: “unborn baby of …”",
        may_be_unknown=False,
    ),
    Field("known_as", "Known as"),
    Field("former_names", "Former names"),
    Field(
        "date_of_birth",
        "Date of birth",
        "",
        "date",
        need=need("SMM"),
        instead=("age_estimate", "expected_date"),
    ),
    Field("age_estimate", "Age, if you do not know the date of birth", "In years, for example 7"),
    Field("expected_date", "Due date of an unborn baby", kind="date"),
)

_WHERE = (
    Field("where_now", "Where is the child now?", need=need("MS-")),
    Field("collected_by", "Who collects the child today?", need=need("MS-")),
    Field("collected_at", "When?", need=need("MS-")),
    Field("address", "Home address", "", "textarea", need=need("MMM"), may_be_unknown=False),
    Field("postcode", "Postcode", need=need("MMM")),
    Field(
        "lives_there",
        "Is this where the child lives and sleeps?",
        "It decides which authority deals with the referral",
        "radios",
        YES_NO,
        need("MMM"),
    ),
    Field("address_now", "Where the child is staying now, if somewhere else", kind="textarea"),
)

_ABOUT = (
    Field(
        "sex",
        "Sex as registered",
        kind="radios",
        options=choice(("female", "Female"), ("male", "Male")),
        need=need("SSS"),
    ),
    Field("gender_identity", "Gender, if the child describes it differently"),
    Field("upn", "Unique Pupil Number (UPN)", "13 characters"),
    Field("nhs_number", "NHS number", "Only if you happen to have it"),
    Field(
        "ethnicity",
        "Ethnicity",
        "As the family or child describes it; never guess",
        "radios",
        ETHNICITIES,
        need("SSS"),
    ),
    Field("religion", "Religion", need=need("SSS")),
    Field("first_language", "First language", need=need("SSS")),
    Field("preferred_communication", "How the child likes to communicate", need=need("SSS")),
    Field("interpreter", "Interpreter or signer needed?", "Never a relative", need=need("SSS")),
    Field("disabilities", "Disability", "", "checkboxes", DISABILITIES, need("SSS")),
    Field("sen", "Special educational needs", need=need("SSS")),
    Field("ehcp", "Education, health and care plan (EHCP)?", kind="radios", options=YES_NO, need=need("SSS")),
    Field("health", "Health conditions", kind="textarea", need=need("SSS")),
    Field("allergies", "Allergies", need=need("SSS")),
    Field("nationality", "Nationality, only if relevant"),
    Field("immigration", "Immigration matters, only if relevant", "Never a condition for protection"),
    Field("gp.name", "GP", need=need("SSS")),
    Field("gp.phone", "GP’s telephone"),
    Field("other_settings", "Other schools, nurseries or settings", need=need("SSS")),
)

_KNOWN = (
    Field("legal_status", "Known to services now?", "", "checkboxes", STATUSES, need("SMM")),
    Field("legal_status_before", "Known to services before?", "", "checkboxes", STATUSES, need("SMM")),
    Field("allocated_worker.name", "Allocated worker", need=need("SSS")),
    Field("allocated_worker.phone", "Their telephone"),
    Field("allocated_worker.agency", "Their team"),
    Field("allocated_worker.notes", "What is known about the social worker", kind="textarea"),
    Field("attendance_percent", "Attendance in %", "0 to 100", "number", need=need("oSS")),
    Field("exclusions", "Suspensions and exclusions", need=need("oSS")),
    Field("missing_episodes", "Times the child was missing", need=need("oSS")),
)

CHILDREN = Section(
    "children",
    "The children",
    "Each child of the concern. What you do not know, leave as “not known”: do not question the child to "
    "find out.",
    (
        Field(
            "children",
            "Children",
            kind="list",
            item="child",
            need=need("MMM"),
            may_be_unknown=False,
            fields=(*_WHO, *_WHERE, *_ABOUT, *_KNOWN),
        ),
    ),
)
