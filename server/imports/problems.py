"""What importing refuses."""

from server.kit.problems import Problem


class ImportChanged(Problem):
    """What a file does now is not what was looked at."""

    status = 409
    code = "import_changed"
    title = "Somebody changed something since you looked: look at the file again."
