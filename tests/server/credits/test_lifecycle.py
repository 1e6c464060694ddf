"""Whatever people try, at once and in any order: no number is missing, nothing approved changes."""

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.credits import actions
from server.credits.schemas import CreditCommandBody, CreditNoteOut
from server.credits.tables import CreditNote
from server.kit.problems import Problem
from tests.server.credits.owing import ANNA, BEN, Ledger

CARLA = Scope(account_id=UUID(int=23), name="Carla", role=Role.ADMIN)
PEOPLE = (ANNA, BEN, CARLA)
# A step forward is tried more often than one that is refused where most notes stand.
TRIED = ("check", "check", "approve", "approve", "approve", "drop", "counter", "counter")
NOTES, AT_ONCE = 6, 4


async def proposed(ledger: Ledger) -> None:
    """Notes of several months of one agreement."""
    await ledger.agree()
    version_id = await ledger.version_id()
    async with ledger.town.write() as session:
        for month in range(1, NOTES + 1):
            session.add(
                CreditNote(
                    status="proposed",
                    customer_id=ledger.town.rival.id,
                    agreement_version_id=version_id,
                    unit="site",
                    unit_id=ledger.town.rivals_house.site.id,
                    month=date(2025, month, 1),
                    currency="EUR",
                    fee=Decimal("250.00"),
                    amount=Decimal("12.50"),
                    lines=[{"kind": "per_breach", "amount": "12.50"}],
                    breach_ids=[],
                    proposed_at=ledger.town.now,
                    proposed_by_name="Palier",
                )
            )


async def attempt(ledger: Ledger, note: CreditNoteOut, kind: str, by: Scope) -> bool:
    """Try one command on the note as it was seen; whether it was carried out."""
    body = CreditCommandBody(
        kind=kind,  # type: ignore[arg-type]
        base_version=note.version,
        reason="Because",
    )
    try:
        async with ledger.town.write() as session:
            await actions.command_credit(session, by, note.id, body, ledger.town.now)
    except Problem:
        return False
    return True


async def walk(ledger: Ledger, seed: int, rounds: int) -> None:
    """Several people act at once, round after round, each on some note as it stands."""
    chance = Random(seed)
    approved: dict[UUID, CreditNoteOut] = {}
    for _ in range(rounds):
        notes = await ledger.notes()
        tries = [
            attempt(ledger, chance.choice(notes), chance.choice(TRIED), chance.choice(PEOPLE))
            for _ in range(AT_ONCE)
        ]
        await asyncio.gather(*tries)
        approved = holds(await ledger.notes(), approved)


def holds(
    notes: Sequence[CreditNoteOut], before: dict[UUID, CreditNoteOut]
) -> dict[UUID, CreditNoteOut]:
    """What must be true at every moment; the approved notes, to compare with later ones."""
    approved = {note.id: note for note in notes if note.status == "approved"}
    numbers = sorted(note.number or "" for note in approved.values())
    assert numbers == [f"CN-2026-{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(note.number is None for note in notes if note.status != "approved")
    assert all(note.checked_by != note.approved_by for note in approved.values())
    for note_id, old in before.items():
        assert unchanging(approved[note_id]) == unchanging(old)
    countered = [note.counters for note in notes if note.counters and note.status != "dropped"]
    assert len(countered) == len(set(countered))
    return approved


def unchanging(note: CreditNoteOut) -> tuple[object, ...]:
    return note.number, note.amount, note.fee, note.lines, note.breach_ids, note.version


@pytest.mark.parametrize("seed", range(2))
async def test_numbers_have_no_gaps_and_approved_notes_never_change(
    ledger: Ledger, seed: int
) -> None:
    await proposed(ledger)
    await walk(ledger, seed, rounds=12)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(20))
async def test_numbers_have_no_gaps_whatever_is_tried(ledger: Ledger, seed: int) -> None:
    await proposed(ledger)
    await walk(ledger, 1000 + seed, rounds=60)


async def test_approvals_at_the_same_moment_each_get_the_next_number(ledger: Ledger) -> None:
    await proposed(ledger)
    for note in await ledger.notes():
        await ledger.do(note, "check", ANNA)
    notes = await ledger.notes()
    assert all(await asyncio.gather(*(attempt(ledger, n, "approve", BEN) for n in notes)))
    assert sorted(note.number or "" for note in await ledger.notes()) == [
        f"CN-2026-{number:04}" for number in range(1, NOTES + 1)
    ]


async def test_one_note_approved_twice_at_once_gets_one_number(ledger: Ledger) -> None:
    await proposed(ledger)
    note = (await ledger.notes())[0]
    checked = await ledger.do(note, "check", ANNA)
    done = await asyncio.gather(*(attempt(ledger, checked, "approve", BEN) for _ in range(4)))
    assert done.count(True) == 1
    assert (await ledger.approve((await ledger.notes())[1])).number == "CN-2026-0002"
