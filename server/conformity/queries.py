"""Reading what the last night found about agreements."""

from sqlalchemy import select

from server.agreements.tables import Agreement
from server.breaches.tables import WatchRun
from server.conformity.schemas import ConformityItemOut, ConformityOut
from server.conformity.tables import ConformityFinding
from server.kit.database import AnySession
from server.regions.tables import Region

RUN = "conformity"


async def conformity(session: AnySession) -> ConformityOut:
    """Everything that was found, by agreement, the oldest first."""
    run = await session.get(WatchRun, RUN)
    query = (
        select(ConformityFinding, Agreement, Region.name)
        .join(Agreement, Agreement.id == ConformityFinding.agreement_id)
        .outerjoin(Region, Region.id == ConformityFinding.region_id)
        .order_by(Agreement.number, ConformityFinding.found_at, ConformityFinding.id)
    )
    return ConformityOut(
        checked_at=None if run is None else run.done_at,
        items=[
            ConformityItemOut(
                id=row.id,
                agreement_id=agreement.id,
                agreement_number=agreement.number,
                agreement_name=agreement.name,
                code=row.code,  # type: ignore[arg-type]
                other_number=row.other_number,
                service=row.service,
                severity=row.severity,  # type: ignore[arg-type]
                clock=row.clock,  # type: ignore[arg-type]
                region_id=row.region_id,
                region_name=region_name or "",
                facts=row.facts,
                found_at=row.found_at,
            )
            for row, agreement, region_name in (await session.execute(query)).all()
        ],
    )
