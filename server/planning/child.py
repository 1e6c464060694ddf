"""The solver's own process: problems come in as lines of JSON, progress and plans go out.

Started and heard by `solver`; it knows no database and no web, and ends with its input.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from queue import SimpleQueue
from time import monotonic
from typing import Any

from dispatch.errors import Refusal
from dispatch.planning import Limits, Standing, parse_plan, parse_problem, solve, write_plan
from dispatch.planning.engine import warm

KINDNESS = 10  # the API comes first
BETWEEN_REPORTS = 0.25

Task = Mapping[str, Any]


class Child:
    """Solves one task after the other; a thread listens meanwhile for who should stop."""

    def __init__(self) -> None:
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.unwanted: set[str] = set()
        self.has_ended = False
        self.reported_at = 0.0

    def listen(self) -> None:
        """Read what is asked until nobody asks any more."""
        for line in sys.stdin:
            message = json.loads(line)
            if message["kind"] == "stop":
                self.unwanted.add(message["id"])
            else:
                self.tasks.put(message)
        self.has_ended = True
        self.tasks.put(None)

    def work(self) -> None:
        """Answer each task, in the order they came."""
        while (task := self.tasks.get()) is not None:
            try:
                _say(task, "plan", plan=self._solved(task))
            except Refusal as refusal:
                _say(task, "refused", code=refusal.code)
            self.unwanted.discard(task["id"])

    def _solved(self, task: Task) -> dict[str, object]:
        def stop() -> bool:
            return self.has_ended or task["id"] in self.unwanted

        def progress(standing: Standing) -> None:
            if standing.seconds - self.reported_at >= BETWEEN_REPORTS:
                self.reported_at = standing.seconds
                _say(task, "progress", **asdict(standing), on_time=standing.on_time)

        self.reported_at = 0.0
        plan = solve(
            parse_problem(task["problem"]),
            limits=Limits(seconds=task["seconds"]),
            seed=task["seed"],
            clock=monotonic,
            start=parse_plan(task["start"]),
            should_stop=stop,
            progress=progress,
        )
        return write_plan(plan)


def _say(task: Task, kind: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"id": task["id"], "kind": kind, **facts}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Work until the input ends."""
    os.nice(KINDNESS)
    child = Child()
    threading.Thread(target=child.listen, daemon=True).start()
    warm()
    child.work()


if __name__ == "__main__":
    main()
