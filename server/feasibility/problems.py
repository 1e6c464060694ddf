"""Refusals of trials."""

from server.kit.problems import Problem


class TooManyTrials(Problem):
    """Each takes a while, one after another: who asks for more would wait for nothing."""

    status = 409
    code = "too_many_trials"
    title = "Enough promises wait to be tried out. Let one end, or stop one."

    def __init__(self, most: int) -> None:
        super().__init__(most=most)
