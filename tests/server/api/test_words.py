"""Every refusal the server can send has words for the person who must act, in four languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import server.app  # noqa: F401 - brings every domain with its refusals
from server.kit.problems import Problem

MESSAGES = Path(__file__).parents[3] / "pwa" / "messages" / "lib"
# What a crash is told as has no class of its own: it is nothing anybody designed.
CRASH = "crashed"


def _kinds(kind: type[Problem]) -> Iterator[type[Problem]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def codes() -> set[str]:
    """The codes of every refusal of every domain the application is made of."""
    return {CRASH, Problem.code} | {kind.code for kind in _kinds(Problem)}


@pytest.mark.parametrize("language", ["en", "es", "fr", "nl"])
def test_every_refusal_has_words(language: str) -> None:
    words = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))
    assert sorted(code for code in codes() if not words.get(f"problem.{code}")) == []


def test_no_two_refusals_share_a_code_and_differ_in_status() -> None:
    found: dict[str, set[int]] = {}
    for kind in _kinds(Problem):
        found.setdefault(kind.code, set()).add(kind.status)
    assert {code: statuses for code, statuses in found.items() if len(statuses) > 1} == {}
