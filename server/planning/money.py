"""What the promises that a plan does not keep would cost.

What a missed promise costs is `server.credits`'.
"""

from collections.abc import Sequence
from datetime import timedelta

from dispatch.day import DayProblem
from dispatch.planning import Plan, late_jobs
from server.credits.risk import cost_of_missing
from server.kit.database import AnySession
from server.planning.snapshot import Snapshot

ONE_DAY = timedelta(days=1)


def missed_by(question: DayProblem, plan: Plan) -> Sequence[str]:
    """The work this plan begins late, or not at all."""
    left = {each.job for each in plan.unassigned}
    return sorted({*late_jobs(question.problem, plan), *left})


async def money_of(
    session: AnySession, snapshot: Snapshot, question: DayProblem, plan: Plan
) -> dict[str, str]:
    """By currency, for promises that fall due by the end of the day; supposed calls cost none."""
    missed = [
        snapshot.subjects[number].intervention.id
        for number in missed_by(question, plan)
        if number in snapshot.subjects
    ]
    until = snapshot.day.starts_at + ONE_DAY
    return await cost_of_missing(session, missed, snapshot.day.now, until)
