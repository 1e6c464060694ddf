"""Days supposed to be otherwise: sickness, storms of calls, closed roads, one technician more."""

from datetime import timedelta

from dispatch.agreements import Severity
from dispatch.day import Closure, Extra, PastCall, Sick, Storm, is_invented, supposing, to_plan
from dispatch.interventions import VisitStatus
from tests.dispatch.day.makers import HOME, at, day, east, person, visit, work

PAST = [
    PastCall(east(1), Severity.OUT_OF_SERVICE, 1800, (("rescue", 1),), 7200),
    PastCall(east(3), Severity.DEGRADED, 3600, (), None),
]


def test_whoever_is_sick_does_nothing_more_and_their_visits_are_anybodys() -> None:
    accepted = visit("anna", "11:00", status=VisitStatus.ACCEPTED, is_technician_locked=True)
    before = visit("anna", "9:00", status=VisitStatus.ACCEPTED)
    jobs = [work("later", visit=accepted), work("first", visit=before)]
    supposed = supposing(day([person("anna"), person("bert")], jobs), [Sick("anna", at("10:00"))])
    anna, bert = supposed.crew
    assert [free.ends_at for free in anna.free] == [at("10:00")]
    assert [free.ends_at for free in bert.free] == [at("16:00")]
    later, first = supposed.work
    assert later.visit is not None
    assert not later.visit.keeps_technician
    assert first.visit == before


def test_a_storm_is_drawn_from_the_regions_past_the_same_for_the_same_seed() -> None:
    storm = Storm(12, PAST, at("10:00"), at("15:00"), seed=4)
    calls = supposing(day(), [storm]).work[1:]
    assert calls == supposing(day(), [storm]).work[1:]
    assert len(calls) == 12
    assert all(is_invented(each.id) for each in calls)
    assert all(at("10:00") <= each.reported_at <= at("15:00") for each in calls)
    assert {each.at for each in calls} == {each.at for each in PAST}
    stopped = next(each for each in calls if each.severity is Severity.OUT_OF_SERVICE)
    assert stopped.due_at == stopped.reported_at + timedelta(hours=2)
    assert supposing(day(), [Storm(3, [], at("10:00"), at("15:00"))]).work == day().work


def test_nothing_of_a_storm_is_done_before_it_is_called_in() -> None:
    storm = Storm(1, PAST[:1], at("14:00"), at("14:00"))
    problem = to_plan(supposing(day(jobs=[]), [storm])).problem
    assert [job.window and job.window[0] for job in problem.jobs] == [14 * 3600]


def test_one_technician_more_works_like_the_one_they_are_like() -> None:
    anna = person("anna", skills={"rescue": 2})
    supposed = supposing(day([anna]), [Extra("anna"), Extra("anna"), Extra("nobody")])
    _, more, another = supposed.crew
    assert (more.free, dict(more.technician.skills)) == (anna.free, {"rescue": 2})
    assert len({each.technician.id for each in supposed.crew}) == 3
    assert is_invented(more.technician.id)
    assert is_invented(another.technician.id)


def test_a_closed_road_slows_whatever_leads_through_it_and_nothing_else() -> None:
    far, near, aside = work("far", at=east(4)), work("near", at=east(1)), work("aside", at=east(-3))
    plain = to_plan(day(jobs=[far, near, aside])).problem
    closed = Closure(east(2), 1800)
    slow = to_plan(supposing(day(jobs=[far, near, aside]), [closed])).problem
    places = {job.id: job.location for job in plain.jobs} | {"home": plain.technicians[0].start}

    def longer(one: str, other: str) -> int:
        here, there = places[one], places[other]
        return slow.durations[here][there] - plain.durations[here][there]

    assert longer("home", "far") == longer("far", "near") == longer("aside", "far") == 1800
    assert longer("home", "near") == longer("home", "aside") == 0


def test_a_closure_between_two_places_slows_only_drives_between_them() -> None:
    far, near = work("far", at=east(4)), work("near", at=east(1))
    plain = to_plan(day(jobs=[far, near])).problem
    between = Closure(east(4), 600, to=HOME)
    slow = to_plan(supposing(day(jobs=[far, near]), [between])).problem
    home, there, mid = plain.technicians[0].start, *(job.location for job in plain.jobs)
    assert slow.durations[home][there] - plain.durations[home][there] == 600
    assert slow.durations[there][home] - plain.durations[there][home] == 600
    assert slow.durations[mid][there] == plain.durations[mid][there]
