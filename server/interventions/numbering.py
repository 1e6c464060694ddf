"""Human numbers such as 2026-000123: unique, and without gaps among what was kept."""

from sqlalchemy import text

from server.kit.database import Session

# One statement, so that two calls at once wait for each other and never share a number.
NEXT = text(
    "insert into number_series (name, last) values (:name, 1)"
    " on conflict (name) do update set last = number_series.last + 1 returning last"
)


async def next_number(session: Session, year: int) -> str:
    """The next intervention number of a year."""
    last = await session.scalar(NEXT, {"name": f"intervention-{year}"})
    return f"{year}-{last:06}"
