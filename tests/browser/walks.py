"""A technician's way through the app in one language, everything looked at on the way."""

from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.headquarters import Person
from tests.browser.readability import Reader, Words

SHEET = "dialog[open]"
MENU = ":popover-open"


@dataclass(slots=True)
class Walk:
    """One technician's way through the app in one language, everything looked at on the way."""

    page: Page
    words: Words
    person: Person
    reader: Reader

    def says(self, key: str) -> Locator:
        return self.page.get_by_text(self.words(key), exact=False).first

    def button(self, words: str, within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("button", name=words, exact=True)

    def taps(self, words: str, within: str = "main") -> None:
        self.button(words, within).first.click()

    def does(self, kind: str) -> None:
        """Take the next step and wait until another is offered."""
        bar = self.page.locator("main .bar").get_by_role("button", name=self.words.step(kind))
        bar.click()
        expect(bar).to_have_count(0)

    def goes(self, visit: UUID | None = None) -> None:
        """To a visit or the day, as the browser's own way back does: nothing is loaded again."""
        path = f"/app/visits/{visit}" if visit else "/app/"
        self.page.evaluate(
            "path => { history.pushState(null, '', path);"
            " dispatchEvent(new PopStateEvent('popstate')); }",
            path,
        )
        heading = self.words("technician.today") if visit is None else None
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        if visit:
            expect(self.page.locator("#trouble")).to_be_visible()

    def shuts(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.locator(SHEET)).to_have_count(0)

    def sheet(self, name: str) -> None:
        """Look at the sheet on the screen."""
        expect(self.page.locator(SHEET)).to_be_visible()
        expect(self.page.locator(f"{SHEET} .body > *").first).to_be_attached()
        self.reader.looks(name, SHEET)

    def more(self, kind: str) -> None:
        """What is behind the three dots of a visit."""
        self.taps(self.words("action.more"))
        self.taps(self.words.step(kind), SHEET)

    def looks(self, name: str) -> None:
        self.reader.looks(name)

    def tabs(self, screen: str) -> None:
        """Go through a screen by keys on the smallest phone: what has the focus is in sight."""
        self.page.set_viewport_size(SMALLEST)
        self.page.locator("#content").focus()
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if hidden := self.page.evaluate(_HIDDEN):
                self.reader.faults.append(f"{screen}: behind the bar at the thumb: {hidden}")
            if self.page.evaluate("document.activeElement.closest('.bar') !== null"):
                return
        raise AssertionError(f"{screen}: the Tab key does not lead to the next step")


SMALLEST: ViewportSize = {"width": 320, "height": 568}
# The bar covers whatever else has the focus, by so much that nothing of it is seen.
_HIDDEN = """() => {
  const [one, bar] = [document.activeElement, document.querySelector('main .bar')];
  if (bar.contains(one)) return null;
  const { top } = one.getBoundingClientRect();
  return top >= bar.getBoundingClientRect().top ? one.outerHTML.slice(0, 100) : null;
}"""
