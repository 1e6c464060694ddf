"""Which of many ways to serve waiting jobs go together best: one assignment, solved by CP-SAT.

What each way is worth is found in `joint_prices` and `joint_linked`.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

# Effort of one choice in CP-SAT's own deterministic seconds, so that the same queue is always
# answered the same way; a queue of a hundred needs far less.
EFFORT = 2.0
# Where costs stop being costs: keeping a lock outweighs them all, and still sums within 64 bits.
CEILING = 1 << 50


class Choice(NamedTuple):
    """These jobs served, on days of these technicians and of no other, for this exact gain.

    `moves` is by how much the number of promises that move changes.
    """

    jobs: tuple[int, ...]
    technicians: tuple[int, ...]
    gain: int
    moves: int = 0


def best_together(choices: Sequence[Choice], moves_left: int | None) -> list[int]:
    """Number the choices that gain most together; each job and technician is in one at most.

    No more promises move than are left, if they are counted.

    >>> first, second = Choice((0,), (0,), 90), Choice((0,), (1,), 80)
    >>> best_together([first, second, Choice((1,), (0,), 70)], None)
    [1, 2]
    """
    if not choices:
        return []
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in choices]
    exclusive: defaultdict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for choice, is_taken in zip(choices, taken, strict=True):
        for job in choice.jobs:
            exclusive["job", job].append(is_taken)
        for technician in choice.technicians:
            exclusive["technician", technician].append(is_taken)
    for each in exclusive.values():
        model.add_at_most_one(each)
    moves = [choice.moves for choice in choices]
    if moves_left is not None and any(moves):
        model.add(cp_model.LinearExpr.weighted_sum(taken, moves) <= max(0, moves_left))
    gains = [min(choice.gain, CEILING) for choice in choices]
    model.maximize(cp_model.LinearExpr.weighted_sum(taken, gains))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    # CP-SAT would put back the system's handler, and Ctrl-C would end the whole process.
    solver.parameters.catch_sigint_signal = False
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return []
    return [number for number, each in enumerate(taken) if solver.boolean_value(each)]
