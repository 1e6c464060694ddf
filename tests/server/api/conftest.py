"""One founded company a database and module, its whole API behind one door, a key for each role.

Tests that walk every operation share it, so each brings its own codes.
"""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import pytest
import pytest_asyncio
from litestar.testing import AsyncTestClient

from server.accounts import actions as accounts
from server.accounts.schemas import Role
from server.app import create_app
from server.feasibility.schemas import TrialOut
from server.kit.clock import Clock
from server.kit.database import Database
from server.migrations import upgrade
from server.planning.schemas import PlanOut
from server.settings import Settings
from server.sites.geocoding import Place
from tests.server.api.door import Door
from tests.server.api.objects import Objects, made
from tests.server.api.planting import Planted, planted_company
from tests.server.company import Company, found
from tests.server.conftest import fresh_database


class Gazetteer:
    """An address service that knows one place; real ones are tested with sites."""

    async def places(self, address: str) -> list[Place]:
        del address
        return [Place("Carrer Major 7, Ordino", 42.55, 1.53, "gazetteer")]


class IdlePlanner:
    """Takes every order and makes no plan: searching is tested with planning."""

    def begin(self, plan_id: UUID) -> None:
        """Keep it waiting."""

    def with_progress(self, plan: PlanOut) -> PlanOut:
        return plan

    async def make_way(self) -> None:
        """Nobody searches."""

    async def stop(self, plan_id: UUID) -> bool:
        del plan_id
        return False


class IdleTrials:
    """Takes every order and lives no day: that is tested with feasibility."""

    def begin(self, trial_id: UUID) -> None:
        """Keep it waiting."""

    def with_progress(self, trial: TrialOut) -> TrialOut:
        return trial

    def stop(self, trial_id: UUID) -> None:
        """Nothing is lived."""


class IdleScenarios:
    """Takes every order and works nothing out: that is tested with planning."""

    def begin(self, scenario_id: UUID) -> None:
        """Keep it running."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both, but where a test is marked `ON_EITHER_DATABASE`."""
    return str(request.param)


@pytest.fixture(scope="module")
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if database_kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('api') / 'palier.db'}"
        return
    url, drop = fresh_database(request.getfixturevalue("postgres"))
    yield url
    drop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    await opened.run(upgrade)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(database: Database) -> Company:
    return await found(database, Clock().now())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door(database: Database, company: Company, database_url: str) -> AsyncIterator[Door]:
    """The running server and the keys to it."""
    keys = {}
    for role in Role:
        async with database.write() as session:
            email = company.emails[role]
            keys[role.value] = await accounts.add_key(session, email, "tests", company.now)
    app = create_app(Settings(database_url=database_url, is_demo=True, webhook_hosts=("*",)))
    async with AsyncTestClient(app, base_url="http://127.0.0.1") as client:
        # A stream says hello and ends; an endless one would never be answered in the same loop.
        app.state.hub.close()
        app.state.planner = IdlePlanner()
        app.state.trials = IdleTrials()
        app.state.scenarios = IdleScenarios()
        app.state.geocoder = Gazetteer()
        yield Door(client, keys, company, database)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def objects(door: Door) -> Objects:
    """One object of each kind that is the home branch's, and one that is the other's."""
    return await made(door)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planted(door: Door, objects: Objects) -> Planted:
    """The same company with a canary in every text, and in every figure of ours."""
    return await planted_company(door, objects)
