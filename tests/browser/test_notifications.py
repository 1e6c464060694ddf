"""Choosing what reaches one: a manager in the portal, the office for everybody of a role."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Somebody, running_demo
from tests.browser.desks import NARROW, require_readable

ON_THE_WAY = "The technician is on the way: By e-mail"


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


def test_a_manager_is_left_in_peace_where_they_want_to_be(somebody: Somebody) -> None:
    manager = somebody("manager", "/portal/")
    manager.get_by_role("button", name="Notices").click()
    manager.get_by_role("link", name="Choose what reaches me").click()
    expect(manager.get_by_label(ON_THE_WAY)).to_be_checked()
    manager.get_by_label(ON_THE_WAY).uncheck()
    manager.get_by_label("Keep quiet hours").check()
    manager.get_by_label("From").fill("")
    manager.get_by_role("button", name="Save").click()
    said = manager.get_by_label("From").evaluate("field => field.validationMessage")
    assert said == "This is needed.", "the browser refuses in its own words"
    manager.get_by_label("From").fill("21:30")
    require_readable(manager, "a manager's choice", NARROW)
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
    require_readable(manager, "wanting no more mail", NARROW)


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
    require_readable(admin, "what roles hear of")

    admin.goto("/admin/#/people")
    admin.get_by_role("link", name="Dispatcher").first.click()
    expect(admin.get_by_label("Mail the link to dispatcher@demo.palier as well")).to_be_checked()
    admin.get_by_role("button", name="Link for a new password").click()
    expect(admin.get_by_text("The link is on its way to dispatcher@demo.palier.")).to_be_visible()
