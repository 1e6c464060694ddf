"""Finding a Chromium on this machine, for measurements and tests in a real browser."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def found() -> str | None:
    """The path of a Chromium on this machine, `CHROMIUM` first, Playwright's own last."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = (shutil.which(name) for name in NAMES)
    return next((path for path in installed if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110 - a string from another program
