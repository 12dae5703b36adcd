"""Limits of an attempt: those that stop it, and those that slow it down (decision 0044).

A known device is judged by a limit of its own, so that strangers cannot lock its owner out. Everyone else is stopped by
the pair of client address and account, and by the address; beyond the limit of the account answers only get slower.
An address that stands for many people, because a proxy in front is not named, never stops anyone.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from limits import RateLimitItem
from starlette.requests import Request

from api.auth.known_device import device_of
from api.auth.rate_limits import (
    FAILED_CODES_OF_ACCOUNT,
    FAILED_CODES_OF_DEVICE,
    FAILED_SIGN_INS_OF_ACCOUNT,
    FAILED_SIGN_INS_OF_ADDRESS,
    FAILED_SIGN_INS_OF_DEVICE,
    FAILED_SIGN_INS_OF_PAIR,
    RESETS_OF_ACCOUNT,
    RESETS_OF_ADDRESS,
    RESETS_OF_DEVICE,
    RESETS_OF_PAIR,
    Limit,
    LimitedAttempt,
    RateLimiter,
    client_address,
)
from api.auth.unnamed_proxy import UnnamedProxy
from domain.accounts.authentication.bearer_secrets import digest
from domain.accounts.authentication.known_devices import KEY_PURPOSE, KnownDevice
from settings import Settings


@dataclass(frozen=True)
class Judges:
    """The limits that stop an attempt, and those beyond which it is slowed down."""

    stops: tuple[Limit, ...] = ()
    slows: tuple[Limit, ...] = ()


class AttemptLimits:
    """Chooses the limits of an attempt and counts it."""

    def __init__(self, settings: Settings, limiter: RateLimiter) -> None:
        self._key = settings.key(KEY_PURPOSE)
        self._limiter, self._proxy = limiter, UnnamedProxy(settings)

    @asynccontextmanager
    async def sign_in(self, request: Request, email: str) -> AsyncIterator[LimitedAttempt]:
        """Judge a password that is entered for the account of this address."""
        account = digest(email.strip().lower())
        judges = await self._of_device(
            request, Limit(FAILED_SIGN_INS_OF_DEVICE, account), lambda device: device.is_of_email(email)
        ) or await self._of_stranger(
            request,
            pair=Limit(FAILED_SIGN_INS_OF_PAIR, f"{account} {client_address(request)}"),
            account=Limit(FAILED_SIGN_INS_OF_ACCOUNT, account),
        )
        async with self._limiter.limit_failures(*judges.stops, slows=judges.slows) as attempt:
            yield attempt

    @asynccontextmanager
    async def code(self, request: Request, account_id: UUID) -> AsyncIterator[LimitedAttempt]:
        """Judge a code of this account; six digits bear few guesses, so that strangers are stopped by account."""
        stranger = Judges(stops=(Limit(FAILED_CODES_OF_ACCOUNT, str(account_id)),))
        judges = await self._of_device(
            request, Limit(FAILED_CODES_OF_DEVICE, str(account_id)), lambda device: device.account_id == account_id
        )
        async with self._limiter.limit_failures(*(judges or stranger).stops) as attempt:
            yield attempt

    @asynccontextmanager
    async def passkey(self, request: Request) -> AsyncIterator[LimitedAttempt]:
        """Judge a passkey, which names its account itself: by the address alone."""
        judges = await self._of_address(FAILED_SIGN_INS_OF_ADDRESS, request)
        async with self._limiter.limit_failures(*judges.stops, slows=judges.slows) as attempt:
            yield attempt

    async def reset(self, request: Request, email: str) -> None:
        """Count a request for a new password. Raises `RateLimited`, by a limit of addresses or of mails."""
        account = digest(email.strip().lower())
        await self.visit(RESETS_OF_ADDRESS, request)
        judges = await self._of_device(
            request, Limit(RESETS_OF_DEVICE, account), lambda device: device.is_of_email(email)
        ) or Judges(
            stops=(Limit(RESETS_OF_PAIR, f"{account} {client_address(request)}"), Limit(RESETS_OF_ACCOUNT, account))
        )
        for limit in judges.stops:
            await self._limiter.hit(limit)

    async def visit(self, item: RateLimitItem, request: Request) -> None:
        """Count a request of a client address. Raises `RateLimited`."""
        judges = await self._of_address(item, request)
        for limit in judges.stops:
            await self._limiter.hit(limit)
        await self._limiter.slow_down(judges.slows)

    async def _of_device(self, request: Request, own: Limit, is_owner: Callable[[KnownDevice], bool]) -> Judges | None:
        """The limit of a known device of this account; nothing for any other sender."""
        device = await device_of(request, self._key)
        if device is None or not is_owner(device):
            return None
        return Judges(stops=(Limit(own.item, f"{own.key} {device.id}"),))

    async def _of_stranger(self, request: Request, *, pair: Limit, account: Limit) -> Judges:
        address = await self._of_address(FAILED_SIGN_INS_OF_ADDRESS, request)
        if address.slows:
            return Judges(slows=(pair, account, *address.slows))
        return Judges(stops=(pair, *address.stops), slows=(account,))

    async def _of_address(self, item: RateLimitItem, request: Request) -> Judges:
        limit = Limit(item, client_address(request))
        return Judges(slows=(limit,)) if await self._proxy.sent(request) else Judges(stops=(limit,))
