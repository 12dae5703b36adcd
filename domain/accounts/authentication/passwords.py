"""Passwords: argon2 outside the event loop, and the rules that a new password must follow."""

import asyncio
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.accounts.authentication.password_strength import is_guessable
from domain.kernel.errors import Refusal, invalid

MIN_LENGTH = 12
MAX_LENGTH = 256
HASHER = PasswordHasher()
# In place of a hash, where no password matches any more until a new one is set.
UNUSABLE_HASH = "!"
# Each hash fills 64 MiB for a moment; more at once would only wait for the processor.
_at_once = asyncio.Semaphore(2)


async def hash_password(password: str) -> str:
    """Hash a password with today's parameters."""
    async with _at_once:
        return await asyncio.to_thread(HASHER.hash, _normal(password))


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one that was hashed; without a hash it takes as long and is false."""
    async with _at_once:
        found = await asyncio.to_thread(_verify, password_hash or _unknown_account_hash(), _normal(password))
    return found and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def password_errors(new: str, *, email: str, current: str, known: Iterable[str] = ()) -> tuple[Refusal, ...]:
    """The errors of a new password; empty when it may be used. `known` are names that others would try."""
    found: list[Refusal] = []
    if len(new) < MIN_LENGTH:
        found.append(invalid("password_too_short", "new", shortest=MIN_LENGTH))
    if len(new) > MAX_LENGTH:
        found.append(invalid("password_too_long", "new", longest=MAX_LENGTH))
    if _normal(new).lower() == _normal(email).lower():
        found.append(invalid("password_is_email", "new"))
    if _normal(new) == _normal(current):
        found.append(invalid("password_is_the_old_one", "new"))
    if not found and is_guessable(new, [email, *known]):
        found.append(invalid("password_too_common", "new"))
    return tuple(found)


def _normal(password: str) -> bytes:
    """One spelling for the same characters, regardless of how a keyboard composed them, and bounded in length."""
    return unicodedata.normalize("NFKC", password[: 4 * MAX_LENGTH]).encode(errors="replace")


def _verify(password_hash: str, password: bytes) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _unknown_account_hash() -> str:
    """A hash of no account, so that an unknown address takes as long as a wrong password."""
    return HASHER.hash(b"nobody")
