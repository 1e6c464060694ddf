"""The key pair a server signs its pushes with (RFC 8292): made once, then always the same.

Another pair would make every phone's subscription worthless, so it is kept in the database, or in
a file of the operator's.
"""

import asyncio
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)
from py_vapid import Vapid, b64urlencode

from server.kit.database import Database
from server.kit.turns import wait_for_turn
from server.notifications.tables import PushKey

NAME = "push_key"


class PushKeys:
    """The pair of this server, read or made when it is first asked for."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        self._database = database
        self._file = file
        self._pair: Vapid | None = None

    async def pair(self, now: datetime) -> Vapid:
        """The pair; a file that cannot be read fails here, by its own name."""
        if self._pair is None:
            if self._file is not None:
                self._pair = await asyncio.to_thread(_from_file, self._file)
            else:
                self._pair = Vapid(load_der_private_key(await self._kept(now), password=None))
        return self._pair

    async def public_key(self, now: datetime) -> str:
        """What a browser asks for to subscribe: the point, as base64url."""
        public = (await self.pair(now)).public_key
        return str(b64urlencode(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))

    async def _kept(self, now: datetime) -> bytes:
        async with self._database.read() as session:
            row = await session.get(PushKey, NAME)
        return row.private_key if row else await self._made(now)

    async def _made(self, now: datetime) -> bytes:
        async with self._database.write() as session:
            await wait_for_turn(session, NAME)
            row = await session.get(PushKey, NAME)
            if row is None:
                row = PushKey(name=NAME, private_key=_new(), created_at=now)
                session.add(row)
            return row.private_key


def _new() -> bytes:
    made = Vapid()
    made.generate_keys()
    der: bytes = made.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return der


def _from_file(file: Path) -> Vapid:
    """An EC private key on the curve P-256, as PEM without a passphrase."""
    return Vapid(load_pem_private_key(file.read_bytes(), password=None))
