"""Implementation of the pages' `AuthPort`: sign-in and sessions of the domain, with rate limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import Response

from api.auth.authentication import SESSION_COOKIE, Authenticator, Credential, Principal
from api.auth.rate_limits import (
    FAILED_SIGN_INS_OF_ACCOUNT,
    FAILED_SIGN_INS_OF_ADDRESS,
    INVALID_TOKENS_OF_ADDRESS,
    LINK_VISITS_OF_ADDRESS,
    Limit,
    LimitedAttempt,
    RateLimited,
    RateLimiter,
    client_address,
)
from api.auth.visitors import account_visitor, page_impersonation
from api.error_responses import preferred_language, translate_params
from api.link_visits import link_visit, query_language, unsubscribe_visitor
from domain.access.mailed_links import KEY_PURPOSE
from domain.accounts import unsubscribe
from domain.accounts.bearer_secrets import digest
from domain.accounts.credentials import AuthenticatedAccount, authenticate_link
from domain.accounts.impersonation import stop_impersonation
from domain.accounts.password_change import change_password
from domain.accounts.sessions import MAX_LIFETIME
from domain.accounts.sign_in import change_language, sign_in, sign_out, sign_out_everywhere, switch_role
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.kernel.languages import LANGUAGES
from portal_views.web.auth_port import AuthRefusal, Impersonation, LinkState, MailedLink, SessionResult, Visitor
from settings import Settings


class PageAuth:
    """Authenticates visitors of the pages, and starts, changes and ends their sessions."""

    def __init__(self, settings: Settings, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._link_key = settings.key(KEY_PURPOSE)
        self._unsubscribe_key = settings.key(unsubscribe.KEY_PURPOSE)
        self._authenticator, self._limiter = authenticator, limiter

    async def visitor(self, request: Request) -> Visitor | None:
        """Return the visitor of the session cookie, looked up once a request."""
        seen = await self._principal(request)
        return account_visitor(seen, seen.account) if seen and seen.account else None

    async def mailed_link(self, request: Request, token: str) -> MailedLink | AuthRefusal:
        """Return the state of a mailed link, or a refusal when a client address tries too many.

        The page is in the contact's language unless its URL names another: `?lang=en`.
        """
        if refused := await self._limit_links(request):
            return refused
        state = await authenticate_link(token, self._link_key)
        if state is None:
            return MailedLink(state=LinkState.UNKNOWN, language=self.language(request))
        return link_visit(
            state,
            Credential("link", token),
            query_language(request) or state.language,
            await self._impersonation(request),
        )

    async def unsubscribe_visitor(self, request: Request, token: str) -> Visitor | AuthRefusal | None:
        """Return the contact who unsubscribes; None for an invalid token, a refusal after too many of these."""
        try:
            async with self._limiter.limit_failures(
                Limit(INVALID_TOKENS_OF_ADDRESS, client_address(request))
            ) as attempt:
                actor = await unsubscribe.authenticate_unsubscribe(token, self._unsubscribe_key)
                attempt.has_failed = actor is None
        except RateLimited as often:
            return _rate_limit_refusal(often, self.language(request))
        if actor is None:
            return None
        language = query_language(request) or actor.language
        return unsubscribe_visitor(actor, Credential("link", token), language, await self._impersonation(request))

    def language(self, request: Request) -> str:
        """Return the language of the visitor if looked up, else that of the URL or the browser."""
        seen: Principal | None = getattr(request.state, "seen", None)
        if seen:
            return seen.actor.language
        return query_language(request) or preferred_language(request.headers.get("accept-language", ""))

    async def sign_in(self, request: Request, email: str, password: str) -> SessionResult:
        """Return a new session, or a refusal that does not reveal whether the e-mail address is known."""
        try:
            async with self._limited_sign_in(request, email) as attempt:
                address = client_address(request)
                secret = await sign_in(email, password, address=address, previous=_session_secret(request))
                attempt.has_failed = secret is None
        except RateLimited as often:
            return SessionResult(None, (_rate_limit_refusal(often, self.language(request)),))
        self._authenticator.clear_cache()
        if secret is None:
            return SessionResult(None, (_refusal("wrong_credentials", self.language(request)),))
        return SessionResult(secret)

    async def sign_out(self, request: Request) -> None:
        """End the session of this browser."""
        secret = _session_secret(request)
        if secret:
            await sign_out(secret)
            self._authenticator.clear_cache()

    async def sign_out_everywhere(self, request: Request) -> None:
        """End every session of the visitor."""
        seen = await self._principal(request)
        if seen and seen.account:
            await sign_out_everywhere(seen.account)
            self._authenticator.clear_cache()

    async def stop_impersonation(self, request: Request) -> None:
        """End the impersonation of this session; without one, nothing changes."""
        seen = await self._principal(request)
        if seen and seen.account:
            await stop_impersonation(seen.account.credential_id)
            self._authenticator.clear_cache()

    async def switch_role(self, request: Request, role: str) -> SessionResult:
        """Return a new session in another role of the account."""
        seen, secret = await self._principal(request), _session_secret(request)
        if seen is None or seen.account is None or secret is None:
            return SessionResult(None, (_refusal("session_has_ended", self.language(request)),))
        if role not in seen.account.roles:
            return SessionResult(None, (_refusal("not_your_role", self.language(request)),))
        try:
            return SessionResult(await switch_role(seen.account, secret, Role(role)))
        except Refused as refused:
            return SessionResult(None, _refusals(refused, self.language(request)))
        finally:
            self._authenticator.clear_cache()

    async def change_password(self, request: Request, current: str, new: str) -> SessionResult:
        """Set a new password and return a new session; all others end. Wrong passwords count as at sign-in."""
        seen = await self._principal(request)
        if seen is None or seen.account is None:
            return SessionResult(None, (_refusal("session_has_ended", self.language(request)),))
        if seen.impersonation:
            return SessionResult(None, (_refusal("view_only", self.language(request)),))
        try:
            async with self._limited_sign_in(request, seen.account.email) as attempt:
                return await _change_password(seen.account, current, new, attempt, self.language(request))
        except RateLimited as often:
            return SessionResult(None, (_rate_limit_refusal(often, self.language(request)),))
        finally:
            self._authenticator.clear_cache()

    async def change_language(self, request: Request, language: str) -> None:
        """Set the account's language to German or English; another value changes nothing."""
        seen = await self._principal(request)
        if seen and seen.account and language in LANGUAGES:
            await change_language(seen.account, language)
            self._authenticator.clear_cache()

    def set_session_cookie(self, response: Response, secret: str) -> None:
        """Set the session cookie; the server decides how long the session is valid."""
        _write_cookie(response, secret, seconds=int(MAX_LIFETIME.total_seconds()))

    def clear_session_cookie(self, response: Response) -> None:
        """Delete the session cookie."""
        _write_cookie(response, "", seconds=0)

    async def _limit_links(self, request: Request) -> AuthRefusal | None:
        try:
            await self._limiter.hit(Limit(LINK_VISITS_OF_ADDRESS, client_address(request)))
        except RateLimited as often:
            return _rate_limit_refusal(often, self.language(request))
        return None

    async def _impersonation(self, request: Request) -> Impersonation | None:
        seen = await self._principal(request)
        return page_impersonation(seen) if seen else None

    async def _principal(self, request: Request) -> Principal | None:
        if not hasattr(request.state, "seen"):
            secret = _session_secret(request)
            credential = Credential("session", secret) if secret else None
            request.state.seen = await self._authenticator.authenticate(credential)
        seen: Principal | None = request.state.seen
        return seen

    @asynccontextmanager
    async def _limited_sign_in(self, request: Request, email: str) -> AsyncIterator[LimitedAttempt]:
        of_account = Limit(FAILED_SIGN_INS_OF_ACCOUNT, digest(email.strip().lower()))
        of_address = Limit(FAILED_SIGN_INS_OF_ADDRESS, client_address(request))
        async with self._limiter.limit_failures(of_account, of_address) as attempt:
            yield attempt


