"""Ports for the security of one's own account and for the second step of a sign-in; the API implements them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from portal_views.web.ports.auth import AuthRefusal, SessionResult


@dataclass(frozen=True, kw_only=True)
class SessionItem:
    """One signed-in browser; instants are ISO 8601 texts."""

    id: str
    device: str
    network: str
    role: str
    created_at: str
    last_used_at: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class TokenItem:
    """One bearer token; `last_used_at` is empty for one that was never used."""

    id: str
    name: str
    role: str
    scope: str
    created_at: str
    expires_at: str
    last_used_at: str


@dataclass(frozen=True, kw_only=True)
class PasskeyItem:
    """One passkey; `last_used_at` is empty for one that was never used."""

    id: str
    name: str
    created_at: str
    last_used_at: str


@dataclass(frozen=True, kw_only=True)
class SecurityOverview:
    """Everything the security page shows, with the instant and the zone in which it is written.

    `passkey_address` is the address at which passkeys work when they do not work at this one.
    """

    now: str
    zone: str
    sessions: Sequence[SessionItem]
    tokens: Sequence[TokenItem]
    passkeys: Sequence[PasskeyItem]
    has_totp: bool
    recovery_codes_left: int
    is_required: bool
    passkey_address: str | None = None

    @property
    def has_factor(self) -> bool:
        return self.has_totp or bool(self.passkeys)


@dataclass(frozen=True)
class TotpSetup:
    """What an app needs: the secret as text, and a QR code as the address of an image."""

    secret: str
    image: str


@dataclass(frozen=True, kw_only=True)
class ProtectedAccountItem:
    """Another account with a second factor, for administrators."""

    id: str
    name: str
    email: str
    has_totp: bool
    has_passkey: bool


@dataclass(frozen=True, kw_only=True)
class SecurityResult:
    """The outcome of a change: refusals, or what is shown once: recovery codes, a token, options for a passkey."""

    refusals: tuple[AuthRefusal, ...] = ()
    recovery_codes: Sequence[str] = ()
    secret: str = ""

    @property
    def needs_confirmation(self) -> bool:
        """Whether the change is possible once the password was entered again."""
        return any(refusal.code == "confirmation_is_needed" for refusal in self.refusals)


class SecurityPort(Protocol):
    """Shows and changes the security of the visitor's own account; the last two methods are for administrators."""

    async def overview(self, request: Request) -> SecurityOverview | None: ...

    async def is_confirmed(self, request: Request) -> bool: ...

    async def confirm(self, request: Request, password: str) -> SecurityResult: ...

    async def end_session(self, request: Request, session_id: str) -> SecurityResult: ...

    async def create_token(
        self, request: Request, *, name: str, role: str, scope: str, days: str
    ) -> SecurityResult: ...

    async def revoke_token(self, request: Request, token_id: str) -> SecurityResult: ...

    async def set_up_totp(self, request: Request) -> SecurityResult: ...

    async def totp_setup(self, request: Request) -> TotpSetup | None: ...

    async def confirm_totp(self, request: Request, code: str) -> SecurityResult: ...

    async def remove_totp(self, request: Request) -> SecurityResult: ...

    async def passkey_options(self, request: Request) -> SecurityResult: ...

    async def add_passkey(self, request: Request, *, name: str, credential: str) -> SecurityResult: ...

    async def remove_passkey(self, request: Request, passkey_id: str) -> SecurityResult: ...

    async def renew_recovery_codes(self, request: Request) -> SecurityResult: ...

    async def protected_accounts(self, request: Request) -> Sequence[ProtectedAccountItem] | None: ...

    async def reset_second_factors(self, request: Request, account_id: str) -> SecurityResult: ...


@dataclass(frozen=True, kw_only=True)
class PendingStep:
    """The factors with which the pending sign-in of a browser can be completed, beside recovery codes."""

    language: str
    has_totp: bool
    has_passkey: bool


class SecondStepPort(Protocol):
    """Completes a sign-in: after the password by a second factor, or by a passkey alone."""

    async def pending(self, request: Request) -> PendingStep | None: ...

    def works_with_passkeys(self, request: Request) -> bool: ...

    async def pending_options(self, request: Request) -> SecurityResult: ...

    async def complete_with_code(self, request: Request, code: str) -> SessionResult: ...

    async def complete_with_passkey(self, request: Request, credential: str) -> SessionResult: ...

    async def passkey_options(self, request: Request, browser_secret: str) -> SecurityResult: ...

    async def sign_in_with_passkey(self, request: Request, credential: str) -> SessionResult: ...

    def new_browser_secret(self) -> str: ...

    def set_pending_cookie(self, response: Response, secret: str) -> None: ...

    def clear_pending_cookie(self, response: Response) -> None: ...
