"""Figures about what was felt: satisfaction, ease, coming when announced, and the score of all.

They stand beside the promises kept and are never mixed with them.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.measures import (
    DEFINITIONS,
    USUAL_WEIGHTS,
    Effort,
    Part,
    Ratio,
    Satisfaction,
    XlaScore,
    eta_accuracy,
)
from dispatch.measures.figures import mean_text, number, percent_text
from server.kit.database import AnySession
from server.kit.tables import Event
from server.measures.cases import AT_A_TIME, Case
from server.measures.figure import ratio_figure
from server.measures.repairs import first_time_fix
from server.measures.said import said_about
from server.measures.schemas import FigureOut

AHEAD = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Felt:
    """Everything that was felt about some interventions, exact; `visits` came in all."""

    satisfied: Satisfaction
    effort: Effort
    arrivals: Ratio
    visits: int
    fixed: FigureOut

    @property
    def score(self) -> XlaScore:
        points = {
            "csat": self.satisfied.satisfied.percent,
            "ces": self.effort.points,
            "ftf": Ratio(self.fixed.numerator or 0, self.fixed.denominator or 0).percent,
            "eta": self.arrivals.percent,
        }
        return XlaScore(
            tuple(
                Part(name, Fraction(weight), points[name]) for name, weight in USUAL_WEIGHTS.items()
            )
        )

    def rests_on(self, measure: str) -> int:
        """Of how many answers, visits or repairs a measure is; of the score, how many answers."""
        return {
            "ces_easy": len(self.effort.scores),
            "ces_mean": len(self.effort.scores),
            "first_time_fix": self.fixed.denominator or 0,
            "eta_accuracy": self.arrivals.denominator,
        }.get(measure, len(self.satisfied.scores))

    def exact(self, measure: str) -> Fraction | None:
        """The exact figure an objective is held against."""
        return {
            "csat_top2": self.satisfied.satisfied.percent,
            "csat_mean": self.satisfied.mean,
            "ces_easy": self.effort.easy.percent,
            "ces_mean": self.effort.mean,
            "first_time_fix": Ratio(self.fixed.numerator or 0, self.fixed.denominator or 0).percent,
            "eta_accuracy": self.arrivals.percent,
            "xla_score": self.score.points,
        }[measure]


async def felt_about(session: AnySession, cases: Sequence[Case], now: datetime) -> Felt:
    """What people said about these interventions, and what of them can be felt."""
    said = await said_about(session, [case.dossier.intervention.id for case in cases])
    arrived = [*_arrivals(cases)]
    announced = await told_arrivals(session, cases)
    return Felt(
        satisfied=Satisfaction(tuple(score for each in said.values() for score in each.csat)),
        effort=Effort(tuple(score for each in said.values() for score in each.effort)),
        arrivals=eta_accuracy((at, announced[id_]) for id_, at in arrived if id_ in announced),
        visits=len(arrived),
        fixed=await first_time_fix(session, cases, now),
    )


def felt_figures(felt: Felt) -> Iterator[FigureOut]:
    """Each measure on its own, then the score with its parts."""
    yield ratio_figure("csat_top2", felt.satisfied.satisfied)
    yield _mean("csat_mean", felt.satisfied.mean, len(felt.satisfied.scores))
    yield ratio_figure("ces_easy", felt.effort.easy)
    yield _mean("ces_mean", felt.effort.mean, len(felt.effort.scores))
    outside = {"not_announced": felt.visits - felt.arrivals.denominator}
    yield ratio_figure("eta_accuracy", felt.arrivals, outside=outside)
    yield _score(felt)


def _mean(measure: str, mean: Fraction | None, answers: int) -> FigureOut:
    definition = DEFINITIONS[measure]
    return FigureOut(
        measure=measure,
        definition_version=definition.version,
        clock=None,
        value=None if mean is None else mean_text(mean),
        unit=definition.unit.value,
        numerator=None if mean is None else mean.numerator,
        denominator=None if mean is None else mean.denominator,
        outside={},
        facts={"answers": answers},
    )


def _score(felt: Felt) -> FigureOut:
    """The parts are told with it, those that are missing as well."""
    definition, score = DEFINITIONS["xla_score"], felt.score
    rests_on = {"csat": "csat_top2", "ces": "ces_mean", "ftf": "first_time_fix"}
    shown = number(score.points)
    return FigureOut(
        measure="xla_score",
        definition_version=definition.version,
        clock=None,
        value=None if shown is None else f"{shown:.2f}".rstrip("0").rstrip("."),
        unit=definition.unit.value,
        numerator=None if score.points is None else score.points.numerator,
        denominator=None if score.points is None else score.points.denominator,
        outside={},
        facts={
            "parts": [
                {
                    "name": part.name,
                    "weight": int(part.weight),
                    "points": _shown_points(part),
                    "rests_on": felt.rests_on(rests_on.get(part.name, "eta_accuracy")),
                }
                for part in score.parts
            ]
        },
    )


def _shown_points(part: Part) -> float | None:
    """A part that is a share on its own as well is the same number in both places."""
    if part.points is None or part.name == "ces":
        return number(part.points)
    return float(percent_text(part.points))


async def told_arrivals(session: AnySession, cases: Sequence[Case]) -> Mapping[UUID, datetime]:
    """The last time of arrival told half an hour before or earlier, by visit, where one was."""
    arrived = dict(_arrivals(cases))
    return {
        visit_id: expected
        async for visit_id, at, expected in announcements(session, cases)
        if visit_id in arrived and at <= arrived[visit_id] - AHEAD
    }


async def announcements(
    session: AnySession, cases: Sequence[Case]
) -> AsyncIterator[tuple[UUID, datetime, datetime]]:
    """Each time an arrival was told: of which visit, when, and for when; the first told first."""
    ids = [case.dossier.intervention.id for case in cases]
    for start in range(0, len(ids), AT_A_TIME):
        query = select(Event.visit_id, Event.at, Event.data).where(
            Event.intervention_id.in_(ids[start : start + AT_A_TIME]),
            Event.visit_id.is_not(None),
            # Most of what happened to a visit told nobody a time: it is not even read.
            Event.data["is_announced"].as_boolean().is_(True),
        )
        for visit_id, at, data in await session.execute(query.order_by(Event.seq)):
            if visit_id is not None:
                yield visit_id, at, _told_arrival(data)


def _arrivals(cases: Sequence[Case]) -> Iterator[tuple[UUID, datetime]]:
    for case in cases:
        for visit in case.dossier.visits:
            if visit.arrived_at is not None:
                yield visit.id, visit.arrived_at


def _told_arrival(data: Mapping[str, Any]) -> datetime:
    """When the visit was to begin as told, with what the technician said to be late by."""
    late = timedelta(seconds=data.get("late_by_seconds") or 0)
    return datetime.fromisoformat(data["starts_at"]) + late
