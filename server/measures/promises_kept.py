"""Figures about promises: how many were kept on each clock, how long clocks stood still.

Only promises to the customer; what the house promises itself is no figure of theirs.
"""

from collections.abc import Iterator, Sequence

from dispatch.agreements import ClockKind
from dispatch.clocks import Clock, ClockState
from dispatch.hours import elapsed
from dispatch.measures import Attainment, pause_share, reopen_rate
from server.measures.cases import Case
from server.measures.figure import ratio_figure
from server.measures.schemas import FigureOut

OPEN = frozenset({ClockState.RUNNING, ClockState.AT_RISK, ClockState.PAUSED})


def attainments(cases: Sequence[Case]) -> Iterator[FigureOut]:
    """One figure for each clock, never mixed."""
    for kind in ClockKind:
        counted = _attainment(cases, kind)
        yield ratio_figure(
            "sla_attainment",
            counted.ratio,
            clock=kind.value,
            outside={
                "not_yet_due": counted.open_not_due,
                "excused": counted.excused_approved,
                "overturned": _overturned(cases, kind),
                "cancelled": counted.cancelled,
                "uncovered": counted.uncovered,
                "out_of_scope": _out_of_scope(cases),
            },
            facts={"open_overdue": counted.open_overdue},
        )


def pauses(cases: Sequence[Case]) -> FigureOut:
    """Service time in which clocks stood still, of the service time they were open."""
    paused = open_ = 0
    for case in cases:
        for clock in case.clocks:
            whole, counted = _open_seconds(clock)
            open_ += whole
            paused += whole - counted
    return ratio_figure("pause_share", pause_share(paused_seconds=paused, open_seconds=open_))


def reopenings(cases: Sequence[Case]) -> FigureOut:
    """Jobs that were opened again, of those that were closed."""
    closed = [
        case.dossier.closings
        for case in cases
        if case.dossier.closings and case.dossier.intervention.decided != "cancelled"
    ]
    again = sum(any(each.reopened_at for each in closings) for closings in closed)
    return ratio_figure("reopen_rate", reopen_rate(reopened=again, closed=len(closed)))


def _attainment(cases: Sequence[Case], kind: ClockKind) -> Attainment:
    ends = [_end_of(case, clock) for case in cases for clock in case.clocks if clock.kind is kind]
    return Attainment(
        met=ends.count("met"),
        breached=ends.count("breached"),
        open_overdue=ends.count("open_overdue"),
        open_not_due=ends.count("open_not_due"),
        excused_approved=ends.count("excused"),
        cancelled=ends.count("ended"),
        uncovered=sum(_is_uncovered(case) for case in cases),
    )


def _end_of(case: Case, clock: Clock) -> str:
    if clock.state is not ClockState.BREACHED:
        return "open_not_due" if clock.state in OPEN else clock.state.value
    if (clock.kind.value, clock.round) in case.excused:
        return "excused"
    if (clock.kind.value, clock.round) in case.elsewhere:
        return "ended"
    return "open_overdue" if clock.over_at is None else "breached"


def _is_uncovered(case: Case) -> bool:
    """Nobody promised anything; work we plan ourselves asks for no promise."""
    row = case.dossier.intervention
    return row.agreement_version_id is None and row.source != "plan"


def _overturned(cases: Sequence[Case], kind: ClockKind) -> int:
    return sum(clock == kind.value for case in cases for clock, _ in case.overturned)


def _out_of_scope(cases: Sequence[Case]) -> int:
    return sum(case.dossier.intervention.out_of_scope_at is not None for case in cases)


def _open_seconds(clock: Clock) -> tuple[int, int]:
    """Service seconds a clock has been open, and those of them that counted."""
    calendar, since, until = clock.basis.calendar, clock.started_at, clock.judged_at
    if until <= since:
        return 0, 0
    return elapsed(calendar, since, until), elapsed(calendar, since, until, clock.pauses)
