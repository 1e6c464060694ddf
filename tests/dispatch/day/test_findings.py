"""The check of a day's data names each fault, whose it is and what it spoils."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from dispatch.agreements import Severity
from dispatch.day import Finding, Person, Work, findings, to_plan
from dispatch.geo import Point
from dispatch.planning import Limits, solve
from dispatch.roster import Absence, Certificate
from tests.dispatch.day.makers import at, day, free, lent, person, visit, work

SOUND = replace(work(), due_at=at("12:00"))


def found(
    crew: Sequence[Person] | None = None, jobs: Sequence[Work] = (SOUND,), **given: object
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Code, weight, name and what is affected, of each finding."""
    listed = findings(day(crew, jobs), **given)  # type: ignore[arg-type]
    return [(each.code, each.weight.value, each.name, each.affects) for each in listed]


def only(jobs: Sequence[Work], crew: Sequence[Person] | None = None) -> Finding:
    (finding,) = findings(day(crew, jobs))
    return finding


def test_nothing_is_said_of_a_sound_day() -> None:
    assert found() == []


def test_work_for_nobody_is_the_region_s_fault() -> None:
    off = Person(person("anna").technician, ())
    told = found([off], [SOUND, replace(SOUND, id="other")])
    assert told[0] == ("nobody_on_duty", "blocks", "VALLEY", ("lift", "other"))
    assert told[-1] == ("no_shift", "tells", "anna", ())


def test_somebody_off_duty_with_a_visit_is_a_warning() -> None:
    off = Person(person("bruno").technician, ())
    planned = replace(SOUND, visit=visit("bruno"))
    assert found([person(), off], [planned]) == [("no_shift", "warns", "bruno", ("lift",))]


def test_visits_of_somebody_away_are_a_warning_and_no_other_hour_is() -> None:
    away = Absence("anna", at("10:00"), at("12:00"), is_sick=True)
    anna = replace(person(), away=(away,))
    planned = [
        replace(SOUND, id=name, visit=replace(visit("anna"), starts_at=at(start)))
        for name, start in (("before", "08:30"), ("into", "09:45"), ("after", "12:00"))
    ]
    assert found([anna], planned) == [("absent", "warns", "anna", ("into",))]
    assert found([anna], [SOUND]) == [("absent", "tells", "anna", ())]


@pytest.mark.parametrize(
    ("held", "code"), [({}, "skill_nobody_has"), ({"rescue": 2}, "skill_off_duty")]
)
def test_a_skill_nobody_on_duty_has_is_named_once_with_all_work_that_needs_it(
    held: dict[str, int], code: str
) -> None:
    needs = [replace(SOUND, id=name, skills={"rescue": 2}) for name in ("one", "two")]
    bruno = Person(person("bruno", skills=held).technician, ())
    told = found([person("anna", skills={"rescue": 1}), bruno], needs)
    assert told[0] == (code, "blocks", "rescue", ("one", "two"))


def test_an_expired_certificate_says_which_skill_is_gone_and_until_when_it_was_there() -> None:
    anna = person("anna", free("anna"))
    technician = replace(
        anna.technician,
        skills={"rescue": 2},
        certificates=(Certificate("rescue", date(2026, 5, 31)),),
    )
    bruno = person("bruno", skills={"rescue": 2})
    needs = replace(SOUND, skills={"rescue": 1})
    finding = only([needs], [replace(anna, technician=technician), bruno])
    assert (finding.code, finding.weight, finding.name) == ("certificate_expired", "warns", "anna")
    assert finding.facts == {"skill": "rescue", "valid_until": "2026-05-31"}
    assert finding.affects == ("lift",)


@pytest.mark.parametrize(
    ("change", "code", "weight"),
    [
        ({"at": Point(0.0, 0.0)}, "place_missing", "blocks"),
        ({"at": Point(48.85, 2.35)}, "place_far", "blocks"),
        (
            {"window_from": at("18:00"), "window_to": at("19:00")},
            "window_outside_shifts",
            "blocks",
        ),
        ({"window_to": at("8:30")}, "window_over", "warns"),
        ({"duration_seconds": 7 * 3600 + 60}, "longer_than_shifts", "blocks"),
        ({"duration_seconds": 120}, "duration_implausible", "warns"),
        ({"due_at": None}, "no_due", "tells"),
    ],
)
def test_a_fault_of_the_work_is_told_of_that_work(
    change: dict[str, object], code: str, weight: str
) -> None:
    near = [replace(SOUND, id=f"near{number}") for number in range(2)]
    broken = replace(SOUND, **change)  # type: ignore[arg-type]
    finding = only([broken, *near])
    assert (finding.code, finding.weight, finding.affects) == (code, weight, ("lift",))


def test_work_without_an_agreement_and_a_request_without_a_time_are_told_apart() -> None:
    request = replace(work("request"), severity=Severity.REQUEST)
    bare = replace(work("bare"), due_at=None)
    assert found(None, [request, bare], uncovered={"bare"}) == [
        ("no_agreement", "warns", "bare", ("bare",))
    ]


@pytest.mark.parametrize(
    ("home", "code"), [(Point(0.0, 0.0), "home_missing"), (Point(48.85, 2.35), "home_far")]
)
def test_a_home_that_cannot_be_is_told_of_whoever_is_on_duty(home: Point, code: str) -> None:
    jobs = [SOUND, replace(SOUND, id="other")]
    assert found([person("anna", home=home), person("bruno")], jobs) == [
        (code, "warns", "anna", ())
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"skills": {"rescue": 2}},
        {"window_from": at("18:00"), "window_to": at("19:00")},
        {"duration_seconds": 7 * 3600 + 60},
        {"at": Point(48.85, 2.35)},
    ],
)
def test_what_blocks_is_left_out_of_the_plan_and_served_once_mended(
    change: dict[str, object],
) -> None:
    broken = replace(SOUND, **change)  # type: ignore[arg-type]
    sound = replace(SOUND, id="near")
    assert only([broken, sound]).weight == "blocks"
    plan = solve(to_plan(day(None, [broken, sound])).problem, limits=Limits(iterations=20))
    mended = solve(to_plan(day(None, [SOUND, sound])).problem, limits=Limits(iterations=20))
    assert [left.job for left in plan.unassigned] == ["lift"]
    assert mended.unassigned == ()


def test_what_is_amiss_with_somebody_lent_is_their_own_region_s_to_mend() -> None:
    off = replace(lent("lena"), free=())
    lost = lent("lars", home=Point(0.0, 0.0))
    assert found([person(), off, lost]) == []


def test_a_skill_of_somebody_lent_counts() -> None:
    asked = replace(SOUND, skills={"rescue": 2})
    assert found([person(), lent("lena", skills={"rescue": 2})], [asked]) == []


def test_hours_that_are_over_count_for_nobody() -> None:
    early = person("anna", free("anna", "4:00", "8:00"))
    told = found([early], [SOUND])
    assert told[0][0] == "nobody_on_duty"
