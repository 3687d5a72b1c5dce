"""The frame every page stands in, and the template environment that fills it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).resolve().parent / "static"


@dataclass(frozen=True)
class Link:
    """A link of the header or footer."""

    text: str
    href: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page of one service.

    `danger_line` is the strip that is always in sight ("If anyone is in danger now call 999"), or None.
    """

    product: str
    home: str = "/"
    footer: tuple[Link, ...] = ()
    danger_line: str | None = None


@dataclass(frozen=True)
class Pages:
    """Renders the templates of one room inside one frame."""

    frame: Frame
    environment: Environment = field(repr=False)

    def html(self, template: str, /, **context: Any) -> str:
        """The page or fragment as text."""
        return self.environment.get_template(template).render(context)

    def respond(
        self, template: str, /, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
    ) -> HTMLResponse:
        """The page as a response."""
        return HTMLResponse(self.html(template, **context), status_code=status, headers=dict(headers or {}))


def make_pages(package: str, frame: Frame) -> Pages:
    """The pages of a room: its own `templates` folder, then the shared frame, then the GOV.UK macros.

    Everything is escaped; a template hands text to the GOV.UK macros as `text`, never as `html`.
    """
    environment = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader(package),
                PackageLoader("bot.pages"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["frame"] = frame
    return Pages(frame=frame, environment=environment)


def static_files() -> StaticFiles:
    """Our own style sheet and script, to be served at /static."""
    return StaticFiles(directory=STATIC)


def asset_files(folder: Path) -> StaticFiles:
    """GOV.UK Frontend and htmx as set-up installed them, to be served at /assets.

    The folder may still be empty: pages then read plainly without styles, and nothing breaks.
    """
    return StaticFiles(directory=folder, check_dir=False)
