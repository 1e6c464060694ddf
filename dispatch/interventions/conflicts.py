"""What becomes of a technician's command when something else happened before it was heard: a table.

Which of these things did happen is found where commands are judged. Whatever the answer, nothing a
technician wrote, answered, used or photographed is lost, and nothing silently wins.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dispatch.interventions.roles import Role


class Meanwhile(StrEnum):
    """What happened that whoever gave the command did not know; the earlier in the list decides."""

    SIGNED_OUT = "signed_out"  # the account was closed, or its session ended
    COLLEAGUE_COMPLETED = "colleague_completed"  # the same intervention, on a visit of their own
    CANCELLED_AFTER_WORK = "cancelled_after_work"  # on site it was over when the office cancelled
    CANCELLED = "cancelled"
    REASSIGNED = "reassigned"
    UNASSIGNED = "unassigned"  # back in the queue, nobody has it yet
    OFFICE_STEPPED_IN = "office_stepped_in"  # it paused the visit, or set it going again
    TECHNICIAN_WENT_ON = "technician_went_on"  # where it is the office that asks
    STEP_DONE = "step_done"  # by the same technician from another phone, or it never fitted
    ASSET_RETIRED = "asset_retired"
    FACT_KNOWN = "fact_known"  # a colleague, or the office, reported the same earlier
    REOPENED = "reopened"
    RESCHEDULED = "rescheduled"
    SEVERITY_CHANGED = "severity_changed"
    DETAILS_CHANGED = "details_changed"  # summary, caller, contacts
    OUT_OF_SCOPE = "out_of_scope"
    SITE_CHANGED = "site_changed"  # hazards, access, key box
    PART_WITHDRAWN = "part_withdrawn"


class Ask(StrEnum):
    """What kinds of command are told apart."""

    STEP = "step"  # moves the visit from one status to another
    FACT = "fact"  # somebody released, made safe, back in service
    WORDS = "words"  # a note, running late
    FOLLOW_UP = "follow_up"  # orders another intervention


class Verdict(StrEnum):
    """What becomes of it. One that waits was not heard: it stays on the phone and comes again."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    WAITS = "waits"


class Kept(StrEnum):
    """What a command can carry that is kept although it is not carried out."""

    WORDS = "words"
    ANSWERS = "answers"
    PARTS = "parts"
    FILES = "files"


EVIDENCE = tuple(Kept)
ONLY_WHO_ASKED = frozenset({Role.TECHNICIAN})
BOTH = frozenset({Role.TECHNICIAN, Role.DISPATCHER})


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to one command: why not, in a code, and who learns of it besides the answer.

    Of what is applied both sides learn as of any step; of anything else nothing but the evidence
    is kept.
    """

    verdict: Verdict
    code: str = ""
    told: frozenset[Role] = BOTH

    @property
    def kept(self) -> tuple[Kept, ...]:
        return () if self.verdict is Verdict.WAITS else EVIDENCE


APPLIED = Ruling(Verdict.APPLIED)


def _conflict(code: str) -> Ruling:
    return Ruling(Verdict.CONFLICT, code)


# facts, words and follow-ups add something and take nothing away: they hold unless it says so here
RULINGS: Mapping[Meanwhile, Mapping[Ask, Ruling]] = MappingProxyType(
    {
        Meanwhile.SIGNED_OUT: dict.fromkeys(
            Ask, Ruling(Verdict.WAITS, "not_signed_in", ONLY_WHO_ASKED)
        ),
        Meanwhile.COLLEAGUE_COMPLETED: {Ask.STEP: _conflict("completed_by_colleague")},
        Meanwhile.CANCELLED_AFTER_WORK: {Ask.STEP: _conflict("visit_cancelled")},
        Meanwhile.CANCELLED: {Ask.STEP: _conflict("visit_cancelled")},
        Meanwhile.REASSIGNED: {Ask.STEP: _conflict("visit_reassigned")},
        Meanwhile.UNASSIGNED: {Ask.STEP: _conflict("visit_unassigned")},
        Meanwhile.OFFICE_STEPPED_IN: {Ask.STEP: _conflict("changed_meanwhile")},
        Meanwhile.TECHNICIAN_WENT_ON: {Ask.STEP: _conflict("changed_meanwhile")},
        Meanwhile.STEP_DONE: {
            Ask.STEP: Ruling(Verdict.REJECTED, "move_not_allowed", ONLY_WHO_ASKED)
        },
        Meanwhile.ASSET_RETIRED: {Ask.FOLLOW_UP: Ruling(Verdict.REJECTED, "asset_retired")},
        Meanwhile.FACT_KNOWN: {},
        Meanwhile.REOPENED: {},
        Meanwhile.RESCHEDULED: {},
        Meanwhile.SEVERITY_CHANGED: {},
        Meanwhile.DETAILS_CHANGED: {},
        Meanwhile.OUT_OF_SCOPE: {},
        Meanwhile.SITE_CHANGED: {},
        Meanwhile.PART_WITHDRAWN: {},
    }
)


def ruling(happened: Collection[Meanwhile], ask: Ask) -> Ruling:
    """Say what becomes of a command after all this: the first that stands in its way decides.

    >>> ruling([Meanwhile.RESCHEDULED, Meanwhile.CANCELLED], Ask.STEP).code
    'visit_cancelled'
    >>> ruling([Meanwhile.CANCELLED], Ask.FACT).verdict.value
    'applied'
    """
    for meanwhile, rulings in RULINGS.items():
        if meanwhile in happened and ask in rulings:
            return rulings[ask]
    return APPLIED
