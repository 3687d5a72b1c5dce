"""What a pack should also be, beyond usable: tested, read in plain words, free of what nobody needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.thresholds.casework import failures
from bot.thresholds.conditions import Condition, Fact, Is, walk
from bot.thresholds.fields import Fields
from bot.thresholds.loader import check_dates, find_folder, read_pack, shown_path, versions_of
from bot.thresholds.pack import Pack, Question
from bot.thresholds.readability import reading_age
from bot.thresholds.yaml_text import Fault, PackError

MAX_READING_AGE = 13.0
_NUMBER = re.compile(r"(?<![0-9])(?:\+44|0)[0-9][0-9 ()-]{7,}[0-9]")


def lint(
    folder_or_name: str | Path, *, root: Path, version: str | None = None, on: date | None = None
) -> list[Fault]:
    """Return everything wrong with a pack; an empty list when it is sound."""
    try:
        home = root / str(folder_or_name)
        if home.is_dir() and not (home / "pack.yml").is_file():
            check_dates(home, versions_of(home))
        folder = find_folder(folder_or_name, root=root, version=version, on=on)
    except PackError as error:
        return error.faults
    fields = Fields()
    pack = read_pack(folder, root, fields)
    if pack is None or fields.faults:
        return sorted(fields.faults, key=lambda fault: (fault.file, fault.line))
    found = [*unused(pack), *untested(pack), *_hard_to_read(pack), *_numbers(pack), *_failing(pack)]
    own = f"{shown_path(folder)}/"  # what is inherited is linted where it stands
    return sorted(
        (fault for fault in found if fault.file.startswith(own)), key=lambda one: (one.file, one.line)
    )


def conditions_of(pack: Pack) -> Iterator[Condition]:
    """Yield every condition of a pack, facts and guards included."""
    yield from pack.facts.values()
    yield from (
        question.asked_when for question in pack.questions.values() if question.asked_when is not None
    )
    for rules in (pack.criteria, pack.moves, pack.duties):
        yield from (rule.when for rule in rules.values())
    yield from (rule.when for rule in pack.parents)


def _placed(pack: Pack, block: str) -> Iterator[tuple[str, str, int]]:
    """Ids of a block, with file and line."""
    for (where, id), (file, line) in pack.places.items():
        if where == block:
            yield id, file, line


def unused(pack: Pack) -> Iterator[Fault]:
    """Yield questions, options and facts that no rule reads."""
    read: dict[str, set[str]] = {}
    facts: set[str] = set()
    for condition in conditions_of(pack):
        for part in walk(condition):
            if isinstance(part, Is):
                read.setdefault(part.question, set()).update(part.values)
            elif isinstance(part, Fact):
                facts.add(part.name)
    for id, file, line in _placed(pack, "questions"):
        yield from _unused_options(pack.questions[id], read.get(id), file, line)
    for name, file, line in _placed(pack, "facts"):
        if name not in facts:
            yield Fault(file, line, f"no rule reads fact `{name}`.", "Use it in a `when`, or take it out.")


def _unused_options(question: Question, read: set[str] | None, file: str, line: int) -> Iterator[Fault]:
    if read is None:
        yield Fault(
            file, line, f"no rule reads question `{question.id}`.", "Use it in a `when`, or take it out."
        )
        return
    idle = [option for option in question.options if option not in read]
    if question.kind == "many":
        for option in idle:
            what = f"no rule reads the option `{option}` of `{question.id}`, so ticking it changes nothing."
            yield Fault(file, line, what, "Use it in a `when`, or take the option out.")
    elif len(idle) == len(question.options):
        yield Fault(file, line, f"no rule reads an option of `{question.id}`.", "Use one in a `when`.")


def untested(pack: Pack) -> Iterator[Fault]:
    """Yield rules without a test that meets them or one that just misses them."""
    met = {name for case in pack.cases for name in case.expect.get("met", ())}
    missed = {name for case in pack.cases for name in case.expect.get("not_met", ())}
    due = {name for case in pack.cases for name in case.expect.get("duties", ())}
    for block, rules in (("criteria", pack.criteria), ("moves", pack.moves)):
        for id, file, line in _placed(pack, block):
            if rules[id].origin != pack.name:
                continue
            if id not in met:
                mend = f"Add a test whose `expect` has `met: [{id}]`."
                yield Fault(file, line, f"no test meets `{id}`.", mend)
            if id not in missed:
                mend = f"Add a test one answer away whose `expect` has `not_met: [{id}]`."
                yield Fault(file, line, f"no test just misses `{id}`.", mend)
    for id, file, line in _placed(pack, "duties"):
        if pack.duties[id].origin == pack.name and id not in due:
            yield Fault(
                file, line, f"no test brings about duty `{id}`.", f"Add a test with `duties: [{id}]`."
            )


def _hard_to_read(pack: Pack) -> Iterator[Fault]:
    for id, file, line in _placed(pack, "questions"):
        question = pack.questions[id]
        age = reading_age(f"{question.ask} {question.why}")
        if age > MAX_READING_AGE:
            what = f"question `{id}` reads like a text for age {age:.0f} (at most {MAX_READING_AGE:.0f})."
            yield Fault(file, line, what, "Use shorter words and sentences in `ask` and `why`.")


def _numbers(pack: Pack) -> Iterator[Fault]:
    """An illustrative pack shows no telephone number but 999 and 101: nobody has verified one."""
    if pack.status != "illustrative":
        return
    texts = {("contacts", id): f"{one.phone} {one.note}" for id, one in pack.contacts.items()}
    texts |= {("duties", id): " ".join((*one.how, *one.do_not)) for id, one in pack.duties.items()}
    texts |= {("words", id): text for id, text in pack.words.items()}
    for (block, id), text in texts.items():
        if _NUMBER.search(text):
            file, line = pack.places[block, id]
            what = f"`{id}` holds a telephone number, but this pack is only illustrative."
            yield Fault(file, line, what, "Take it out until someone of the authority has approved the pack.")


def _failing(pack: Pack) -> Iterator[Fault]:
    for case in pack.cases:
        for told in failures(pack, case):
            mend = "Correct the rule or the test; `bot packs assess` shows what came out."
            yield Fault(case.file, case.line, f"test “{case.name}” fails: {told}.", mend)
