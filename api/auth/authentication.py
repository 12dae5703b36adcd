"""Authentication of a request by its session cookie, bearer token or mailed link."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from domain.access.mailed_links import KEY_PURPOSE, token
from domain.access.model import LinkPurpose
from domain.accounts.authentication.credentials import (
    AuthenticatedAccount,
    authenticate_link,
    authenticate_session,
    authenticate_token,
)
from domain.accounts.authentication.last_use import record_use
from domain.accounts.authentication.sessions import EXTENSION_INTERVAL, IDLE_LIFETIME, extend_session
from domain.accounts.impersonation import Impersonation, stop_impersonation
from domain.engine.after_commit import CommittedChanges
from domain.kernel.actors import Actor
from settings import Settings

SESSION_COOKIE = "__Host-werkstand"
CACHE_SECONDS = 0.5
MAX_CACHED = 10_000
# The mailed links whose pages show files.
PURPOSES_WITH_FILES = (LinkPurpose.REVIEW, LinkPurpose.REPLY)


@dataclass(frozen=True)
class Credential:
    """The secret a request authenticates with, and its kind."""

    kind: Literal["session", "token", "link"]
    secret: str


@dataclass(frozen=True, kw_only=True)
class Principal:
    """The authenticated sender of a request. `account` is None for a mailed link.

    While a session impersonates a customer, `actor` is that customer, read-only, and `impersonator` is the
    principal of the account itself.
    """

    actor: Actor
    credential: Credential
    account: AuthenticatedAccount | None = None

    @property
    def must_change_password(self) -> bool:
        return self.account is not None and self.account.must_change_password

    @property
    def must_add_second_factor(self) -> bool:
        return self.account is not None and self.account.must_add_second_factor

    @property
    def has_reading_token(self) -> bool:
        """Whether the sender is a bearer token that only reads."""
        return self.credential.kind == "token" and self.actor.read_only

    def answered_in(self, named_language: str | None) -> "Principal":
        """The same principal, in the language that a request with a bearer token names; people have their setting."""
        if named_language in (None, self.actor.language) or self.credential.kind != "token":
            return self
        return replace(self, actor=replace(self.actor, language=named_language))

    @property
    def impersonation(self) -> Impersonation | None:
        """The impersonation of this session, or None."""
        return self.account.impersonation if self.account else None

    @property
    def impersonator(self) -> "Principal":
        """The same principal without its impersonation."""
        if self.account is None or self.account.impersonation is None:
            return self
        return replace(self, actor=self.account.actor, account=replace(self.account, impersonation=None))


def request_credential(headers: Headers) -> Credential | None:
    """The credential of a request. An Authorization header counts alone, even when it is wrong."""
    authorization = headers.get("authorization")
    if authorization is not None:
        return parse_authorization(authorization)
    secret = cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE)
    return Credential("session", secret) if secret else None


def parse_authorization(authorization: str) -> Credential | None:
    """The credential of an Authorization header: `Bearer <token>` or `Link <token>`."""
    scheme, _, secret = authorization.strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return Credential("token", secret.strip())
        case "link":
            return Credential("link", secret.strip())
        case _:
            return None


class Authenticator:
    """Looks up credentials and caches accounts for less than a second, to spare busy clients lookups.

    The end of a session takes effect at once in this process and after that second in others. Links are never
    cached.
    """

    def __init__(self, settings: Settings) -> None:
        self._link_key = settings.key(KEY_PURPOSE)
        self._cached: dict[Credential, tuple[float, Principal]] = {}

    async def authenticate(self, credential: Credential | None) -> Principal | None:
        """Return the principal of a credential, or None when it is not valid."""
        if credential is None:
            return None
        until, principal = self._cached.get(credential, (0.0, None))
        if principal is not None and time.monotonic() < until:
            return principal
        return await self.authenticate_uncached(credential)

    async def authenticate_uncached(self, credential: Credential) -> Principal | None:
        """Return the principal of a credential without using the cache."""
        self._cached.pop(credential, None)
        if credential.kind == "link":
            return await self._authenticate_link(credential)
        authenticate = authenticate_session if credential.kind == "session" else authenticate_token
        account = await authenticate(credential.secret)
        if account is None:
            return None
        await record_use(credential.kind, account.credential_id, account.last_used_at)
        if credential.kind == "session":
            await _extend_session(account)
            await _end_forbidden_impersonation(account)
        actor = account.impersonation.actor if account.impersonation else account.actor
        return self._cache(Principal(actor=actor, credential=credential, account=account))

    async def authenticate_file_link(self, link_id: UUID) -> Principal | None:
        """The principal of a mailed link that leads to files, where a signed address names the link."""
        for purpose in PURPOSES_WITH_FILES:
            secret = token(link_id, purpose, self._link_key)
            principal = await self._authenticate_link(Credential("link", secret))
            if principal is not None:
                return principal
        return None

    async def on_commit(self, changes: CommittedChanges) -> None:
        """Forget all cached principals when an account was moved in this process."""
        if "account" in changes.nouns:
            self.clear_cache()

    def clear_cache(self) -> None:
        """Forget all cached principals, because a session or an account has changed."""
        self._cached.clear()

    def evict(self, credential: Credential) -> None:
        """Forget one cached principal, because a move may have started or ended an impersonation."""
        self._cached.pop(credential, None)

    async def _authenticate_link(self, credential: Credential) -> Principal | None:
        state = await authenticate_link(credential.secret, self._link_key)
        if state is None or state.actor is None:
            return None
        return Principal(actor=state.actor, credential=credential)

    def _cache(self, principal: Principal) -> Principal:
        if len(self._cached) >= MAX_CACHED:
            self._cached.clear()
        self._cached[principal.credential] = (time.monotonic() + CACHE_SECONDS, principal)
        return principal


async def _extend_session(account: AuthenticatedAccount) -> None:
    """Extend a session in use, at most once an hour, unless it impersonates a customer."""
    if (
        account.impersonation is None
        and account.expires_at
        and account.expires_at - datetime.now(UTC) < IDLE_LIFETIME - EXTENSION_INTERVAL
    ):
        await extend_session(account.credential_id)


async def _end_forbidden_impersonation(account: AuthenticatedAccount) -> None:
    """End an impersonation that is no longer allowed, so that it does not resume when it is allowed again."""
    if account.impersonation_ended:
        await stop_impersonation(account.credential_id)
