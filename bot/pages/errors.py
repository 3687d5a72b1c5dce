"""Error pages: what went wrong, in plain words, and what to do now. They never repeat what was sent."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import HTMLResponse

from bot.pages.frame import Pages


@dataclass(frozen=True)
class Wrong:
    """The words of one error page."""

    title: str
    says: tuple[str, ...]


WRONG: dict[int, Wrong] = {
    400: Wrong("That request could not be read", ("Go back and try again.",)),
    401: Wrong("Sign in first", ("Your sign-in has ended. What you had already sent is kept.",)),
    403: Wrong("You cannot see this page", ("Your account is not one of those that may open it.",)),
    404: Wrong(
        "Page not found",
        (
            "If you typed the web address, check it is correct.",
            "If you followed a link, the page may belong to somebody else or may never have existed.",
        ),
    ),
    405: Wrong("That cannot be done here", ("Go back and use the buttons on the page.",)),
    409: Wrong(
        "This was changed somewhere else",
        ("Somebody, or another of your windows, changed it after you opened it. Open it again and go on.",),
    ),
    413: Wrong("That is too much at once", ("Send it in smaller parts.",)),
    429: Wrong("Too many tries", ("Wait a minute, then try again.",)),
    500: Wrong(
        "Sorry, there is a problem with the service",
        (
            "What you had already sent is kept.",
            "Do not wait for this service if a child may be at risk: tell your designated safeguarding lead "
            "now, or ring your MASH yourself.",
        ),
    ),
    503: Wrong(
        "Sorry, the service is not ready",
        (
            "What you had already sent is kept.",
            "Do not wait for this service if a child may be at risk: tell your designated safeguarding lead "
            "now, or ring your MASH yourself.",
        ),
    ),
}


def error_page(pages: Pages, status: int) -> HTMLResponse:
    """The page for this status; an unlisted one is told as the nearest plain case."""
    wrong = WRONG.get(status) or WRONG[500 if status >= 500 else 400]
    return pages.respond("pages/error.html", status=status, wrong=wrong)
