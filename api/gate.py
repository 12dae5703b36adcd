"""Sign-in for the pages: the protocol of `portal_views.gate`, answered by the domain, guarded by limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import Response

from api.link_visits import asked_language, unsubscriber, visit
from api.rate_limits import (
    FAILED_SIGN_INS_OF_ACCOUNT,
    FAILED_SIGN_INS_OF_ADDRESS,
    LINKS_OF_ADDRESS,
    NO_TOKENS_OF_ADDRESS,
    Attempt,
    Limit,
    Limiter,
    TooOften,
    address_of,
)
from api.recognise import COOKIE, Credential, Recogniser, Seen
from api.refusals import preferred_language, sentence
from api.visitors import shown_view, visitor_of
from domain.access.mailed_links import KEY_PURPOSE
from domain.accounts import unsubscribing
from domain.accounts.actors import Recognised, link_state
from domain.accounts.bearer import digest
from domain.accounts.change_password import change_password
from domain.accounts.sessions import LONGEST
from domain.accounts.sign_in import change_language, sign_in, sign_out, sign_out_everywhere, switch_role
from domain.accounts.viewing import leave_view
from domain.kernel import i18n
from domain.kernel.actors import Role
from domain.kernel.errors import Refused
from domain.kernel.languages import LANGUAGES
from portal_views.gate import LinkState, LinkVisit, Pass, Refusal, View, Visitor
from settings import Settings


class ApplicationGate:
    """Recognises visitors of the pages and lets them in and out."""

    def __init__(self, settings: Settings, recogniser: Recogniser, limiter: Limiter) -> None:
        self._link_key = settings.key(KEY_PURPOSE)
        self._unsubscribe_key = settings.key(unsubscribing.KEY_PURPOSE)
        self._recogniser, self._limiter = recogniser, limiter

    async def visitor(self, request: Request) -> Visitor | None:
        """Whoever the session cookie belongs to, looked up once a request."""
        seen = await self._seen(request)
        return visitor_of(seen, seen.account) if seen and seen.account else None

    async def link_visit(self, request: Request, token: str) -> LinkVisit | Refusal:
        """What a mailed link opens, or why it does not; refused when an address tries too many.

        The page speaks the contact's language unless its address asks for another: `?lang=en`.
        """
        if refused := await self._one_link_more(request):
            return refused
        state = await link_state(token, self._link_key)
        if state is None:
            return LinkVisit(state=LinkState.UNKNOWN, language=self.language(request))
        return visit(
            state, Credential("link", token), asked_language(request) or state.language, await self._view(request)
        )

    async def unsubscriber(self, request: Request, token: str) -> Visitor | Refusal | None:
        """The contact whose mails this page ends; None for no such token, refused when somebody tries too many such."""
        try:
            async with self._limiter.failures(Limit(NO_TOKENS_OF_ADDRESS, address_of(request))) as attempt:
                actor = await unsubscribing.unsubscribing_actor(token, self._unsubscribe_key)
                attempt.has_failed = actor is None
        except TooOften as often:
            return _too_often(often, self.language(request))
        if actor is None:
            return None
        language = asked_language(request) or actor.language
        return unsubscriber(actor, Credential("link", token), language, await self._view(request))

    def language(self, request: Request) -> str:
        """The visitor's language once looked up, else what the address asks for or the browser prefers."""
        seen: Seen | None = getattr(request.state, "seen", None)
        if seen:
            return seen.actor.language
        return asked_language(request) or preferred_language(request.headers.get("accept-language", ""))

    async def sign_in(self, request: Request, email: str, password: str) -> Pass:
        """A new session, or one sentence that does not tell whether the address is known."""
        try:
            async with self._attempt(request, email) as attempt:
                address = address_of(request)
                secret = await sign_in(email, password, address=address, previous=_secret(request))
                attempt.has_failed = secret is None
        except TooOften as often:
            return Pass(None, (_too_often(often, self.language(request)),))
        self._recogniser.forget()
        if secret is None:
            return Pass(None, (_refusal("wrong_credentials", self.language(request)),))
        return Pass(secret)

    async def sign_out(self, request: Request) -> None:
        """End the session of this browser."""
        secret = _secret(request)
        if secret:
            await sign_out(secret)
            self._recogniser.forget()

    async def sign_out_everywhere(self, request: Request) -> None:
        """End every session of whoever asks."""
        seen = await self._seen(request)
        if seen and seen.account:
            await sign_out_everywhere(seen.account)
            self._recogniser.forget()

    async def leave_view(self, request: Request) -> None:
        """See with one's own eyes again; whoever does already goes on doing so."""
        seen = await self._seen(request)
        if seen and seen.account:
            await leave_view(seen.account.credential_id)
            self._recogniser.forget()

    async def switch_role(self, request: Request, role: str) -> Pass:
        """Act in another role, in a new session."""
        seen, secret = await self._seen(request), _secret(request)
        if seen is None or seen.account is None or secret is None:
            return Pass(None, (_refusal("session_has_ended", self.language(request)),))
        if role not in seen.account.roles:
            return Pass(None, (_refusal("not_your_role", self.language(request)),))
        try:
            return Pass(await switch_role(seen.account, secret, Role(role)))
        except Refused as refused:
            return Pass(None, _refusals(refused, self.language(request)))
        finally:
            self._recogniser.forget()

    async def change_password(self, request: Request, current: str, new: str) -> Pass:
        """A new password and a new session; all others end. Guesses are limited as at sign-in."""
        seen = await self._seen(request)
        if seen is None or seen.account is None:
            return Pass(None, (_refusal("session_has_ended", self.language(request)),))
        if seen.view:
            return Pass(None, (_refusal("view_only", self.language(request)),))
        try:
            async with self._attempt(request, seen.account.email) as attempt:
                return await _changed(seen.account, current, new, attempt, self.language(request))
        except TooOften as often:
            return Pass(None, (_too_often(often, self.language(request)),))
        finally:
            self._recogniser.forget()

    async def change_language(self, request: Request, language: str) -> None:
        """Speak German or English with this account from now on; anything else changes nothing."""
        seen = await self._seen(request)
        if seen and seen.account and language in LANGUAGES:
            await change_language(seen.account, language)
            self._recogniser.forget()

    def keep(self, response: Response, secret: str) -> None:
        """Put the session into the browser; how long it is valid is decided on the server."""
        _put(response, secret, seconds=int(LONGEST.total_seconds()))

    def forget(self, response: Response) -> None:
        """Take the session out of the browser."""
        _put(response, "", seconds=0)

    async def _one_link_more(self, request: Request) -> Refusal | None:
        try:
            await self._limiter.count(Limit(LINKS_OF_ADDRESS, address_of(request)))
        except TooOften as often:
            return _too_often(often, self.language(request))
        return None

    async def _view(self, request: Request) -> View | None:
        seen = await self._seen(request)
        return shown_view(seen) if seen else None

    async def _seen(self, request: Request) -> Seen | None:
        if not hasattr(request.state, "seen"):
            secret = _secret(request)
            credential = Credential("session", secret) if secret else None
            request.state.seen = await self._recogniser.who(credential)
        seen: Seen | None = request.state.seen
        return seen

    @asynccontextmanager
    async def _attempt(self, request: Request, email: str) -> AsyncIterator[Attempt]:
        of_account = Limit(FAILED_SIGN_INS_OF_ACCOUNT, digest(email.strip().lower()))
        of_address = Limit(FAILED_SIGN_INS_OF_ADDRESS, address_of(request))
        async with self._limiter.failures(of_account, of_address) as attempt:
            yield attempt


def _put(response: Response, secret: str, *, seconds: int) -> None:
    response.set_cookie(COOKIE, secret, seconds, path="/", secure=True, httponly=True, samesite="lax")


async def _changed(account: Recognised, current: str, new: str, attempt: Attempt, language: str) -> Pass:
    try:
        return Pass(await change_password(account, current, new))
    except Refused as refused:
        attempt.has_failed = any(refusal.reason == "wrong_password" for refusal in refused.refusals)
        return Pass(None, _refusals(refused, language))


def _secret(request: Request) -> str | None:
    return request.cookies.get(COOKIE) or None


def _refusal(code: str, language: str) -> Refusal:
    return Refusal(code, i18n.translate(language, f"reason.{code}"))


def _refusals(refused: Refused, language: str) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(each.reason, sentence(language, f"reason.{each.reason}", each.params)) for each in refused.refusals
    )


def _too_often(often: TooOften, language: str) -> Refusal:
    text = i18n.translate(language, "reason.too_many_attempts", seconds=often.seconds)
    return Refusal("too_many_attempts", text, retry_after_seconds=often.seconds)
