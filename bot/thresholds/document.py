"""A pack as a threshold document: one accessible HTML page, with its sources and what nobody has approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bot.thresholds.band import Band
from bot.thresholds.pack import MARKS, Category, Criterion, Duty, Pack, Question, Source
from bot.thresholds.wording import in_words

_BANDS = (Band.RED, Band.AMBER, Band.GREEN, Band.NONE)
_NAMES = {Band.RED: "Red", Band.AMBER: "Amber", Band.GREEN: "Green", Band.NONE: "None"}
_UNITS = {"hours": "hours", "working_hours": "working hours", "working_days": "working days"}


def threshold_document(pack: Pack, *, stylesheet: str | None = None) -> str:
    """Return the whole pack as a page; without a style sheet it is plain HTML that any browser shows well."""
    link = f'<link rel="stylesheet" href="{escape(stylesheet)}">' if stylesheet else ""
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(pack.title)}, version {escape(pack.version)}</title>",
        link,
        '</head>\n<body>\n<a href="#main">Skip to main content</a>\n<main id="main">',
        f"<h1>{escape(pack.title)}</h1>",
        *_status(pack),
        *_contents(pack),
        *_bands(pack),
        *_categories(pack),
        *_moves(pack),
        *_duties(pack),
        *_parents(pack),
        *_questions(pack),
        *_sources(pack),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _status(pack: Pack) -> Iterator[str]:
    if pack.status == "illustrative":
        yield (
            '<p role="note"><strong>Illustrative only.</strong> '
            "Nobody of the authority has approved this document. "
            "It shows no telephone number but 999 and 101, and must not be used for real referrals.</p>"
        )
    else:
        yield f"<p>Approved by {escape(pack.approved_by)} on {escape(pack.approved_on)}.</p>"
    until = f" until {pack.until.isoformat()}" if pack.until else ""
    base = f" It adds to {escape(pack.extends)}." if pack.extends else ""
    yield (
        f"<p>{escape(pack.authority.get('name', pack.name))}. Version {escape(pack.version)}, in force from "
        f"{pack.in_force.isoformat()}{until}.{base} Content digest <code>{pack.digest[:16]}</code>.</p>"
    )
    yield (
        "<p>The lists here help a decision; they do not make it. MASH decides. "
        "Whoever is worried may always refer. If a child is in danger now, ring 999.</p>"
    )


def _contents(pack: Pack) -> Iterator[str]:
    yield '<nav aria-label="Contents">\n<h2>Contents</h2>\n<ul>'
    yield '<li><a href="#bands">Bands and clocks</a></li>'
    for code, category in pack.categories.items():
        yield f'<li><a href="#{code}">{escape(category.label)}</a></li>'
    for id, title in (
        ("moves", "What moves the level"),
        ("duties", "Duties"),
        ("parents", "Telling parents"),
        ("questions", "The questions asked"),
        ("sources", "Sources"),
    ):
        yield f'<li><a href="#{id}">{title}</a></li>'
    yield "</ul>\n</nav>"


def _bands(pack: Pack) -> Iterator[str]:
    yield '<h2 id="bands">Bands and clocks</h2>\n<dl>'
    for band in _BANDS:
        clock = pack.clocks.get(band)
        if clock:
            stated = "" if clock.unit_stated else " (the authority does not state the unit)"
            over = " Work goes on past closing time." if clock.overrun else ""
            within = f"{clock.within} {_UNITS[clock.unit]}"
            told = f"Within {within} of receipt{stated}.{over} MASH's target, no promise."
        else:
            told = "No clock." if band is Band.NONE else "Not published."
        yield f"<dt>{_NAMES[band]}</dt><dd>{told}</dd>"
    yield "</dl>"
    if pack.levels:
        yield "<p>Levels of need. A level is not how urgent it is.</p>\n<ul>"
        for level, name in sorted(pack.levels.items()):
            yield f"<li>Level {level}: {escape(name)}</li>"
        yield "</ul>"


def _categories(pack: Pack) -> Iterator[str]:
    for code, category in pack.categories.items():
        yield from _category(pack, code, category)
    general = [criterion for criterion in pack.criteria.values() if criterion.category is None]
    if general:
        yield '<h2 id="any">Any worry</h2>'
        yield from _criteria(pack, general)


def _category(pack: Pack, code: str, category: Category) -> Iterator[str]:
    yield f'<h2 id="{code}">{escape(category.label)}</h2>\n<p>{escape(category.describe)}</p>'
    mine = [criterion for criterion in pack.criteria.values() if criterion.category == code]
    yield from _criteria(pack, mine)


def _criteria(pack: Pack, criteria: list[Criterion]) -> Iterator[str]:
    for band in _BANDS:
        these = [criterion for criterion in criteria if criterion.band is band]
        if not these:
            continue
        yield f"<h3>{_NAMES[band]}</h3>\n<ul>"
        for criterion in these:
            local = " Added locally." if pack.extends and criterion.origin == pack.name else ""
            yield (
                f'<li id="{criterion.id}"><strong>{escape(criterion.because)}</strong> '
                f"Level {criterion.level}.{local}"
                f"<br>When: {escape(in_words(pack, criterion.when))}<br>{_source(criterion.source)}</li>"
            )
        yield "</ul>"


def _source(source: Source) -> str:
    where = f", {escape(source.where)}" if source.where else ""
    return (
        f'Source: <a href="#source-{escape(source.cite)}">{escape(source.title)}</a>{where} '
        f"({MARKS[source.mark]})."
    )


def _moves(pack: Pack) -> Iterator[str]:
    yield '<h2 id="moves">What moves the level</h2>\n<ul>'
    for move in pack.moves.values():
        froms = " or ".join(_NAMES[band] for band in sorted(move.from_bands, key=lambda band: band.rank))
        yield (
            f"<li><strong>{escape(move.because)}</strong> {froms} becomes {_NAMES[move.to]}."
            f"<br>When: {escape(in_words(pack, move.when))}<br>{_source(move.source)}</li>"
        )
    yield "</ul>"


def _duties(pack: Pack) -> Iterator[str]:
    yield '<h2 id="duties">Duties</h2>'
    for duty in pack.duties.values():
        yield from _duty(pack, duty)


def _duty(pack: Pack, duty: Duty) -> Iterator[str]:
    personal = " This person must do it and cannot hand it on." if duty.personal else ""
    yield f"<h3>{escape(duty.title)}</h3>\n<dl>"
    yield f"<dt>When</dt><dd>{escape(in_words(pack, duty.when))}</dd>"
    yield f"<dt>Who</dt><dd>{escape(duty.who)}.{personal}</dd><dt>By when</dt><dd>{escape(duty.by_when)}</dd>"
    for title, lines in (("How", duty.how), ("Do not", duty.do_not)):
        if lines:
            yield f"<dt>{title}</dt><dd>{_list(lines)}</dd>"
    yield f"</dl>\n<p>{_source(duty.source)}</p>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _parents(pack: Pack) -> Iterator[str]:
    yield '<h2 id="parents">Telling parents</h2>'
    yield "<p>Parents are told, but for these. While it is not known whether one holds, ask MASH first.</p>"
    for advice, title in (("do_not_tell", "Do not tell"), ("ask_first", "Ask MASH first")):
        yield f"<h3>{title}</h3>\n<ul>"
        for rule in pack.parents:
            if rule.advice == advice:
                when = escape(in_words(pack, rule.when))
                yield (
                    f"<li><strong>{escape(rule.because)}</strong><br>When: {when}"
                    f"<br>{_source(rule.source)}</li>"
                )
        yield "</ul>"


def _questions(pack: Pack) -> Iterator[str]:
    yield '<h2 id="questions">The questions asked</h2>'
    for question in pack.questions.values():
        yield from _question(pack, question)


def _question(pack: Pack, question: Question) -> Iterator[str]:
    yield f"<h3>{escape(question.ask)}</h3>\n<p>Why we ask: {escape(question.why)}</p>"
    if question.asked_when is not None:
        yield f"<p>Asked only when: {escape(in_words(pack, question.asked_when))}</p>"
    yield _list(label for _, label in question.choices)


def _sources(pack: Pack) -> Iterator[str]:
    yield '<h2 id="sources">Sources</h2>\n<dl>'
    for cite, document in pack.sources.items():
        more = ". ".join(
            escape(text) for text in (document.publisher, document.edition, document.url) if text
        )
        yield f'<dt id="source-{escape(cite)}">{escape(document.title)}</dt>'
        yield f"<dd>{more or 'No details held.'}</dd>"
    yield "</dl>"
