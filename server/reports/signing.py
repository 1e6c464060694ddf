"""Signing what leaves the house with Ed25519 (RFC 8032), and telling whether a signature is ours.

The key pair is made once and kept in the database; nothing here knows what is signed.
"""

import base64
import binascii
import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_public_key,
)

from server.kit.database import AnySession, Session
from server.kit.turns import wait_for_turn
from server.reports.tables import SigningKey

NAME = "extracts"
ALGORITHM = "Ed25519"


async def signing_key(session: Session, now: datetime) -> Ed25519PrivateKey:
    """The pair of this house, made when it is first asked for."""
    await wait_for_turn(session, NAME)
    row = await session.get(SigningKey, NAME)
    if row is None:
        made = Ed25519PrivateKey.generate()
        stored = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        session.add(SigningKey(name=NAME, private_key=stored, created_at=now))
        return made
    return _read(row)


async def known_key(session: AnySession) -> Ed25519PublicKey | None:
    """Its public half; none before anything was signed."""
    row = await session.get(SigningKey, NAME)
    return None if row is None else _read(row).public_key()


def signature(key: Ed25519PrivateKey, signed: bytes) -> str:
    """As base64."""
    return base64.b64encode(key.sign(signed)).decode()


def is_genuine(key: Ed25519PublicKey, signed: bytes, signature: str) -> bool:
    """Whether the key signed exactly these bytes.

    >>> key = Ed25519PrivateKey.generate()
    >>> told = base64.b64encode(key.sign(b"98 %")).decode()
    >>> is_genuine(key.public_key(), b"98 %", told), is_genuine(key.public_key(), b"99 %", told)
    (True, False)
    >>> is_genuine(key.public_key(), b"98 %", "no base64")
    False
    """
    try:
        key.verify(base64.b64decode(signature, validate=True), signed)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def pem_of(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key(pem: bytes) -> Ed25519PublicKey:
    """The key of a PEM file; raises ValueError for anything else."""
    found = load_pem_public_key(pem)
    if not isinstance(found, Ed25519PublicKey):
        raise ValueError("This is no Ed25519 key.")  # noqa: TRY004 - one refusal for a bad file
    return found


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _read(row: SigningKey) -> Ed25519PrivateKey:
    found = load_der_private_key(row.private_key, password=None)
    assert isinstance(found, Ed25519PrivateKey)
    return found
