"""The form of a MASH referral as data: sections and fields, and how far each band needs them.

Source of fields, needs and code lists: the union of published multi-agency referral forms (Herefordshire,
Kirklees, Shropshire, Nottingham City, Buckinghamshire, Walsall and others), see docs/referral.md.
"""

from bot.referrals.form.children import CHILDREN
from bot.referrals.form.field import NOT_KNOWN, Field, Kind, Need, Only, Section
from bot.referrals.form.people import HOUSEHOLD, PEOPLE_OF_CONCERN, REFERRER, SAFETY
from bot.referrals.form.permission import CALL, CONSENT, EARLY_HELP, PARENTS
from bot.referrals.form.story import CHRONOLOGY, COLUMNS, CONCERN, INJURIES, VOICE

SECTIONS: tuple[Section, ...] = (
    CALL,
    CHILDREN,
    CONCERN,
    VOICE,
    INJURIES,
    CHRONOLOGY,
    COLUMNS,
    PEOPLE_OF_CONCERN,
    HOUSEHOLD,
    PARENTS,
    CONSENT,
    SAFETY,
    EARLY_HELP,
    REFERRER,
)
"""The form in the order in which it is read and filled."""

FIELDS: dict[str, Field] = {field.path: field for section in SECTIONS for field in section.fields}
"""Every field that stands alone, and every list, by its path."""

__all__ = ["FIELDS", "NOT_KNOWN", "SECTIONS", "Field", "Kind", "Need", "Only", "Section"]
