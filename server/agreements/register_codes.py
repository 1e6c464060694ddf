"""The register speaks of regions, sites, assets, calendars and customers by code, never by id.

So a register can be read into another database that knows the same codes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.regions.tables import Calendar, Region
from server.sites.tables import Asset, Site

Terms = dict[str, Any]
# The name of a reference in stored terms, what it is called in the register, what it names.
IN_CLAUSES = (
    ("region_id", "region", "regions"),
    ("site_id", "site", "sites"),
    ("asset_id", "asset", "assets"),
    ("calendar_id", "calendar", "calendars"),
)
IN_SERVICES = (
    ("site_ids", "sites", "sites"),
    ("availability_calendar_id", "availability_calendar", "calendars"),
)
References = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes by id, as text, for each kind of thing an agreement refers to."""

    customers: Mapping[str, str]
    regions: Mapping[str, str]
    sites: Mapping[str, str]
    assets: Mapping[str, str]
    calendars: Mapping[str, str]

    def of(self, kind: str) -> Mapping[str, str]:
        found: Mapping[str, str] = getattr(self, kind)
        return found

    def ids(self, kind: str) -> Mapping[str, str]:
        """Ids by code."""
        return {code: each for each, code in self.of(kind).items()}


async def read_codes(session: AnySession) -> Codes:
    """Every code there is."""

    async def codes(table: type[Customer | Region | Site | Asset | Calendar]) -> dict[str, str]:
        rows = await session.execute(select(table.id, table.code))
        return {str(each): code for each, code in rows}

    return Codes(
        customers=await codes(Customer),
        regions=await codes(Region),
        sites=await codes(Site),
        assets=await codes(Asset),
        calendars=await codes(Calendar),
    )


def terms_by_code(terms: Mapping[str, Any], codes: Codes) -> Terms:
    """Stored terms in the words of the register."""

    def name(kind: str, given: str) -> str:
        return codes.of(kind)[given]

    return {
        **terms,
        "services": [_renamed(row, IN_SERVICES, name) for row in terms["services"]],
        "clauses": [_renamed(row, IN_CLAUSES, name) for row in terms["clauses"]],
    }


@dataclass(frozen=True, slots=True)
class Decoded:
    """Terms as they are stored, as far as their codes are known."""

    terms: Terms
    faults: list[Fault]


def terms_by_id(terms: Mapping[str, Any], codes: Codes) -> Decoded:
    """The register's words as terms of this database; a fault for each code it does not know."""
    faults: list[Fault] = []
    made = dict(terms)
    for plural, references in (("services", IN_SERVICES), ("clauses", IN_CLAUSES)):
        rows = terms.get(plural, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(Fault(plural, "not_a_list", "This is not a list of objects."))
            continue
        read = _Reader(codes, plural, faults)
        made[plural] = [read.row(index, row, references) for index, row in enumerate(rows)]
    return Decoded(made, faults)


class _Reader:
    def __init__(self, codes: Codes, plural: str, faults: list[Fault]) -> None:
        self._codes = codes
        self._plural = plural
        self._faults = faults

    def row(self, index: int, row: Mapping[str, Any], references: References) -> Terms:
        made = dict(row)
        for stored, called, kind in references:
            if called in made:
                path = f"{self._plural}.{index}.{called}"
                made[stored] = self._ids(path, kind, made.pop(called))
        return made

    def _ids(self, path: str, kind: str, given: Any) -> Any:
        if given is None:
            return None
        if isinstance(given, list):
            return [self._ids(f"{path}.{index}", kind, each) for index, each in enumerate(given)]
        found = self._codes.ids(kind).get(given) if isinstance(given, str) else None
        if found is None:
            sentence = f"There is nothing with this code among the {kind}."
            self._faults.append(Fault(path, "unknown", sentence))
        return found


def _renamed(
    row: Mapping[str, Any], references: References, name: Callable[[str, str], str]
) -> Terms:
    made = dict(row)
    for stored, called, kind in references:
        given = made.pop(stored)
        if isinstance(given, list):
            made[called] = [name(kind, each) for each in given]
        else:
            made[called] = None if given is None else name(kind, given)
    return made


def customer_code(customer_id: UUID | None, codes: Codes) -> str | None:
    return None if customer_id is None else codes.customers[str(customer_id)]
