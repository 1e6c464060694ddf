"""Choosing what reaches one: a manager in the portal, the office for everybody of a role."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody, running_demo

AXE = Axe()
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ON_THE_WAY = "The technician is on the way: By e-mail"
SEEN: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1440, "light"), (768, "dark"))
NARROW: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1024, "light"), (320, "dark"))


@pytest.fixture(scope="module")
def town(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, with a mail server that nobody answers at."""
    folder = tmp_path_factory.mktemp("town") / "data"
    shutil.copytree(founded, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PALIER_SMTP_HOST", "127.0.0.1")
        patch.setenv("PALIER_SMTP_PORT", "1")
        patch.setenv("PALIER_MAIL_FROM", "Palier <notices@example.org>")
        patch.setenv("PALIER_PUBLIC_URL", "https://palier.example.org")
        with running_demo(folder) as address:
            yield address


def readable(
    page: Page, screen: str, seen: tuple[tuple[int, Literal["light", "dark"]], ...] = SEEN
) -> None:
    for width, theme in seen:
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        # A row that scrolled half under the bar at the top would be taken for a small target.
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        assert page.evaluate(TOO_WIDE) <= 0, f"{screen} is wider than {width}"
        found = AXE.run(page, options=STANDARD)
        assert found.violations_count == 0, f"{screen}: {found.generate_report()}"


def test_a_manager_is_left_in_peace_where_they_want_to_be(somebody: Somebody) -> None:
    manager = somebody("manager", "/portal/")
    manager.get_by_role("button", name="Notices").click()
    manager.get_by_role("link", name="Choose what reaches me").click()
    expect(manager.get_by_label(ON_THE_WAY)).to_be_checked()
    manager.get_by_label(ON_THE_WAY).uncheck()
    manager.get_by_label("Keep quiet hours").check()
    manager.get_by_label("From").fill("21:30")
    readable(manager, "a manager's choice", NARROW)
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_text("Your choice is kept.")).to_be_visible()
    expect(manager.get_by_role("heading", name="What would have reached you")).to_be_visible()
    manager.reload()
    expect(manager.get_by_label(ON_THE_WAY)).not_to_be_checked()
    expect(manager.get_by_label("From")).to_have_value("21:30")
    expect(manager.get_by_label("To", exact=True)).to_have_value("07:00")

    manager.goto("/#/unsubscribe/a-link-of-long-ago")
    manager.get_by_role("button", name="Send me no more").click()
    expect(manager.get_by_text("This link is too old")).to_be_visible()
    readable(manager, "wanting no more mail", NARROW)


def test_the_office_says_what_a_role_hears_and_invites_by_mail(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/#/notifications")
    expect(admin.get_by_text("Mail is sent from")).to_be_visible()
    roles = admin.locator("section").filter(has_text="What each role hears of")
    expect(roles.get_by_label(ON_THE_WAY)).to_be_checked()
    roles.get_by_label(ON_THE_WAY).uncheck()
    roles.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Your choice is kept.")).to_be_visible()
    roles.get_by_label("Role").select_option(label="Technician")
    expect(roles.get_by_text("never disturbed")).to_be_visible()
    readable(admin, "what roles hear of")

    admin.goto("/admin/#/people")
    admin.get_by_role("link", name="Dispatcher").first.click()
    expect(admin.get_by_label("Mail the link to dispatcher@demo.palier as well")).to_be_checked()
    admin.get_by_role("button", name="Link for a new password").click()
    expect(admin.get_by_text("The link is on its way to dispatcher@demo.palier.")).to_be_visible()
