"""A day kept warm answers about all its waiting work as if it had been read for each alone."""

from dataclasses import replace

import pytest

from dispatch.agreements import Severity
from dispatch.day import StandingDay, as_it_stands, offers
from dispatch.planning import engine
from tests.dispatch.day.makers import day, east, person, visit, work
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
