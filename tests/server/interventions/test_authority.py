"""What a technician may decide alone: parts and goodwill within a limit, more with approval."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.decisions import decide
from server.interventions.problems import DecisionRefused
from server.interventions.queries import intervention
from server.interventions.schemas import (
    GoodwillBody,
    InterventionCommandBody,
    InterventionOut,
    InterventionPayload,
    PartUsedBody,
    VisitOut,
    VisitPayload,
)
from server.interventions.sync import sync
from server.kit.problems import Invalid, Stale
from server.parts import actions as parts
from server.parts.queries import parts_by_code
from server.parts.schemas import PartChangeBody
from server.regions import actions as regions
from server.regions.queries import region
from server.regions.schemas import RegionChangeBody
from server.roster import actions as roster
from server.roster.queries import technician
from server.roster.schemas import TechnicianChangeBody
from tests.server.interventions.town import FOUNDER, Town, faults


@pytest.fixture
async def priced(town: Town) -> Town:
    """A belt counts for 80 euros, and technicians of the valley may decide 200 alone."""
    await costs(town, "80.00")
    await region_lets(town, "200.00")
    return town


async def costs(town: Town, euros: str) -> None:
    async with town.write() as session:
        belt = (await parts_by_code(session, ["BELT"]))["BELT"]
        body = PartChangeBody(price_eur=Decimal(euros))
        await parts.change_part(
            session, FOUNDER, belt.id, body, expected=belt.version, now=town.now
        )


async def region_lets(town: Town, euros: str | None) -> None:
    async with town.write() as session:
        seen = await region(session, FOUNDER, town.valley.id)
        body = RegionChangeBody(authority_eur=None if euros is None else Decimal(euros))
        await regions.change_region(
            session, FOUNDER, seen.id, body, expected=seen.version, now=town.now
        )


async def may(town: Town, euros: str | None) -> None:
    """What Aina may decide, whatever holds in her region."""
    async with town.write() as session:
        seen = await technician(session, FOUNDER, town.aina.id)
        body = TechnicianChangeBody(authority_eur=None if euros is None else Decimal(euros))
        await roster.change_technician(
            session, FOUNDER, seen.id, body, expected=seen.version, now=town.now
        )


async def at_work(town: Town) -> VisitOut:
    return await town.lead(await town.visit(), "accept", "arrive", "start_work")


def belts(number: int, **more: Any) -> VisitPayload:
    return VisitPayload(parts=[PartUsedBody(part="BELT", quantity=Decimal(number))], **more)


def promising(euros: str, reason: str = "A month's lift pass") -> VisitPayload:
    return VisitPayload(goodwill=GoodwillBody(amount_eur=Decimal(euros), reason=reason))


async def test_within_the_limit_nobody_is_asked(priced: Town) -> None:
    visit = await at_work(priced)
    assert (await priced.tell(visit, "note", payload=belts(2))).outcome == "applied"
    assert (await priced.tell(visit, "note", payload=promising("40.00"))).outcome == "applied"
    spending = (await priced.look(visit)).spending
    assert (spending.spent_eur, spending.authority_eur) == ("200.00", "200.00")
    assert [(each.amount_eur, each.author) for each in spending.goodwill] == [
        ("40.00", "Aina Ribera")
    ]
    assert "goodwill_promised" in await priced.kinds()


async def test_above_the_limit_the_server_refuses_and_names_the_amounts(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=belts(2))
    refused = await priced.tell(visit, "note", payload=belts(1))
    assert (refused.outcome, refused.code, refused.facts) == (
        "rejected",
        "authority_exceeded",
        {"limit_eur": "200.00", "spent_eur": "160.00", "asked_eur": "80.00"},
    )
    seen = await priced.look(visit)
    assert (len(seen.parts), seen.spending.spent_eur) == (1, "160.00")
    assert (await priced.kinds())[-1] == "approval_wanted"


async def test_goodwill_above_the_limit_is_promised_to_nobody(priced: Town) -> None:
    visit = await at_work(priced)
    refused = await priced.tell(visit, "note", payload=promising("200.01"))
    assert refused.code == "authority_exceeded"
    assert (await priced.look(visit)).spending.goodwill == []


async def test_what_was_refused_stays_as_words(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=belts(3, note="Both doors"))
    await priced.tell(visit, "note", payload=promising("500.00"))
    note = (await priced.look(visit)).visits[0].note
    assert note.split("\n\n") == ["Both doors", "BELT × 3", "500.00 EUR: A month's lift pass"]


async def test_no_other_refusal_lets_more_through(priced: Town) -> None:
    visit = await priced.lead(await priced.visit(), "accept")
    done = belts(3, cause="door", action="Belts changed")
    refused = await priced.tell(visit, "complete", payload=done)
    assert refused.code == "move_not_allowed"
    assert (await priced.look(visit)).parts == []


async def test_what_the_office_approved_goes_through(priced: Town) -> None:
    visit = await at_work(priced)
    await approve(priced, visit, "300.00")
    assert (await priced.tell(visit, "note", payload=belts(3))).outcome == "applied"
    assert (await priced.tell(visit, "note", payload=belts(1))).code == "authority_exceeded"
    seen = (await priced.look(visit)).spending
    assert (seen.approved_eur, seen.approved_reason, seen.approved_by) == (
        "300.00",
        "Both doors are worn.",
        "Dora",
    )
    assert "spending_approved" in await priced.kinds()


async def test_an_approval_can_be_taken_back(priced: Town) -> None:
    visit = await at_work(priced)
    await approve(priced, visit, "300.00")
    back = await priced.decide(await priced.look(visit), "withdraw_approval")
    assert (back.spending.approved_eur, back.spending.approved_by) == (None, "")
    assert (await priced.tell(visit, "note", payload=belts(3))).code == "authority_exceeded"
    assert (await priced.kinds())[-3] == "spending_approval_withdrawn"
    with pytest.raises(DecisionRefused):
        await priced.decide(back, "withdraw_approval")


async def test_an_approval_says_how_much_and_why(priced: Town) -> None:
    visit = await at_work(priced)
    with pytest.raises(Invalid) as refused:
        await approve(priced, visit, None)
    assert faults(refused.value) == [("payload.amount_eur", "amount_missing")]
    with pytest.raises(Invalid) as refused:
        await approve(priced, visit, "300.00", reason="")
    assert faults(refused.value) == [("payload.reason", "reason_missing")]


async def test_goodwill_the_office_takes_back_counts_no_more_and_leaves_the_phone(
    priced: Town,
) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=promising("150.00"))
    await priced.tell(visit, "note", payload=promising("40.00", "The noise"))
    first, _ = (await priced.look(visit)).spending.goodwill
    seen = await take_back(priced, visit, first.id)
    assert seen.spending.spent_eur == "40.00"
    assert [
        (each.amount_eur, each.withdrawn_by, each.withdrawn_reason)
        for each in seen.spending.goodwill
    ] == [("150.00", "Dora", "Promised twice."), ("40.00", "", "")]
    assert seen.spending.goodwill[0].withdrawn_at == priced.now
    assert "goodwill_withdrawn" in await priced.kinds()
    async with priced.read() as session:
        (detail,) = (
            await sync(session, priced.of(priced.aina), cursor=None, now=priced.now)
        ).visits
    assert [each.amount_eur for each in detail.spending.goodwill] == ["40.00"]
    assert (await priced.tell(visit, "note", payload=belts(2))).outcome == "applied"


async def test_goodwill_is_taken_back_with_a_reason_and_once(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=promising("40.00"))
    (given,) = (await priced.look(visit)).spending.goodwill
    with pytest.raises(Invalid) as refused:
        await take_back(priced, visit, given.id, reason="")
    assert faults(refused.value) == [("payload.reason", "reason_missing")]
    for unknown in (None, visit.id):
        with pytest.raises(Invalid) as refused:
            await take_back(priced, visit, unknown)
        assert faults(refused.value) == [("payload.goodwill_id", "goodwill_unknown")]
    await priced.tell(visit, "note", payload=promising("10.00"))
    await take_back(priced, visit, given.id)
    with pytest.raises(Invalid) as refused:
        await take_back(priced, visit, given.id)
    assert faults(refused.value) == [("payload.goodwill_id", "goodwill_unknown")]


async def test_goodwill_can_be_taken_back_after_the_end_while_any_stands(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=promising("40.00"))
    await priced.lead((await priced.look(visit)).visits[0], "complete")
    seen = await priced.look(visit)
    assert (seen.status, "withdraw_goodwill" in seen.allowed) == ("closed", True)
    back = await take_back(priced, visit, seen.spending.goodwill[0].id)
    assert "withdraw_goodwill" not in back.allowed
    with pytest.raises(DecisionRefused):
        await take_back(priced, visit, seen.spending.goodwill[0].id)


async def test_the_office_promises_goodwill_without_a_limit_and_takes_nothing_off_the_technicians(
    priced: Town,
) -> None:
    visit = await at_work(priced)
    seen = await promise(priced, visit, "500.00")
    (given,) = seen.spending.goodwill
    assert (given.amount_eur, given.reason, given.author) == ("500.00", "Waited a week.", "Dora")
    assert (given.visit_id, seen.spending.spent_eur) == (None, "0.00")
    assert (await priced.kinds())[-1] == "goodwill_promised"
    assert (await priced.tell(visit, "note", payload=belts(2))).outcome == "applied"
    async with priced.read() as session:
        told = await sync(session, priced.of(priced.aina), cursor=None, now=priced.now)
    (detail,) = told.visits
    assert [each.amount_eur for each in detail.spending.goodwill] == ["500.00"]
    back = await take_back(priced, visit, given.id)
    assert back.spending.goodwill[0].withdrawn_by == "Dora"


async def test_the_office_promises_goodwill_where_nobody_has_been_and_after_the_end_too(
    town: Town,
) -> None:
    call = await town.report("S2")
    assert "promise_goodwill" in call.allowed
    await promise(town, call, "40.00")
    await town.decide(await town.look(call), "cancel", "Runs again")
    seen = await promise(town, call, "10.00")
    assert [each.amount_eur for each in seen.spending.goodwill] == ["40.00", "10.00"]


async def test_the_office_says_how_much_it_promises_and_for_what(town: Town) -> None:
    call = await town.report("S2")
    for amount in (None, "0.00"):
        with pytest.raises(Invalid) as refused:
            await promise(town, call, amount)
        assert faults(refused.value) == [("payload.amount_eur", "amount_missing")]
    with pytest.raises(Invalid) as refused:
        await promise(town, call, "40.00", reason="")
    assert faults(refused.value) == [("payload.reason", "reason_missing")]
    assert (await town.look(call)).spending.goodwill == []


async def test_the_same_promise_sent_twice_is_one_and_another_needs_to_have_seen_it(
    town: Town,
) -> None:
    call = await town.report("S2")
    body = InterventionCommandBody(
        id="once-only",
        kind="promise_goodwill",
        at=town.now,
        base_version=call.version,
        payload=InterventionPayload(reason="Waited a week.", amount_eur=Decimal("40.00")),
    )
    for _ in range(2):
        async with town.write() as session:
            seen = await decide(session, town.office, call.id, body, town.now)
    assert [each.amount_eur for each in seen.spending.goodwill] == ["40.00"]
    with pytest.raises(Stale):
        async with town.write() as session:
            await decide(
                session,
                town.office,
                call.id,
                body.model_copy(update={"id": "another-one"}),
                town.now,
            )


async def test_nobody_else_promises_goodwill(town: Town) -> None:
    call = await town.report("S2")
    others = (
        town.manager(),
        Scope(account_id=UUID(int=9), name="Eva", role=Role.EXPERIENCE),
    )
    for other in others:
        async with town.read() as session:
            seen = await intervention(session, other, call.id, town.now)
        assert "promise_goodwill" not in seen.allowed


async def test_without_a_limit_there_is_nothing_to_approve(town: Town) -> None:
    await costs(town, "8000.00")
    visit = await at_work(town)
    assert (await town.tell(visit, "note", payload=belts(9))).outcome == "applied"
    assert "approve_spending" not in (await town.look(visit)).allowed
    with pytest.raises(DecisionRefused):
        await approve(town, visit, "300.00")


async def test_what_a_technician_may_decide_goes_before_what_holds_in_their_region(
    priced: Town,
) -> None:
    visit = await at_work(priced)
    await may(priced, "0.00")
    assert (await priced.tell(visit, "note", payload=belts(1))).code == "authority_exceeded"
    await may(priced, "1000.00")
    assert (await priced.tell(visit, "note", payload=belts(3))).outcome == "applied"
    await may(priced, None)
    assert (await priced.tell(visit, "note", payload=belts(1))).code == "authority_exceeded"


async def test_what_costs_nothing_needs_no_approval(priced: Town) -> None:
    visit = await at_work(priced)
    await may(priced, "0.00")
    rope = VisitPayload(parts=[PartUsedBody(part="ROPE", quantity=Decimal(12))])
    assert (await priced.tell(visit, "note", payload=rope)).outcome == "applied"


async def test_a_new_price_moves_nothing_that_was_put_in(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=belts(2))
    await costs(priced, "95.50")
    seen = await priced.look(visit)
    assert (seen.parts[0].price_eur, seen.spending.spent_eur) == ("80.00", "160.00")


async def test_the_office_has_no_limit(priced: Town) -> None:
    visit = await at_work(priced)
    told = await priced.tell(visit, "note", by=priced.office, payload=belts(9))
    assert told.outcome == "applied"


async def test_the_phone_knows_what_its_technician_may_decide(priced: Town) -> None:
    visit = await at_work(priced)
    await priced.tell(visit, "note", payload=belts(2))
    await approve(priced, visit, "300.00")
    async with priced.read() as session:
        told = await sync(session, priced.of(priced.aina), cursor=None, now=priced.now)
    (detail,) = told.visits
    assert told.authority_eur == "200.00"
    assert (detail.spending.spent_eur, detail.spending.approved_eur) == ("160.00", "300.00")
    assert {part.code: part.price_eur for part in told.parts or []} == {
        "BELT": "80.00",
        "ROPE": None,
    }


async def approve(
    town: Town, visit: VisitOut, euros: str | None, reason: str = "Both doors are worn."
) -> None:
    await town.decide(
        await town.look(visit),
        "approve_spending",
        reason,
        amount_eur=None if euros is None else Decimal(euros),
    )


async def take_back(
    town: Town, visit: VisitOut, given: UUID | None, reason: str = "Promised twice."
) -> InterventionOut:
    seen = await town.look(visit)
    return await town.decide(seen, "withdraw_goodwill", reason, goodwill_id=given)


async def promise(
    town: Town,
    about: VisitOut | InterventionOut,
    euros: str | None,
    reason: str = "Waited a week.",
) -> InterventionOut:
    amount = None if euros is None else Decimal(euros)
    seen = await town.look(about)
    return await town.decide(seen, "promise_goodwill", reason, amount_eur=amount)
