"""What every test may ask for: nothing that needs a server lives here."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "short", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("proof", max_examples=10_000, deadline=None)
settings.load_profile("short")


def pytest_configure(config: pytest.Config) -> None:
    """The long proofs run their properties long."""
    if "proof" in str(config.option.markexpr) and "not proof" not in str(config.option.markexpr):
        settings.load_profile("proof")
