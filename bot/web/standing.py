"""Standing pages: what everybody may read without signing in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.access import Maybe, Wired
from bot.web.conversation import Showing

router = APIRouter(include_in_schema=False)


@router.get("/accessibility")
def accessibility(request: Request, person: Maybe, show: Showing) -> Response:
    """How accessible the service is, and what is known not to be."""
    return show.page(request, "web/accessibility.html", person=person, heading="Accessibility statement")


@router.get("/cookies")
def cookies(request: Request, person: Maybe, show: Showing) -> Response:
    """The one cookie."""
    return show.page(request, "web/cookies.html", person=person, heading="Cookies")


@router.get("/privacy")
def privacy(request: Request, person: Maybe, show: Showing) -> Response:
    """What is kept, where and why."""
    return show.page(request, "web/privacy.html", person=person, heading="Privacy")


@router.get("/contact")
def contact(request: Request, person: Maybe, services: Wired, show: Showing) -> Response:
    """Whom to ring when this service is off."""
    contacts = services.packs.in_force(services.settings.pack, services.clock().date()).contacts.values()
    return show.page(
        request, "web/contact.html", person=person, heading="If this service is off", contacts=contacts
    )
