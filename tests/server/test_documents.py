"""The written word keeps up with the code."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import server
from server.kit.problems import Problem

ROOT = Path(__file__).parents[2]
NOT_FOR_IMPORT = (
    "server.migrations.",
    "server.cli.__main__",
    "server.planning.child",
    "server.bench.peers.",  # what they ask need not be installed
)


def refusals(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for each in kind.__subclasses__():
        yield each
        yield from refusals(each)


def test_every_refusal_is_listed_for_those_who_meet_it() -> None:
    for module in walk_packages(server.__path__, "server."):
        if not module.name.startswith(NOT_FOR_IMPORT):
            import_module(module.name)
    listed = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    for refusal in refusals():
        assert f"| `{refusal.code}` | {refusal.status} | {refusal.title} |" in listed, refusal


def test_every_setting_is_in_the_reference() -> None:
    source = (ROOT / "server" / "settings.py").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = {word.strip('",)(') for word in source.split() if word.startswith('"PALIER_')}
    missing = {name for name in named if "DEMO" not in name and name not in reference}
    assert not missing


def test_every_dependency_has_its_line() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("dependencies = [")[2].partition("]\n\n")[0]
    listed = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for line in block.splitlines():
        name = line.strip().strip('",').partition(">")[0].partition("[")[0]
        assert name in listed, name
