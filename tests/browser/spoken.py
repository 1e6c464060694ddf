"""Judges the words on a screen: each is said in its language, by the messages, or is a fact."""

import json
import re
from collections.abc import Iterable

from playwright.sync_api import Page

from tests.browser.readability import MESSAGES

_SLOT = re.compile(r"\{(\w+)(?:, plural,((?:\s*=?\w+ \{[^{}]*\})+)\s*)?\}")
_BRANCH = re.compile(r"=?\w+ \{([^{}]*)\}")
# What stands around and between texts, none of it a word.
_EDGES = " \n\t()·:,"


class Spoken:
    """All that some pages can say in one language; `facts` are names that are in none."""

    def __init__(
        self, page: Page, language: str, pages: Iterable[str], facts: Iterable[str]
    ) -> None:
        self._texts: dict[str, str] = {}
        for each in ("lib", *pages):
            read = (MESSAGES / each / f"{language}.json").read_text(encoding="utf-8")
            self._texts |= json.loads(read)
        days = page.evaluate(_DAYS, "en-GB" if language == "en" else language)
        told = "|".join(re.escape(_plain(each)) for each in sorted([*facts, *days], key=len)[::-1])
        # Between facts stand figures and signs, and no letter of any other language.
        self._fact = rf"(?:{told}|[\W\d_])+"
        texts = filter(_has_words, self._texts.values())
        self._said = re.compile("|".join([self._fact, *map(self._pattern, texts)]))

    def __call__(self, key: str, **facts: str) -> str:
        """The words of a key, as they stand on the screen."""
        return _plain(_SLOT.sub(lambda slot: facts[slot[1]], self._texts[key]))

    def begins(self, key: str) -> str:
        """The words of a key before its first fact."""
        return _plain(self._texts[key].partition("{")[0])

    def strays(self, page: Page) -> list[str]:
        """What on this screen nobody says in this language."""
        return [
            told
            for told in map(_plain, page.evaluate(_TOLD))
            if not (self._is_said(told) or all(map(self._is_said, told.split(" · "))))
        ]

    def _is_said(self, told: str) -> bool:
        bare = told.strip(_EDGES)
        return any(not each or self._said.fullmatch(each) for each in (bare, told))

    def _pattern(self, text: str) -> str:
        parts, at = [], 0
        for slot in _SLOT.finditer(text):
            parts.append(re.escape(_plain(text[at : slot.start()], strips=False)))
            forms = _BRANCH.findall(slot[2] or "")
            chosen = "|".join(re.escape(form).replace(r"\#", r"\d+") for form in forms)
            parts.append(f"(?:{chosen})" if forms else self._fact)
            at = slot.end()
        return "".join([*parts, re.escape(_plain(text[at:], strips=False))]).strip()


def _plain(text: str, *, strips: bool = True) -> str:
    """With one kind of space, as French has several."""
    spaced = re.sub(r"\s+", " ", text)
    return spaced.strip() if strips else spaced


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2}", _SLOT.sub("", text)) is not None or "plural," in text


_DAYS = """(language) => {
  const told = new Set();
  for (let day = 0; day < 365; day += 3) {
    const at = new Date(Date.UTC(2026, 0, 1 + day));
    const options = { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' };
    for (const { type, value } of new Intl.DateTimeFormat(language, options).formatToParts(at))
      if (type === 'weekday' || type === 'month') told.add(value);
  }
  if (language === 'fr') told.add('1er');
  return [...told];
}"""
# Each text by itself, seen or only spoken, and what a screen reader says of pictures and fields.
_TOLD = """() => {
  const told = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (one.closest('script, style') === null && one.checkVisibility()) told.push(node.data);
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const one of document.querySelectorAll(`[${name}]`))
      if (one.checkVisibility()) told.push(one.getAttribute(name));
  return told.filter((text) => text.trim() !== '');
}"""
