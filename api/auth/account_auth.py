"""Implementation of the pages' `AccountPort`: what people do with their own accounts, with rate limits."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import Any

from starlette.requests import Request

from api.auth.attempt_limits import AttemptLimits
from api.auth.authentication import SESSION_COOKIE, Authenticator, Credential
from api.auth.known_device import remember_device
from api.auth.page_refusals import rate_limit_refusal, refusal, translated_refusals
from api.auth.rate_limits import (
    EMAIL_CHANGES_OF_ACCOUNT,
    RESETS_OF_ADDRESS,
    Limit,
    RateLimited,
    RateLimiter,
    client_address,
)
from api.error_responses import preferred_language
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.known_devices import KEY_PURPOSE
from domain.calendar_feeds.addresses import KEY_PURPOSE as CALENDAR_KEY
from domain.calendar_feeds.addresses import path as calendar_path
from domain.calendar_feeds.feeds import feed_id_of
from domain.kernel.errors import Refused
from domain.kernel.ids import internal
from domain.personal_data import export
from domain.personal_data.readable import readable
from domain.self_service import calendar, invitation, mail_choices, password_reset, profile
from portal_views.web.ports.account import MailChoice, ReadableData
from portal_views.web.ports.auth import AuthRefusal, SessionResult, Visitor
from settings import Settings

# Longer than a request for a known address takes, so that the time reveals no address.
MIN_RESET_SECONDS = 0.4


class AccountAuth:
    """Lets people accept invitations, replace passwords and change addresses and names."""

    def __init__(self, settings: Settings, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._device_key = settings.key(KEY_PURPOSE)
        self._calendar_key, self._base_url = settings.key(CALENDAR_KEY), settings.base_url
        self._authenticator, self._limiter = authenticator, limiter
        self._attempts = AttemptLimits(settings, limiter)

    async def accept_invitation(
        self, request: Request, visitor: Visitor, *, name: str, language: str, password: str
    ) -> SessionResult:
        """Accept the invitation of a mailed link; return the new session or the refusals."""
        try:
            secret = await invitation.accept_invitation(
                visitor.principal.actor,
                name=name,
                language=language,
                password=password,
                address=client_address(request),
            )
        except Refused as refused:
            return SessionResult(None, translated_refusals(refused, visitor.language))
        self._authenticator.clear_cache()
        await remember_device(request, secret, self._device_key)
        return SessionResult(secret)

    async def reset_password(self, visitor: Visitor, password: str) -> tuple[AuthRefusal, ...]:
        """Set the new password of a mailed link's account; return the refusals."""
        return await self._refusals(password_reset.reset_password(visitor.principal.actor, password), visitor.language)

    async def confirm_email(self, visitor: Visitor) -> tuple[AuthRefusal, ...]:
        """Confirm the new address of a mailed link's account; return the refusals."""
        return await self._refusals(profile.confirm_email(visitor.principal.actor), visitor.language)

    async def undo_email_change(self, visitor: Visitor) -> tuple[AuthRefusal, ...]:
        """Restore the former address of a mailed link's account; return the refusals."""
        return await self._refusals(profile.undo_email_change(visitor.principal.actor), visitor.language)

    async def request_password_reset(self, request: Request, email: str, language: str) -> AuthRefusal | None:
        """Mail a link for a new password; known and unknown addresses get the same answer after the same time.

        Only a client address that asks too often is refused. Too many mails to one address are left out silently.
        """
        started = time.monotonic()
        try:
            await self._attempts.reset(request, email)
            await password_reset.request_password_reset(email)
        except RateLimited as often:
            if often.namespace == RESETS_OF_ADDRESS.namespace:
                return rate_limit_refusal(often, language)
        await asyncio.sleep(max(0.0, started + MIN_RESET_SECONDS - time.monotonic()))
        return None

    async def request_email_change(self, request: Request, email: str, password: str) -> tuple[AuthRefusal, ...]:
        """Mail a link that confirms a new address to it; wrong passwords count as at sign-in."""
        account = await self._account(request)
        if account is None:
            return _session_has_ended(request)
        try:
            await self._limiter.hit(Limit(EMAIL_CHANGES_OF_ACCOUNT, str(account.account_id)))
            async with self._attempts.sign_in(request, account.email) as attempt:
                change = profile.request_email_change(account, email=email, password=password)
                found = await self._refusals(change, account.actor.language)
                attempt.has_failed = any(each.code == "wrong_password" for each in found)
                return found
        except RateLimited as often:
            return (rate_limit_refusal(often, account.actor.language),)

    async def change_name(self, request: Request, name: str) -> tuple[AuthRefusal, ...]:
        """Set the name of the visitor's account; return the refusals."""
        account = await self._account(request)
        if account is None:
            return _session_has_ended(request)
        return await self._refusals(profile.change_name(account, name), account.actor.language)

    async def mail_choices(self, request: Request) -> Sequence[MailChoice]:
        """The groups of mails that the visitor may get, in their language."""
        account = await self._account(request)
        return await mail_choices.own_mail_choices(account) if account else ()

    async def choose_mails(self, request: Request, wanted: Collection[str]) -> tuple[AuthRefusal, ...]:
        """Have the visitor do without all optional mails but the wanted groups; return the refusals."""
        return await self._own_move(request, partial(mail_choices.choose_mails, wanted=wanted))

    async def calendar_address(self, request: Request) -> str:
        """The secret address of the visitor's calendar; empty while it is off."""
        account = await self._account(request)
        feed_id = await feed_id_of(account.account_id) if account else None
        return self._base_url + calendar_path(feed_id, self._calendar_key) if feed_id else ""

    async def renew_calendar(self, request: Request) -> tuple[AuthRefusal, ...]:
        """Give the visitor's calendar a new secret address; return the refusals."""
        return await self._own_move(request, calendar.renew_calendar)

    async def end_calendar(self, request: Request) -> tuple[AuthRefusal, ...]:
        """Switch the visitor's calendar off; return the refusals."""
        return await self._own_move(request, calendar.end_calendar)

    async def _own_move(
        self, request: Request, move: Callable[[AuthenticatedAccount], Awaitable[None]]
    ) -> tuple[AuthRefusal, ...]:
        account = await self._account(request)
        if account is None:
            return _session_has_ended(request)
        return await self._refusals(move(account), account.actor.language)

    async def personal_data(self, request: Request, kind: str, external_id: str) -> dict[str, Any] | None:
        """Everything stored about a person; nothing when they do not exist, or it is not for the visitor."""
        account = await self._account(request)
        if account is None:
            return None
        try:
            if kind == "own":
                return await export.export_own(account)
            if kind == "account":
                return await export.export_account(account, internal("acc", external_id))
            return await export.export_contact(account, internal("con", external_id))
        except (Refused, ValueError):
            return None

    async def readable_personal_data(self, request: Request, kind: str, external_id: str) -> ReadableData | None:
        """The same in the words of the person's language."""
        document = await self.personal_data(request, kind, external_id)
        return (
            await readable(document, preferred_language(request.headers.get("accept-language", "")))
            if document
            else None
        )

    async def _account(self, request: Request) -> AuthenticatedAccount | None:
        secret = request.cookies.get(SESSION_COOKIE)
        principal = await self._authenticator.authenticate(Credential("session", secret)) if secret else None
        return principal.account if principal and not principal.impersonation else None

    async def _refusals(self, work: Awaitable[None], language: str) -> tuple[AuthRefusal, ...]:
        try:
            await work
        except Refused as refused:
            return translated_refusals(refused, language)
        self._authenticator.clear_cache()
        return ()


def _session_has_ended(request: Request) -> tuple[AuthRefusal, ...]:
    return (refusal("session_has_ended", preferred_language(request.headers.get("accept-language", ""))),)
