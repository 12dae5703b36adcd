"""Conversion of a principal into the visitor the pages know."""

from api.auth.authentication import Principal
from domain.accounts.authentication.credentials import AuthenticatedAccount
from domain.kernel import ids
from portal_views.web.ports.auth import Impersonation, Visitor


def account_visitor(principal: Principal, account: AuthenticatedAccount) -> Visitor:
    """Return the visitor of a signed-in account, or the customer it impersonates."""
    view = page_impersonation(principal)
    return Visitor(
        principal=principal,
        role=principal.actor.role,
        roles=(principal.actor.role,) if view else tuple(account.roles),
        name=principal.actor.name,
        email="" if view else account.email,
        language=principal.actor.language,
        must_change_password=account.must_change_password,
        must_add_second_factor=account.must_add_second_factor and view is None,
        impersonation=view,
    )


def page_impersonation(principal: Principal) -> Impersonation | None:
    """Return the impersonation with the impersonator's own principal, or None without one."""
    if principal.impersonation is None:
        return None
    own = principal.impersonator
    return Impersonation(
        principal=own,
        role=own.actor.role,
        customer_id=ids.external("cus", principal.impersonation.customer_id),
        customer_name=principal.impersonation.customer_name,
    )
