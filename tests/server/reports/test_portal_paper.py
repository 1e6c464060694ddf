"""A manager's month on paper: the rows of the page, in the words of whoever reads it."""

import re
from dataclasses import replace

import msgspec
import pytest

from server.accounts import actions as accounts
from server.accounts.queries import by_email, scope_of
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.scope import Scope
from server.credits.schemas import CreditLineOut, PortalCreditNoteOut
from server.reports.paper import drawn
from server.reports.portal_paper import Month, month_sheet
from server.reports.portal_schemas import PortalMonthOut
from server.reports.sheet import Sheet, Table
from server.reports.words import Words
from tests.server.interventions.town import FOUNDER, Town
from tests.server.printed import read
from tests.server.reports.test_portal_month import JUNE, lived, told

PAGE = re.compile(rb"/Type /Page\b")


def in_one_line(text: str) -> str:
    return " ".join(text.split())


async def reader(town: Town, language: Language) -> Scope:
    """A building manager of the hotels who reads this language."""
    email = f"{language}@hotels.example"
    body = AccountBody(
        email=email,
        name="Marta",
        role=Role.MANAGER,
        language=language,
        password="a long enough password",
        customer_id=town.customer.id,
    )
    async with town.write() as session:
        await accounts.create(session, FOUNDER.actor, body, town.now)
        found = await by_email(session, email)
        assert found is not None
        return scope_of(found)


async def sheet_for(town: Town, by: Scope) -> Sheet:
    async with town.read() as session:
        return await month_sheet(session, by, JUNE, town.now)


async def test_the_paper_has_the_rows_of_the_page(town: Town) -> None:
    await lived(town)
    page = await told(town)
    paper = in_one_line(read(drawn(await sheet_for(town, await reader(town, Language.ENGLISH)))))
    assert "Report of June 2026" in paper
    assert f"{page.interventions} jobs were reported or planned." in paper
    for each in [*page.kept, *(each for each in page.felt if each.denominator)]:
        assert f"{each.numerator} of {each.denominator}" in paper
        assert f"(Definition {each.measure}, version {each.definition_version})" in paper
    for lift in page.lifts:
        is_listed = f"{lift.site_name}, {lift.name}" in paper
        assert is_listed == (lift.downtime_seconds >= 60 or lift.is_met is False)


async def test_what_nobody_said_is_told_in_a_sentence_and_not_in_a_row(town: Town) -> None:
    sheet = await sheet_for(town, await reader(town, Language.ENGLISH))
    assert "Nobody told us how it was." in sheet.sentences
    assert all("0 of 0" not in row for table in sheet.tables for row in table.rows)


@pytest.mark.parametrize(
    ("language", "title", "kept"),
    [
        (Language.ENGLISH, "Report of June 2026", "Kept"),
        (Language.FRENCH, "Rapport mensuel : juin 2026", "Tenus"),
        (Language.SPANISH, "Informe de junio de 2026", "Cumplidos"),
        (Language.DUTCH, "Rapport van juni 2026", "Nagekomen"),
    ],
)
async def test_the_paper_speaks_the_readers_language(
    town: Town, language: Language, title: str, kept: str
) -> None:
    await lived(town)
    sheet = await sheet_for(town, await reader(town, language))
    assert (sheet.language, sheet.title) == (language.value, title)
    assert kept in sheet.tables[0].columns
    assert title in read(drawn(sheet))
    assert f"/Lang ({language.value})".encode() in drawn(sheet)


async def test_money_given_back_stands_with_what_it_is_for(town: Town) -> None:
    tier = CreditLineOut(kind="tier", amount="1212.50", availability="98.4000")
    note = PortalCreditNoteOut(
        number="CN-2026-0001",
        agreement_number="HOTELS",
        month=JUNE,
        currency="EUR",
        amount="1212.50",
        lines=[tier],
        counters=None,
        approved_on=town.now.date(),
        unit_name="Hotel Mérïtxell",
    )
    page: PortalMonthOut = msgspec.structs.replace(
        await told(town), credits=[note], credited={"EUR": "1212.50"}
    )
    sheet = Month(page, Words("fr")).sheet("Hôtels")
    assert sheet.sentences[-1] == "Nous vous rendons 1\u00a0212,50\u00a0€."
    ((words, amount),) = sheet.tables[-1].rows
    assert words.startswith("CN-2026-0001, approuvé le")
    assert "98,4\u00a0%" in words
    assert "juin 2026, Hotel Mérïtxell." in words
    assert amount == "1\u00a0212,50\u00a0€"


async def test_a_long_month_goes_on_over_pages_with_the_headings_on_each(town: Town) -> None:
    sheet = await sheet_for(town, await reader(town, Language.DUTCH))
    rows = [(f"Lift {number}", "1 u 05") for number in range(120)]
    long = replace(sheet, tables=[Table("Liften", ("Lift", "Stond stil"), rows, (2, 1))])
    paper = drawn(long)
    pages = len(PAGE.findall(paper))
    assert pages > 2
    assert read(paper).count("Stond stil") >= pages - 1
    assert all(f"Lift {number}" in read(paper) for number in range(120))


async def test_the_same_month_at_the_same_instant_is_the_same_file(town: Town) -> None:
    by = await reader(town, Language.FRENCH)
    assert drawn(await sheet_for(town, by)) == drawn(await sheet_for(town, by))


async def test_a_name_in_other_letters_is_still_printed(town: Town) -> None:
    sheet = await sheet_for(town, await reader(town, Language.ENGLISH))
    assert "Cacak" in read(drawn(replace(sheet, about="Čačak")))
