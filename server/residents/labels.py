"""Labels for lifts: made to be printed, and what stands behind one of them."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import select, update

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.secrets import fingerprint
from server.interventions.same_trouble import troubles
from server.interventions.shown import address
from server.kit.database import AnySession, Session
from server.kit.problems import Invalid
from server.regions.tables import Region
from server.residents.problems import LabelEnded
from server.residents.schemas import LabelOut, LabelPlaceOut, LabelsBody, LabelsOut
from server.residents.tables import Label
from server.sites.queries import in_service, sees_site
from server.sites.tables import Asset, Site

PATH = "/q/"
RANDOM_BYTES = 16
"""128 bits: nobody guesses them, and the squares stay large enough for a bad camera."""
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Place:
    """The lift a label stands in."""

    label: Label
    asset: Asset
    site: Site
    office_phone: str

    @property
    def scope(self) -> Scope:
        """What whoever stands there may touch: this customer's lifts, as nobody in particular."""
        return Scope(NOBODY, "QR", Role.MANAGER, customer_id=self.site.customer_id)


async def make(session: Session, scope: Scope, data: LabelsBody, now: datetime) -> LabelsOut:
    """New labels for these lifts; earlier ones go on holding unless they are replaced."""
    query = select(Asset, Site).join(Site, Site.id == Asset.site_id)
    query = query.where(Asset.id.in_(data.asset_ids), in_service(now.date()))
    found = {
        asset.id: asset for asset, site in await session.execute(query) if sees_site(scope, site)
    }
    faults = [
        Fault(f"asset_ids.{place}", "unknown", "There is nothing here with this id.")
        for place, asset_id in enumerate(data.asset_ids)
        if asset_id not in found
    ]
    if faults:
        raise Invalid(faults)
    if data.replaces:
        standing = Label.asset_id.in_(found), Label.revoked_at.is_(None)
        await session.execute(update(Label).where(*standing).values(revoked_at=now))
    made = []
    for asset in found.values():
        token = token_urlsafe(RANDOM_BYTES)
        session.add(
            Label(
                token_hash=fingerprint(token),
                asset_id=asset.id,
                made_at=now,
                made_by_name=scope.name,
                revoked_at=None,
            )
        )
        # Behind the # it is sent to nobody and written down by no server on the way.
        made.append(LabelOut(asset.id, f"{PATH}{asset.code}#{token}"))
    await session.flush()
    return LabelsOut(made)


async def place_of(session: AnySession, token: str, now: datetime, *, lock: bool = False) -> Place:
    """The lift of a label that holds; with `lock` others who report about it wait."""
    query = (
        select(Label, Asset, Site, Region.dispatch_phone)
        .join(Asset, Asset.id == Label.asset_id)
        .join(Site, Site.id == Asset.site_id)
        .join(Region, Region.id == Site.region_id)
        .where(Label.token_hash == fingerprint(token), Label.revoked_at.is_(None))
        .where(in_service(now.date()))
    )
    if lock:
        query = query.with_for_update(of=Asset)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise LabelEnded
    return Place(*found)


async def holds(session: AnySession, token: str, now: datetime) -> bool:
    """Whether a label holds."""
    try:
        await place_of(session, token, now)
    except LabelEnded:
        return False
    return True


async def place(
    session: AnySession, token: str, now: datetime, *, tells_by_mail: bool
) -> LabelPlaceOut:
    """The lift and its place, and since when its trouble is known."""
    where = await place_of(session, token, now)
    known = await troubles(session, where.asset.id)
    return LabelPlaceOut(
        asset_name=where.asset.name,
        asset_kind=where.asset.kind,  # type: ignore[arg-type]
        site_name=where.site.name,
        address=address(where.site),
        zone=where.site.zone,
        office_phone=where.office_phone,
        known_since=min((each.intervention.reported_at for each in known), default=None),
        tells_by_mail=tells_by_mail,
    )
