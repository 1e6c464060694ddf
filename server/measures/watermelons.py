"""Green outside, red inside: jobs, sites and customers with promises kept and people unhappy.

What makes one is `dispatch.measures`; what people said is `server.experience`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from dispatch.measures import JobWatermelon, Ratio, Satisfaction, SiteWatermelon
from dispatch.measures.watermelon import FEWEST_ANSWERS
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.measures.cases import Case, Wanted, cases, regions_of
from server.measures.promises_kept import attainments
from server.measures.queries import require_days
from server.measures.said import Said, said_about
from server.measures.schemas import WatermelonJobOut, WatermelonPlaceOut, WatermelonsOut

ATTAINMENT_TARGET, CSAT_TARGET = Fraction(95), Fraction(75)


async def watermelons(
    session: AnySession, scope: Scope, wanted: Wanted, now: datetime
) -> WatermelonsOut:
    """Of what was reported on those days: the jobs by name, sites and customers with their n."""
    require_days(wanted.from_day, wanted.to_day)
    found = await cases(session, await regions_of(session, scope, wanted), wanted, now)
    return await watermelons_among(session, found, wanted)


async def watermelons_among(
    session: AnySession, found: Sequence[Case], wanted: Wanted
) -> WatermelonsOut:
    """The same of interventions that were read already."""
    said = await said_about(session, [case.dossier.intervention.id for case in found])
    return WatermelonsOut(
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        attainment_target=str(ATTAINMENT_TARGET),
        csat_target=str(CSAT_TARGET),
        fewest_answers=FEWEST_ANSWERS,
        jobs=[
            _job(case, said[case.dossier.intervention.id])
            for case in found
            if is_watermelon(case, said.get(case.dossier.intervention.id, Said()))
        ],
        sites=_places(found, said, lambda case: (case.dossier.site.id, case.dossier.site.name)),
        customers=_places(
            found, said, lambda case: (case.dossier.customer.id, case.dossier.customer.name)
        ),
    )


def is_watermelon(case: Case, said: Said) -> bool:
    return JobWatermelon(
        tuple(clock.state for clock in case.clocks),
        csat=min(said.csat, default=None),
        ces=min(said.effort, default=None),
        irritation=said.irritated,
        complaint=said.complained,
    ).is_watermelon


def _job(case: Case, said: Said) -> WatermelonJobOut:
    row = case.dossier.intervention
    return WatermelonJobOut(
        intervention_id=row.id,
        region_id=row.region_id,
        number=row.number,
        summary=row.summary,
        site_name=case.dossier.site.name,
        customer_name=case.dossier.customer.name,
        reported_at=row.reported_at,
        csat=min(said.csat, default=None),
        effort=min(said.effort, default=None),
        is_irritated=said.irritated,
        is_complaint=said.complained,
        words=said.words,
    )


def _places(
    found: Sequence[Case],
    said: Mapping[UUID, Said],
    place_of: Callable[[Case], tuple[UUID, str]],
) -> list[WatermelonPlaceOut]:
    """Each place with its worst clock beside what was felt; unknown ones come last."""
    by_place: dict[tuple[UUID, str], list[Case]] = defaultdict(list)
    for case in found:
        by_place[place_of(case)].append(case)
    shown = [_place(*place, each, said) for place, each in by_place.items()]
    order = (True, False, None)
    return sorted(shown, key=lambda each: (order.index(each.is_watermelon), each.name))


def _place(
    id_: UUID, name: str, jobs: Sequence[Case], said: Mapping[UUID, Said]
) -> WatermelonPlaceOut:
    kept = worst_clock(jobs)
    scores = [score for case in jobs for score in _scores(said, case)]
    felt = Satisfaction(tuple(scores)).satisfied
    verdict = SiteWatermelon(
        kept.percent, ATTAINMENT_TARGET, felt.percent, CSAT_TARGET, len(scores)
    ).is_watermelon
    is_told = len(scores) >= FEWEST_ANSWERS
    return WatermelonPlaceOut(
        id=id_,
        name=name,
        attainment=kept.text,
        promises=kept.denominator,
        csat=felt.text if is_told else None,
        answers=len(scores),
        is_watermelon=verdict,
    )


def _scores(said: Mapping[UUID, Said], case: Case) -> list[int]:
    found = said.get(case.dossier.intervention.id)
    return [] if found is None else found.csat


def worst_clock(jobs: Sequence[Case]) -> Ratio:
    """The clock that kept the smallest share: clocks are never mixed, and one late is late."""
    shares = [Ratio(each.numerator or 0, each.denominator or 0) for each in attainments(jobs)]
    judged = [each for each in shares if each.percent is not None]
    return min(judged, key=lambda each: each.percent or 0, default=Ratio(0, 0))
