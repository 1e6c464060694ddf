"""Waking the demo's town: an account for each technician, the calls ahead, connections for all.

How it lives then is in `demo_live`.
"""

from collections import deque
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import select

from dispatch.simulation import Luck, draw_calls
from server.accounts import actions as accounts
from server.accounts.routes import DEMO_PASSWORD
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.tables import Account
from server.cli.demo_live import DISPATCHER, LivingTown, Phone, signed_in_as
from server.cli.town import FOUNDER
from server.cli.town_territory import territories
from server.kit.clock import Clock
from server.kit.database import Database, Session
from server.roster.tables import Technician
from server.sites.tables import Asset

DAYS = 14  # as long as anybody is rostered


@dataclass(frozen=True, slots=True)
class Cast:
    """The e-mail addresses of the technicians' accounts, and the ids of all assets by code."""

    technicians: tuple[str, ...]
    assets: dict[str, str]


async def cast(database: Database, clock: Clock) -> Cast:
    """Let every technician in who has no account yet, and read what calls are about."""
    async with database.write() as session:
        known = select(Account.technician_id, Account.email).where(
            Account.technician_id.is_not(None)
        )
        emails: dict[Any, str] = {row[0]: row[1] for row in await session.execute(known)}
        for technician in await session.scalars(select(Technician).order_by(Technician.code)):
            if technician.id not in emails:
                emails[technician.id] = await _let_in(session, technician, clock)
        assets = await session.execute(select(Asset.code, Asset.id))
        return Cast(tuple(sorted(emails.values())), {code: str(id_) for code, id_ in assets})


async def _let_in(session: Session, technician: Technician, clock: Clock) -> str:
    body = AccountBody(
        email=f"{technician.code.lower()}@demo.palier",
        name=technician.name,
        role=Role.TECHNICIAN,
        password=DEMO_PASSWORD,
        language=Language.ENGLISH,
        technician_id=technician.id,
        region_ids=[technician.region_id],
    )
    await accounts.create(session, FOUNDER.actor, body, clock.now())
    return body.email


def awake(folder: Path, cast_: Cast, *, port: int, day: date, clock: Clock) -> LivingTown:
    """Sign everybody in to a server that answers, and draw what will be called for from now on."""
    seed = day.toordinal()
    calls = [
        call
        for territory in territories(folder, day, DAYS)
        for call in draw_calls(territory, day, DAYS, seed=seed)
        if call.at > clock.now()
    ]
    return LivingTown(
        desk=signed_in_as(port, DISPATCHER),
        phones=[Phone(signed_in_as(port, email)) for email in cast_.technicians],
        calls=deque(sorted(calls, key=lambda call: call.at)),
        assets=cast_.assets,
        clock=clock,
        luck=Luck(seed),
    )


def keep_alive(
    folder: Path, cast_: Cast, *, port: int, day: date, clock: Clock, stop: Event
) -> None:
    """Live until told to stop."""
    awake(folder, cast_, port=port, day=day, clock=clock).live(stop)
