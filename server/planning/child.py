"""The solver's own process: tasks come in as lines of JSON, progress and answers go out.

Started and heard by `solver`; it knows no database and no web, and ends with its input.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Any

from dispatch.errors import Refusal
from dispatch.planning import (
    Limits,
    Plan,
    Standing,
    parse_plan,
    parse_problem,
    solve,
    write_plan,
)
from dispatch.planning.bound import prove
from dispatch.planning.bound import warm as warm_proof
from dispatch.planning.engine import warm, warm_linked

KINDNESS = 10  # the API comes first
BETWEEN_REPORTS = 0.25
LOOKS_UP_EVERY = 0.01  # while it rests

Task = Mapping[str, Any]


class Unwanted(Exception):
    """Nobody wants the plan any more: no time goes into writing it down."""

    code = "stopped"


class Child:
    """Does one task after the other; a thread listens meanwhile for who should stop or rest."""

    def __init__(self) -> None:
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.unwanted: set[str] = set()
        self.has_ended = False
        self.rests_until = 0.0
        self.reported_at = 0.0

    def listen(self) -> None:
        """Read what is asked until nobody asks any more."""
        for line in sys.stdin:
            message = json.loads(line)
            match message["kind"]:
                case "stop":
                    self.unwanted.add(message["id"])
                case "rest":
                    self.rests_until = monotonic() + message["seconds"]
                case _:
                    self.tasks.put(message)
        self.has_ended = True
        self.tasks.put(None)

    def work(self) -> None:
        """Answer each task, in the order they came."""
        while (task := self.tasks.get()) is not None:
            try:
                match task["kind"]:
                    case "prove":
                        _say(task, "bound", bound=self._proven(task))
                    case _:
                        _say(task, "plan", plan=write_plan(self._solved(task)))
            except (Refusal, Unwanted) as refusal:
                _say(task, "refused", code=refusal.code)
            self.unwanted.discard(task["id"])

    def prepare(self) -> None:
        """Have at hand, before anybody asks, what no plain plan needs: order, crews and proofs."""
        for each in (warm_linked, warm_proof):
            if self.tasks.empty():
                each()

    def _solved(self, task: Task) -> Plan:
        self.reported_at = 0.0
        begun = monotonic()
        exact = task["iterations"] is not None

        def stop() -> bool:
            if self._should_stop(task):
                raise Unwanted
            return exact and monotonic() - begun >= task["seconds"]

        def progress(standing: Standing) -> None:
            if standing.seconds - self.reported_at >= BETWEEN_REPORTS:
                self.reported_at = standing.seconds
                _say(task, "progress", **asdict(standing), on_time=standing.on_time)

        return solve(
            parse_problem(task["problem"]),
            # Seconds beside the iterations would cool the search by the clock: no two alike.
            limits=Limits(None if exact else task["seconds"], task["iterations"]),
            seed=task["seed"],
            clock=monotonic,
            start=parse_plan(task["start"]),
            should_stop=stop,
            progress=progress,
            workers=task["workers"],
        )

    def _proven(self, task: Task) -> int:
        """What no plan of the problem can cost less than."""
        problem, plan = parse_problem(task["problem"]), parse_plan(task["plan"])
        limits = Limits(seconds=task["seconds"])
        found = prove(
            problem,
            plan,
            limits=limits,
            clock=monotonic,
            should_stop=lambda: self._should_stop(task),
        )
        return found.value

    def _should_stop(self, task: Task) -> bool:
        """Whether nobody wants it any more; stands still first while somebody needs the machine."""
        while not self._is_unwanted(task) and monotonic() < self.rests_until:
            sleep(LOOKS_UP_EVERY)
        return self._is_unwanted(task)

    def _is_unwanted(self, task: Task) -> bool:
        return self.has_ended or task["id"] in self.unwanted


def _say(task: Task, kind: str, **facts: object) -> None:
    _write({"id": task["id"], "kind": kind, **facts})


def _write(message: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Work until the input ends."""
    os.nice(KINDNESS)
    child = Child()
    threading.Thread(target=child.listen, daemon=True).start()
    warm()
    _write({"kind": "ready"})
    child.prepare()
    child.work()


if __name__ == "__main__":
    main()
