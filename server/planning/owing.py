"""What each candidate's card would cost in credits: promises it breaks that stand as planned."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from server.credits.misses import Misses, misses
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.planning.candidates import Ranking
from server.planning.schemas import CandidateOut, MoveOut, OwedOut


async def tell_owed(
    session: AnySession, ranking: Ranking, cards: Sequence[CandidateOut], now: datetime
) -> None:
    """Put the money beside each promise that a card would break, the call's own included."""
    rows = {each.intervention.id: each.intervention for each in ranking.snapshot.subjects.values()}
    asked = ranking.subject.intervention
    broken = {move.intervention_id for card in cards for move in _breaking(card)}
    is_late = any(card.lateness_seconds > 0 for card in cards) and _may_still_hold(ranking, now)
    concerned = [rows[each] for each in broken] + ([asked] if is_late else [])
    if not concerned:
        return
    prices = (await misses(session, concerned, now)).prices
    for card in cards:
        counted = Misses(now, prices)
        if is_late and card.lateness_seconds > 0:
            card.owed = _shown(counted, asked)
        for move in _breaking(card):
            move.owed = _shown(counted, rows[move.intervention_id])


def _breaking(card: CandidateOut) -> Iterator[MoveOut]:
    return (each for each in card.moves if each.promise_flips and each.lateness_after_seconds > 0)


def _may_still_hold(ranking: Ranking, now: datetime) -> bool:
    """A promise that is lost already costs nothing more."""
    due_at = ranking.subject.due_at
    return due_at is not None and due_at >= now


def _shown(counted: Misses, row: Intervention) -> OwedOut | None:
    owed = counted.next(row)
    return None if owed is None else OwedOut(str(owed.amount), owed.currency)
