"""Compiling the locks: hash-pinned, and without a word of where the packages came from."""

import json
from pathlib import Path

from . import assets, uv
from .steps import ROOT, progress, run

REQUIREMENTS = ROOT / "requirements"
BARE = [
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--quiet",
]
MEND = "The requirements in pyproject.toml do not fit together, or the registry is out of reach: see above."

# What each lock is compiled from. TensorFlow's wheels differ by platform, so Rasa's lock is for this kind of
# machine (Linux, x86-64); the others hold for every platform.
LOCKS = {
    "uv.txt": ["--group", "uv", "--python-version", "3.8", "--universal"],
    "node.txt": ["--group", "node", "--python-version", "3.12", "--universal"],
    "app.txt": ["pyproject.toml", "--group", "dev", "--python-version", "3.12", "--universal"],
    "rasa.txt": ["--group", "rasa", "--python-version", "3.10"],
}


def compile_all(upgrade: bool = False) -> None:
    """Compile every lock; what is pinned already stays unless an upgrade is asked for."""
    uv.ready()
    for name, source in LOCKS.items():
        with progress("locking requirements/{}".format(name)):
            more = ["--upgrade"] if upgrade else []
            uv.uv(["pip", "compile", *source, *BARE, *more, "-o", str(REQUIREMENTS / name)], MEND)
    with progress("locking package-lock.json"):
        run([*assets.npm(), "install", "--package-lock-only"], assets.MEND)
        _forget_addresses(ROOT / "package-lock.json")


def _forget_addresses(lock: Path) -> None:
    """npm notes where authors take donations and, unless told not to, where it fetched from: not needed."""
    content = json.loads(lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
