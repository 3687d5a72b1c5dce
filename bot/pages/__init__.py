"""The frame every page stands in: GOV.UK macros, headers, error pages."""

from bot.pages.errors import WRONG, Wrong, error_page
from bot.pages.frame import Frame, Link, Pages, asset_files, make_pages, static_files
from bot.pages.headers import CONTENT_SECURITY_POLICY, STANDING_HEADERS, SecurityHeaders
from bot.pages.limits import BodyLimit

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "STANDING_HEADERS",
    "WRONG",
    "BodyLimit",
    "Frame",
    "Link",
    "Pages",
    "SecurityHeaders",
    "Wrong",
    "asset_files",
    "error_page",
    "make_pages",
    "static_files",
]
