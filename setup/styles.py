"""Style sheets for a service that is not on GOV.UK: its components, without its font, crest and brand colour.

GOV.UK's own guidance lets others use the Design System, but not the GDS Transport font, the crest or
the logo.
"""

import re
from typing import List, Tuple

BRAND_COLOUR = "#4c2c92"  # a purple; white on it has a contrast of 9.6 to 1
SYSTEM_FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif'
GOVUK_BLUE = "#1d70b8"


def off_govuk(style: str) -> str:
    """The style sheet without what only GOV.UK itself may show."""
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = style.replace("GDS Transport,arial,sans-serif", SYSTEM_FONT)
    style = re.sub(r"\"?GDS Transport\"?", "system-ui", style)
    style = re.sub(r"(--govuk-brand-colour[:,])" + GOVUK_BLUE, r"\g<1>" + BRAND_COLOUR, style)
    style = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", style)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)


def only(style: str, wanted: List[str]) -> str:
    """The rules of a style sheet whose selector holds one of the wanted words, those in media queries too."""
    kept = []
    for prelude, body in _rules(style):
        if prelude.startswith("@"):
            inner = only(body, wanted) if prelude.startswith(("@media", "@supports")) else ""
            if inner:
                kept.append("{}{{{}}}".format(prelude, inner))
        elif any(word in prelude for word in wanted):
            kept.append("{}{{{}}}".format(prelude, body))
    return "".join(kept)


def _rules(style: str) -> List[Tuple[str, str]]:
    """Split a style sheet into (selector or at-rule, what stands between its braces)."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    found, depth, start, opened = [], 0, 0, 0
    for place, sign in enumerate(style):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                found.append((style[start:opened].strip(), style[opened + 1 : place]))
                start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1
    return found
