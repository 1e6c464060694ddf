"""Reading the catalogue of services."""

from uuid import UUID

from sqlalchemy import or_, select

from dispatch.agreements import Severity
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.names import NamesOut
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page
from server.services import usual_work
from server.services.schemas import ChecklistItemOut, NeededPartOut, ServiceOut
from server.services.tables import Service


def shown_service(row: Service) -> ServiceOut:
    return ServiceOut(
        id=row.id,
        code=row.code,
        names=NamesOut(**row.names),
        work_type=row.work_type,  # type: ignore[arg-type]
        asset_kind=row.asset_kind,  # type: ignore[arg-type]
        duration_seconds=row.duration_seconds,
        usual_duration_seconds={
            each.value: usual_work.habitual_seconds(row.work_type, each.value, row.asset_kind)
            for each in Severity
        },
        skills=row.skills,
        checklist=[ChecklistItemOut(**item) for item in row.checklist],
        parts=[NeededPartOut(**each) for each in row.parts],
        asks_for_review=row.asks_for_review,
        is_usually_reviewed=usual_work.asks_for_review(None, row.work_type),
        version=row.version,
    )


async def service_row(session: AnySession, service_id: UUID) -> Service:
    row = await session.get(Service, service_id)
    if row is None:
        raise NotFound
    return row


async def service(session: AnySession, _scope: Scope, service_id: UUID) -> ServiceOut:
    """One service; what the house does is no secret."""
    return shown_service(await service_row(session, service_id))


async def services(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[ServiceOut]:
    """The whole catalogue by code."""
    rows, following = await page(
        session, select(Service), by=(Service.code, Service.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_service(row) for row in rows], next_cursor=following)


async def service_for(
    session: AnySession, work_type: str, asset_kind: str | None
) -> Service | None:
    """The service a piece of work is: the one for its kind of asset before the one for any."""
    query = (
        select(Service)
        .where(
            Service.work_type == work_type,
            or_(Service.asset_kind.is_(None), Service.asset_kind == asset_kind),
        )
        .order_by(Service.asset_kind.is_(None))
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def service_called(session: AnySession, code: str) -> Service | None:
    """The service of a code; work that falls under none has an empty one."""
    found = await session.scalars(select(Service).where(Service.code == code))
    return found.one_or_none()
