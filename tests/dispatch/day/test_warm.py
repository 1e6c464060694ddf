"""A day kept warm answers about all its waiting work as if it had been read for each alone."""

from dataclasses import replace
from random import Random

import pytest

from dispatch.agreements import Severity
from dispatch.day import Day, StandingDay, as_it_stands, offers
from dispatch.planning import engine
from tests.dispatch.day.makers import at, day, east, free, person, visit, work
from tests.dispatch.day.test_any_day import any_day

MOST = 99


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_day_has_come_to_the_answers_are_the_same(seed: int) -> None:
    if seed % 2:
        engine.warm()
    calls = [
        work("trapped", severity=Severity.ENTRAPMENT, at=east(3)),
        work("broken", severity=Severity.OUT_OF_SERVICE, at=east(12), skills={"rescue": 1}),
    ]
    drawn = any_day(seed)
    given = replace(drawn, work=(*drawn.work, *calls))
    standing = StandingDay(given)
    for each in given.work:
        assert standing.waits_for(each.id) == (each.visit is None)
        if each.visit is None:
            alone = offers(as_it_stands(given, each.id), each.id)
            assert standing.offers(each.id, top=MOST) == alone
            first = standing.offers(each.id, top=1)
            assert first.offers == alone.offers[:1]
            assert first.blocked == alone.blocked


def test_work_with_a_visit_or_of_another_day_is_not_asked_about() -> None:
    standing = StandingDay(day([person("anna")], [work("lift", visit=visit())]))
    assert not standing.waits_for("lift")
    assert not standing.waits_for("elsewhere")


def test_starts_are_judged_after_waiting_work_was_called_off() -> None:
    waiting = [work("lift"), work("called off", at=east(5))]
    given = day([person(name) for name in ("anna", "berta", "carla")], waiting)
    after = replace(given, work=(work("lift"),))
    standing = StandingDay(given)
    assert standing.renewed(after) is standing
    assert standing.verdicts("lift") == StandingDay(after).verdicts("lift")
    assert standing.verdict("lift", "anna", at("10:00"))[0] is not None


def test_overtime_is_the_same_for_somebody_whose_visit_was_taken_away() -> None:
    short = free("anna", "8:00", "9:05", overtime_max_seconds=14_400)
    crew = [person("anna", short, place=east(20)), person("berta"), person("carla")]
    given = day(crew, [work("lift"), work("other", visit=visit("anna"))])
    after = replace(given, work=(work("lift"), work("other")))
    standing = StandingDay(given)
    assert standing.renewed(after) is standing
    found, of_new = (each.verdicts("lift", ["anna"]) for each in (standing, StandingDay(after)))
    assert found == of_new
    assert any(verdict.overtime for verdict in found[0].verdicts)


def another(given: Day, draw: Random) -> Day:
    """The same day after something has happened to one piece of work, or to somebody."""
    what = draw.choice(("call", "gone", "visit", "work", "under way", "place", "shift", "nothing"))
    fresh = any_day(draw.randrange(10_000))
    works, crew = list(given.work), list(given.crew)
    if what == "call":
        works.append(replace(draw.choice(fresh.work), id=f"call-{draw.random()}"))
    elif what == "gone" and works:
        works.remove(draw.choice(works))
    elif what in {"visit", "work"} and works:
        number = draw.randrange(len(works))
        drawn = draw.choice(fresh.work)
        given_visit = draw.choice((None, drawn.visit))
        changed = replace(works[number], visit=given_visit)
        if what == "work":
            changed = replace(drawn, id=works[number].id, at=works[number].at)
        works[number] = changed
    elif what == "under way":
        return replace(given, under_way=fresh.under_way)
    elif what in {"place", "shift"} and crew:
        number = draw.randrange(len(crew))
        crew[number] = replace(crew[number], at=east(draw.randrange(30)))
        if what == "shift":
            later = tuple(
                replace(each, overtime_max_seconds=draw.choice((0, 1800, 7200)))
                for each in crew[number].free
            )
            crew[number] = replace(crew[number], free=later)
    return replace(given, work=tuple(works), crew=tuple(crew))


def compare_a_day_lived(seed: int, steps: int) -> int:
    """How many of the changes were taken over in place; each answered as if laid out anew."""
    draw, given = Random(seed), any_day(seed)
    crew = [*given.crew, *(person(f"other-{n}", home=east(n)) for n in range(5))]
    given = replace(given, crew=tuple(crew))
    standing, in_place = StandingDay(given), 0
    for _ in range(steps):
        given = another(given, draw)
        renewed = standing.renewed(given)
        in_place += renewed is standing
        standing, anew = renewed, StandingDay(given)
        assert standing.day == given
        for each in given.work:
            if each.visit is None:
                assert standing.offers(each.id, top=MOST) == anew.offers(each.id, top=MOST)
                assert standing.verdicts(each.id) == anew.verdicts(each.id)
    return in_place


@pytest.mark.parametrize("is_compiled", [False, True])
def test_a_day_changed_as_it_is_lived_answers_as_if_laid_out_anew(*, is_compiled: bool) -> None:
    if is_compiled:
        engine.warm()
    in_place = sum(compare_a_day_lived(seed, 12) for seed in range(8))
    assert in_place > 8 * 12 / 2


def test_a_route_as_long_as_room_was_laid_out_for_still_takes_one_job_more() -> None:
    engine.warm()
    assert compare_a_day_lived(1275, 12)


@pytest.mark.proof
def test_a_thousand_days_lived_answer_as_if_laid_out_anew() -> None:
    engine.warm()
    assert sum(compare_a_day_lived(seed, 12) for seed in range(1000, 2000)) > 1000 * 12 / 2


def test_work_with_a_visit_is_asked_about_as_if_it_had_none() -> None:
    crew = [person(name, home=east(place)) for place, name in enumerate(("anna", "berta", "carla"))]
    planned = [work("lift", visit=visit("anna")), work("other", at=east(5), visit=visit("berta"))]
    given = day(crew, planned)
    standing = StandingDay(given)
    asked = standing.without_visit("lift")
    assert asked.offers("lift", top=MOST) == offers(as_it_stands(given, "lift"), "lift")
    again = asked.renewed(given)
    assert again.day == given
    assert not again.waits_for("lift")
