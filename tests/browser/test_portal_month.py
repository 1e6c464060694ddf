"""A building manager chooses when somebody comes, and reads and takes along their month."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.browser.conftest import Somebody
from tests.browser.desks import Seen, require_readable
from tests.server.reports.worked_out_again import worked_out

SEEN: Seen = tuple(
    (width, theme) for width in (320, 390, 1024, 1440) for theme in ("light", "dark")
)
THIS_MONTH = "2026-11"


def test_a_time_is_chosen_with_the_report_and_changed_afterwards(somebody: Somebody) -> None:
    manager = somebody("manager", "/portal/")
    manager.get_by_role("link", name="Avinguda de Tarragona 24", exact=True).click()
    manager.get_by_role("button", name="Report a fault").first.click()
    dialog = manager.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option(index=1)
    dialog.get_by_label("It works, but not properly").check()
    manager.set_viewport_size({"width": 390, "height": 700})
    manager.context.set_offline(True)
    dialog.get_by_role("button", name="Send the report").click()
    expect(dialog.get_by_text("You are offline.")).to_be_in_viewport()
    manager.context.set_offline(False)
    dialog.get_by_role("button", name="Send the report").click()
    asking = manager.get_by_role("dialog", name="When may we come?")
    expect(asking.get_by_text("€15.00 less").first).to_be_visible()
    require_readable(manager, "a time to choose", SEEN)
    asking.get_by_role("radio").last.check()
    with manager.expect_response("**/choices") as answered:
        asking.get_by_role("button", name="Choose this time").click()
    assert answered.value.json()["chosen"]["discount"] == "15.00"
    expect(asking).to_have_count(0)

    expect(manager.get_by_text("You asked for")).to_be_visible()
    manager.get_by_role("button", name=re.compile("Choose another time")).click()
    require_readable(manager, "another time to choose", SEEN)
    manager.get_by_role("radio").first.check()
    manager.get_by_role("button", name="Choose this time").click()
    expect(manager.get_by_text(re.compile("You asked for .*13:00–17:00"))).to_be_visible()


def test_the_month_is_read_and_worked_out_again_from_what_was_taken_along(
    somebody: Somebody,
) -> None:
    manager = somebody("manager", "/portal/")
    manager.get_by_role("link", name="Monthly report").click()
    expect(manager.get_by_role("heading", name="Report of October 2026")).to_be_visible()
    manager.get_by_label("Month").select_option(THIS_MONTH)
    expect(manager.get_by_role("heading", name="Report of November 2026")).to_be_visible()
    expect(manager.get_by_text("so far")).to_be_visible()
    manager.get_by_text("How this is counted").click()
    require_readable(manager, "a month", SEEN)
    with manager.expect_download() as taken:
        manager.get_by_role("link", name="Download the events (CSV)").click()
    with manager.expect_download() as printed:
        manager.get_by_role("link", name="Download as PDF").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF-")
    text = taken.value.path().read_text(encoding="utf-8")
    assert {"report_as_of", "reported", "promised"} <= {
        line["event"] for line in csv.DictReader(io.StringIO(text))
    }
    told = manager.request.get(f"/api/portal/report?month={THIS_MONTH}").json()
    found = worked_out(text)
    assert found.reported == told["interventions"]
    assert found.kept == {
        each["clock"]: (each["numerator"], each["denominator"]) for each in told["kept"]
    }


def test_the_calendar_s_address_is_readable(somebody: Somebody) -> None:
    manager = somebody("manager", "/portal/#/notifications")
    manager.get_by_role("button", name="Get an address").click()
    expect(manager.get_by_label("Secret address")).to_be_visible()
    require_readable(manager, "the calendar", SEEN)
