"""Pages and map as a browser gets them."""

from base64 import b64encode
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.app import create_app
from server.settings import Settings

PAGE = {"Accept": "text/html"}
MAP = bytes(range(256)) * 8


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[AsyncTestClient[Litestar]]:
    built = tmp_path / "built"
    for name, content in {
        "index.html": "<h1>door</h1>",
        "app/index.html": "<h1>app</h1>",
        "portal/index.html": "<h1>portal</h1><script>hello()</script>",
        "app/sw.js": "self",
        "app/assets/main-Ab3_dE9-.js": "run()",
    }.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text(content)
    (tmp_path / "area.pmtiles").write_bytes(MAP)
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}",
        pages=built,
        map_file=tmp_path / "area.pmtiles",
    )
    async with AsyncTestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


Browser = AsyncTestClient[Litestar]


async def test_a_page_is_never_kept_and_runs_only_our_scripts(browser: Browser) -> None:
    answer = await browser.get("/app/", headers=PAGE)
    assert answer.text == "<h1>app</h1>"
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


async def test_a_page_may_run_the_script_it_was_built_with(browser: Browser) -> None:
    rules = (await browser.get("/portal/", headers=PAGE)).headers["content-security-policy"]
    digest = b64encode(sha256(b"hello()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in rules


async def test_a_worker_may_fetch_what_it_keeps(browser: Browser) -> None:
    rules = (await browser.get("/app/sw.js")).headers["content-security-policy"]
    assert "connect-src 'self'" in rules


async def test_an_address_inside_an_entry_shows_that_entry(browser: Browser) -> None:
    assert (await browser.get("/app/visits/7", headers=PAGE)).text == "<h1>app</h1>"


async def test_a_missing_script_is_missing_and_not_a_page(browser: Browser) -> None:
    answer = await browser.get("/app/assets/main-gone1234.js", headers=PAGE)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_unknown_api_address_is_not_a_page(browser: Browser) -> None:
    answer = await browser.get("/api/nothing/here", headers=PAGE)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_hashed_files_are_kept_for_ever(browser: Browser) -> None:
    answer = await browser.get("/app/assets/main-Ab3_dE9-.js")
    assert "immutable" in answer.headers["cache-control"]
    again = await browser.get(
        "/app/assets/main-Ab3_dE9-.js", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_a_page_that_has_not_changed_keeps_its_rules(browser: Browser) -> None:
    tag = (await browser.get("/app/", headers=PAGE)).headers["etag"]
    again = await browser.get("/app/", headers={**PAGE, "If-None-Match": tag})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=0-126", 206, MAP[:127]),
        ("bytes=-10", 206, MAP[-10:]),
        ("bytes=5-5", 200, MAP),
        ("bytes=99999-", 416, b""),
    ],
)
async def test_the_map_is_read_in_ranges(
    browser: Browser,
    wanted: str,
    status: int,
    content: bytes,
) -> None:
    answer = await browser.get("/map/area.pmtiles", headers={"Range": wanted})
    assert answer.status_code == status
    assert status == 416 or answer.content == content


async def test_nothing_outside_the_pages_is_served(browser: Browser) -> None:
    for path in ("/../palier.db", "/%2e%2e/palier.db", "/app/..%2f..%2fpalier.db"):
        assert (await browser.get(path)).status_code == 404


async def test_a_file_cannot_be_posted_to(browser: Browser) -> None:
    assert (await browser.post("/app/", json={})).status_code == 405
