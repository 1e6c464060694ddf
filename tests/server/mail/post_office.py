"""A mail server of the tests' own: it speaks enough SMTP to take mail, or to refuse it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from server.settings import Settings


@dataclass(slots=True)
class PostOffice:
    """`answers` are given, one each, to whom mail is for; then all is taken."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def settings(self, database_url: str = "sqlite+aiosqlite://") -> Settings:
        return Settings(
            database_url=database_url,
            public_url="https://palier.example.org",
            smtp_host="127.0.0.1",
            smtp_port=self.port,
            smtp_tls="none",
            mail_from="Palier <notices@example.org>",
        )

    @property
    def texts(self) -> list[str]:
        """The plain text of every message taken."""
        return [_plain(each) for each in self.taken]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 tests\r\n")
        while line := (await reader.readline()).decode().strip():
            match line.split(":")[0].upper().split():
                case ["RCPT", "TO"] if self.answers:
                    answer = self.answers.pop(0)
                case ["DATA"]:
                    writer.write(b"354 go on\r\n")
                    whole = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append(_parsed(whole))
                    answer = "250 taken"
                case ["QUIT"]:
                    writer.write(b"221 bye\r\n")
                    break
                case _:
                    answer = "250 ok"
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
        writer.close()


def _parsed(whole: bytes) -> EmailMessage:
    message = message_from_bytes(whole.removesuffix(b".\r\n"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    server = await asyncio.start_server(office.serve, "127.0.0.1", 0)
    async with server:
        office.port = server.sockets[0].getsockname()[1]
        yield office
