"""What people said about interventions, put together by intervention.

Who may answer, and how, is in `server.experience`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from server.experience.tables import Feedback, Irritation
from server.kit.database import AnySession

COMPLAINT = "complaint"


@dataclass(slots=True)
class Said:
    """What was said about one job, whoever said it."""

    csat: list[int] = field(default_factory=list)
    effort: list[int] = field(default_factory=list)
    irritated: bool = False
    complained: bool = False
    words: str = ""


async def said_about(session: AnySession, ids: Sequence[UUID]) -> Mapping[UUID, Said]:
    """By intervention; of one nobody spoke of there is nothing."""
    found: dict[UUID, Said] = defaultdict(Said)
    answers = select(Feedback).where(
        Feedback.intervention_id.in_(ids), Feedback.replaced_at.is_(None)
    )
    for answer in await session.scalars(answers.order_by(Feedback.given_at)):
        said = found[answer.intervention_id]
        said.csat += [] if answer.csat is None else [answer.csat]
        said.effort += [] if answer.effort is None else [answer.effort]
        said.irritated = said.irritated or answer.is_irritated
        said.words = answer.comment or said.words
    voices = select(Irritation).where(Irritation.intervention_id.in_(ids))
    for voice in await session.scalars(voices.order_by(Irritation.raised_at)):
        said = found[voice.intervention_id]
        said.irritated = True
        said.complained = said.complained or voice.kind == COMPLAINT
        said.words = voice.text or said.words
    return found
