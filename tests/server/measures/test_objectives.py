"""An agreement on what is felt: approved without a time in it, measured beside what was kept."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from dispatch.measures import Effort, Ratio, Satisfaction
from server.agreements.schemas import ObjectiveBody, ServiceRowBody, TermsBody
from server.agreements.tables import Agreement
from server.interventions.tables import Visit
from server.kit.tables import Event
from server.measures.felt import Felt, felt_figures
from server.measures.figure import ratio_figure
from server.measures.objectives import agreement_doing
from server.measures.schemas import AgreementDoingOut, FigureOut
from tests.server.breaches.missed import EVA
from tests.server.experience.test_feedback import ended, give
from tests.server.experience.test_links import link_to, says
from tests.server.interventions.town import Town, in_force, minutes
from tests.server.measures.test_figures import figures

JUNE = date(2026, 6, 1), date(2026, 7, 1)
FELT = [
    ObjectiveBody(measure="csat_top2", at_least=Decimal(80)),
    ObjectiveBody(measure="ces_mean", at_least=Decimal("5.5")),
]


async def doing(town: Town) -> AgreementDoingOut:
    async with town.read() as session:
        query = select(Agreement.id).where(Agreement.number == "FELT-1")
        agreement_id = (await session.scalars(query)).one()
        return await agreement_doing(session, EVA, agreement_id, *JUNE, now=town.now)


async def agree(town: Town) -> None:
    terms = TermsBody(services=[ServiceRowBody(service="REPAIR")], objectives=FELT)
    async with town.write() as session:
        await in_force(session, "FELT-1", terms, customer_id=town.customer.id)


async def test_objectives_are_held_against_what_people_said_and_unknown_under_five(
    town: Town,
) -> None:
    await agree(town)
    about = await ended(town)
    await give(town, about, csat=5, effort=7)
    for csat in (4, 5, 2):
        await says(town, await link_to(town, about), csat=csat)
    satisfied, ease = (await doing(town)).objectives
    assert (satisfied.standing, satisfied.value, satisfied.rests_on) == ("unknown", "75", 4)
    await says(town, await link_to(town, about), csat=4)
    satisfied, ease = (await doing(town)).objectives
    assert (satisfied.standing, satisfied.value, satisfied.at_least) == ("reached", "80", "80")
    assert (ease.standing, ease.value, ease.rests_on) == ("unknown", "7.00", 1)


async def test_one_side_may_be_red_while_the_other_is_green(town: Town) -> None:
    await agree(town)
    about = await ended(town)
    for _ in range(5):
        await says(town, await link_to(town, about), csat=1)
    found = await doing(town)
    kept = {each.clock: each.value for each in found.service}
    assert kept["response"] == "100"
    assert [each.standing for each in found.objectives] == ["missed", "unknown"]


async def score_of(town: Town) -> FigureOut:
    return (await figures(town))["xla_score", None]


async def test_the_score_is_told_with_its_parts_and_can_be_worked_out_from_them(town: Town) -> None:
    about = await ended(town)
    await give(town, about, csat=4)
    await says(town, await link_to(town, about), csat=1)
    score = await score_of(town)
    parts = {part["name"]: part for part in score.facts["parts"]}
    assert {name: (part["points"], part["rests_on"]) for name, part in parts.items()} == {
        "csat": (50, 2),
        "ces": (None, 0),
        "ftf": (100, 1),
        "eta": (100, 1),
    }
    weighed = [(part["weight"], part["points"]) for part in parts.values() if part["rests_on"]]
    by_hand = Fraction(sum(int(w * p) for w, p in weighed), sum(w for w, _ in weighed))
    assert Fraction(score.numerator or 0, score.denominator or 1) == by_hand
    assert score.value == "71.43"


def test_a_part_of_the_score_is_the_number_that_its_figure_tells() -> None:
    two_of_three = Ratio(2, 3)
    fixed = ratio_figure("first_time_fix", two_of_three)
    felt = Felt(Satisfaction((5, 4, 1)), Effort(()), two_of_three, 3, fixed)
    *figures, score = felt_figures(felt)
    told = {each.measure: each.value for each in (*figures, fixed)}
    points = {part["name"]: str(part["points"]) for part in score.facts["parts"]}
    assert points == {
        "csat": told["csat_top2"],
        "ces": "None",
        "ftf": told["first_time_fix"],
        "eta": told["eta_accuracy"],
    }
    assert points["csat"] == "66.66"


async def test_coming_as_announced_is_worked_out_from_what_was_told_half_an_hour_ahead(
    town: Town,
) -> None:
    visit = await town.visit("S2")  # told at 9:15 for 9:45
    town.passes(minutes(20))
    await town.move(visit, after=minutes(60))  # told at 9:35 for 10:35
    town.passes(minutes(40))
    visit = (await town.look(visit)).visits[0]
    await town.lead(visit, "accept", "start_travel", "arrive")  # there at 10:15
    await town.assign(await town.report("S2", town.chalet), town.bruno)  # nobody is there yet
    figure = (await figures(town))["eta_accuracy", None]
    assert (figure.numerator, figure.denominator) == await by_events(town)
    assert (figure.numerator, figure.denominator) == (0, 1)


async def by_events(town: Town) -> tuple[int, int]:
    """The same counted from the exported events alone."""
    told: dict[UUID, datetime] = {}
    kept = []
    async with town.read() as session:
        visits = {row.id: row for row in await session.scalars(select(Visit))}
        for event in await session.scalars(select(Event).order_by(Event.seq)):
            arrived = visits[event.visit_id].arrived_at if event.visit_id else None
            if event.visit_id and arrived and (arrived - event.at) >= minutes(30):
                told[event.visit_id] = datetime.fromisoformat(event.data["starts_at"])
    for visit_id, promised in told.items():
        arrived = visits[visit_id].arrived_at
        kept.append(arrived is not None and abs(arrived - promised) <= minutes(15))
    return sum(kept), len(kept)
