"""What a service asks to be done on site, and the answers: added to, the newest of an item counts.

Answers come with a technician's commands; whether the work can then be completed is judged here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from server.interventions.dossier import Dossier
from server.interventions.schemas import AnswerBody, ChecklistAnswerOut
from server.interventions.standing import counting_visits
from server.interventions.tables import Answer, Visit
from server.kit.database import Session
from server.services.schemas import ChecklistItemOut

READING, CHOICE = "reading", "choice"
# Nobody can tick these: the file itself is the answer.
SHOWN_BY_FILE = frozenset({"photo", "signature"})
Item = dict[str, Any]


def shown_checklist(dossier: Dossier) -> list[ChecklistAnswerOut]:
    """Every item with its newest answer."""
    newest = newest_answers(dossier)
    return [_shown(item, newest.get(item["key"])) for item in dossier.intervention.checklist]


def newest_answers(dossier: Dossier) -> dict[str, Answer]:
    """The answers that count: given since the call, or since it was reopened."""
    since = dossier.intervention.reopened_at or dossier.intervention.reported_at
    given = (answer for answer in dossier.answers if answer.at >= since)
    return {answer.item: answer for answer in sorted(given, key=lambda answer: answer.at)}


def open_items(dossier: Dossier, also: Iterable[AnswerBody] = ()) -> list[str]:
    """Mandatory items nobody has answered yet, with the answers that come along."""
    answered = {*newest_answers(dossier), *(answer.item for answer in also)}
    return [
        item["key"]
        for item in dossier.intervention.checklist
        if item["is_mandatory"] and item["key"] not in answered
    ]


def blocks_closing(dossier: Dossier) -> list[str]:
    """The items that keep the office from closing: none where nobody has been at work."""
    was_at_work = any(
        visit.work_started_at is not None or visit.status == "completed"
        for visit in counting_visits(dossier)
    )
    return open_items(dossier) if was_at_work else []


def fault_of(dossier: Dossier, answer: AnswerBody) -> str | None:
    """Why an answer cannot be taken, as a code; None where it can."""
    item = _items(dossier).get(answer.item)
    if item is None:
        return "item_unknown"
    if item["kind"] in SHOWN_BY_FILE:
        return None if _is_promised(dossier, item, answer) else "file_invalid"
    if item["kind"] == CHOICE:
        return None if answer.value in item["choices"] else "choice_unknown"
    if item["kind"] != READING:
        return None
    reading = _number(answer.value)
    if reading is None:
        return "reading_not_a_number"
    return None if answer.reason or _is_within(reading, item) else "reading_out_of_range"


def _is_promised(dossier: Dossier, item: Item, answer: AnswerBody) -> bool:
    meant = (answer.value, item["key"], item["kind"])
    return any((str(file.id), file.item, file.kind) == meant for file in dossier.files)


def keep_answers(
    session: Session,
    dossier: Dossier,
    visit: Visit,
    answers: Sequence[AnswerBody],
    *,
    at: datetime,
    author: str,
) -> bool:
    """Add answers that can be taken; the same answer again is the same answer. Says if any is new.

    What was overtaken keeps its good answers, so that nothing done on site is lost.
    """
    added = False
    for answer in answers:
        if fault_of(dossier, answer) is not None or _is_known(dossier, visit, answer):
            continue
        row = Answer(
            intervention_id=dossier.intervention.id,
            visit_id=visit.id,
            item=answer.item,
            value=answer.value,
            reason=answer.reason,
            at=at,
            author_name=author,
        )
        session.add(row)
        dossier.answers.append(row)
        added = True
    return added


def _is_known(dossier: Dossier, visit: Visit, answer: AnswerBody) -> bool:
    newest = newest_answers(dossier).get(answer.item)
    return newest is not None and (newest.visit_id, newest.value, newest.reason) == (
        visit.id,
        answer.value,
        answer.reason,
    )


def _items(dossier: Dossier) -> dict[str, Item]:
    return {item["key"]: item for item in dossier.intervention.checklist}


def _number(text: str) -> Decimal | None:
    """A reading as it is typed, with a point or a comma."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_within(reading: Decimal, item: Item) -> bool:
    low, high = item["low"], item["high"]
    return (low is None or reading >= Decimal(low)) and (high is None or reading <= Decimal(high))


def _shown(item: Item, answer: Answer | None) -> ChecklistAnswerOut:
    shown = ChecklistItemOut(**item)
    if answer is None:
        return ChecklistAnswerOut(item=shown, value=None, reason="", at=None, author="")
    return ChecklistAnswerOut(
        item=shown,
        value=answer.value,
        reason=answer.reason,
        at=answer.at,
        author=answer.author_name,
    )
