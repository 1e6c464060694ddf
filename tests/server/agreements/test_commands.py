"""`palier export agreements` and `palier import agreements`: from one company into another."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import actions
from server.agreements.actions import Signing
from server.agreements.schemas import AgreementBody, SignatoryBody
from server.cli import main
from server.kit.clock import Clock
from server.kit.database import Database
from server.migrations import upgrade
from tests.server.agreements.paper import PDF, SIGNATORIES, body, promise, terms, version
from tests.server.company import FOUNDER, Company, found
from tests.server.conftest import fresh_database

VERIFIER = Scope(account_id=UUID(int=2), name="Verifier", role=Role.EXPERIENCE)


async def _sign(url: str, company: Company) -> None:
    """One agreement in force and one draft, made as the town's founders make them."""
    here = str(company.home.site.id)
    lines = terms(company, promise(company), promise(company, severity="S2", site_id=here))
    given = body(company, first_version=version(company, terms=lines))
    database = Database(url)
    try:
        async with database.write() as session:
            made = await actions.create_agreement(
                session, FOUNDER, AgreementBody.model_validate(given), company.now
            )
            signing = Signing(
                content=PDF,
                signed_on=company.now.date() - timedelta(days=3),
                signatories=[SignatoryBody.model_validate(each) for each in SIGNATORIES],
            )
            held = await actions.put_in_force(
                session,
                FOUNDER,
                VERIFIER,
                (made.id, made.versions[0].id),
                signing=signing,
                now=company.now,
            )
            assert held.versions[0].status == "active"
            house = body(company, "HOUSE", customer_id=None)
            await actions.create_agreement(
                session, FOUNDER, AgreementBody.model_validate(house), company.now
            )
    finally:
        await database.close()


async def _founded(url: str) -> None:
    database = Database(url)
    try:
        await database.run(upgrade)
        await found(database, Clock().now())
    finally:
        await database.close()


@pytest.fixture
def written(
    database_url: str, company: Company, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """The register of a company with two agreements, as a file."""
    asyncio.run(_sign(database_url, company))
    monkeypatch.setenv("PALIER_DATABASE_URL", database_url)
    file = tmp_path / "register.json"
    code, told = run("export", "agreements", "--out", file)
    assert code == 0, told
    return file


@pytest.fixture
def elsewhere(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Another company that uses the same codes, with no agreement yet."""
    if database_kind == "sqlite":
        url = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}"
        asyncio.run(_founded(url))
        yield url
        return
    url, drop = fresh_database(request.getfixturevalue("postgres"))
    asyncio.run(_founded(url))
    yield url
    drop()


def run(*arguments: str | Path) -> tuple[int, str]:
    """A command as a person gives it."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.output


def test_a_register_read_in_elsewhere_comes_out_byte_for_byte(
    written: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIER_DATABASE_URL", elsewhere)
    again = written.with_name("again.json")
    assert run("import", "agreements", written) == (
        0,
        "2 agreements written, 0 were there already\n",
    )
    assert run("export", "agreements", "--out", again)[0] == 0
    assert again.read_bytes() == written.read_bytes()
    assert run("import", "agreements", written) == (
        0,
        "0 agreements written, 2 were there already\n",
    )


def test_faults_are_listed_by_row_and_nothing_is_written(
    written: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    register["agreements"][0]["versions"][0]["document"]["terms"]["clauses"][1]["site"] = "NOWHERE"
    written.write_text(json.dumps(register), encoding="utf-8")
    monkeypatch.setenv("PALIER_DATABASE_URL", elsewhere)
    code, told = run("import", "agreements", written)
    assert code == 2
    assert "agreements.0.versions.0.document.terms.clauses.1.site" in told
    assert "hash_mismatch" in told
    _, table = run("export", "agreements", "--csv")
    assert len(table.split()) == 1


def test_a_file_that_is_no_register_is_refused(written: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": "palier-agreements-1"}', encoding="utf-8")
    code, told = run("import", "agreements", wrong)
    assert (code, "agreements" in told) == (2, True)
    assert written.exists()
