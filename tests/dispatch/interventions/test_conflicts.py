"""The table of conflicts: complete, never silent, and the same as on its page."""

from pathlib import Path

import pytest

from dispatch.interventions import RULINGS, Ask, Kept, Meanwhile, Role, Verdict, ruling

PAGE = Path(__file__).parents[3] / "docs" / "conflicts.md"


def test_every_thing_that_may_happen_has_its_row() -> None:
    assert list(RULINGS) == list(Meanwhile)


@pytest.mark.parametrize("meanwhile", list(Meanwhile))
@pytest.mark.parametrize("ask", list(Ask))
def test_nothing_is_lost_and_nobody_wins_in_silence(meanwhile: Meanwhile, ask: Ask) -> None:
    found = ruling([meanwhile], ask)
    assert Role.TECHNICIAN in found.told
    assert (found.code == "") == (found.verdict is Verdict.APPLIED)
    if found.verdict is Verdict.CONFLICT:
        assert Role.DISPATCHER in found.told
    if found.verdict is not Verdict.WAITS:
        assert set(found.kept) == set(Kept)


@pytest.mark.parametrize("meanwhile", [each for each in Meanwhile if each != "signed_out"])
def test_facts_and_words_from_the_site_always_count(meanwhile: Meanwhile) -> None:
    for ask in (Ask.FACT, Ask.WORDS):
        assert ruling([meanwhile], ask).verdict is Verdict.APPLIED


def test_of_several_things_the_first_in_the_table_decides() -> None:
    assert ruling(list(Meanwhile), Ask.STEP) == ruling([Meanwhile.SIGNED_OUT], Ask.STEP)
    both = [Meanwhile.STEP_DONE, Meanwhile.REASSIGNED, Meanwhile.RESCHEDULED]
    assert ruling(both, Ask.STEP).code == "visit_reassigned"


def test_the_page_is_the_table() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `" in line[:3]]
    assert [row.split("|")[1].strip(" `") for row in rows] == [each.value for each in Meanwhile]
    for row, (meanwhile, _) in zip(rows, RULINGS.items(), strict=True):
        cells = [cell.strip() for cell in row.split("|")[3:7]]
        assert cells == [said(meanwhile, ask) for ask in Ask]
        office = any(
            Role.DISPATCHER in ruling([meanwhile], ask).told
            for ask in Ask
            if ruling([meanwhile], ask).verdict is not Verdict.APPLIED
        )
        assert ("dispatcher" in row.split("|")[7]) == office


def said(meanwhile: Meanwhile, ask: Ask) -> str:
    found = ruling([meanwhile], ask)
    code = f" `{found.code}`" if found.code else ""
    return f"{found.verdict.value}{code}"
