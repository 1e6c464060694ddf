"""Reports made one, and taken apart again, as the office does it."""

from server.interventions import merging
from server.interventions.related_schemas import MergeBody, RelatedOut, SeparateBody
from server.interventions.schemas import InterventionOut
from tests.server.interventions.town import Town


async def merged(town: Town, double: InterventionOut, kept: InterventionOut) -> RelatedOut:
    body = MergeBody(into_id=kept.id, base_version=(await town.look(double)).version)
    async with town.write() as session:
        return await merging.merge(session, town.office, double.id, body, town.now)


async def separated(town: Town, double: InterventionOut) -> RelatedOut:
    body = SeparateBody(base_version=(await town.look(double)).version)
    async with town.write() as session:
        return await merging.separate(session, town.office, double.id, body, town.now)
