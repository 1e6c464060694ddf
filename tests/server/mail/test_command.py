"""`palier mail test`: one message at once, and what the mail server made of it."""

import asyncio

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from tests.server.mail.post_office import PostOffice


async def tried(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Result:
    for name, value in (
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", str(office.port)),
        ("SMTP_TLS", "none"),
        ("MAIL_FROM", "notices@example.org"),
        ("PUBLIC_URL", "https://palier.example.org"),
    ):
        monkeypatch.setenv(f"PALIER_{name}", value)
    asked = ["mail", "test", "anna@example.org", "--language", "fr"]
    return await asyncio.to_thread(CliRunner().invoke, main, asked)


async def test_a_message_is_sent_to_try_mail_out(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = await tried(office, monkeypatch)
    assert (result.exit_code, "took the message" in result.output) == (0, True), result.output
    (message,) = office.taken
    assert message["Subject"] == "Les e-mails de Palier fonctionnent"


async def test_what_the_mail_server_refuses_is_said(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.answers = ["550 nobody here"]
    result = await tried(office, monkeypatch)
    assert (result.exit_code, "550" in result.output) == (1, True), result.output
