"""Implementation of the pages' `SecurityPort`: the security of the visitor's own account."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import segno
from starlette.requests import Request

from api.auth import security_items
from api.auth.attempt_limits import AttemptLimits
from api.auth.authentication import Authenticator, Principal
from api.auth.page_refusals import rate_limit_refusal, refusal, translated_refusals
from api.auth.page_request import page_client, page_principal
from api.auth.rate_limits import RateLimited, RateLimiter
from api.auth.relying_party import passkey_address, relying_party
from api.error_responses import preferred_language
from domain.accounts.authentication.api_tokens import NewToken, create_token, list_tokens, revoke_token
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.accounts.authentication.session_list import confirm_session, end_listed_session, is_confirmed, list_sessions
from domain.accounts.model import TokenScope
from domain.accounts.second_factors import own_factors, reset
from domain.accounts.second_factors.encryption import KEY_PURPOSE
from domain.accounts.second_factors.passkeys import RelyingParty
from domain.kernel.actors import Role
from domain.kernel.errors import Refused, guard_failed, not_found
from domain.operator.zone import read_zone
from portal_views.web.ports.security import ProtectedAccountItem, SecurityOverview, SecurityResult, TotpSetup
from settings import Settings

QR_MODULE_PIXELS = 5
Change = Callable[[AuthenticatedAccount], Awaitable[SecurityResult]]


class PageSecurity:
    """Shows and changes what protects the visitor's account. During an impersonation nothing of it exists."""

    def __init__(self, settings: Settings, authenticator: Authenticator, limiter: RateLimiter) -> None:
        self._settings, self._key = settings, settings.key(KEY_PURPOSE)
        self._authenticator, self._attempts = authenticator, AttemptLimits(settings, limiter)

    async def overview(self, request: Request) -> SecurityOverview | None:
        """Return everything the page shows, or None without a session of one's own."""
        account = await self._account(request)
        if account is None:
            return None
        factors = await own_factors.read_factors(account)
        has_passkeys_here = relying_party(self._settings, request) is not None
        return SecurityOverview(
            now=datetime.now(UTC).isoformat(),
            zone=await read_zone(),
            sessions=security_items.sessions(await list_sessions(account)),
            tokens=security_items.tokens(await list_tokens(account)),
            passkeys=security_items.passkeys(factors.passkeys),
            has_totp=factors.has_totp,
            recovery_codes_left=factors.recovery_codes_left,
            is_required=factors.is_required,
            passkey_address=None if has_passkeys_here else passkey_address(self._settings, request),
        )

    async def is_confirmed(self, request: Request) -> bool:
        """Return whether security can be changed without entering the password again."""
        account = await self._account(request)
        return account is not None and await is_confirmed(account)

    async def confirm(self, request: Request, password: str) -> SecurityResult:
        """Confirm by the password that it is still the same person; wrong ones count as at sign-in."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            async with self._attempts.sign_in(request, account.email) as attempt:
                attempt.has_failed = True
                await confirm_session(account, password)
                attempt.has_failed = False
            return SecurityResult()

        return await self._change(request, change)

    async def end_session(self, request: Request, session_id: str) -> SecurityResult:
        """End one of the account's sessions."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await end_listed_session(account, _uuid(session_id))
            return SecurityResult()

        return await self._change(request, change)

    async def create_token(self, request: Request, *, name: str, role: str, scope: str, days: str) -> SecurityResult:
        """Create a bearer token and return its secret, which is shown once."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            token = NewToken(
                name=name.strip(),
                role=Role(role) if role in set(Role) else Role.CLOCK,
                scope=TokenScope.FULL if scope == TokenScope.FULL else TokenScope.READ,
                lifetime=timedelta(days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0),
            )
            return SecurityResult(secret=await create_token(account, token, page_client(request)))

        return await self._change(request, change)

    async def revoke_token(self, request: Request, token_id: str) -> SecurityResult:
        """End one of the account's tokens."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await revoke_token(account, _uuid(token_id))
            return SecurityResult()

        return await self._change(request, change)

    async def set_up_totp(self, request: Request) -> SecurityResult:
        """Make the secret of an app, to be confirmed by its first code."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await own_factors.set_up_totp(account, self._key)
            return SecurityResult()

        return await self._change(request, change)

    async def totp_setup(self, request: Request) -> TotpSetup | None:
        """Return the secret that waits for its first code, or None."""
        account = await self._account(request)
        try:
            setup = await own_factors.read_totp_setup(account, self._key) if account else None
        except Refused:
            return None
        if setup is None:
            return None
        image = segno.make(setup.uri, error="m").svg_data_uri(scale=QR_MODULE_PIXELS, light="#fff")
        return TotpSetup(setup.secret, image)

    async def confirm_totp(self, request: Request, code: str) -> SecurityResult:
        """Confirm the app by a code; wrong ones count as at sign-in."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            async with self._attempts.code(request, account.account_id) as attempt:
                try:
                    codes = await own_factors.confirm_totp(account, code, self._key, page_client(request))
                except Refused as refused:
                    attempt.has_failed = any(each.reason == "wrong_first_code" for each in refused.refusals)
                    raise
            return SecurityResult(recovery_codes=codes)

        return await self._change(request, change)

    async def remove_totp(self, request: Request) -> SecurityResult:
        """Remove the app."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await own_factors.remove_totp(account, page_client(request))
            return SecurityResult()

        return await self._change(request, change)

    async def passkey_options(self, request: Request) -> SecurityResult:
        """Return the options with which the browser makes a passkey."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            return SecurityResult(secret=await own_factors.passkey_options(account, self._site(request)))

        return await self._change(request, change)

    async def add_passkey(self, request: Request, *, name: str, credential: str) -> SecurityResult:
        """Add the passkey that the browser has made."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            codes = await own_factors.add_passkey(
                account, self._site(request), name=name, credential=credential, client=page_client(request)
            )
            return SecurityResult(recovery_codes=codes)

        return await self._change(request, change)

    async def remove_passkey(self, request: Request, passkey_id: str) -> SecurityResult:
        """Remove one passkey."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await own_factors.remove_passkey(account, _uuid(passkey_id), page_client(request))
            return SecurityResult()

        return await self._change(request, change)

    async def renew_recovery_codes(self, request: Request) -> SecurityResult:
        """Replace the recovery codes by new ones, which are shown once."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            return SecurityResult(recovery_codes=await own_factors.renew_recovery_codes(account, page_client(request)))

        return await self._change(request, change)

    async def protected_accounts(self, request: Request) -> Sequence[ProtectedAccountItem] | None:
        """Return the other accounts with a second factor, or None to visitors who are no administrators."""
        account = await self._account(request)
        try:
            found = await reset.list_protected_accounts(account) if account else None
        except Refused:
            return None
        return None if found is None else security_items.protected_accounts(found)

    async def reset_second_factors(self, request: Request, account_id: str) -> SecurityResult:
        """Remove all second factors of another account."""

        async def change(account: AuthenticatedAccount) -> SecurityResult:
            await reset.reset_second_factors(account, _uuid(account_id), page_client(request))
            return SecurityResult()

        return await self._change(request, change)

    async def _change(self, request: Request, change: Change) -> SecurityResult:
        principal, account = await page_principal(request, self._authenticator), await self._account(request)
        language = _language(request, principal)
        if account is None:
            return SecurityResult(refusals=(refusal("session_has_ended", language),))
        try:
            return await change(account)
        except Refused as refused:
            return SecurityResult(refusals=translated_refusals(refused, language))
        except RateLimited as often:
            return SecurityResult(refusals=(rate_limit_refusal(often, language),))
        finally:
            self._authenticator.clear_cache()

    async def _account(self, request: Request) -> AuthenticatedAccount | None:
        principal = await page_principal(request, self._authenticator)
        return None if principal is None or principal.impersonation else principal.account

    def _site(self, request: Request) -> RelyingParty:
        site = relying_party(self._settings, request)
        if site is None:
            raise Refused(guard_failed("passkeys_unavailable"))
        return site


def _language(request: Request, principal: Principal | None) -> str:
    return principal.actor.language if principal else preferred_language(request.headers.get("accept-language", ""))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise not_found() from None
