"""Implementation of the pages' `AuthPort`: sign-in and sessions of the domain, with rate limits."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from api.auth.attempt_limits import AttemptLimits
from api.auth.authentication import SESSION_COOKIE, Authenticator, Credential, Principal
from api.auth.known_device import remember_device
from api.auth.page_refusals import rate_limit_refusal, refusal, translated_refusals
from api.auth.page_request import page_client, page_principal, session_secret
from api.auth.rate_limits import (
    INVALID_TOKENS_OF_ADDRESS,
    LINK_VISITS_OF_ADDRESS,
    NEW_STATUS_LINKS_OF_CONTACT,
    Limit,
    LimitedAttempt,
    RateLimited,
    RateLimiter,
    client_address,
)
from api.auth.visitors import account_visitor, page_impersonation
from api.error_responses import preferred_language
from api.link_visits import link_visit, offers_new_link, query_language, unsubscribe_visitor
from domain.access.mailed_links import KEY_PURPOSE
from domain.access.model import LinkPurpose
from domain.accounts import unsubscribe
from domain.accounts.authentication import known_devices
from domain.accounts.authentication.clients import Client
from domain.accounts.authentication.credentials import AuthenticatedAccount, authenticate_link
from domain.accounts.authentication.password_change import PasswordChange, change_password
from domain.accounts.authentication.sessions import MAX_LIFETIME
from domain.accounts.authentication.sign_in import sign_in, sign_out, sign_out_everywhere, switch_role
from domain.accounts.impersonation import stop_impersonation
from domain.accounts.second_factors.pending_sign_in import SecondFactorRequired
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import CLOCK, Role
from domain.kernel.errors import Refused
from domain.kernel.languages import LANGUAGES
from domain.self_service.profile import change_language
from portal_views.web.ports.auth import AuthRefusal, Impersonation, LinkState, MailedLink, SessionResult, Visitor
from settings import Settings


class PageAuth:
    """Authenticates visitors of the pages, and starts, changes and ends their sessions."""

    def __init__(self, settings: Settings, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._link_key = settings.key(KEY_PURPOSE)
        self._unsubscribe_key = settings.key(unsubscribe.KEY_PURPOSE)
        self._device_key = settings.key(known_devices.KEY_PURPOSE)
        self._authenticator, self._limiter = authenticator, limiter
        self._attempts = AttemptLimits(settings, limiter)

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
        visit = link_visit(
            state,
            Credential("link", token),
            query_language(request) or state.language,
            await self._impersonation(request),
        )
        if state.purpose is not LinkPurpose.STATUS:
            return visit
        return replace(visit, mail_choice_path=f"/u/{unsubscribe.token(state.contact_id, self._unsubscribe_key)}")

    async def send_status_link(self, request: Request, token: str) -> AuthRefusal | None:
        """Mail the contact of an expired status link a new one, to the address on file; for others nothing happens.

        Returns a refusal after too many. The answer tells nothing about the address.
        """
        if await self._impersonation(request):
            return refusal("view_only", self.language(request))
        link = await authenticate_link(token, self._link_key)
        if link is None or not offers_new_link(link):
            return None
        try:
            await self._limiter.hit(Limit(NEW_STATUS_LINKS_OF_CONTACT, str(link.contact_id)))
        except RateLimited as often:
            return rate_limit_refusal(often, self.language(request))
        await execute(Command(noun="contact", move="sendStatusLink", subject_id=link.contact_id), CLOCK)
        return None

    async def unsubscribe_visitor(self, request: Request, token: str) -> Visitor | AuthRefusal | None:
        """Return the contact who unsubscribes; None for an invalid token, a refusal after too many of these."""
        try:
            async with self._limiter.limit_failures(
                Limit(INVALID_TOKENS_OF_ADDRESS, client_address(request))
            ) as attempt:
                actor = await unsubscribe.authenticate_unsubscribe(token, self._unsubscribe_key)
                attempt.has_failed = actor is None
        except RateLimited as often:
            return rate_limit_refusal(often, self.language(request))
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
        """Return a new session, or a refusal that does not reveal whether the e-mail address is known.

        The result is pending when the password was right and the account has a second factor.
        """
        try:
            async with self._attempts.sign_in(request, email) as attempt:
                secret = await sign_in(
                    email,
                    password,
                    address=client_address(request),
                    previous=session_secret(request),
                    client=page_client(request),
                )
                attempt.has_failed = secret is None
        except SecondFactorRequired as required:
            return SessionResult(None, pending_secret=required.secret)
        except RateLimited as often:
            return SessionResult(None, (rate_limit_refusal(often, self.language(request)),))
        self._authenticator.clear_cache()
        if secret is None:
            return SessionResult(None, (refusal("wrong_credentials", self.language(request)),))
        await remember_device(request, secret, self._device_key)
        return SessionResult(secret)

    async def sign_out(self, request: Request) -> None:
        """End the session of this browser."""
        secret = session_secret(request)
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
        seen, secret = await self._principal(request), session_secret(request)
        if seen is None or seen.account is None or secret is None:
            return SessionResult(None, (refusal("session_has_ended", self.language(request)),))
        if role not in seen.account.roles:
            return SessionResult(None, (refusal("not_your_role", self.language(request)),))
        try:
            return SessionResult(await switch_role(seen.account, secret, Role(role)))
        except Refused as refused:
            return SessionResult(None, translated_refusals(refused, self.language(request)))
        finally:
            self._authenticator.clear_cache()

    async def change_password(self, request: Request, current: str, new: str, *, keeps_tokens: bool) -> SessionResult:
        """Set a new password and return a new session; all others end. Wrong passwords count as at sign-in."""
        change = PasswordChange(current=current, new=new, keeps_tokens=keeps_tokens)
        seen = await self._principal(request)
        if seen is None or seen.account is None:
            return SessionResult(None, (refusal("session_has_ended", self.language(request)),))
        if seen.impersonation:
            return SessionResult(None, (refusal("view_only", self.language(request)),))
        try:
            async with self._attempts.sign_in(request, seen.account.email) as attempt:
                result = await _change_password(
                    seen.account, change, attempt, self.language(request), page_client(request)
                )
            await remember_device(request, result.session_secret, self._device_key)
            return result
        except RateLimited as often:
            return SessionResult(None, (rate_limit_refusal(often, self.language(request)),))
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
            await self._attempts.visit(LINK_VISITS_OF_ADDRESS, request)
        except RateLimited as often:
            return rate_limit_refusal(often, self.language(request))
        return None

    async def _impersonation(self, request: Request) -> Impersonation | None:
        seen = await self._principal(request)
        return page_impersonation(seen) if seen else None

    async def _principal(self, request: Request) -> Principal | None:
        return await page_principal(request, self._authenticator)


def _write_cookie(response: Response, secret: str, *, seconds: int) -> None:
    response.set_cookie(SESSION_COOKIE, secret, seconds, path="/", secure=True, httponly=True, samesite="lax")


async def _change_password(
    account: AuthenticatedAccount, change: PasswordChange, attempt: LimitedAttempt, language: str, client: Client
) -> SessionResult:
    try:
        return SessionResult(await change_password(account, change, client))
    except Refused as refused:
        attempt.has_failed = any(each.reason == "wrong_password" for each in refused.refusals)
        return SessionResult(None, translated_refusals(refused, language))
