"""A dispatcher at the board: the same morning by keys alone or by mouse alone.

What is common to both ways is here; a `Desk` only reads. `Keys` never points, `Mouse` never types
but into fields.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

SLOW = 180_000
"""Milliseconds: as long as a search may take on a machine that does much else."""
MOST_TABS, MOST_STEPS = 100, 60
VALLEY = "Valls centrals"


@dataclass(slots=True)
class Desk:
    """One board, and where what is looked for stands on it."""

    page: Page

    def opens(self, region: str | None = None) -> None:
        expect(self.queue).to_be_visible()
        if region is not None:
            self.page.get_by_role("combobox", name="Region").select_option(label=region)
            expect(self.page.get_by_role("grid")).to_be_visible()

    @property
    def queue(self) -> Locator:
        return self.page.get_by_role("region", name=re.compile("Unassigned"))

    @property
    def detail(self) -> Locator:
        return self.page.get_by_role("tabpanel")

    def panel(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    def dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog", name=name)

    def told(self, words: str) -> Locator:
        """What the board says in passing."""
        return self.page.get_by_role("status").filter(has_text=re.compile(words)).first

    def fits(self) -> bool:
        """Whether what is held could stand where it is held, and nothing else moves."""
        tip = self.page.locator(".tip")
        expect(tip).not_to_contain_text("Looking what would come of it")
        return "fits, nothing else moves" in tip.inner_text()

    def is_impossible(self) -> bool:
        """Whether what is held cannot stand where it is held."""
        tip = self.page.locator(".tip")
        expect(tip).not_to_contain_text("Looking what would come of it")
        return "blocked" in (tip.get_attribute("class") or "")

    def row(self, technician: str) -> Locator:
        return self.page.get_by_role("row", name=re.compile(f"^{technician}"))

    def bar_of(self, technician: str, states: str) -> Locator:
        """Somebody's first visit in one of these states."""
        name = re.compile(states)
        return self.row(technician).get_by_role("button", name=name).first

    @property
    def selected(self) -> Locator:
        return self.page.locator("[data-visit][aria-current]")

    def start_of(self, bar: Locator) -> str:
        """When it begins, as its name says."""
        return (bar.get_attribute("aria-label") or "")[:5]

    def call(self, place: str) -> Locator:
        """A call that waits, in the queue."""
        return self.queue.locator("[data-call]").filter(has_text=place).first


@dataclass(slots=True)
class Keys(Desk):
    """By keys alone."""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)

    def reaches(self, field: Locator, *, backwards: bool = False) -> None:
        """To a field or a button as the Tab key leads."""
        expect(field).to_be_enabled()
        for _ in range(MOST_TABS):
            self.press("Shift+Tab" if backwards else "Tab")
            if field.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"the Tab key does not lead to {field}")

    def presses(self, button: Locator, *, backwards: bool = False) -> None:
        self.reaches(button, backwards=backwards)
        self.press("Enter")

    def finds(self, words: str) -> None:
        """The first visit that holds these words, from the list of everything on the board."""
        self.press("Control+k")
        expect(self.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        self.types(words)
        self.press("Enter")
        expect(self.focused).to_have_attribute("aria-current", "true")

    def walks(self, looked_for: re.Pattern[str]) -> None:
        """On along the row to the first visit like this, and select it."""
        for _ in range(MOST_TABS):
            if looked_for.search(self.focused.get_attribute("aria-label") or ""):
                return
            self.press("ArrowRight")
        raise AssertionError(f"no visit in the row is {looked_for.pattern}")

    @property
    def focused(self) -> Locator:
        return self.page.locator("[data-visit]:focus")

    def reports(self, lift: str, grade: str, who: int = 1) -> None:
        """An urgent call, and somebody sent to it."""
        self.press("n")
        form = self.dialog("Report a call")
        expect(form.get_by_role("combobox")).to_be_focused()
        self.types(lift)
        expect(form.get_by_role("option", name=re.compile(lift)).first).to_be_visible()
        self.press("Enter", grade, "Enter")
        candidates = self.dialog("Who should go")
        expect(candidates.get_by_role("listitem").first).to_be_visible()
        self.press(str(who))
        expect(candidates.get_by_role("button", name=re.compile("^Send "))).to_be_focused()
        self.press("Enter")
        expect(candidates).to_be_hidden()


@dataclass(slots=True)
class Mouse(Desk):
    """By mouse; only fields are typed into."""

    def reports(self, lift: str, grade: str, summary: str) -> None:
        """An urgent call, and the first candidate sent to it."""
        self.page.get_by_role("button", name="Report a call").first.click()
        form = self.dialog("Report a call")
        form.get_by_role("combobox").fill(lift)
        form.get_by_role("option", name=re.compile(lift)).first.click()
        form.get_by_text(grade, exact=True).click()
        form.get_by_label("What is wrong").fill(summary)
        form.get_by_role("button", name="Save and find a technician").click()
        candidates = self.dialog("Who should go")
        candidates.get_by_role("listitem").first.get_by_role("button").first.click()
        candidates.get_by_role("button", name=re.compile("^Send ")).click()
        expect(candidates).to_be_hidden()

    def asks(self, what: str) -> None:
        """Something about the whole day, from its menu."""
        self.page.get_by_role("button", name="The day", exact=True).click()
        self.page.get_by_role("button", name=re.compile(f"^{what}")).click()

    def opens_menu(self, of: Locator) -> Locator:
        """By the three dots beside a bar or a call."""
        of.hover()
        self.page.get_by_role("button", name="What can be done with this visit").click()
        return self.page.get_by_role("menu")

    def drags(
        self,
        what: Locator,
        to: Locator,
        *,
        to_where: Callable[[], bool] | None = None,
        before_letting_go: Callable[[], None] | None = None,
    ) -> None:
        """To this row, at the first place of this kind, else where nothing else moves."""
        taken, row = what.bounding_box(), to.bounding_box()
        assert taken is not None
        assert row is not None
        x, y = taken["x"] + 4, taken["y"] + taken["height"] / 2
        view = self.page.get_by_role("grid").bounding_box()
        assert view is not None
        end = view["x"] + view["width"] - 20
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 8, y)
        for step in range(MOST_STEPS):
            x = min(x + 16, end)
            mouse.move(x, row["y"] + row["height"] / 2 + step % 2)
            if (to_where or self.fits)():
                if before_letting_go is not None:
                    before_letting_go()
                mouse.up()
                return
        raise AssertionError("no such place in the row")
