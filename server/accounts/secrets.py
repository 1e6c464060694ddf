"""Tokens, keys and passwords: made at random, kept as hashes.

Hashing a password takes long by design, so it never runs on the event loop.
"""

import asyncio
import hashlib
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# OWASP password storage cheat sheet: argon2id, 19 MiB, two passes, one lane.
_passwords = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
_few_at_a_time = asyncio.Semaphore(2)
# Verified when the address is unknown, so that it takes as long as a wrong password.
_NOBODY = _passwords.hash(secrets.token_urlsafe(16))


def new_token() -> str:
    """256 random bits for a cookie or a key."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored instead of a token: random tokens need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


async def hashed(password: str) -> str:
    """What is stored instead of a password."""
    async with _few_at_a_time:
        return await asyncio.to_thread(_passwords.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; None takes just as long and is never right."""
    async with _few_at_a_time:
        right = await asyncio.to_thread(_passwords.verify, password, stored or _NOBODY)
    return right and stored is not None
