"""Building a pack from its gathered blocks: every block read into the model, every fault noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType

from bot.thresholds.asking import read_category, read_question, read_screen, reserved_questions
from bot.thresholds.band import Band
from bot.thresholds.cases import read_cases
from bot.thresholds.condition_text import Names, read_condition
from bot.thresholds.conditions import ALWAYS, NEVER, Condition
from bot.thresholds.fields import Fields, fixed, nearest
from bot.thresholds.gathering import Gathered
from bot.thresholds.header import Header, read_header
from bot.thresholds.pack import (
    MARKS,
    Criterion,
    Duty,
    Move,
    Pack,
    ParentsRule,
    Question,
    Source,
)
from bot.thresholds.yaml_text import Node


def digest_of(gathered: Gathered) -> str:
    """Return the digest of a pack's whole content, inherited parts included; comments and layout do not
    count."""
    canonical = json.dumps(gathered.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def build(gathered: Gathered, fields: Fields) -> Pack:
    """Read the blocks. The result may only be used when ``fields`` noted no fault."""
    return _Builder(gathered, fields).build()


class _Builder:
    def __init__(self, gathered: Gathered, fields: Fields) -> None:
        self.gathered = gathered
        self.fields = fields
        self.named = gathered.named
        self.header: Header = read_header(gathered, fields)

    def build(self) -> Pack:
        """Read every block in the order in which they refer to one another."""
        categories = {
            code: read_category(code, node, self.fields)
            for code, node in self._ids("categories", "a category")
        }
        screen = read_screen(self.gathered, categories, self.fields)
        plain = {
            id: read_question(id, node, self.fields) for id, node in self._ids("questions", "a question")
        }
        reserved = reserved_questions(categories, screen, self.header.words)
        skeleton = {**reserved, **plain}
        self.names = Names(
            options={q.id: q.options for q in skeleton.values()},
            many=frozenset(q.id for q in skeleton.values() if q.kind == "many"),
            facts=frozenset(self.named["facts"]),
            categories=frozenset(categories),
        )
        questions = {**reserved, **{id: self._with_guard(q) for id, q in plain.items()}}
        facts = {id: self._when(node, f"fact `{id}`") for id, node in self._ids("facts", "a fact")}
        criteria = {id: self._criterion(id, node) for id, node in self._ids("criteria", "a criterion")}
        moves = {id: self._move(id, node, criteria) for id, node in self._ids("moves", "a move")}
        header = self.header
        return Pack(
            name=header.name,
            version=header.version,
            title=header.title,
            status=header.status,
            in_force=header.in_force,
            until=header.until,
            extends=header.extends,
            approved_by=header.approved_by,
            approved_on=header.approved_on,
            authority=fixed(header.authority),
            levels=MappingProxyType(header.levels),
            section_17_level=header.section_17_level,
            words=fixed(header.words),
            contacts=fixed(header.contacts),
            calendar=header.calendar,
            clocks=MappingProxyType(header.clocks),
            sources=fixed(header.sources),
            categories=fixed(categories),
            questions=fixed(questions),
            facts=fixed(facts),
            criteria=fixed(criteria),
            moves=fixed(moves),
            duties=fixed({id: self._duty(id, node) for id, node in self._ids("duties", "a duty")}),
            parents=self._parents(),
            screen=screen,
            consultation=header.consultation(self._source),
            cases=read_cases(self.gathered, skeleton, self.fields),
            digest=digest_of(self.gathered),
            places=fixed(
                {
                    (block, id): (node.file, node.line)
                    for block, nodes in self.named.items()
                    for id, node in nodes.items()
                }
            ),
        )

    def _ids(self, block: str, noun: str) -> list[tuple[str, Node]]:
        nodes = self.named[block]
        for id, node in nodes.items():
            self.fields.id(node, id, noun)
        return list(nodes.items())

    def _when(self, node: Node, where: str) -> Condition:
        return read_condition(node, where, self.names, self.fields)

    def _source(self, node: Node | None, owner: Node, where: str) -> Source:
        """A citation. Every rule has one: the loader refuses a rule without a source."""
        fields = self.fields
        if node is None:
            mend = "Add `source: {cite: kcsie, mark: k}`; mark is r (read), k (recheck) or proposed."
            if "source" not in (owner.fields or {}):
                fields.fault(owner, f"{where} has no source.", mend)
            return Source("", "", "proposed")
        entries = fields.closed(node, f"source of {where}", ("cite", "mark"), ("where",))
        cite = fields.text(entries.get("cite"), f"`cite` of {where}")
        if cite and cite not in self.header.sources:
            what = f"{where} cites `{cite}`, which is not in `sources`."
            fields.fault(node, what, nearest(cite, self.header.sources), key="cite")
        mark = fields.choice(entries.get("mark"), f"`mark` of {where}", MARKS, "proposed")
        title = self.header.sources[cite].title if cite in self.header.sources else cite
        return Source(title, cite, mark, fields.text(entries.get("where"), f"`where` of {where}"))

    def _with_guard(self, question: Question) -> Question:
        node = (self.named["questions"][question.id].fields or {}).get("asked_when")
        if node is None:
            return question
        guard = self._when(node, f"`asked_when` of `{question.id}`")
        return Question(**{**question.__dict__, "asked_when": guard})

    def _criterion(self, id: str, node: Node) -> Criterion:
        fields, where = self.fields, f"criterion `{id}`"
        keys = ("category", "level", "band", "when", "because", "source")
        entries = fields.closed(node, where, keys, ())
        category = fields.text(entries.get("category"), f"`category` of {where}")
        if category and category != "any" and category not in self.named["categories"]:
            what = f"{where} names an unknown category `{category}`."
            fields.fault(node, what, nearest(category, (*self.named["categories"], "any")), key="category")
        return Criterion(
            id,
            None if category == "any" else category,
            fields.number(entries.get("level"), f"`level` of {where}", 1, 5) or 1,
            self._band(entries.get("band"), f"`band` of {where}"),
            self._condition(entries, where),
            fields.text(entries.get("because"), f"`because` of {where}"),
            self._source(entries.get("source"), node, where),
            self.gathered.origin.get(("criteria", id), self.header.name),
        )

    def _condition(self, entries: Mapping[str, Node], where: str) -> Condition:
        return self._when(entries["when"], f"`when` of {where}") if "when" in entries else NEVER

    def _band(self, node: Node | None, where: str) -> Band:
        return Band(self.fields.choice(node, where, [band.value for band in Band], Band.NONE.value))

    def _move(self, id: str, node: Node, criteria: Mapping[str, Criterion]) -> Move:
        fields, where = self.fields, f"move `{id}`"
        entries = fields.closed(node, where, ("when", "applies_to", "from", "to", "because", "source"), ())
        froms = [
            Band(text) if text in set(Band) else Band.NONE
            for text in fields.texts(entries.get("from"), f"`from` of {where}")
        ]
        if "from" in entries:
            for text in fields.texts(entries["from"], f"`from` of {where}"):
                if text not in set(Band):
                    fields.fault(node, f"`from` of {where} cannot be `{text}`.", "Write a band.", key="from")
        to = self._band(entries.get("to"), f"`to` of {where}")
        self._check_direction(node, where, froms, to)
        categories, only = self._applies_to(entries.get("applies_to"), where, criteria)
        return Move(
            id,
            self._condition(entries, where),
            categories,
            only,
            frozenset(froms),
            to,
            fields.text(entries.get("because"), f"`because` of {where}"),
            self._source(entries.get("source"), node, where),
            self.gathered.origin.get(("moves", id), self.header.name),
        )

    def _check_direction(self, node: Node, where: str, froms: list[Band], to: Band) -> None:
        lowers = [band for band in froms if to.rank < band.rank]
        if any(to.rank == band.rank for band in froms) or (lowers and len(lowers) < len(froms)):
            what = f"{where} does not go one way: it must raise, or lower, every band it names."
            self.fields.fault(node, what, "Make two moves of it.")
        elif lowers and (froms != [Band.AMBER] or to is not Band.GREEN):
            mend = "Only a move from amber to green may lower; protective factors never lower a Red."
            self.fields.fault(node, f"{where} lowers {lowers[0].value} to {to.value}.", mend)

    def _applies_to(
        self, node: Node | None, where: str, criteria: Mapping[str, Criterion]
    ) -> tuple[frozenset[str] | None, frozenset[str] | None]:
        fields = self.fields
        if node is None or node.text == "any":
            return None, None
        if node.fields is not None:
            only = fields.closed(node, f"`applies_to` of {where}", ("criteria",), ()).get("criteria")
            ids = fields.texts(only, f"`criteria` of {where}")
            for id in ids:
                if id not in criteria:
                    fields.fault(node, f"{where} names an unknown criterion `{id}`.", nearest(id, criteria))
            return None, frozenset(ids)
        codes = fields.texts(node, f"`applies_to` of {where}")
        for code in codes:
            if code not in self.named["categories"]:
                mend = nearest(code, (*self.named["categories"], "any"))
                fields.fault(node, f"{where} names an unknown category `{code}`.", mend)
        return frozenset(codes), None

    def _duty(self, id: str, node: Node) -> Duty:
        fields, where = self.fields, f"duty `{id}`"
        required = ("when", "title", "who", "by_when", "how", "route", "source")
        entries = fields.closed(node, where, required, ("do_not", "personal", "emergency", "from_band"))
        from_band = entries.get("from_band")
        return Duty(
            id,
            self._duty_condition(entries, where),
            fields.text(entries.get("title"), f"`title` of {where}"),
            fields.text(entries.get("who"), f"`who` of {where}"),
            fields.text(entries.get("by_when"), f"`by_when` of {where}"),
            fields.texts(entries.get("how"), f"`how` of {where}"),
            fields.texts(entries.get("do_not"), f"`do_not` of {where}"),
            fields.text(entries.get("route"), f"`route` of {where}"),
            self._source(entries.get("source"), node, where),
            self.gathered.origin.get(("duties", id), self.header.name),
            fields.flag(entries.get("personal"), f"`personal` of {where}"),
            fields.flag(entries.get("emergency"), f"`emergency` of {where}"),
            self._band(from_band, f"`from_band` of {where}") if from_band else None,
        )

    def _duty_condition(self, entries: Mapping[str, Node], where: str) -> Condition:
        """A duty's ``when``; the word ``always`` stands for a duty that every concern brings."""
        node = entries.get("when")
        if node is not None and node.text == "always":
            return ALWAYS
        return self._condition(entries, where)

    def _parents(self) -> tuple[ParentsRule, ...]:
        rules = []
        for advice, nodes in self.gathered.parents.items():
            for number, node in enumerate(nodes, start=1):
                where = f"rule {number} of `{advice}`"
                entries = self.fields.closed(node, where, ("when", "because", "source"), ())
                because = self.fields.text(entries.get("because"), f"`because` of {where}")
                source = self._source(entries.get("source"), node, where)
                rules.append(ParentsRule(advice, self._condition(entries, where), because, source))
        return tuple(rules)
