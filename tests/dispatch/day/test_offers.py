"""Candidates as a dispatcher reads them: true costs, true displacement, true reasons."""

from dispatch.agreements import Severity
from dispatch.day import Day, Offers, as_it_stands, offers
from dispatch.interventions import VisitStatus
from dispatch.planning import Plan, check, choose
from dispatch.roster import ShiftKind
from tests.dispatch.day.makers import at, day, east, free, person, visit, work


def asked_about(given: Day, name: str = "asked") -> Offers:
    return offers(as_it_stands(given, name), name)


def crowded() -> Day:
    """Anna has two visits in the morning, berta lives far away."""
    crew = [person("anna"), person("berta", home=east(40))]
    jobs = [
        work("asked", severity=Severity.ENTRAPMENT, due_at=at("9:30"), reported_at=at("8:59")),
        work("first", at=east(4), visit=visit("anna", "9:30"), due_at=at("10:00")),
        work("second", at=east(6), visit=visit("anna", "11:00"), due_at=at("15:00")),
    ]
    return day(crew, jobs)


def test_a_delta_is_exactly_what_the_total_changes_by() -> None:
    question = as_it_stands(crowded(), "asked")
    before = check(question.problem, question.current)
    found = offers(question, "asked")
    assert {offer.technician for offer in found.offers} == {"anna", "berta"}
    for offer in found.offers:
        after: Plan = choose(question.problem, question.current, "asked", offer.technician)
        assert offer.delta == check(question.problem, after).cost.total - before.cost.total


def test_displaced_visits_are_told_with_the_promises_they_lose() -> None:
    anna = asked_about(crowded()).of("anna")
    assert anna is not None
    moved = {each.work: each for each in anna.displaced}
    assert moved["first"].promise_flips
    assert moved["first"].starts_before == at("9:30")
    assert moved["first"].lateness_after > 0


def test_a_visit_that_is_to_stay_keeps_its_start_and_its_technician() -> None:
    shown = asked_about(crowded()).of("anna")
    assert shown is not None
    assert "first" in {each.work for each in shown.displaced}
    again = offers(as_it_stands(crowded(), "asked", {"first", "second"}), "asked")
    assert again.offers
    for offer in again.offers:
        assert {each.work for each in offer.displaced}.isdisjoint({"first", "second"})
        assert not offer.returned


def test_reasons_are_comparisons_that_hold() -> None:
    found = asked_about(crowded())
    anna, berta = found.of("anna"), found.of("berta")
    assert anna is not None
    assert berta is not None
    assert {"keeps_promise", "soonest", "nearest"} <= {reason.code for reason in anna.reasons}
    assert {reason.code for reason in berta.reasons} <= {"displaces_nothing", "least_cost"}


def test_who_reaches_somebody_trapped_first_comes_before_who_would_drive_less() -> None:
    near_at_ten = person("anna", free("anna", "10:00"))
    far_but_free = person("berta", home=east(8))
    promised = {"due_at": at("12:00"), "reported_at": at("8:59")}
    trapped = day(
        [near_at_ten, far_but_free], [work("asked", severity=Severity.ENTRAPMENT, **promised)]
    )
    stopped = day(
        [near_at_ten, far_but_free], [work("asked", severity=Severity.OUT_OF_SERVICE, **promised)]
    )
    assert [offer.technician for offer in asked_about(trapped).offers] == ["berta", "anna"]
    assert [offer.technician for offer in asked_about(stopped).offers] == ["anna", "berta"]


def test_who_is_off_that_day_is_told_as_off_shift() -> None:
    asleep = person("zoe", free("zoe", "1:00", "5:00"))
    found = asked_about(day([person(), asleep], [work("asked")]))
    assert [(reason.technician, reason.code) for reason in found.blocked] == [("zoe", "off_shift")]


def test_who_is_only_on_call_is_off_shift_for_what_can_wait() -> None:
    on_call = person("otto", free("otto", kind=ShiftKind.ON_CALL))
    found = asked_about(day([on_call], [work("asked", severity=Severity.REQUEST)]))
    assert [(reason.technician, reason.code) for reason in found.blocked] == [("otto", "off_shift")]


def test_moments_in_reasons_are_instants() -> None:
    closing = work("asked", window_to=at("9:01"))
    (reason,) = asked_about(day(jobs=[closing])).blocked
    assert reason.code == "window_missed"
    assert reason.facts["closes"] == "2026-06-02T09:01:00+00:00"


def test_nobody_is_offered_on_a_later_day_than_the_window() -> None:
    tonight = work("asked", window_from=at("-9:00"), window_to=at("-7:00"))
    found = asked_about(day(jobs=[tonight], now="-10:00"))
    assert found.offers == ()
    assert [reason.code for reason in found.blocked] == ["window_missed"]


def test_of_two_stretches_the_better_is_offered_once() -> None:
    shift, on_call = free("anna"), free("anna", "17:00", "20:00", kind=ShiftKind.ON_CALL)
    found = asked_about(day([person("anna", shift, on_call)], [work("asked")]))
    assert [offer.starts_at < at("12:00") for offer in found.offers] == [True]


def test_an_accepted_visit_is_displaced_but_never_given_away() -> None:
    accepted = visit("anna", "9:05", status=VisitStatus.ACCEPTED)
    jobs = [work("asked", severity=Severity.ENTRAPMENT), work("held", visit=accepted)]
    found = asked_about(day(jobs=jobs))
    (offer,) = found.offers
    assert offer.returned == ()


def test_lateness_counts_from_the_promise_even_when_it_was_missed_before() -> None:
    (offer,) = asked_about(day(jobs=[work("asked", due_at=at("8:00"))], now="9:00")).offers
    assert offer.lateness == (offer.starts_at - at("8:00")).total_seconds()
