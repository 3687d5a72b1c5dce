"""A parser that forgives nothing: what a browser would silently repair is an error here."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
#: Elements that end an open paragraph, so that a paragraph around them is not what the author meant.
NOT_IN_PARAGRAPH = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre"}
    | {"section", "table", "ul"}
)
REFERRING = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


class StrictHtml(HTMLParser):
    """Collects what is wrong with a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._meant: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self._say(f"<{tag}> has an attribute twice")
        if tag in NOT_IN_PARAGRAPH and "p" in self._open:
            self._say(f"<{tag}> inside <p>")
        for name, value in attrs:
            if name == "id":
                if value in self._ids:
                    self._say(f"id {value} twice")
                self._ids.add(value or "")
            if name == "style" or name.startswith("on"):
                self._say(f"<{tag}> has an inline {name}")
            if name in REFERRING:
                self._meant += [(name, one) for one in (value or "").split()]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A self-closing element: only meant for SVG."""
        if "svg" not in self._open:
            self._say(f"<{tag}/> closes itself")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self._open or self._open[-1] != tag:
            self._say(f"</{tag}> does not close {self._open[-1:] or 'anything'}")
        else:
            self._open.pop()

    def problems(self) -> list[str]:
        """Everything that is wrong."""
        left = [f"<{tag}> is never closed" for tag in self._open]
        nowhere = [
            f"{name} names {value}, which is not there"
            for name, value in self._meant
            if value not in self._ids
        ]
        return self.wrong + left + nowhere

    def _say(self, what: str) -> None:
        line, column = self.getpos()
        self.wrong.append(f"{line}:{column} {what}")


def problems_of(page: str) -> list[str]:
    """What is wrong with a page."""
    parser = StrictHtml()
    parser.feed(page)
    parser.close()
    if page.lower().count("<h1") != 1:
        parser.wrong.append("not exactly one h1")
    return parser.problems()
