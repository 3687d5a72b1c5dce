"""How good a draft is: the 100-point checklist, as advice. A gap is never a block, a text is never
rewritten.

Source: published notes on good referrals (clear who, what and why; facts dated, sourced and apart from
opinion; the child's own words), combined into one checklist; the points are proposed by us.
"""

from bot.referrals.quality.checklist import Check, Quality, quality
from bot.referrals.quality.flags import Flag, flags

__all__ = ["Check", "Flag", "Quality", "flags", "quality"]
