"""The same figure again and again: week by week, or month by month over more than a quarter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.agreements import ClockKind
from dispatch.measures import Satisfaction
from server.kit.database import AnySession
from server.measures.cases import Case
from server.measures.figure import ratio_figure
from server.measures.promises_kept import attainments
from server.measures.repairs import first_time_fix
from server.measures.said import Said
from server.measures.schemas import FigureOut
from server.reports.schemas import TrendOut, TrendPointOut

WEEK = timedelta(days=7)
MOST_WEEKS = timedelta(days=98)


async def trends(
    session: AnySession,
    cases: Sequence[Case],
    said: Mapping[UUID, Said],
    days: tuple[date, date],
    now: datetime,
) -> list[TrendOut]:
    """Coming in time, satisfaction, and repairs that held, each by the day of the call."""
    lines: dict[str, list[TrendPointOut]] = {}
    first: dict[str, FigureOut] = {}
    for begins, ends in stretches(*days):
        some = [case for case in cases if begins <= _day(case) < ends]
        for figure in await _three(session, some, said, now):
            first.setdefault(figure.measure, figure)
            lines.setdefault(figure.measure, []).append(
                TrendPointOut(
                    from_day=begins,
                    value=figure.value,
                    numerator=figure.numerator or 0,
                    denominator=figure.denominator or 0,
                )
            )
    return [
        TrendOut(
            measure=measure,
            definition_version=first[measure].definition_version,
            clock=first[measure].clock,
            points=points,
        )
        for measure, points in lines.items()
    ]


def stretches(from_day: date, to_day: date) -> Iterator[tuple[date, date]]:
    """Weeks from the first day on; calendar months where those would be too many.

    >>> [str(begins) for begins, _ in stretches(date(2026, 6, 1), date(2026, 6, 16))]
    ['2026-06-01', '2026-06-08', '2026-06-15']
    """
    by_month = to_day - from_day > MOST_WEEKS
    while from_day < to_day:
        following = (from_day.replace(day=1) + timedelta(days=32)).replace(day=1)
        following = min(following if by_month else from_day + WEEK, to_day)
        yield from_day, following
        from_day = following


def _day(case: Case) -> date:
    row = case.dossier.intervention
    return row.reported_at.astimezone(ZoneInfo(case.dossier.site.zone)).date()


async def _three(
    session: AnySession, cases: Sequence[Case], said: Mapping[UUID, Said], now: datetime
) -> tuple[FigureOut, FigureOut, FigureOut]:
    of_these = (said.get(case.dossier.intervention.id) for case in cases)
    satisfied = Satisfaction(tuple(score for each in of_these if each for score in each.csat))
    kept = next(each for each in attainments(cases) if each.clock == ClockKind.RESPONSE.value)
    return (
        kept,
        ratio_figure("csat_top2", satisfied.satisfied),
        await first_time_fix(session, cases, now),
    )
