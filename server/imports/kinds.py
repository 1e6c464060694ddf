"""What can be imported, and what each column of it means.

How rows are compared with what stands here is in `checking`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.customers import actions as customers
from server.customers.schemas import CustomerBody, CustomerChangeBody
from server.customers.tables import Customer
from server.kit.wire import Body
from server.parts import actions as parts
from server.parts.schemas import PartBody, PartChangeBody
from server.parts.tables import Part
from server.regions.tables import Region
from server.roster import actions as roster
from server.roster.schemas import TechnicianBody, TechnicianChangeBody
from server.roster.tables import Technician
from server.sites import actions as sites
from server.sites.schemas import AssetBody, AssetChangeBody, SiteBody, SiteChangeBody
from server.sites.tables import Asset, Site

Read = Callable[[str], Any]
Act = Callable[..., Awaitable[object]]
TRUE = {"1", "true", "yes", "x", "oui", "si", "sí", "ja"}


def _number(text: str) -> str:
    """A decimal comma is a point."""
    return text.replace(",", ".")


def _amount(text: str) -> str:
    """4,2 is 4.20, so that the same price is seen to be the same."""
    whole, _, cents = _number(text).partition(".")
    return f"{whole}.{cents:0<2}"


def _several(text: str) -> list[str]:
    return [each.strip() for each in text.split("|") if each.strip()]


def _levels(text: str) -> dict[str, str]:
    """`traction:3|rescue`: without its level a skill has the first."""
    pairs = (each.partition(":") for each in _several(text))
    return {name.strip(): level.strip() or "1" for name, _, level in pairs}


def _certificates(text: str) -> list[dict[str, str]]:
    """`rescue:2027-01-31|welding:2026-12-31`."""
    pairs = (each.rpartition(":") for each in _several(text))
    return [{"name": name.strip(), "valid_until": until.strip()} for name, _, until in pairs]


def _is_said(text: str) -> bool:
    return text.casefold() in TRUE


@dataclass(frozen=True, slots=True)
class Column:
    """`path` is its place in the body; an empty cell empties text and says nothing else.

    `refers` is the table whose codes the cells are.
    """

    name: str
    path: str = ""
    read: Read = str
    is_text: bool = True
    refers: Any = None
    example: str = ""

    @property
    def place(self) -> str:
        return self.path or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one table, known by their code; `stands` says one as a body would."""

    table: Any
    columns: tuple[Column, ...]
    body: type[Body]
    change: type[Body]
    stands: Callable[[Any], dict[str, Any]]
    create: Act
    modify: Act
    fixed: frozenset[str] = field(default_factory=frozenset)


def _named(*names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: {name: getattr(row, name) for name in names}


_CONTACT = ("contact_name", "contact_phone", "contact_email")
_SITE = ("code", "region_id", "customer_id", "name", "street", "number", "postcode", "place")
_SITE_MORE = ("access_notes", "hazards", "key_box", "contact_name", "contact_phone")
_PERSON = ("code", "region_id", "name", "phone", "languages", "skills", "certificates")


def _site(row: Site) -> dict[str, Any]:
    position = {"lat": row.lat, "lon": row.lon}
    return {**_named(*_SITE, *_SITE_MORE)(row), "position": position}


def _technician(row: Technician) -> dict[str, Any]:
    return {**_named(*_PERSON)(row), "home": {"lat": row.home_lat, "lon": row.home_lon}}


def _at(path: str) -> tuple[Column, Column]:
    lat = Column("lat", f"{path}.lat", _number, is_text=False, example="42.50631")
    return lat, Column("lon", f"{path}.lon", _number, is_text=False, example="1.52184")


_CODE = Column("code", example="A-001")
_NAME = Column("name", example="Hotel Valira")
_REGION = Column("region", "region_id", is_text=False, refers=Region, example="VALLEY")

KINDS: Mapping[str, Kind] = {
    "customers": Kind(
        Customer,
        (_CODE, _NAME, Column("language", is_text=False, example="fr"), *map(Column, _CONTACT)),
        CustomerBody,
        CustomerChangeBody,
        _named("code", "name", "language", *_CONTACT),
        customers.create_customer,
        customers.change_customer,
    ),
    "sites": Kind(
        Site,
        (
            _CODE,
            _REGION,
            Column("customer", "customer_id", is_text=False, refers=Customer, example="HOTELS"),
            _NAME,
            Column("street", example="Avinguda Meritxell"),
            Column("number", example="12"),
            Column("postcode", example="AD500"),
            Column("place", example="Andorra la Vella"),
            *_at("position"),
            Column("access_notes"),
            Column("hazards", read=_several, example="Low headroom|Asbestos in the shaft"),
            Column("key_box"),
            Column("contact_name", example="Núria"),
            Column("contact_phone", example="+376 800 000"),
        ),
        SiteBody,
        SiteChangeBody,
        _site,
        sites.create_site,
        sites.change_site,
        frozenset({"region_id", "customer_id"}),
    ),
    "assets": Kind(
        Asset,
        (
            _CODE,
            Column("site", "site_id", is_text=False, refers=Site, example="A-001"),
            Column("name", example="Lift A"),
            Column("kind", is_text=False, example="lift"),
            Column("levels", is_text=False, example="6"),
            Column("maker", example="Orona"),
            Column("installed_on", is_text=False, example="2009-05-14"),
        ),
        AssetBody,
        AssetChangeBody,
        _named("code", "site_id", "name", "kind", "levels", "maker", "installed_on"),
        sites.create_asset,
        sites.change_asset,
    ),
    "technicians": Kind(
        Technician,
        (
            _CODE,
            _REGION,
            Column("name", example="Aina Puig"),
            Column("phone", example="+376 300 001"),
            *_at("home"),
            Column("languages", read=_several, example="ca|fr"),
            Column("skills", read=_levels, example="traction:3|rescue:1"),
            Column("certificates", read=_certificates, example="rescue:2027-01-31"),
        ),
        TechnicianBody,
        TechnicianChangeBody,
        _technician,
        roster.create_technician,
        roster.change_technician,
    ),
    "parts": Kind(
        Part,
        (
            Column("code", example="ROPE-8"),
            *(Column(f"name_{tag}", f"names.{tag}") for tag in ("en", "fr", "es", "nl")),
            Column("unit", is_text=False, example="m"),
            Column("price_eur", read=_amount, is_text=False, example="4.20"),
            Column("is_withdrawn", read=_is_said, is_text=False, example="no"),
        ),
        PartBody,
        PartChangeBody,
        _named("code", "names", "unit", "price_eur", "is_withdrawn"),
        parts.create_part,
        parts.change_part,
        frozenset({"unit"}),
    ),
}
