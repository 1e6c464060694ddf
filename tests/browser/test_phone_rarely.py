"""What seldom happens to a technician, in a real browser: the phone and the office both hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.bad_network import BadNetwork, Fate, Question, calm
from tests.browser.headquarters import PASSWORD, Headquarters, Person
from tests.browser.offices import Office
from tests.browser.phones import PATIENCE, Handset, handset

Json = dict[str, Any]


def test_a_working_day_goes_otherwise_than_planned(
    phone: Handset, headquarters: Headquarters
) -> None:
    page = phone.opens("/app/")
    _was_taken_out_of_the_roster(phone, headquarters)
    page.goto(f"/app/visits/{phone.visit}")
    phone.does("Accept")
    _behind_the_dots(page, "Running late")
    phone.sheet().get_by_role("button", name="15 minutes").click()
    expect(page.get_by_text("You said 15 min late")).to_be_visible()
    page.goto(f"/app/visits/{headquarters.sends(phone.person)}")
    phone.button("Decline").click()
    phone.sheet().get_by_role("button", name="No time for it").click()
    expect(page.get_by_text("This visit is over.", exact=False)).to_be_visible()
    expect(phone.button("Accept")).to_have_count(0)
    phone.has_sent_everything()
    page.goto("/app/")
    _asks_to_be_away(phone, headquarters)
    _falls_sick(phone, headquarters)
    late = headquarters.visit(phone.visit)["visit"]
    assert (late["status"], late["late_by_seconds"]) == ("accepted", 900)


def _was_taken_out_of_the_roster(phone: Handset, headquarters: Headquarters) -> None:
    """The shift begun without a connection is none any more."""
    page, office = phone.page, headquarters.line("dispatcher")
    expect(phone.button("Start shift")).to_be_visible()
    mine = {"technician_id": str(phone.person.technician)}
    (shift,) = office.get("/api/shifts", params=mine).json()["items"]
    phone.network.is_down = True
    phone.network.cut()
    phone.button("Start shift").click()
    expect(phone.button("Take a break")).to_be_visible()
    version = {"If-Match": f'"{shift["version"]}"'}
    assert office.delete(f"/api/shifts/{shift['id']}", headers=version).is_success
    phone.network.is_down = False
    refused = page.get_by_role("alert").filter(has_text="did not accept")
    expect(refused).to_contain_text("There is no shift for you at that time.", timeout=PATIENCE)
    expect(page.locator("button.sync")).to_contain_text("needs you")
    refused.get_by_role("button", name="Discard").click()
    expect(refused).to_have_count(0)
    hours = {key: shift[key] for key in ("technician_id", "starts_at", "ends_at")}
    headquarters.post("dispatcher", "/api/shifts", hours)
    expect(phone.button("Start shift")).to_be_visible(timeout=PATIENCE)


def _asks_to_be_away(phone: Handset, headquarters: Headquarters) -> None:
    page, sheet = phone.page, phone.sheet()
    _of_the_day(page, "Ask to be away…")
    sheet.get_by_role("button", name="Ask the office").click()
    expect(sheet.get_by_text("Choose a day from today on.")).to_be_visible()
    day = (headquarters.now + timedelta(days=30)).date().isoformat()
    sheet.get_by_label("First day").fill(day)
    sheet.get_by_label("Note").fill("Wedding")
    phone.network.is_down = True
    phone.network.cut()
    sheet.get_by_role("button", name="Ask the office").click()
    expect(sheet.get_by_text("Asking needs a connection.", exact=False)).to_be_visible()
    phone.network.is_down = False
    page.reload()
    _of_the_day(page, "Ask to be away…")
    expect(sheet.get_by_label("Note")).to_have_value("Wedding")
    sheet.get_by_role("button", name="Ask the office").click()
    expect(sheet.get_by_text("Asked. The answer will stand below.")).to_be_visible()
    expect(sheet.get_by_text("Waiting for the office")).to_be_visible()
    asked = {"state": "requested", "technician_id": str(phone.person.technician)}
    line = headquarters.line("dispatcher")
    (wish,) = line.get("/api/absences", params=asked).json()["items"]
    assert (wish["note"], wish["kind"]) == ("Wedding", "leave")
    assert line.get("/api/notices").json()["items"][0]["code"] == "absence_asked"
    decision = {"decision": "refused", "answer": "Nobody else is there."}
    headquarters.post("dispatcher", f"/api/absences/{wish['id']}/decision", decision)
    page.keyboard.press("Escape")
    _of_the_day(page, "Ask to be away…")
    expect(sheet.get_by_text("Nobody else is there.")).to_be_visible()
    page.keyboard.press("Escape")


def _falls_sick(phone: Handset, headquarters: Headquarters) -> None:
    _of_the_day(phone.page, "Report sick…")
    phone.sheet().get_by_role("button", name="Until the end of tomorrow").click()
    expect(phone.page.get_by_text(re.compile("^Reported sick until"))).to_be_visible()
    expect(phone.button("Fit again")).to_be_visible()
    phone.has_sent_everything()
    params = {"technician_id": str(phone.person.technician), "state": "approved"}
    (away,) = headquarters.line("dispatcher").get("/api/absences", params=params).json()["items"]
    assert away["kind"] == "sick"
    assert datetime.fromisoformat(away["ends_at"]) > headquarters.now + timedelta(days=1)


def test_an_arrival_is_recorded_taken_back_and_proposed_as_the_region_wants_it(
    phone: Handset, headquarters: Headquarters
) -> None:
    place = headquarters.visit(phone.visit)["site"]["position"]
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": place["lat"], "longitude": place["lon"]})
    with _arrivals(headquarters, phone.person) as wanted:
        wanted("automatic")
        page = phone.opens("/app/")
        phone.button("Start shift").click()
        page.get_by_role("switch").click()
        phone.sheet().get_by_role("button", name="Switch it on").click()
        expect(page.get_by_role("switch")).to_be_checked()
        phone.does("Accept", "Start travel")
        page.get_by_role("button", name="Undo").click()
        expect(phone.button("I am here")).to_be_visible()
        wanted("manual")
        page.reload()
        expect(page.get_by_text("You seem to be there", exact=False)).to_be_visible()
        wanted("off")
        page.reload()
        expect(phone.button("I am here")).to_be_visible()
        expect(page.get_by_text("You seem to be there", exact=False)).to_have_count(0)
        wanted("automatic")
        page.reload()
        # It was taken back once: that holds, also after the app was started anew.
        expect(page.get_by_role("switch")).to_be_checked()
        phone.has_sent_everything()
        assert headquarters.visit(phone.visit)["visit"]["arrived_at"] is None
        phone.does("I am here")
        phone.has_sent_everything()
    assert headquarters.visit(phone.visit)["visit"]["status"] == "arrived"


@contextmanager
def _arrivals(headquarters: Headquarters, person: Person) -> Iterator[Any]:
    """How arrivals are recorded where somebody works; afterwards as it was."""
    line = headquarters.line("admin")
    region = line.get(f"/api/technicians/{person.technician}").json()["region_id"]

    def wanted(policy: str) -> None:
        known = line.get(f"/api/regions/{region}")
        headers = {"If-Match": known.headers["ETag"]}
        answer = line.patch(f"/api/regions/{region}", json={"arrival_by": policy}, headers=headers)
        assert answer.is_success, answer.text

    usual = line.get(f"/api/regions/{region}").json()["arrival_by"]
    try:
        yield wanted
    finally:
        wanted(usual)


def test_the_office_goes_without_a_photo_that_never_came(
    phone: Handset, headquarters: Headquarters, browser: Browser, office: Office
) -> None:
    def pictures_stay(question: Question) -> tuple[Fate, float]:
        return (Fate.NEVER_ASKED, 0.0) if "/files/" in question.path else calm(question)

    phone.network.weather = pictures_stay
    page = phone.opens()
    phone.does("Accept", "Start travel", "I am here", "Start work")
    phone.photographs("brown")
    phone.completes()
    expect(page.get_by_text("1 photo is still on this phone.").first).to_be_visible()
    expect(page.locator("button.sync")).to_contain_text("1")
    work = headquarters.visit(phone.visit)["visit"]["intervention_id"]
    with _signed_in(browser, office, "dispatcher") as desk:
        desk.goto(f"/board/#intervention={work}")
        pane = desk.get_by_role("tabpanel")
        expect(pane.get_by_text("1 is not here yet: closing waits for it.")).to_be_visible()
        pane.get_by_role("button", name="Go without evidence").click()
        pane.get_by_label("Reason").fill("The phone is lost.")
        pane.get_by_role("button", name="Go without evidence").click()
        expect(pane.get_by_text("Gone without")).to_be_visible()
        # Nothing else was missing: it is closed by that.
        expect(pane.get_by_role("button", name="Reopen")).to_be_visible()
    phone.network.weather = calm
    page.reload()
    phone.has_sent_everything()


@contextmanager
def _signed_in(browser: Browser, office: Office, role: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=office.address, locale="en-GB", viewport={"width": 1440, "height": 900}
    )
    who = {"email": f"{role}@demo.palier", "password": PASSWORD}
    assert context.request.post("/api/session", data=who).ok
    try:
        yield context.new_page()
    finally:
        context.close()


def test_an_iphone_is_told_how_the_app_gets_onto_it(
    browser: Browser, playwright: Playwright, office: Office, headquarters: Headquarters
) -> None:
    person = headquarters.hires()
    device = playwright.devices["iPhone 15"]
    with (
        BadNetwork(office).running() as network,
        handset(browser, device, network, person, uuid4()) as phone,
    ):
        # Safari has neither before the app is installed.
        phone.context.add_init_script("delete window.Notification; delete window.PushManager")
        page = phone.opens("/app/")
        page.get_by_role("button", name="Set it up").click()
        steps = phone.sheet().locator("ol ol li")
        expect(steps).to_contain_text(["tap the Share button", "Add to Home Screen", "sign in"])
        expect(phone.sheet().get_by_text("only an installed app gets")).to_be_visible()
        expect(phone.sheet().get_by_role("button", name="Turn on")).to_have_count(0)


def test_the_label_the_office_prints_is_read_by_the_camera(
    browser: Browser,
    playwright: Playwright,
    headquarters: Headquarters,
    browser_type_launch_args: Json,
    tmp_path: Path,
) -> None:
    person = headquarters.hires()
    visit = headquarters.sends(person)
    known = headquarters.visit(visit)
    film, office = tmp_path / "label.mjpeg", headquarters.office
    with _signed_in(browser, office, "admin") as desk:
        desk.goto(f"/admin/#/sites/labels/{known['site']['id']}")
        label = desk.get_by_role("img", name=known["asset"]["code"], exact=True)
        film.write_bytes(_filmed(label.screenshot()))
    seeing = [
        *browser_type_launch_args["args"],
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    sighted = playwright.chromium.launch(**{**browser_type_launch_args, "args": seeing})
    try:
        with (
            BadNetwork(office).running() as network,
            handset(sighted, playwright.devices["Pixel 7"], network, person, visit) as phone,
        ):
            phone.opens()
            expect(phone.button("Accept")).to_be_visible()
            phone.button("Scan the label").click()
            right = f"This is the right one: {known['asset']['name']} ({known['asset']['code']})."
            expect(phone.sheet().get_by_text(right)).to_be_visible()
            phone.sheet().get_by_role("button", name="Keep it as a note").click()
            expect(phone.sheet()).to_have_count(0)
            phone.has_sent_everything()
    finally:
        sighted.close()
    assert f"Label read: {known['asset']['code']}" in headquarters.visit(visit)["visit"]["note"]


def _filmed(label: bytes) -> bytes:
    """What a camera sees that is held before a label, for a second."""
    scene = Image.new("RGB", (640, 480), "#9a9a94")
    scene.paste(Image.open(BytesIO(label)).convert("RGB").resize((300, 300)), (170, 90))
    frame = BytesIO()
    scene.rotate(4, fillcolor="#9a9a94").save(frame, "JPEG", quality=90)
    return frame.getvalue() * 30


def _of_the_day(page: Page, choice: str) -> None:
    page.get_by_role("button", name="More about my working day").click()
    page.get_by_role("dialog").get_by_role("button", name=choice).click()


def _behind_the_dots(page: Page, choice: str) -> None:
    page.locator("main").get_by_role("button", name="More", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=choice).click()
