"""What the demo's agreements went through before its day: meetings, aims, papers, what work costs.

What it was is told in the town's `partnership.json`; money is in `demo_money`. Everything goes
through the actions people use, on the day it would have happened.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import ReviewBody
from server.agreements.tables import Agreement
from server.aims import actions as aims
from server.aims.schemas import (
    AimBody,
    AimCommandBody,
    BenchmarkBody,
    CommitmentBody,
    CommitmentCommandBody,
)
from server.cli.town import FOUNDER, Town
from server.customers.tables import Customer
from server.documents import actions as documents
from server.documents.schemas import DocumentBody
from server.invoicing import actions as invoicing
from server.invoicing.schemas import CostRatesBody
from server.kit.database import Session
from server.meetings import actions as meetings
from server.meetings.schemas import (
    AgendaItemBody,
    CadenceBody,
    DecisionBody,
    DecisionCommandBody,
)
from server.sites import actions as sites
from server.sites.schemas import CriticalWindowBody, SiteChangeBody
from server.sites.tables import Asset

Told = Mapping[str, Any]
MET_AT = time(11, 0)
LONG_AGO = -300


@dataclass(frozen=True, slots=True)
class Partnership:
    """What the files tell, on days counted from `day`."""

    session: Session
    town: Town
    day: date

    async def write(self, folder: Path) -> None:
        told = json.loads((folder / "partnership.json").read_text(encoding="utf-8"))
        rates = CostRatesBody.model_validate(told["cost_rates"])
        await invoicing.set_rates(self.session, FOUNDER, rates, self._at(LONG_AGO))
        for each in told["agreements"]:
            row = await self._agreement(each["agreement"])
            await self._meet(row, each)
            await self._aim(row, each.get("aims", ()))
            await self._commit(row, each.get("commitments", ()))
        for each in told["benchmarks"]:
            row = await self._agreement(each["agreement"])
            body = BenchmarkBody.model_validate(
                _kept(each, "agreement", "day") | {"as_of": self._on(each["day"])}
            )
            await aims.note_benchmark(self.session, FOUNDER, row.id, body, now=self._at(-1))
        for each in told["certificates"]:
            await self._certify(each)
        for each in told["critical_hours"]:
            await self._keep_going(each)

    def _on(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def _at(self, days: int) -> datetime:
        zone: ZoneInfo = next(iter(self.town.zones.values()))
        return datetime.combine(self._on(days), MET_AT, zone).astimezone(UTC)

    async def _agreement(self, number: str) -> Agreement:
        query = select(Agreement).where(Agreement.number == number)
        return (await self.session.scalars(query)).one()

    async def _meet(self, row: Agreement, told: Told) -> None:
        """How often is met, what was put on agendas, and what the meetings came to."""
        for each in told["cadences"]:
            first_on = self._on(each["first_day"])
            rhythm = CadenceBody.model_validate(_kept(each, "first_day") | {"first_on": first_on})
            before = self._at(each["first_day"] - 7)
            await meetings.set_cadence(self.session, FOUNDER, row.id, rhythm, now=before)
        asked: dict[str, UUID] = {}
        customer = await self._customer(row)
        for each in told.get("agenda", ()):
            item = AgendaItemBody(level=each["level"], text=each["text"])
            scope = customer if each["side"] == "customer" and customer else FOUNDER
            made = await meetings.ask(self.session, scope, row.id, item, now=self._at(each["day"]))
            asked[made.text] = made.id
        for each in told["meetings"]:
            await self._hold(row, each, asked)

    async def _customer(self, row: Agreement) -> Scope | None:
        """The building manager on the other side of an agreement."""
        if row.customer_id is None:
            return None
        customer = await self.session.get_one(Customer, row.customer_id)
        return Scope(
            account_id=customer.id,
            name=customer.contact_name,
            role=Role.MANAGER,
            customer_id=customer.id,
        )

    async def _hold(self, row: Agreement, told: Told, asked: Mapping[str, UUID]) -> None:
        body = ReviewBody(
            held_on=self._on(told["day"]),
            outcome=told["outcome"],
            note=told["minutes"],
            level=told["level"],
            present=told["present"],
            item_ids=[asked[text] for text in told.get("talked_over", ())],
        )
        now = self._at(told["day"])
        held = await meetings.hold(self.session, FOUNDER, row.id, body, now=now)
        review_id = next(each.id for each in held.held if each.held_on == body.held_on)
        for each in told.get("decisions", ()):
            decision = DecisionBody(
                text=each["text"],
                owner_name=each.get("owner_name", ""),
                due_on=self._on(each["due_day"]) if "due_day" in each else None,
                is_quick_win=each.get("is_quick_win", False),
            )
            made = await meetings.decide(
                self.session, FOUNDER, (row.id, review_id), decision, now=now
            )
            if "done_day" in each:
                done = DecisionCommandBody(
                    kind="complete", base_version=made.version, note=each["note"]
                )
                ids = row.id, made.id
                later = self._at(each["done_day"])
                await meetings.end(self.session, FOUNDER, ids, done, now=later)

    async def _aim(self, row: Agreement, told: Iterable[Told]) -> None:
        for each in told:
            body = AimBody.model_validate(_kept(each, "answer", "note"))
            now = self._at(LONG_AGO)
            standing = await aims.set_aim(self.session, FOUNDER, row.id, body, now=now)
            if "answer" in each:
                known = [standing.outcome, *standing.focus, *standing.key_results]
                made = next(one for one in known if one is not None and one.text == body.text)
                answer = AimCommandBody(
                    kind="answer",
                    base_version=made.version,
                    answer=each["answer"],
                    note=each["note"],
                )
                ids = row.id, made.id
                await aims.command_aim(self.session, FOUNDER, ids, answer, now=self._at(-1))

    async def _commit(self, row: Agreement, told: Iterable[Told]) -> None:
        for each in told:
            body = CommitmentBody(
                text=each["text"],
                every_months=each["every_months"],
                first_on=self._on(each["first_day"]),
            )
            now = self._at(each["first_day"])
            known = await aims.commit(self.session, FOUNDER, row.id, body, now=now)
            for days in each["kept_days"]:
                made = next(one for one in known.items if one.text == body.text)
                kept = CommitmentCommandBody(
                    kind="keep", base_version=made.version, day=self._on(days)
                )
                ids, now = (row.id, made.id), self._at(days)
                known = await aims.command_commitment(self.session, FOUNDER, ids, kept, now=now)

    async def _keep_going(self, told: Told) -> None:
        """The hours in which the lifts of a site must not stop."""
        id_ = self.town.sites[told["site"]]
        hours = CriticalWindowBody.model_validate(_kept(told, "site"))
        change = SiteChangeBody(critical_windows=[hours])
        now = self._at(LONG_AGO)
        await sites.change_site(self.session, FOUNDER, id_, change, expected=1, now=now)

    async def _certify(self, told: Told) -> None:
        asset = await self.session.get_one(Asset, self.town.assets[told["asset"]])
        body = DocumentBody(
            site_id=asset.site_id,
            asset_id=asset.id,
            kind="certificate",
            name=f"Inspection certificate, {asset.name}",
            valid_until=self._on(told["until_day"]),
            is_shared=True,
        )
        await documents.create(self.session, FOUNDER, body, self._at(LONG_AGO))


def _kept(told: Told, *names: str) -> dict[str, Any]:
    """All of it but these."""
    return {name: value for name, value in told.items() if name not in names}
