"""The written word keeps up with the code."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import server
from server.kit.problems import Problem

ROOT = Path(__file__).parents[2]
NOT_FOR_IMPORT = (
    "server.migrations.",
    "server.cli.__main__",
    "server.planning.child",
    "server.bench.peers.",  # what they ask need not be installed
)
KEY = re.compile(r"S\d-\d\d")
QUOTED = re.compile(r"`([^`]+)`")
CAPABILITIES, SHOWN_BY = 111, 3


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


def capabilities() -> Iterator[tuple[str, str]]:
    """Each capability of the list: its key, and what is said to show it; of the others, nothing."""
    text = (ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        key, *cells = (each.strip() for each in line.strip("|").split(" | "))
        if KEY.fullmatch(key):
            yield key, cells[-1] if len(cells) == SHOWN_BY else ""


def test_every_capability_stands_in_the_list_once() -> None:
    keys = [key for key, _ in capabilities()]
    assert len(keys) == len(set(keys)) == CAPABILITIES


@pytest.mark.parametrize(("key", "shown_by"), list(capabilities()))
def test_what_shows_a_capability_exists(key: str, shown_by: str) -> None:
    source = ""
    for name in QUOTED.findall(shown_by):
        if name.endswith((".py", ".ts")):
            below = ROOT if name.startswith("pwa/") else ROOT / "tests"
            source = (below / name).read_text(encoding="utf-8")
        else:
            assert f"def {name}(" in source, (key, name)
