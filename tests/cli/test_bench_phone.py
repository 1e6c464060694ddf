"""`palier bench phone`: told in words, and refused in words where something is not installed."""

import subprocess
from pathlib import Path

import pytest

from server.bench import lighthouse, phone_hand
from server.bench.lighthouse import audited
from server.bench.phone_hand import hand
from server.bench.refusals import AuditFailed, BrowserMissing, LighthouseMissing
from server.cli.bench_words import in_words

MACHINE = {"system": "Linux x86_64", "cores": 2, "python": "3.11.7"}
SPREAD = {"p50_ms": 12.0, "p95_ms": 34.5}


def figures(*performance: float) -> dict[str, object]:
    audits = [
        {"performance": each, "accessibility": 1.0, "best_practices": 1.0, "wanting": ["slow"]}
        for each in performance
    ]
    speeds = {1: SPREAD, 4: SPREAD}
    return {
        "fetched": {"visits": 11, "answers": SPREAD, "kilobytes": 41.2},
        "starts_offline": speeds,
        "days_offline": speeds,
        "taps": speeds,
        "commands": 50,
        "commands_ms": 840,
        "audits": audits,
    }


def test_the_figures_of_a_phone_name_what_was_measured_at_which_speed() -> None:
    told = in_words({"machine": MACHINE, "phone": figures(0.9, 0.97, 0.95)})
    assert "a day of 11 visits, 41.2 kB" in told
    assert told.count("12.0 /     34.5") == 7
    assert "840 ms" in told
    assert "middle of 3: performance 0.95, accessibility 1.00" in told
    assert "below 0.9: slow" in told


def test_without_audits_nothing_is_said_of_scores() -> None:
    assert "Lighthouse" not in in_words({"machine": MACHINE, "phone": figures()})


def test_without_a_browser_it_says_what_brings_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(phone_hand, "found", lambda: None)
    assert not phone_hand.can_hold()
    with (
        pytest.raises(BrowserMissing, match="make test"),
        hand("http://localhost:1", "technician@demo.palier", tmp_path),
    ):
        pass


def test_without_lighthouse_it_says_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lighthouse, "FOLDER", tmp_path)
    with pytest.raises(LighthouseMissing, match="make peers"):
        audited("http://localhost:1/app/", 9222)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('console.error("no page"); process.exit(1)', "no page"),
        ('console.log(JSON.stringify({address: "http://localhost:1/sign-in"}))', "sign-in"),
    ],
)
def test_an_audit_of_nothing_or_of_another_page_gives_no_scores(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, said: str
) -> None:
    (tmp_path / "node_modules" / "lighthouse").mkdir(parents=True)
    (tmp_path / "audit.mjs").write_text(script, encoding="ascii")
    monkeypatch.setattr(lighthouse, "FOLDER", tmp_path)
    with pytest.raises(AuditFailed, match=said):
        audited("http://localhost:1/app/", 9222)


def test_an_audit_that_never_ends_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "node_modules" / "lighthouse").mkdir(parents=True)
    monkeypatch.setattr(lighthouse, "FOLDER", tmp_path)

    def hangs(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("node", timeout)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(AuditFailed, match="not done"):
        audited("http://localhost:1/app/", 9222)
