"""Set-up: steps skipped or done again as their inputs tell, styles without GOV.UK's brand, old Pythons."""

import ast
import sys
from pathlib import Path

import pytest

from setup import interpreters, styles
from setup.steps import ROOT, SetupError, digest, is_current, leave, run

# train.py is run by the application's own Python; all else must run on whatever a new machine has.
ON_ANY_PYTHON = sorted(path for path in (ROOT / "setup").glob("*.py") if not path.stem.startswith("train"))


def test_a_step_is_skipped_until_its_inputs_change(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "made" / "made-from"
    lock.write_text("one")
    assert not is_current(stamp, digest([lock, "3.12"]))
    leave(stamp, digest([lock, "3.12"]))
    assert is_current(stamp, digest([lock, "3.12"]))
    assert not is_current(stamp, digest([lock, "3.13"]))
    lock.write_text("two")
    assert not is_current(stamp, digest([lock, "3.12"]))


def test_a_failure_shows_what_was_printed_and_how_to_mend_it() -> None:
    with pytest.raises(SetupError, match=r"no such registry(.|\n)*Set up the registry"):
        run([sys.executable, "-c", "print('no such registry'); raise SystemExit(3)"], "Set up the registry.")


def test_a_program_that_is_not_there_is_no_stack_trace() -> None:
    with pytest.raises(SetupError, match=r"could not be run(.|\n)*Install it"):
        run(["/no/such/program"], "Install it.")


def test_an_interpreter_of_another_version_is_not_taken() -> None:
    own = "{}.{}".format(*sys.version_info[:2])
    assert interpreters.is_version(sys.executable, own)
    assert not interpreters.is_version(sys.executable, "2.7")
    assert not interpreters.is_version("/no/such/python", own)


@pytest.mark.parametrize("path", ON_ANY_PYTHON, ids=lambda path: path.name)
def test_set_up_runs_on_an_old_python_without_libraries(path: Path) -> None:
    tree = ast.parse(path.read_text(), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level
    }
    assert {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names} == set()


def test_styles_lose_font_crest_and_brand_colour_of_govuk() -> None:
    style = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
        ":root{--govuk-brand-colour:#1d70b8}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:var(--govuk-brand-colour,#1d70b8)}"
        ".b{background:url(/assets/images/govuk-crest.svg)}a{color:#1d70b8}"
        "/*# sourceMappingURL=x.map */"
    )
    ready = styles.off_govuk(style)
    for gone in ("@font-face", "GDS Transport", "govuk-crest", "sourceMappingURL", "brand-colour:#1d70b8"):
        assert gone not in ready
    assert ready.count(styles.BRAND_COLOUR) == 2
    assert "a{color:#1d70b8}" in ready  # the colour of links is no brand


def test_only_the_wanted_parts_of_a_style_sheet_are_kept() -> None:
    print_rule = "@media print{.m-list,.y{e:f}.z{g:h}}"
    style = '@charset "utf-8";.x{a:b}.m-list{c:d}' + print_rule + "@media screen{.z{i:j}}/* .m {} */"
    assert styles.only(style, [".m-"]) == ".m-list{c:d}@media print{.m-list,.y{e:f}}"


def test_the_assets_that_pages_load_are_there_and_bear_no_brand() -> None:
    folder = ROOT / "var" / "assets"
    for name in ("govuk-frontend.min.css", "moj-frontend.min.css", "govuk-frontend.min.js", "htmx.min.js"):
        text = (folder / name).read_text()
        assert text
        assert "GDS Transport" not in text
        assert "@font-face" not in text
    assert ".moj-message-item" in (folder / "moj-frontend.min.css").read_text()
