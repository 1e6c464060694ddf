"""A credit note takes two people, gets a number without gaps, and is only ever taken back whole."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from dispatch.errors import Invalid as CoreInvalid
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.credits import actions, queries
from server.credits.problems import AlreadyCountered, CreditMoveNotAllowed
from server.credits.schemas import CreditCommandBody, CreditNoteOut
from server.credits.tables import CreditNote
from server.kit.problems import Invalid, NotFound, SecondPersonNeeded, Stale
from tests.server.credits.owing import ANNA, BEN, Ledger


async def owed(ledger: Ledger) -> CreditNoteOut:
    await ledger.agree()
    await ledger.miss(2)
    (note,) = await ledger.propose()
    return note


async def test_whoever_checked_a_note_may_not_approve_it(ledger: Ledger) -> None:
    note = await owed(ledger)
    checked = await ledger.do(note, "check", ANNA)
    assert "approve" not in checked.allowed
    with pytest.raises(SecondPersonNeeded):
        await ledger.do(note, "approve", ANNA)
    approved = await ledger.do(note, "approve", BEN)
    assert (approved.number, approved.status) == ("CN-2026-0001", "approved")
    assert (approved.checked_by, approved.approved_by) == ("Anna", "Ben")


async def test_a_note_is_checked_before_it_is_approved(ledger: Ledger) -> None:
    note = await owed(ledger)
    with pytest.raises(CreditMoveNotAllowed):
        await ledger.do(note, "approve", BEN)
    assert (await ledger.look(note)).number is None


async def test_a_note_is_dropped_only_with_a_reason_and_before_it_is_approved(
    ledger: Ledger,
) -> None:
    note = await owed(ledger)
    with pytest.raises((Invalid, CoreInvalid)):
        await ledger.do(note, "drop")
    await ledger.approve(note)
    with pytest.raises(CreditMoveNotAllowed):
        await ledger.do(note, "drop", reason="Too late")


async def test_an_approved_note_is_taken_back_by_a_note_of_its_own(ledger: Ledger) -> None:
    note = await ledger.approve(await owed(ledger))
    counter = await ledger.do(note, "counter", reason="The wrong customer")
    assert (counter.amount, counter.counters, counter.status) == (
        "-25.00",
        "CN-2026-0001",
        "proposed",
    )
    with pytest.raises(AlreadyCountered):
        await ledger.do(note, "counter", reason="Again")
    approved = await ledger.approve(counter)
    kept = await ledger.look(note)
    assert (approved.number, kept.countered_by) == ("CN-2026-0002", "CN-2026-0002")
    assert (kept.amount, kept.version) == (note.amount, note.version)


async def test_a_counter_note_is_not_countered(ledger: Ledger) -> None:
    note = await ledger.approve(await owed(ledger))
    counter = await ledger.approve(await ledger.do(note, "counter", reason="Wrong"))
    assert counter.allowed == []
    with pytest.raises(CreditMoveNotAllowed):
        await ledger.do(counter, "counter", reason="Wrong again")


async def test_a_command_on_an_older_version_is_refused(ledger: Ledger) -> None:
    note = await owed(ledger)
    await ledger.do(note, "check")
    body = CreditCommandBody(kind="drop", base_version=note.version, reason="Old news")
    with pytest.raises(Stale):
        async with ledger.town.write() as session:
            await actions.command_credit(session, BEN, note.id, body, ledger.town.now)


async def test_the_database_keeps_an_approved_note_as_it_is(ledger: Ledger) -> None:
    note = await ledger.approve(await owed(ledger))
    for statement in (
        update(CreditNote).values(amount=1),
        update(CreditNote).values(number="CN-2026-0007"),
        update(CreditNote).values(lines=[]),
        delete(CreditNote),
    ):
        with pytest.raises(IntegrityError):
            async with ledger.town.write() as session:
                await session.execute(statement)
    assert await ledger.look(note) == note


async def test_the_customer_reads_approved_notes_of_their_own(ledger: Ledger) -> None:
    note = await owed(ledger)
    rival, other = ledger.town.manager(ledger.town.rival), ledger.town.manager()
    async with ledger.town.read() as session:
        assert (await queries.portal_credits(session, rival)).items == []
    await ledger.approve(note)
    async with ledger.town.read() as session:
        (shown,) = (await queries.portal_credits(session, rival)).items
        assert (await queries.portal_credits(session, other)).items == []
    assert (shown.number, shown.amount, shown.agreement_number) == (
        "CN-2026-0001",
        "25.00",
        "B-1",
    )


async def test_a_note_of_a_customer_elsewhere_looks_unknown(ledger: Ledger) -> None:
    note = await owed(ledger)
    regions = frozenset({ledger.town.mountain.id})
    scope = Scope(ANNA.account_id, "Dora", Role.DISPATCHER, regions)
    async with ledger.town.read() as session:
        with pytest.raises(NotFound):
            await queries.credit_note(session, scope, note.id)
