"""Whoever looked after an agreement and has left is told once."""

from sqlalchemy import select, update

from server.accounts.schemas import Role
from server.accounts.tables import Account
from server.agreements.tables import Agreement
from server.breaches.owners import tell_owners_gone
from tests.server.breaches.missed import told
from tests.server.interventions.town import Town


async def test_an_owner_who_left_is_told_once_for_each_agreement(town: Town) -> None:
    async with town.write() as session:
        owner = Account(
            email="owner@example.org",
            name="Jordi",
            role=Role.EXPERIENCE.value,
            language="en",
            password_hash="",
        )
        session.add(owner)
        await session.flush()
        kept = (await session.scalars(select(Agreement).order_by(Agreement.number))).first()
        assert kept is not None
        kept.owner_id, number = owner.id, kept.number
    assert await tell_owners_gone(town.database, town.now) == 0
    async with town.write() as session:
        leaving = update(Account).where(Account.email == "owner@example.org")
        await session.execute(leaving.values(is_disabled=True))
    assert await tell_owners_gone(town.database, town.now) == 1
    assert await tell_owners_gone(town.database, town.now) == 0
    (event,) = await told(town, "agreement_owner_gone")
    assert event.data["number"] == number
