"""Phones of a town's technicians: subscribing them, and letting the server push at told times."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from server.accounts import actions as accounts
from server.accounts import queries as account_queries
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.tables import Account, SignedIn
from server.notifications import push_actions
from server.notifications.push_keys import PushKeys
from server.notifications.push_sender import push
from server.notifications.push_service import PushService, open_services
from server.notifications.tables import PushMessage, PushSubscription
from server.presence import actions as presence
from server.presence.schemas import DutyCommandBody, DutyKind
from server.roster import actions as roster
from server.roster.schemas import ShiftBody, TechnicianOut
from tests.server.interventions.town import FOUNDER, Town
from tests.server.notifications.push_twin import PushTwin

EMAIL = "{}@example.org"
PASSWORD = "a long enough password"


@dataclass(slots=True)
class Phones:
    town: Town
    twin: PushTwin

    async def on_shift(
        self, starts_at: datetime, *, hours: float, who: TechnicianOut | None = None
    ) -> None:
        technician = who or self.town.aina
        body = ShiftBody(
            technician_id=technician.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours),
        )
        async with self.town.write() as session:
            await roster.create_shift(session, FOUNDER, body, self.town.now)

    async def says(self, kind: DutyKind) -> None:
        """Aina says something of her working day."""
        body = DutyCommandBody(id=uuid4().hex, kind=kind, at=self.town.now, base_version=0)
        async with self.town.write() as session:
            answer = await presence.command_duty(
                session, self.town.of(self.town.aina), self.town.aina.id, [body], self.town.now
            )
        assert answer.results[0].outcome == "applied", answer

    async def account(
        self, who: TechnicianOut | None = None, language: Language = Language.ENGLISH
    ) -> Account:
        """The technician's account, made when it is first asked for."""
        technician = who or self.town.aina
        email = EMAIL.format(technician.id)
        async with self.town.write() as session:
            found = await account_queries.by_email(session, email)
            if found is None:
                body = AccountBody(
                    email=email,
                    name=technician.name,
                    role=Role.TECHNICIAN,
                    language=language,
                    password=PASSWORD,
                    technician_id=technician.id,
                )
                await accounts.create(session, FOUNDER.actor, body, self.town.now)
                found = await account_queries.by_email(session, email)
            assert found is not None
            return found

    async def subscribe(
        self,
        device: str = "phone",
        *,
        who: TechnicianOut | None = None,
        language: Language = Language.ENGLISH,
        generation: int = 1,
    ) -> SignedIn:
        """Sign in on a phone and let it be reached; the session."""
        account = await self.account(who, language)
        async with self.town.write() as session:
            opened = await accounts.open_session(session, account, self.town.now)
            found = await account_queries.signed_in(session, opened.token, self.town.now)
            assert found is not None
            await push_actions.subscribe(
                session,
                account_queries.scope_of(account),
                self.twin.subscribe(device, generation=generation),
                self.twin.services,
                opened=found[0],
                now=self.town.now,
            )
            return found[0]

    @asynccontextmanager
    async def service(self) -> AsyncIterator[PushService]:
        pair = await PushKeys(self.town.database).pair(self.town.now)
        contact = "mailto:office@example.org"
        async with open_services(self.twin.services, pair, contact) as opened:
            yield opened

    async def push(self, *, after: timedelta = timedelta()) -> int:
        """Let the server push, after some time."""
        self.town.passes(after)
        return await push(self.town.database, self.service, self.town.now)

    async def states(self) -> list[tuple[str, str]]:
        """Every message in the order it was written: where it stands, and why."""
        query = select(PushMessage).order_by(PushMessage.event_seq, PushMessage.id)
        async with self.town.read() as session:
            return [(row.state, row.reason) for row in await session.scalars(query)]

    async def subscriptions(self) -> list[UUID]:
        async with self.town.read() as session:
            return list((await session.scalars(select(PushSubscription.id))).all())
