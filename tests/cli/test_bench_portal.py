"""`palier bench portal`: told in words, and refused in words where something is not installed."""

from pathlib import Path

import pytest

from server.bench import portal
from server.bench.refusals import BrowserMissing
from server.cli.bench_words import in_words

MACHINE = {"system": "Linux x86_64", "cores": 2, "python": "3.11.7"}
AUDIT = {"performance": 0.97, "accessibility": 1.0, "best_practices": 1.0, "wanting": ["slow"]}


def test_the_figures_of_the_portal_say_how_soon_it_follows() -> None:
    figures = {"follows": {"p50_ms": 120.0, "p95_ms": 345.0}, "audits": []}
    told = in_words({"machine": MACHINE, "portal": figures})
    assert "120.0 /    345.0" in told
    assert "Lighthouse" not in told
    audited = in_words({"machine": MACHINE, "portal": {**figures, "audits": [AUDIT]}})
    assert "performance 0.97, accessibility 1.00" in audited
    assert "below 0.9: slow" in audited


def test_without_a_browser_it_says_what_brings_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(portal, "found", lambda: None)
    with (
        pytest.raises(BrowserMissing, match="make test"),
        portal.looking("http://localhost:1", tmp_path, 1),
    ):
        pass
