"""Waking the demo's town: an account for each technician, the calls ahead, a line for all.

How it lives then is in `demo_live`.
"""

from collections import deque
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import select

from dispatch.simulation import Call, Luck, draw_calls
from server.accounts import actions as accounts
from server.accounts.routes import DEMO_PASSWORD
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.tables import Account
from server.cli.demo_day import is_planned
from server.cli.demo_line import Line
from server.cli.demo_live import DISPATCHER, LivingTown, Phone
from server.cli.demo_mornings import Mornings
from server.cli.history_days import demand_of
from server.cli.town import FOUNDER
from server.cli.town_territory import ONE_DAY, territories, usual_shifts
from server.kit.clock import Clock
from server.kit.database import Database, Session
from server.regions.tables import Region
from server.roster.tables import Technician
from server.sites.tables import Asset


@dataclass(frozen=True, slots=True)
class Cast:
    """The e-mail addresses of the technicians' accounts; ids of the town's things by code."""

    emails: tuple[str, ...]
    technicians: dict[str, str]
    regions: dict[str, str]
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
        return Cast(
            tuple(sorted(emails.values())),
            technicians=await _ids(session, Technician),
            regions=await _ids(session, Region),
            assets=await _ids(session, Asset),
        )


async def _ids(session: Session, table: type[Technician | Region | Asset]) -> dict[str, str]:
    return {code: str(id_) for code, id_ in await session.execute(select(table.code, table.id))}


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
    """A town that lives over a server, with what will be asked for on this day from now on."""
    seed = day.toordinal()
    regions = territories(folder, day, 1)

    def calls_of(day: date) -> list[Call]:
        drawn = [
            call
            for each in regions
            for call in draw_calls(each, day, 1, seed=seed, demand=demand_of(each.code))
        ]
        return sorted(drawn, key=lambda call: call.at)

    desk, zone = Line(port, DISPATCHER), regions[0].zone
    return LivingTown(
        desk=desk,
        phones=[Phone(Line(port, email)) for email in cast_.emails],
        mornings=Mornings(
            desk,
            zone,
            day,
            planned=day if is_planned(day, clock.now(), zone) else day - ONE_DAY,
            regions=list(cast_.regions.values()),
            technicians=cast_.technicians,
            calls_of=calls_of,
            shifts_of=partial(usual_shifts, folder),
        ),
        calls=deque(call for call in calls_of(day) if call.at > clock.now()),
        assets=cast_.assets,
        clock=clock,
        luck=Luck(seed),
    )


def keep_alive(
    folder: Path, cast_: Cast, *, port: int, day: date, clock: Clock, stop: Event
) -> None:
    """Live until told to stop."""
    awake(folder, cast_, port=port, day=day, clock=clock).live(stop)
