"""Looks at what is on a phone: contrast, names, room and words in every theme and width."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (320, 360, 430, 1440, 390)
"""Pixels; on the last one a screen is judged."""
HEIGHT = 844
WHOLE = 3000
"""Pixels: what stays at the thumb covers nothing that could be scrolled away from under it."""
MESSAGES = Path(__file__).parents[2] / "pwa" / "messages"
# A key of messages/ in place of its words, or a text whose places are not filled.
_RAW = re.compile(r"\{\w+[,}]")


class Words:
    """What the pages say in one language, by key."""

    def __init__(self, language: str) -> None:
        self._texts: dict[str, str] = {}
        for page in ("lib", "technician"):
            read = (MESSAGES / page / f"{language}.json").read_text(encoding="utf-8")
            self._texts |= json.loads(read)
        families = sorted({key.split(".")[0] for key in self._texts if "." in key})
        self._key = re.compile(rf"\b(?:{'|'.join(families)})\.[a-z_]+(?:\.[a-z_]+)*\b")

    def __call__(self, key: str) -> str:
        return self._texts[key]

    def step(self, kind: str) -> str:
        return self(f"technician.step.{kind}")

    def raw(self, text: str) -> list[str]:
        """What of a screen's text is no word of a language."""
        return [*self._key.findall(text), *_RAW.findall(text)]


@dataclass(slots=True)
class Reader:
    """Looks at screen after screen of one page and keeps what is wrong with them."""

    page: Page
    words: Words
    faults: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)

    def looks(self, screen: str, part: str | None = None) -> None:
        """Judge what is shown; `part` is the sheet or menu above a screen judged before."""
        self.screens.append(screen)
        for width in WIDTHS:
            height = WHOLE if width == WIDTHS[-1] else HEIGHT
            self.page.set_viewport_size({"width": width, "height": height})
            self._fault(screen, f"too wide for {width} px", self.page.evaluate(_TOO_WIDE))
        self._fault(screen, "hard to hit", self.page.evaluate(_SMALL))
        self._fault(screen, "raw", self.words.raw(self.page.evaluate(_SAID)))
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        found: dict[str, Any] = self.page.evaluate(_JUDGED, [part, _EVERYTHING, _COLOURS])
        for theme, violations in found.items():
            self._fault(screen, theme, violations)

    def _fault(self, screen: str, kind: str, found: list[str]) -> None:
        self.faults += [f"{screen}, {kind}: {each}" for each in found]


# What is read outdoors has 7:1, which the tokens promise in every theme. The second rule of the two
# leaves to the first what has less than 4.5:1.
_EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
# A theme changes colours and the thickness of lines, no names and no order.
_COLOURS = {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast",
            "color-contrast-enhanced",
            "link-in-text-block",
            "target-size",
        ],
    },
    "resultTypes": ["violations"],
}
_JUDGED = """async ([part, everything, colours]) => {
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const found = {};
  for (const theme of ['light', 'dark', 'sun']) {
    root.dataset.theme = theme;
    const options = theme === 'light' ? everything : colours;
    const { violations } = await axe.run(part ?? document, options);
    found[theme] = violations.flatMap(({ id, nodes }) => nodes.map(
      (node) => `${id} ${node.target.join(' ')} ${node.any[0]?.message ?? node.failureSummary}`));
  }
  if (chosen === undefined) delete root.dataset.theme;
  else root.dataset.theme = chosen;
  return found;
}"""
# Everything that is wider than its place, on the page or inside something that scrolls.
_TOO_WIDE = """() => [
    ...document.querySelectorAll('html, #content, dialog[open] *, [popover]:popover-open'),
  ]
  .filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0
    && (one.localName === 'html' || /auto|scroll/.test(getComputedStyle(one).overflowX)))
  .map((one) => `${one.localName}.${one.className} by ${one.scrollWidth - one.clientWidth}`)"""
# A finger in a glove: 48 px for whatever is tapped, 56 for what comes next. A label counts as its
# own control, and a quarter of a pixel is lost where a line is not whole.
_SMALL = """() => {
  const above = document.querySelector('dialog[open], [popover]:popover-open') ?? document;
  const found = [];
  for (const one of above.querySelectorAll('button, a[href], select, input, summary, textarea')) {
    const boxes = [one, ...(one.closest('label') ? [one.closest('label')] : [])]
      .map((each) => each.getBoundingClientRect());
    if (boxes[0].width < 2 || !one.checkVisibility({visibilityProperty: true})) continue;
    const [width, height] = ['width', 'height']
      .map((of) => Math.round(Math.max(...boxes.map((box) => box[of]))));
    const wanted = one.matches('.primary.large') ? 56 : 48;
    if (width < 48 || height < wanted)
      found.push(`${one.localName} "${one.innerText}" ${width} x ${height}`);
  }
  return found;
}"""
_SAID = """() => [document.body.innerText, document.title,
  ...['aria-label', 'placeholder', 'title', 'alt'].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name)))]
  .join('\\n')"""