def _write_cookie(response: Response, secret: str, *, seconds: int) -> None:
    response.set_cookie(SESSION_COOKIE, secret, seconds, path="/", secure=True, httponly=True, samesite="lax")


async def _change_password(
    account: AuthenticatedAccount, current: str, new: str, attempt: LimitedAttempt, language: str
) -> SessionResult:
    try:
        return SessionResult(await change_password(account, current, new))
    except Refused as refused:
        attempt.has_failed = any(refusal.reason == "wrong_password" for refusal in refused.refusals)
        return SessionResult(None, _refusals(refused, language))


def _session_secret(request: Request) -> str | None:
    return request.cookies.get(SESSION_COOKIE) or None


def _refusal(code: str, language: str) -> AuthRefusal:
    return AuthRefusal(code, i18n.translate(language, f"reason.{code}"))


def _refusals(refused: Refused, language: str) -> tuple[AuthRefusal, ...]:
    return tuple(
        AuthRefusal(each.reason, translate_params(language, f"reason.{each.reason}", each.params))
        for each in refused.refusals
    )


def _rate_limit_refusal(often: RateLimited, language: str) -> AuthRefusal:
    text = i18n.translate(language, "reason.too_many_attempts", seconds=often.seconds)
    return AuthRefusal("too_many_attempts", text, retry_after_seconds=often.seconds)
