"""What pushes say: in every language, in the pages' own words, and short enough to be sent."""

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.accounts.schemas import Language
from server.notifications.push_words import WORDS, many, one
from tests.server.interventions.town import TUESDAY

MESSAGES = Path(__file__).parents[3] / "pwa" / "messages" / "lib"
PARIS = ZoneInfo("Europe/Paris")
LONGEST = {
    "severity": "S2",
    "site_name": "é" * 200,
    "asset_name": "漢" * 200,
    "starts_at": TUESDAY.isoformat(),
}


@pytest.mark.parametrize("language", Language)
def test_every_kind_has_words_in_every_language(language: Language) -> None:
    words = WORDS[language]
    assert set(words.titles) == set(WORDS[Language.ENGLISH].titles)
    assert len(set(words.titles.values())) == len(words.titles)
    assert len(set(words.days)) == 7
    assert all([*words.tried, many(language, [LONGEST] * 9)[0]])


@pytest.mark.parametrize("language", Language)
def test_how_serious_it_is_is_said_as_on_the_pages(language: Language) -> None:
    pages = json.loads((MESSAGES / f"{language.value}.json").read_text(encoding="utf-8"))
    urgent = {level: pages[f"severity.{level}"] for level in ("S1", "S2")}
    assert WORDS[language].urgent == urgent


@pytest.mark.parametrize("kind", WORDS[Language.ENGLISH].titles)
def test_the_longest_names_still_fit_into_one_message(kind: str) -> None:
    facts = [LONGEST | {"site_name": f"{n}{'漢' * 199}"} for n in range(9)]
    for title, body in (
        one(Language.FRENCH, kind, LONGEST, PARIS, TUESDAY),
        many(Language.FRENCH, facts),
    ):
        assert len(json.dumps([title, body], ensure_ascii=False).encode()) < 1500


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (0, "09:15"),
        (1, "mer. 09:15"),
        (5, "dim. 09:15"),
        (8, "10/06 09:15"),
    ],
)
def test_the_hour_is_that_of_the_site_with_its_day_unless_today(later: int, told: str) -> None:
    facts = {"site_name": "Hôtel", "starts_at": (TUESDAY + timedelta(days=later)).isoformat()}
    assert one(Language.FRENCH, "visit_moved", facts, PARIS, TUESDAY)[1] == f"Hôtel · {told}"
