"""Looks at what an office or a manager sees: contrast, names, room, by day and by night."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
Seen = tuple[tuple[int, Theme], ...]
DESKS: Seen = ((1440, "light"), (1024, "dark"), (390, "light"))
NARROW: Seen = ((1024, "light"), (320, "dark"))
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TWO_PICTURES = """new Promise((drawn) =>
  requestAnimationFrame(() => requestAnimationFrame(drawn)))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def light(page: Page, theme: Theme) -> None:
    """By day or by night, once it is drawn so: until then colours of both are on the page."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(TWO_PICTURES)


def require_readable(page: Page, screen: str, seen: Seen = DESKS) -> None:
    """A screen has room at each of these widths and breaks no rule of WCAG 2.2 (A and AA)."""
    for width, theme in seen:
        page.set_viewport_size({"width": width, "height": 1000})
        light(page, theme)
        # A row that scrolled half under the bar at the top would be taken for a small target.
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        assert page.evaluate(TOO_WIDE) <= 0, f"{screen} is wider than {width}"
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, f"{screen} at {width}: {found.generate_report()}"
