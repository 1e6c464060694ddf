"""Settings from the environment: usable by default, refused by name where they are not."""

import pytest

from server.settings import SettingRefused, Settings


def test_a_server_watches_its_promises_unless_told_otherwise() -> None:
    assert Settings.from_environment({}).watch_seconds == 5
    assert Settings.from_environment({"PALIER_WATCH_SECONDS": "0"}).watch_seconds == 0


@pytest.mark.parametrize("value", ["-1", "often"])
def test_an_interval_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(SettingRefused, match="PALIER_WATCH_SECONDS"):
        Settings.from_environment({"PALIER_WATCH_SECONDS": value})
