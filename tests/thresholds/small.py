"""A small threshold pack for tests: two categories, every kind of question, condition, move and duty."""

from __future__ import annotations

from pathlib import Path

from bot.thresholds import Pack, load_pack

SOURCE = "{cite: kcsie, mark: k}"

SMALL = f"""\
pack: small
version: 1
title: A small pack
in_force: 2026-01-01
status: illustrative
sources:
  kcsie: {{title: Keeping children safe in education}}
contacts:
  dsl: {{label: Your DSL}}
consultation: {{with: [dsl], say: Talk it through., source: {SOURCE}}}
categories:
  harm: {{label: Harm, describe: Being hurt.}}
  absence: {{label: Absence, describe: Not in school.}}
questions:
  danger_now:
    ask: Is a child in danger now?
    why: Then 999 comes first.
    kind: one
    per: concern
    options: {{no: "No", yes: "Yes"}}
    severity: [no, yes]
    first: 10
  age:
    ask: How old is the child?
    why: Young children are at more risk.
    kind: one
    options: {{baby: Under 1, child: 1 to 17}}
    severity: [child, baby]
  injury:
    ask: Is there an injury?
    why: It may need care.
    kind: one
    options: {{none_seen: "No", seen: "Yes"}}
    severity: [none_seen, seen]
  account:
    ask: Does the account fit?
    why: You need not ask the child.
    kind: one
    options: {{fits: "Yes", missing: No account, conflicts: "No"}}
    severity: [fits, missing, conflicts]
    asked_when: {{injury: seen}}
  signs:
    ask: Is any of these true?
    why: They matter.
    kind: many
    options: {{hit: Was hit, rough: Was handled roughly, before: It happened before}}
  going_home:
    ask: Does the child go home to that person?
    why: Then there is less time.
    kind: one
    options: {{no: "No", yes: "Yes"}}
    severity: [no, yes]
  support:
    ask: Which of these helps?
    why: Help can be enough.
    kind: many
    options: {{engaged: Parents take help, adult: A safe adult at home}}
    protective: [engaged, adult]
  days:
    ask: How much school is missed?
    why: It tells how serious it is.
    kind: one
    options: {{few: A few days, tenth: A tenth, half: Half or more}}
    severity: [few, tenth, half]
  afraid:
    ask: Is the child afraid of what a parent hears?
    why: Then we are careful.
    kind: one
    options: {{no: "No", yes: "Yes"}}
    severity: [no, yes]
facts:
  worrying_account: {{account: [missing, conflicts]}}
criteria:
  danger:
    {{category: any, level: 4, band: red, when: {{danger_now: yes}}, because: Danger now., source: {SOURCE}}}
  unexplained:
    category: harm
    level: 4
    band: red
    when: {{injury: seen, fact: worrying_account}}
    because: The account does not explain the injury.
    source: {SOURCE}
  baby_hurt:
    category: harm
    level: 4
    band: red
    when: {{injury: seen, age: baby}}
    because: A baby is hurt.
    source: {SOURCE}
  two_signs:
    category: harm
    level: 3
    band: amber
    when: {{at_least: {{n: 2, of: [{{signs: hit}}, {{signs: rough}}, {{signs: before}}]}}}}
    because: Two signs together.
    source: {SOURCE}
  one_sign:
    category: harm
    level: 2
    band: green
    when: {{not: {{signs: none}}}}
    because: There is a sign.
    source: {SOURCE}
  half_missed:
    category: absence
    level: 3
    band: amber
    when: {{days: half}}
    because: Half is missed.
    source: {SOURCE}
  tenth_missed:
    category: absence
    level: 2
    band: green
    when: {{days: [tenth, half]}}
    because: A tenth is missed.
    source: {SOURCE}
moves:
  goes_home:
    when: {{going_home: yes}}
    applies_to: [harm]
    from: [amber]
    to: red
    because: The child goes home to that person.
    source: {SOURCE}
  family_engages:
    when: {{all: [{{support: engaged}}, {{support: adult}}]}}
    applies_to: {{criteria: [half_missed]}}
    from: [amber]
    to: green
    because: The family takes help.
    source: {SOURCE}
duties:
  call_999:
    when: {{danger_now: yes}}
    title: Ring 999
    who: You
    by_when: Now
    how: [Ring.]
    emergency: true
    route: "999"
    source: {SOURCE}
  tell_dsl:
    when: always
    title: Tell your DSL
    who: You
    by_when: Today
    how: [Tell.]
    route: tell_dsl
    source: {SOURCE}
  visit:
    when: {{category: absence, days: half}}
    from_band: green
    title: Visit
    who: DSL
    by_when: Tomorrow
    how: [Visit.]
    route: cme
    source: {SOURCE}
parents:
  do_not_tell:
    - {{when: {{afraid: yes}}, because: The child is afraid., source: {SOURCE}}}
  ask_first:
    - {{when: {{category: harm, signs: hit}}, because: The parent may have done it., source: {SOURCE}}}
screens:
  universal:
    ask: Is there any sign of these?
    why: One worry can hide another.
    options:
      home: {{label: Harm or absence, categories: [harm, absence]}}
      school: {{label: Absence, categories: [absence]}}
tests:
  - name: a story that changes
    answers: {{categories: harm, injury: seen, account: conflicts}}
    expect: {{route: red, met: [unexplained], not_met: [danger]}}
"""


def write_pack(root: Path, text: str, name: str = "small", version: str = "1") -> Path:
    """Write a pack of one file below ``root`` and return its folder."""
    folder = root / name / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    return folder


def small_pack(root: Path) -> Pack:
    """Write and load the small pack."""
    write_pack(root, SMALL)
    return load_pack("small", root=root)
