"""Why a benchmark ends without figures: answers that differ, a server that does not play along.

A figure that cannot be trusted is not shown.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from dispatch.errors import Refusal


class AnswersDiffer(Refusal):
    """The clock and the scan that checks it do not agree, so their speed means nothing."""

    code = "answers_differ"

    def __init__(self, number: int, answered: datetime | None, scanned: datetime) -> None:
        super().__init__(
            f"case {number} of this seed is due {answered} by the clock and {scanned} by the "
            "minute scan; please report the seed"
        )


class ServerDidNotStart(Refusal):
    """The demo server for the measurements was not there in time, or ended."""

    code = "server_did_not_start"

    def __init__(self, step: str, said: str) -> None:
        last = said.strip().splitlines()[-1:] or ["it said nothing"]
        super().__init__(f"the demo server failed while {step}: {last[0]}")


class ServerGone(Refusal):
    """The server stopped answering in the middle of the measurements."""

    code = "server_gone"

    def __init__(self, request: str, reason: str) -> None:
        super().__init__(f"the demo server did not answer {request}: {reason}")


class UnexpectedAnswer(Refusal):
    """The server answered a measured request with something else than success."""

    code = "unexpected_answer"

    def __init__(self, request: str, status: int, said: str) -> None:
        self.status = status
        super().__init__(f"{request} was answered with {status}: {said}")


class PlanNotRunning(Refusal):
    """The search that should have kept the machine busy was not running all the time."""

    code = "plan_not_running"

    def __init__(self, status: str) -> None:
        super().__init__(
            f"the plan that should run during the measurements is {status}; ask for fewer requests"
        )


class PeerMissing(Refusal):
    """An optimiser to compare with is not installed; names it and what to install."""

    code = "peer_missing"

    def __init__(self, peer: str, package: str) -> None:
        super().__init__(
            f"{peer} is not installed; `pip install palier[bench]` brings {package}, "
            "or name others with --vs"
        )


class UnknownPeer(Refusal):
    """There is no peer of this name; carries those there are."""

    code = "unknown_peer"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no peer is called {name!r}; choose from {', '.join(known)}")


class IllegalPlan(Refusal):
    """A plan breaks a hard rule or states a wrong bill, so its cost means nothing."""

    code = "illegal_plan"

    def __init__(self, engine: str, detail: str) -> None:
        super().__init__(f"the plan of {engine} is not legal: {detail}")


class DearerTogether(Refusal):
    """Calls assigned together cost more than one after the other, which must never be."""

    code = "dearer_together"

    def __init__(self, calls: Sequence[str], together: int, in_turn: int) -> None:
        super().__init__(
            f"{', '.join(calls)} cost {together} together and {in_turn} in turn; "
            "please report the seed"
        )


class BrowserMissing(Refusal):
    """There is no browser to hold the phone in, or nothing to lead it by."""

    code = "browser_missing"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not installed; `make test` brings it into a checkout")


class LighthouseMissing(Refusal):
    """Lighthouse is not installed beside the pages."""

    code = "lighthouse_missing"

    def __init__(self) -> None:
        super().__init__(
            "Lighthouse is not installed; `make peers` brings it into a checkout, "
            "or ask for none with --audits 0"
        )


class AuditFailed(Refusal):
    """Lighthouse ended without scores."""

    code = "audit_failed"

    def __init__(self, said: str) -> None:
        super().__init__(f"Lighthouse gave no scores: {said.strip()[-300:]}")
