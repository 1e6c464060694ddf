"""The roster filled: a usual week with a night on call, and leave kept in another program."""

import re

from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Somebody
from tests.browser.desks import require_readable

LEAVE = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270301
DTEND;VALUE=DATE:20270306
SUMMARY:Skiing
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Andorra:20270309T090000
DURATION:PT2H
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
"""


def test_a_usual_week_is_previewed_written_and_offered_again(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/#/roster")
    admin.get_by_role("button", name="Write out a usual week").click()
    week = admin.get_by_role("dialog", name="Write out a usual week")
    week.get_by_role("button", name="See what it does").click()
    expect(week.get_by_text("This is needed.")).to_be_visible()
    week.get_by_label("Technician").select_option(label="Jordi Vilanova")
    week.get_by_label("First day").fill("2027-02-01")
    week.get_by_label("Last day").fill("2027-02-14")
    week.get_by_role("button", name="Add other hours").press("Enter")
    night = week.get_by_role("group", name="Hours 2")
    night.get_by_label("Sat").check()
    night.get_by_label("What").select_option(label="On call")
    night.get_by_label("From").fill("22:00")
    night.get_by_label("Until").fill("06:00")
    require_readable(admin, "a usual week")
    week.get_by_role("button", name="See what it does").click()
    expect(week.get_by_text("12 shifts would be written.")).to_be_visible()
    week.get_by_role("button", name="Write 12 shifts").click()
    expect(admin.get_by_text("12 shifts are written.")).to_be_visible()
    admin.get_by_role("button", name="Write out a usual week").click()
    week.get_by_label("Technician").select_option(label="Jordi Vilanova")
    expect(night.get_by_label("Sat")).to_be_checked()
    expect(night.get_by_label("From")).to_have_value("22:00")


def test_leave_kept_in_another_program_is_chosen_from_before_it_is_written(
    somebody: Somebody,
) -> None:
    admin = somebody("admin", "/admin/#/roster")
    admin.get_by_role("button", name="Read a calendar").press("Enter")
    calendar = admin.get_by_role("dialog", name="Read a calendar")
    calendar.get_by_label("Technician").select_option(label="Jordi Vilanova")
    calendar.get_by_label("Where from").select_option(label="Address of the calendar")
    calendar.get_by_label("Address of the calendar", exact=True).fill("https://10.0.0.7/a.ics")
    calendar.get_by_role("button", name="See what it does").click()
    expect(calendar.get_by_text("This server may not call there.")).to_be_visible()
    calendar.get_by_label("Where from").select_option(label="iCalendar file")
    file = FilePayload(name="leave.ics", mimeType="text/calendar", buffer=LEAVE)
    calendar.get_by_label("iCalendar file").set_input_files(file)
    calendar.get_by_label("Last day").fill("2027-04-01")
    calendar.get_by_role("button", name="See what it does").click()
    expect(calendar.get_by_text("2 absences would be written.")).to_be_visible()
    expect(calendar.get_by_label(re.compile("Skiing.*1 March 2027 – 5 March 2027"))).to_be_checked()
    require_readable(admin, "a calendar that was read")
    calendar.get_by_label(re.compile("Dentist")).press("Space")
    calendar.get_by_role("button", name="See what it does").click()
    calendar.get_by_role("button", name="Write 1 absence").click()
    expect(admin.get_by_text("1 absence is written.")).to_be_visible()
