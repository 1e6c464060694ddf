"""Who comes in, by hand and by program: invited, given a key, told by a webhook; read at night."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Somebody, running_demo
from tests.browser.desks import require_readable


@pytest.fixture(scope="module")
def town(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, on a server that may call the public internet."""
    folder = tmp_path_factory.mktemp("town") / "data"
    shutil.copytree(founded, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PALIER_WEBHOOK_HOSTS", "*")
        with running_demo(folder) as address:
            yield address


def test_somebody_is_invited_and_a_program_is_let_in_and_told(
    somebody: Somebody, browser: Browser, town: str
) -> None:
    admin = somebody("admin", "/admin/#/people")
    expect(admin.get_by_role("link", name="Dispatcher")).to_be_visible()
    require_readable(admin, "people")
    admin.get_by_role("link", name="New person").click()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("This is needed.")).to_have_count(3)
    admin.get_by_label("E-mail").fill("marta@example.org")
    admin.get_by_label("Name").fill("Marta Soler")
    admin.get_by_label("Role").select_option(label="Dispatcher")
    admin.get_by_label("Every region").uncheck()
    admin.get_by_label("Valls centrals").check()
    admin.get_by_role("button", name="Save").click()
    admin.get_by_role("button", name="Invite").click()
    link = admin.get_by_label("Link to choose a password").input_value()
    require_readable(admin, "a person with a link")

    marta = browser.new_context(base_url=town, locale="en-GB").new_page()
    marta.goto(link)
    require_readable(marta, "choosing a password")
    for label in ("Password", "The same once more"):
        marta.get_by_label(label).fill("one of my own")
    marta.get_by_role("button", name="Save and sign in").click()
    marta.wait_for_url("**/board/**")
    marta.context.close()

    admin.goto("/admin/#/keys")
    admin.get_by_role("button", name="New key").click()
    form = admin.get_by_role("dialog", name="New key")
    form.get_by_label("What it is for").fill("Telephone system")
    form.get_by_label("Role").select_option(label="Auditor")
    form.get_by_role("button", name="Make the key").click()
    key = admin.get_by_label("Key of Telephone system").input_value()
    assert key.startswith("palier_")
    require_readable(admin, "keys")
    admin.get_by_role("button", name="Revoke Telephone system").click()
    admin.get_by_role("button", name="Revoke", exact=True).click()
    expect(admin.get_by_text("No program has a key")).to_be_visible()

    admin.goto("/admin/#/webhooks")
    admin.get_by_role("link", name="New webhook").click()
    admin.get_by_label("Name").fill("ERP")
    admin.get_by_label("Address").fill("http://10.0.0.7/")
    admin.get_by_label("Visit completed").check()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text(re.compile("This server may not call there"))).to_be_visible()
    admin.get_by_label("Address").fill("https://erp.invalid/palier")
    admin.get_by_role("button", name="Save").click()
    admin.get_by_role("button", name="Make a new secret").click()
    assert admin.get_by_label("Secret").input_value().startswith("whsec_")
    admin.get_by_role("button", name="Send a test").click()
    expect(admin.get_by_text(re.compile("no connection"))).to_be_visible(timeout=30_000)
    require_readable(admin, "a webhook")
