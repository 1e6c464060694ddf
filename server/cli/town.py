"""Founding a company from a town's files: regions, customers, sites, rosters, agreements, logins.

The day's calls and visits are played in `demo_day`.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.roster import Lunch, PatternLunch, PatternShift, ShiftKind, shifts_from_pattern
from server.accounts import actions as accounts
from server.accounts.routes import DEMO_PASSWORD
from server.accounts.schemas import AccountBody, Language, Role
from server.accounts.scope import Scope
from server.agreements import actions as agreements
from server.agreements.actions import Signing
from server.agreements.schemas import AgreementBody, SignatoryBody
from server.cli.town_codes import Codes
from server.customers import actions as customers
from server.customers.schemas import CustomerBody
from server.kit.database import Session
from server.kit.wire import PositionBody
from server.parts import actions as parts
from server.parts.schemas import CatalogueBody
from server.regions import actions as regions
from server.regions.schemas import CalendarBody, RegionBody
from server.roster import actions as roster
from server.roster.schemas import LunchBody, ShiftBody, TechnicianBody
from server.services import actions as services
from server.services.schemas import ServiceBody
from server.sites import actions as sites
from server.sites.schemas import AssetBody, SiteBody

FOUNDER = Scope(account_id=UUID(int=0), name="Palier", role=Role.ADMIN)
# What one founder writes the other verifies, as everybody has to.
OTHER_FOUNDER = Scope(account_id=UUID(int=3), name="Clàudia Serra", role=Role.ADMIN)
ROSTERED_DAYS = 14


@dataclass(frozen=True, slots=True)
class Town:
    """What was founded, by the codes the files use."""

    calendars: Mapping[str, UUID]
    regions: Mapping[str, UUID]
    zones: Mapping[str, ZoneInfo]
    customers: Mapping[str, UUID]
    sites: Mapping[str, UUID]
    assets: Mapping[str, UUID]
    technicians: Mapping[str, UUID]


def entries(folder: Path, plural: str) -> list[dict[str, Any]]:
    """One of the town's JSON lists."""
    content = json.loads((folder / f"{plural}.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = content[plural]
    return found


def rows(folder: Path, plural: str) -> list[dict[str, str]]:
    """One of the town's tables; lines that start with # are its licence notice."""
    lines = (folder / f"{plural}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


async def found(session: Session, folder: Path, *, first_day: date, now: datetime) -> Town:
    """Write the whole company down; everything goes through the actions people use."""
    founder = _Founder(session, now)
    calendars = await founder.calendars(entries(folder, "calendars"))
    region_entries = entries(folder, "regions")
    region_ids = await founder.regions(region_entries, calendars)
    zones = {each["code"]: ZoneInfo(each["zone"]) for each in region_entries}
    customer_ids = await founder.customers(entries(folder, "customers"))
    site_ids = await founder.sites(rows(folder, "sites"), region_ids, customer_ids)
    asset_ids = await founder.assets(rows(folder, "assets"), site_ids)
    technician_ids = await founder.technicians(entries(folder, "technicians"), region_ids)
    for each in entries(folder, "technicians"):
        technician = technician_ids[each["code"]]
        await founder.shifts(technician, each["pattern"], zones[each["region"]], first_day)
    await founder.services(entries(folder, "services"))
    await founder.parts((folder.parent / "parts.json").read_text(encoding="utf-8"))
    codes = Codes(region_ids, calendars, customer_ids, site_ids, asset_ids)
    signed = (folder.parent / "signed.pdf").read_bytes()
    for each in entries(folder, "agreements"):
        await founder.agreement(each, codes, signed)
    return Town(calendars, region_ids, zones, customer_ids, site_ids, asset_ids, technician_ids)


async def let_in(
    session: Session, now: datetime, *, technician: UUID, region: UUID, customer: UUID
) -> dict[Role, str]:
    """One login of each role, with the published demo password."""
    emails = {role: f"{role.value}@demo.palier" for role in Role}
    for role, email in emails.items():
        body = AccountBody(
            email=email,
            name=role.value.capitalize(),
            role=role,
            password=DEMO_PASSWORD,
            language=Language.ENGLISH,
            technician_id=technician if role is Role.TECHNICIAN else None,
            region_ids=[region] if role is Role.TECHNICIAN else None,
            customer_id=customer if role is Role.MANAGER else None,
        )
        await accounts.create(session, FOUNDER.actor, body, now)
    return emails


class _Founder:
    """Writes one kind of thing after the other, each by its code."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    async def calendars(self, given: Iterable[dict[str, Any]]) -> dict[str, UUID]:
        made = {}
        for each in given:
            body = CalendarBody.model_validate(each)
            out = await regions.create_calendar(self._session, FOUNDER, body, self._now)
            made[out.code] = out.id
        return made

    async def regions(
        self, given: Iterable[dict[str, Any]], calendars: Mapping[str, UUID]
    ) -> dict[str, UUID]:
        made = {}
        for each in given:
            plain = {k: v for k, v in each.items() if k != "calendar"}
            body = RegionBody.model_validate(plain | {"calendar_id": calendars[each["calendar"]]})
            out = await regions.create_region(self._session, FOUNDER, body, self._now)
            made[out.code] = out.id
        return made

    async def customers(self, given: Iterable[dict[str, Any]]) -> dict[str, UUID]:
        made = {}
        for each in given:
            body = CustomerBody.model_validate(_known(each, CustomerBody))
            out = await customers.create_customer(self._session, FOUNDER, body, self._now)
            made[out.code] = out.id
        return made

    async def sites(
        self,
        given: Iterable[dict[str, str]],
        region_ids: Mapping[str, UUID],
        customer_ids: Mapping[str, UUID],
    ) -> dict[str, UUID]:
        made = {}
        for each in given:
            body = SiteBody.model_validate(
                _known(each, SiteBody)
                | _lists(each)
                | {
                    "region_id": region_ids[each["region"]],
                    "customer_id": customer_ids[each["customer"]],
                    "position": PositionBody(lat=float(each["lat"]), lon=float(each["lon"])),
                }
            )
            out = await sites.create_site(
                self._session, FOUNDER, body, self._now, position_source=each["position_source"]
            )
            made[out.code] = out.id
        return made

    async def assets(
        self, given: Iterable[dict[str, str]], site_ids: Mapping[str, UUID]
    ) -> dict[str, UUID]:
        made = {}
        for each in given:
            filled = {name: value for name, value in _known(each, AssetBody).items() if value}
            body = AssetBody.model_validate(filled | {"site_id": site_ids[each["site"]]})
            out = await sites.create_asset(self._session, FOUNDER, body, self._now)
            made[out.code] = out.id
        return made

    async def technicians(
        self, given: Iterable[dict[str, Any]], region_ids: Mapping[str, UUID]
    ) -> dict[str, UUID]:
        made = {}
        for each in given:
            home = PositionBody(lat=each["home"]["lat"], lon=each["home"]["lon"])
            body = TechnicianBody.model_validate(
                _known(each, TechnicianBody)
                | {"region_id": region_ids[each["region"]], "home": home}
            )
            out = await roster.create_technician(self._session, FOUNDER, body, self._now)
            made[out.code] = out.id
        return made

    async def shifts(
        self, technician: UUID, pattern: list[dict[str, Any]], zone: ZoneInfo, first_day: date
    ) -> None:
        made = shifts_from_pattern(
            [pattern_shift(each) for each in pattern],
            technician_id=str(technician),
            first_day=first_day,
            days=ROSTERED_DAYS,
            zone=zone,
        )
        for shift in made:
            body = ShiftBody(
                technician_id=technician,
                kind="on_call" if shift.kind is ShiftKind.ON_CALL else "shift",
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                overtime_max_seconds=shift.overtime_max_seconds,
                lunch=_lunch(shift.lunch),
            )
            await roster.create_shift(self._session, FOUNDER, body, self._now)

    async def services(self, given: Iterable[dict[str, Any]]) -> None:
        for each in given:
            body = ServiceBody.model_validate(each)
            await services.create_service(self._session, FOUNDER, body, self._now)

    async def parts(self, given: str) -> None:
        body = CatalogueBody.model_validate_json(given)
        await parts.import_parts(self._session, FOUNDER, body, self._now)

    async def agreement(self, given: dict[str, Any], codes: Codes, signed: bytes) -> None:
        """Written by one founder, verified by the other, signed and put in force."""
        kept = _known(given, AgreementBody) | {
            "customer_id": given["customer"] and codes.customers[given["customer"]],
            "first_version": codes.resolved(given["version"]),
        }
        body = AgreementBody.model_validate(kept)
        made = await agreements.create_agreement(self._session, FOUNDER, body, self._now)
        signing = Signing(
            content=signed,
            signed_on=date.fromisoformat(given["signed_on"]),
            signatories=[SignatoryBody.model_validate(each) for each in given["signatories"]],
        )
        await agreements.put_in_force(
            self._session,
            FOUNDER,
            OTHER_FOUNDER,
            (made.id, made.versions[0].id),
            signing=signing,
            now=self._now,
        )


def _known(given: Mapping[str, Any], body: type[Any]) -> dict[str, Any]:
    """What the wire has a field for; a town's files tell a little more."""
    return {name: value for name, value in given.items() if name in body.model_fields}


def _lists(given: Mapping[str, str]) -> dict[str, Any]:
    """A site's hazards and contacts, which a table holds in one cell each."""
    hazards, contacts = (
        [each for each in given[name].split(" | ") if each] for name in ("hazards", "contacts")
    )
    names = ("name", "phone", "role")
    return {
        "hazards": hazards,
        "contacts": [dict(zip(names, each.split("; "), strict=True)) for each in contacts],
    }


def _lunch(given: Lunch | None) -> LunchBody | None:
    if given is None:
        return None
    return LunchBody(
        earliest_at=given.earliest_at,
        latest_at=given.latest_at,
        duration_seconds=given.duration_seconds,
    )


def pattern_shift(given: dict[str, Any]) -> PatternShift:
    lunch = given["lunch"]
    return PatternShift(
        kind=ShiftKind(given["kind"]),
        weekdays=frozenset(given["weekdays"]),
        starts=time.fromisoformat(given["starts"]),
        ends=time.fromisoformat(given["ends"]),
        overtime_max_seconds=given["overtime_max_seconds"],
        lunch=lunch
        and PatternLunch(
            earliest=time.fromisoformat(lunch["earliest"]),
            latest=time.fromisoformat(lunch["latest"]),
            duration_seconds=lunch["duration_seconds"],
        ),
    )
