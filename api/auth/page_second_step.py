"""Implementation of the pages' `SecondStepPort`: sign-in by a second factor or a passkey, with rate limits."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from starlette.requests import Request
from starlette.responses import Response

from api.auth.attempt_limits import AttemptLimits
from api.auth.authentication import Authenticator
from api.auth.known_device import remember_device
from api.auth.page_refusals import rate_limit_refusal, refusal, translated_refusals
from api.auth.page_request import page_client, session_secret
from api.auth.rate_limits import (
    PASSKEY_CHALLENGES_OF_ADDRESS,
    LimitedAttempt,
    RateLimited,
    RateLimiter,
    client_address,
)
from api.auth.relying_party import relying_party
from api.error_responses import preferred_language
from domain.accounts.authentication import known_devices
from domain.accounts.authentication.bearer_secrets import new_secret
from domain.accounts.second_factors import sign_in_completion
from domain.accounts.second_factors.encryption import KEY_PURPOSE
from domain.accounts.second_factors.passkeys import RelyingParty
from domain.accounts.second_factors.pending_sign_in import LIFETIME, find_pending
from domain.accounts.second_factors.sign_in_completion import Browser
from domain.kernel.errors import Refused, guard_failed
from domain.kernel.languages import LANGUAGES
from portal_views.web.ports.auth import AuthRefusal, SessionResult
from portal_views.web.ports.security import PendingStep, SecurityResult
from settings import Settings

PENDING_COOKIE = "__Host-werkstand-sign-in"


class PageSecondStep:
    """Completes sign-ins. The browser is known by a cookie of five minutes; no session exists before."""

    def __init__(self, settings: Settings, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._settings, self._key = settings, settings.key(KEY_PURPOSE)
        self._device_key = settings.key(known_devices.KEY_PURPOSE)
        self._authenticator, self._attempts = authenticator, AttemptLimits(settings, limiter)

    async def pending(self, request: Request) -> PendingStep | None:
        """Return the pending sign-in of this browser, or None."""
        secret = _pending_secret(request)
        pending = await find_pending(secret) if secret else None
        if pending is None:
            return None
        return PendingStep(language=pending.language, has_totp=pending.has_totp, has_passkey=pending.has_passkey)

    def works_with_passkeys(self, request: Request) -> bool:
        """Return whether passkeys work at the address that the browser has opened."""
        return relying_party(self._settings, request) is not None

    async def pending_options(self, request: Request) -> SecurityResult:
        """Return the options with which a passkey of the account completes the pending sign-in."""
        try:
            await self._attempts.visit(PASSKEY_CHALLENGES_OF_ADDRESS, request)
            options = await sign_in_completion.pending_passkey_options(_pending_secret(request), self._site(request))
        except (Refused, RateLimited) as error:
            return SecurityResult(refusals=_refusals(error, request))
        return SecurityResult(secret=options)

    async def passkey_options(self, request: Request, browser_secret: str) -> SecurityResult:
        """Return the options with which a passkey signs in without password."""
        try:
            await self._attempts.visit(PASSKEY_CHALLENGES_OF_ADDRESS, request)
            options = await sign_in_completion.passkey_options(browser_secret, self._site(request))
        except (Refused, RateLimited) as error:
            return SecurityResult(refusals=_refusals(error, request))
        return SecurityResult(secret=options)

    async def complete_with_code(self, request: Request, code: str) -> SessionResult:
        """Return a session for a code of the app or a recovery code; few wrong ones are allowed."""
        pending = await find_pending(_pending_secret(request))
        if pending is None:
            return SessionResult(None, (refusal("sign_in_is_over", _language(request)),))
        browser, secret = _browser(request), _pending_secret(request)
        return await self._session(
            request,
            lambda: sign_in_completion.complete_with_code(secret, code, self._key, browser),
            self._attempts.code(request, pending.account_id),
        )

    async def complete_with_passkey(self, request: Request, credential: str) -> SessionResult:
        """Return a session for a passkey that signed the challenge of the pending sign-in."""
        browser, secret = _browser(request), _pending_secret(request)
        return await self._session(
            request,
            lambda: sign_in_completion.complete_with_passkey(secret, credential, self._site(request), browser),
            self._attempts.passkey(request),
        )

    async def sign_in_with_passkey(self, request: Request, credential: str) -> SessionResult:
        """Return a session for a passkey alone."""
        browser, secret = _browser(request), _pending_secret(request)
        return await self._session(
            request,
            lambda: sign_in_completion.sign_in_with_passkey(secret, credential, self._site(request), browser),
            self._attempts.passkey(request),
        )

    def new_browser_secret(self) -> str:
        """Return a secret by which a browser is known before it signs in."""
        return new_secret()

    def set_pending_cookie(self, response: Response, secret: str) -> None:
        """Set the cookie that binds a sign-in to this browser."""
        _write_cookie(response, secret, seconds=int(LIFETIME.total_seconds()))

    def clear_pending_cookie(self, response: Response) -> None:
        """Delete that cookie."""
        _write_cookie(response, "", seconds=0)

    async def _session(
        self,
        request: Request,
        sign_in: Callable[[], Awaitable[str]],
        limited: AbstractAsyncContextManager[LimitedAttempt],
    ) -> SessionResult:
        try:
            async with limited as attempt:
                attempt.has_failed = True
                secret = await sign_in()
                attempt.has_failed = False
        except (Refused, RateLimited) as error:
            return SessionResult(None, _refusals(error, request))
        self._authenticator.clear_cache()
        await remember_device(request, secret, self._device_key)
        return SessionResult(secret)

    def _site(self, request: Request) -> RelyingParty:
        site = relying_party(self._settings, request)
        if site is None:
            raise Refused(guard_failed("passkeys_unavailable"))
        return site


def _pending_secret(request: Request) -> str:
    return request.cookies.get(PENDING_COOKIE, "")


def _browser(request: Request) -> Browser:
    return Browser(client=page_client(request), address=client_address(request), previous=session_secret(request))


def _refusals(error: Refused | RateLimited, request: Request) -> tuple[AuthRefusal, ...]:
    language = _language(request)
    return (
        (rate_limit_refusal(error, language),)
        if isinstance(error, RateLimited)
        else translated_refusals(error, language)
    )


def _language(request: Request) -> str:
    named = request.query_params.get("lang", "")
    return named if named in LANGUAGES else preferred_language(request.headers.get("accept-language", ""))


def _write_cookie(response: Response, secret: str, *, seconds: int) -> None:
    response.set_cookie(PENDING_COOKIE, secret, seconds, path="/", secure=True, httponly=True, samesite="lax")
