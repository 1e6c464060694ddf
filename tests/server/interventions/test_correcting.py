"""A report that was about another lift, or another service, than was said."""

import pytest

from server.interventions.problems import InterventionEnded
from server.kit.problems import Invalid
from tests.server.interventions.town import Town, clock, faults, minutes


async def test_a_lift_named_later_is_taken_over_with_its_promise_from_the_call(town: Town) -> None:
    usual = clock(await town.report(), "response").due_at
    call = await town.report(asset_id=None, site_id=town.hotel.site.id)
    town.passes(minutes(20))
    after = await town.change(call, asset_id=town.hotel.lift.id)
    assert after.asset is not None
    assert after.asset.id == town.hotel.lift.id
    assert (after.service, clock(after, "response").due_at) == ("REPAIR", usual)


async def test_another_service_is_promised_what_holds_for_it(town: Town) -> None:
    call = await town.report()
    other = await town.change(call, service="INSPECTION")
    assert (other.service, other.clocks) == ("INSPECTION", [])
    again = await town.change(call, service="REPAIR")
    assert clock(again, "response").due_at == clock(call, "response").due_at


@pytest.mark.parametrize(
    ("what", "code"), [("lift", ("asset_id", "elsewhere")), ("service", ("service", "unknown"))]
)
async def test_only_a_lift_of_the_site_and_a_known_service_will_do(
    town: Town, what: str, code: tuple[str, str]
) -> None:
    call = await town.report()
    wrong = {"asset_id": town.chalet.lift.id} if what == "lift" else {"service": "NOTHING"}
    with pytest.raises(Invalid) as refused:
        await town.change(call, **wrong)
    assert code in faults(refused.value)


async def test_what_is_over_is_not_corrected(town: Town) -> None:
    call = await town.decide(await town.report(), "close")
    with pytest.raises(InterventionEnded):
        await town.change(call, service="INSPECTION")
