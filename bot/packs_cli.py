"""``bot packs …``: check, prove, read and compare threshold packs on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from random import Random

from bot.settings import Settings
from bot.thresholds import Answers, PackError, assess, load_pack, next_question
from bot.thresholds.answers import AnswerError
from bot.thresholds.differences import differences
from bot.thresholds.document import threshold_document
from bot.thresholds.fields import nearest
from bot.thresholds.linting import lint
from bot.thresholds.pack import Pack
from bot.thresholds.plain import assessment_as_data
from bot.thresholds.plain_answers import answers_from
from bot.thresholds.proving import prove, table
from bot.thresholds.wording import read_aloud

SEED = 2026  # of the interviews that `prove` samples


def main(argv: list[str]) -> int:
    """Run one of the pack commands; returns the exit status (0: sound, 1: something is wrong)."""
    parser = argparse.ArgumentParser(prog="bot packs", description="Threshold packs.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("lint", "say everything wrong with a pack, with file, line and how to mend it"),
        ("prove", "prove the rules, and print what was checked"),
        ("paths", "print every way to every outcome, to be read aloud"),
        ("diff", "say what changes between two packs, and for which answers"),
        ("print", "print a pack as an HTML threshold document"),
        ("assess", "assess the answers in a JSON file"),
    ):
        command = commands.add_parser(name, help=told)
        wanted = "name or folder of the pack; name@version names a version"
        if name == "lint":
            command.add_argument("pack", nargs="?", help=f"{wanted}; all packs where none is named")
        else:
            command.add_argument("pack", help=wanted)
        if name == "assess":
            command.add_argument("answers", type=Path, help="JSON file of answers")
        elif name == "diff":
            command.add_argument("other", help="the pack to compare it with")
        elif name == "paths":
            command.add_argument("--category", help="only this kind of concern")
        command.add_argument("--root", type=Path, default=None, help="folder of all packs")
        command.add_argument("--version", help="version of the pack; default: the latest")
        command.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATE", help="the version in force then"
        )
    options = parser.parse_args(argv)
    options.root = options.root or Settings().packs_dir
    try:
        return int(_COMMANDS[options.command](options))
    except (PackError, AnswerError) as error:
        print(error, file=sys.stderr)
        return 1


def _pack(options: argparse.Namespace, given: str | None = None) -> Pack:
    name, _, version = (given or options.pack).partition("@")
    return load_pack(name, root=options.root, version=version or options.version, on=options.as_of)


def _lint(options: argparse.Namespace) -> int:
    """Lint the pack that is named, or every pack that stands in the root folder."""
    if options.pack is not None:
        return _lint_one(options)
    found = sorted(folder.name for folder in options.root.iterdir() if folder.is_dir())
    return max(_lint_one(argparse.Namespace(**{**vars(options), "pack": name})) for name in found)


def _lint_one(options: argparse.Namespace) -> int:
    name, _, version = options.pack.partition("@")
    faults = lint(name, root=options.root, version=version or options.version, on=options.as_of)
    for fault in faults:
        print(fault)
    if faults:
        print(f"\n{len(faults)} to mend.")
        return 1
    pack = _pack(options)
    counted = {
        "categories": pack.categories,
        "criteria": pack.criteria,
        "moves": pack.moves,
        "duties": pack.duties,
        "questions": pack.questions,
        "tests": pack.cases,
    }
    print(f"{pack.name} {pack.version} is sound: {', '.join(f'{len(v)} {k}' for k, v in counted.items())}.")
    return 0


def _prove(options: argparse.Namespace) -> int:
    pack = _pack(options)
    proof = prove(pack, Random(SEED))  # noqa: S311 - a seeded sample, nothing secret
    print(f"{pack.name} {pack.version} ({pack.digest[:12]})\n\n{table(proof)}")
    for fault in (*proof.faults, *proof.counterexamples):
        print(f"\n{fault}")
    print("\nProved." if proof.holds else "\nNot proved.")
    return 0 if proof.holds else 1


def _paths(options: argparse.Namespace) -> int:
    pack = _pack(options)
    if options.category not in (None, *pack.categories):
        print(f"{pack.name} has no category {options.category}. {nearest(options.category, pack.categories)}")
        return 1
    print(read_aloud(pack, options.category))
    return 0


def _diff(options: argparse.Namespace) -> int:
    print(differences(_pack(options), _pack(options, options.other)))
    return 0


def _print(options: argparse.Namespace) -> int:
    print(threshold_document(_pack(options)), end="")
    return 0


def _read_answers(pack: Pack, path: Path) -> Answers:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        what = f"{path} cannot be read as JSON: {type(error).__name__}."
        raise AnswerError(f"{what} Check that it is valid JSON.") from error
    if not isinstance(data, dict):
        raise AnswerError(f'{path} must hold an object such as {{"danger_now": "no"}}.')
    return answers_from(pack, data)


def _assess(options: argparse.Namespace) -> int:
    pack = _pack(options)
    answers = _read_answers(pack, options.answers)
    children = answers.children or ("",)
    ask = next_question(pack, answers)
    found = {
        "pack": {"name": pack.name, "version": pack.version, "digest": pack.digest, "status": pack.status},
        "assessments": [assessment_as_data(assess(pack, answers, child)) for child in children],
        "next": {"question": ask.question, "child": ask.child, "ask": pack.question(ask.question).ask}
        if ask
        else None,
    }
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0


_COMMANDS = {
    "lint": _lint,
    "prove": _prove,
    "paths": _paths,
    "diff": _diff,
    "print": _print,
    "assess": _assess,
}
