"""Chromium, once for each test process: Playwright cannot be started twice in one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; skipped with a clear message where it is absent."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on the path: install it (apt install chromium) for the browser journeys")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()
