"""Reports on paper: what the set-up pages say, in the words of whoever reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import uuid4

import pytest

from server.accounts import actions as accounts
from server.accounts.queries import by_email, scope_of
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.scope import Scope
from server.kit.problems import NotFound
from server.measures.cases import Wanted
from server.measures.schemas import FigureOut
from server.reports.customer_paper import customer_sheet
from server.reports.customers import customer_report
from server.reports.director import director_report
from server.reports.director_paper import Directed, director_sheet
from server.reports.lift_paper import lift_sheet
from server.reports.paper import drawn
from server.reports.region_paper import region_sheet
from server.reports.regions import region_report
from server.reports.schemas import PenaltyCauseOut, TrendOut, TrendPointOut
from server.reports.sheet import Sheet
from server.reports.words import Words
from tests.server.experience.test_irritations import noted
from tests.server.improvements.test_improvements import opened
from tests.server.interventions.town import FOUNDER, Town, minutes
from tests.server.measures.test_out_of_service import stood_still
from tests.server.printed import pages_of, read
from tests.server.reports.test_reports import JUNE, lived

LANGUAGES = [Language.ENGLISH, Language.FRENCH, Language.SPANISH, Language.DUTCH]
FOOT = ("its title", "the number of the page of", "all")
Rows = Sequence[Sequence[str]]


async def reader(town: Town, language: Language = Language.ENGLISH) -> Scope:
    """Whoever keeps both sides in view and reads this language."""
    email = f"{uuid4()}@palier.example"
    body = AccountBody(
        email=email,
        name="Eva",
        role=Role.EXPERIENCE,
        language=language,
        password="a long enough password",
    )
    async with town.write() as session:
        await accounts.create(session, FOUNDER.actor, body, town.now)
        found = await by_email(session, email)
        assert found is not None
        return scope_of(found)


async def overall(town: Town, by: Scope) -> Sheet:
    async with town.read() as session:
        return await director_sheet(session, by, Wanted(*JUNE), town.now)


async def of_region(town: Town, by: Scope) -> Sheet:
    async with town.read() as session:
        return await region_sheet(session, by, town.valley.id, *JUNE, now=town.now)


async def of_customer(town: Town, by: Scope) -> Sheet:
    async with town.read() as session:
        return await customer_sheet(session, by, town.customer.id, *JUNE, now=town.now)


async def of_lift(town: Town, by: Scope) -> Sheet:
    async with town.read() as session:
        return await lift_sheet(session, by, town.hotel.lift.id, *JUNE, now=town.now)


async def all_four(town: Town, by: Scope) -> list[Sheet]:
    return [await each(town, by) for each in (overall, of_region, of_customer, of_lift)]


def rows(sheet: Sheet, title: str) -> Rows:
    (found,) = (each.rows for each in sheet.tables if each.title == title)
    return found


def defined(sheet: Sheet) -> str:
    return " ".join(meaning for _, meaning in sheet.notes)


async def test_the_directors_paper_has_the_figures_of_the_page(town: Town) -> None:
    await lived(town)
    by = await reader(town)
    async with town.read() as session:
        page = await director_report(session, by, Wanted(*JUNE), town.now)
    sheet = await overall(town, by)
    assert rows(sheet, "Overall")[0] == ("Came too late", "50%", "1 of 2.")
    assert ("Arrival on site: Promises kept", "50%", "1 of 2.") in rows(sheet, "What was promised")
    assert sheet.sentences[0].startswith("Of 2 interventions 0 kept every promise")
    weights = [row[:2] for row in rows(sheet, "Experience score")]
    assert weights[:2] == [("Satisfied, answers", "40"), ("Ease, answers", "30")]
    assert len(rows(sheet, "Team by team")) == len(page.teams) == 2
    assert_defined(sheet, [*page.headline, *page.kept, *page.felt, *page.teams[0].figures])


def assert_defined(sheet: Sheet, figures: Sequence[FigureOut]) -> None:
    for each in figures:
        assert f"Code {each.measure}, version {each.definition_version}." in defined(sheet)


async def test_behind_each_trend_stands_its_table(town: Town) -> None:
    await lived(town)
    page = await overall(town, await reader(town))
    trend = rows(page, "Arrival on site: Promises kept: too little for a trend")
    assert len(trend) == len(range(0, 30, 7))
    assert trend[0] == ("1 June 2026", "50%", "1 of 2.")
    assert trend[1] == ("8 June 2026", "–", "–")


async def test_a_trend_and_what_misses_cost_are_written_as_the_reader_writes(town: Town) -> None:
    """Shares, sums and days of a French reader."""
    async with town.read() as session:
        page = await director_report(session, await reader(town), Wanted(*JUNE), town.now)
    points = [TrendPointOut(date(2026, 6, day), share, 7, 8) for day, share in LINE]
    page.trends = [TrendOut("csat_top2", 1, None, points)]
    page.money.causes = [PenaltyCauseOut("", "EUR", "1234.50", 2)]
    page.money.approved = {"EUR": "1234.50"}
    sheet = Directed(page, Words("fr")).sheet("Andorre", town.now)
    line = rows(sheet, "Clients satisfaits : de 87,5\u00a0% à 90,27\u00a0%, en hausse")
    assert line[0] == ("1er juin 2026", "87,5\u00a0%", "7 sur 8.")
    assert "Crédité : 1\u00a0234,50\u00a0€." in [
        each.replace("\u202f", " ") for each in sheet.sentences
    ]
    money = rows(sheet, "Ce que coûtent les engagements manqués, par cause")
    assert money == [("Pas encore trouvée", "1\u00a0234,50\u00a0€", "2")]


LINE = [(1, "87.5"), (8, None), (15, "90.27")]


async def test_the_regions_paper_tells_where_the_shifts_went(town: Town) -> None:
    await lived(town)
    by = await reader(town)
    async with town.read() as session:
        page = await region_report(session, by, town.valley.id, *JUNE, now=town.now)
    sheet = await of_region(town, by)
    assert [each.replace("\u00a0", " ") for row in rows(sheet, "All shifts") for each in row] == [
        *("On the road", "20 min", "4.16%"),
        *("Waiting for parts", "0 min", "0%"),
        *("On site", "40 min", "8.33%"),
        *("The rest", "7 h", "87.51%"),
        *("All shifts", "8 h", "100%"),
    ]
    assert len(rows(sheet, "Plans and what came of them")) == len(page.figures)
    ((name, count, kept),) = rows(sheet, "Service by service")
    assert (name, count) == ("Lift repair", "2")
    assert "Arrival on site 50%" in kept
    assert_defined(sheet, page.figures)


async def test_the_customers_paper_carries_the_agenda(town: Town) -> None:
    await lived(town)
    by = await reader(town)
    call = await town.report("S3")
    await noted(town, call, town.manager(), "Nobody called back.")
    voice = await noted(town, call, town.manager(), "The hall is dirty.")
    await opened(town, voice, title="Call back within the hour", due_on=date(2026, 7, 1))
    async with town.read() as session:
        page = await customer_report(session, by, town.customer.id, *JUNE, now=town.now)
    sheet = await of_customer(town, by)
    paper = " ".join(read(drawn(sheet)).split())
    assert f"Report: {page.name}" in paper
    assert "1 missed promise" in paper
    ((number, site, promise, day),) = rows(sheet, "1 missed promise")
    assert (site, promise, day) == (town.hotel.site.name, "Arrival on site", "2 June 2026")
    assert number != call.number
    assert rows(sheet, "1 voice waiting for an answer") == [
        (call.number, "Nobody called back.", "2 June 2026")
    ]
    assert rows(sheet, "1 open improvement")[0][0] == "Call back within the hour"
    assert "No meeting was planned in this time." in paper
    assert_defined(sheet, [*page.kept, *page.felt])


async def test_the_lifts_paper_tells_each_time_it_stood_still(town: Town) -> None:
    await stood_still(town, "door", 54)
    town.passes(timedelta(days=10))
    await stood_still(town, "door", 30)
    town.passes(minutes(60))
    sheet = await of_lift(town, await reader(town))
    first, second = rows(sheet, "One by one")
    assert first[1:4] == ("2 June 2026 09:15", "2 June 2026 10:09", "Doors")
    assert second[3] == "Doors (Came back)"
    assert "because of: Doors." in sheet.sentences[0]
    assert "Code availability, version 1." in defined(sheet)


async def test_every_paper_speaks_the_readers_language_throughout(town: Town) -> None:
    """No sentence, title or heading of one language stands on the paper of another."""
    await lived(town)
    read_in = {each: await all_four(town, await reader(town, each)) for each in LANGUAGES}
    for language, other in combinations(LANGUAGES, 2):
        for one, another in zip(read_in[language], read_in[other], strict=True):
            assert one.about != another.about
            assert one.notes_title != another.notes_title
            assert not set(one.sentences) & set(another.sentences)
    for language, sheets in read_in.items():
        for sheet in sheets:
            paper = drawn(sheet)
            assert f"/Lang ({language.value})".encode() in paper
            assert "{" not in read(paper)


async def test_what_a_figure_means_never_begins_at_the_foot_of_a_page(town: Town) -> None:
    """The name of a figure and its meaning stand on one page, wherever the tables end."""
    sheet = await overall(town, await reader(town))
    for lines in range(40):
        long = replace(sheet, sentences=[f"Line {number}." for number in range(lines)], tables=[])
        pages = [page.split("\n") for page in pages_of(drawn(long))]
        for name, _ in sheet.notes:
            (page,) = (each for each in pages if name in each)
            assert page.index(name) + len(FOOT) + 1 < len(page), f"{name} after {lines} lines"


async def test_a_foreign_region_customer_or_lift_is_unknown_on_paper_too(town: Town) -> None:
    away = replace(await reader(town), region_ids=frozenset({town.mountain.id}))
    for foreign in (of_region, of_lift):
        with pytest.raises(NotFound):
            await foreign(town, away)
    assert town.hotel.site.name not in read(drawn(await of_customer(town, away)))
    async with town.read() as session:
        with pytest.raises(NotFound):
            await customer_sheet(session, away, uuid4(), *JUNE, now=town.now)
