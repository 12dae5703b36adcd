"""Conversion of sessions, tokens and passkeys into the items that the security page shows."""

from collections.abc import Sequence
from datetime import datetime

from domain.accounts.authentication.api_tokens import ListedToken
from domain.accounts.authentication.session_list import ListedSession
from domain.accounts.second_factors.passkeys import ListedPasskey
from domain.accounts.second_factors.reset import ProtectedAccount
from portal_views.web.ports.security import PasskeyItem, ProtectedAccountItem, SessionItem, TokenItem


def sessions(listed: Sequence[ListedSession]) -> Sequence[SessionItem]:
    """Return the items of sessions."""
    return [
        SessionItem(
            id=str(each.id),
            device=each.client.device,
            network=each.client.network,
            role=each.role,
            created_at=each.created_at.isoformat(),
            last_used_at=each.last_used_at.isoformat(),
            is_current=each.is_current,
        )
        for each in listed
    ]


def tokens(listed: Sequence[ListedToken]) -> Sequence[TokenItem]:
    """Return the items of bearer tokens."""
    return [
        TokenItem(
            id=str(each.id),
            name=each.name,
            role=each.role,
            scope=each.scope,
            created_at=each.created_at.isoformat(),
            expires_at=each.expires_at.isoformat(),
            last_used_at=_text(each.last_used_at),
        )
        for each in listed
    ]


def passkeys(listed: Sequence[ListedPasskey]) -> Sequence[PasskeyItem]:
    """Return the items of passkeys."""
    return [
        PasskeyItem(
            id=str(each.id),
            name=each.name,
            created_at=each.created_at.isoformat(),
            last_used_at=_text(each.last_used_at),
        )
        for each in listed
    ]


def protected_accounts(listed: Sequence[ProtectedAccount]) -> Sequence[ProtectedAccountItem]:
    """Return the items of accounts with a second factor."""
    return [
        ProtectedAccountItem(
            id=str(each.id),
            name=each.name,
            email=each.email,
            has_totp=each.has_totp,
            has_passkey=each.has_passkey,
        )
        for each in listed
    ]


def _text(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
