"""What holds of every clock, whatever happened and in whichever order it was recorded."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    EscalationStep,
    Severity,
    SeverityPolicy,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.clocks import (
    ClockState,
    Closing,
    Promised,
    Stint,
    Timeline,
    clocks,
    marks,
    next_mark_at,
    promised_once,
)
from dispatch.interventions import PauseReason, RecordedPause
from tests.dispatch.clocks.makers import ALWAYS, CALL, OFFICE

WORST_FIRST = tuple(Severity)
MINUTES = st.integers(0, 6000)
KINDS = st.sampled_from([ClockKind.RESPONSE, ClockKind.SAFE, ClockKind.RESOLUTION])


def at(minutes: int) -> datetime:
    return CALL + timedelta(minutes=minutes)


@st.composite
def targets(draw: st.DrawFn, severity: Severity, kind: ClockKind) -> Target:
    percent, late = draw(st.integers(1, 100)), draw(st.integers(0, 9000))
    return Target(
        kind,
        severity,
        TargetDuration(draw(st.integers(1, 200_000))),
        draw(st.sampled_from([ALWAYS, OFFICE])),
        thresholds=Thresholds(internal_seconds=draw(st.none() | st.integers(1, 9000))),
        on_change=draw(st.sampled_from(SeverityPolicy)),
        escalation=(
            EscalationStep(1, kind, "team_lead", percent=percent),
            EscalationStep(2, kind, "director", after_due_seconds=late),
        ),
    )


@st.composite
def stints(draw: st.DrawFn, kind: ClockKind) -> tuple[Stint, ...]:
    changes = draw(st.lists(MINUTES.filter(bool), max_size=4, unique=True))
    found = []
    for minutes in (0, *changes):
        severity = draw(st.sampled_from(Severity))
        target = draw(st.none() | targets(severity, kind))
        found.append(Stint(severity, at(minutes), target))
    return tuple(found)


@st.composite
def pauses(draw: st.DrawFn) -> RecordedPause:
    start, length = draw(MINUTES), draw(st.none() | st.integers(0, 3000))
    return RecordedPause(
        draw(st.sampled_from(PauseReason)),
        at(start),
        None if length is None else at(start + length),
        is_approved=draw(st.booleans()),
        author=draw(st.sampled_from(["ines", "bram"])),
        needs_approval=draw(st.booleans()),
    )


@st.composite
def closings(draw: st.DrawFn) -> tuple[Closing, ...]:
    edges = sorted(draw(st.lists(MINUTES, max_size=4, unique=True)))
    pairs = zip(edges[::2], [*edges[1::2], None], strict=False)
    return tuple(
        Closing(at(closed), None if reopened is None else at(reopened))
        for closed, reopened in pairs
    )


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    instants = st.lists(MINUTES.map(at), max_size=3).map(tuple)
    return Timeline(
        CALL,
        arrivals=draw(instants),
        released=draw(instants),
        restored=draw(instants),
        pauses=tuple(draw(st.lists(pauses(), max_size=3))),
        closings=draw(closings()),
        cancelled_at=draw(st.none() | MINUTES.map(lambda minutes: at(6000 + minutes))),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Timeline, Promised]:
    kind = draw(KINDS)
    promised = Promised(AgreementKind.CUSTOMER, kind, draw(stints(kind)))
    return draw(timelines()), promised


@given(histories(), st.data(), MINUTES)
def test_the_same_events_in_any_order_give_the_same_clocks(
    history: tuple[Timeline, Promised], data: st.DataObject, now: int
) -> None:
    timeline, promised = history
    shuffled = replace(
        timeline,
        arrivals=tuple(data.draw(st.permutations(timeline.arrivals))),
        released=tuple(data.draw(st.permutations(timeline.released))),
        restored=tuple(data.draw(st.permutations(timeline.restored))),
        pauses=tuple(data.draw(st.permutations(timeline.pauses))),
        closings=tuple(data.draw(st.permutations(timeline.closings))),
    )
    mixed = replace(promised, stints=tuple(data.draw(st.permutations(promised.stints))))
    assert clocks(shuffled, [mixed], at(now)) == clocks(timeline, [promised], at(now))


@given(st.data(), KINDS, timelines(), MINUTES.filter(bool))
def test_an_upgrade_to_the_earlier_of_both_never_gives_a_later_due(
    data: st.DataObject, kind: ClockKind, timeline: Timeline, change: int
) -> None:
    before, after = sorted(data.draw(st.permutations(WORST_FIRST))[:2], reverse=True)
    old = data.draw(targets(before, kind))
    new = replace(data.draw(targets(after, kind)), on_change=SeverityPolicy.EARLIER_OF)
    changed = Promised(
        AgreementKind.CUSTOMER, kind, (Stint(before, CALL, old), Stint(after, at(change), new))
    )
    # of safe, only an entrapment continues when reopened: what ends at its closing is compared
    once = replace(timeline, closings=())
    (kept,) = clocks(once, [promised_once(old, CALL)], at(0))
    (moved,) = clocks(once, [changed], at(0))
    if kept.deadlines.due is not None:
        assert moved.deadlines.due is not None
        assert moved.deadlines.due <= kept.deadlines.due


@given(histories(), st.data(), MINUTES.filter(bool))
def test_no_later_severity_makes_a_breach_undone(
    history: tuple[Timeline, Promised], data: st.DataObject, later: int
) -> None:
    timeline, promised = history
    changed_at = max(promised.stints[-1].from_at, at(0)) + timedelta(minutes=later)
    severity = data.draw(st.sampled_from(Severity))
    target = data.draw(st.none() | targets(severity, promised.clock))
    once = replace(timeline, closings=())
    found = clocks(once, [promised], changed_at)
    # a breach that lies ahead of the change, by an event after it, is not there to be kept
    if found and found[0].state is ClockState.BREACHED and found[0].judged_at <= changed_at:
        added = replace(promised, stints=(*promised.stints, Stint(severity, changed_at, target)))
        (clock,) = clocks(once, [added], changed_at)
        assert clock.state is ClockState.BREACHED
        assert clock.deadlines.due == found[0].deadlines.due
        assert clock.breached_severity is found[0].breached_severity


@given(histories(), st.lists(st.integers(-100, 900_000), min_size=2, max_size=6))
def test_marks_only_ever_grow_and_never_repeat(
    history: tuple[Timeline, Promised], seconds: list[int]
) -> None:
    for clock in clocks(history[0], [history[1]], at(0)):
        nows = [CALL + timedelta(seconds=each) for each in sorted(seconds)]
        for earlier, later in pairwise(marks(clock, now) for now in nows):
            assert set(earlier) <= set(later)
            assert len({mark.kind for mark in later}) == len(later)


@given(histories(), st.integers(-100, 900_000))
def test_the_next_look_is_exactly_where_marks_tell_more(
    history: tuple[Timeline, Promised], seconds: int
) -> None:
    now = CALL + timedelta(seconds=seconds)
    for clock in clocks(history[0], [history[1]], at(0)):
        upcoming = next_mark_at(clock, now)
        if upcoming is None:
            assert marks(clock, now) == marks(clock, now + timedelta(days=4000))
        else:
            second_before = upcoming - timedelta(seconds=1)
            assert marks(clock, second_before) == marks(clock, now)
            assert len(marks(clock, upcoming)) > len(marks(clock, now))


@given(histories(), st.integers(6000, 20_000))
def test_a_breach_is_marked_exactly_where_the_state_says_so(
    history: tuple[Timeline, Promised], now: int
) -> None:
    for clock in clocks(history[0], [history[1]], at(now)):
        is_marked = "breached" in {mark.kind for mark in marks(clock, clock.judged_at)}
        assert is_marked == (clock.state is ClockState.BREACHED)
        assert is_marked == (clock.breached_severity is not None)
