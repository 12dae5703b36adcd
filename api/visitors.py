"""Whoever was recognised, as the pages know them."""

from api.recognise import Seen
from domain.accounts.actors import Recognised
from domain.kernel import ids
from portal_views.gate import View, Visitor


def visitor_of(seen: Seen, account: Recognised) -> Visitor:
    """Somebody signed in, or the customer as whom they look at the portal."""
    view = shown_view(seen)
    return Visitor(
        actor=seen,
        role=seen.actor.role,
        roles=(seen.actor.role,) if view else tuple(account.roles),
        name=seen.actor.name,
        email="" if view else account.email,
        language=seen.actor.language,
        must_change_password=account.must_change_password,
        view=view,
    )


def shown_view(seen: Seen) -> View | None:
    """As whom somebody looks at the portal, with their own eyes beside; nothing when they are themselves."""
    if seen.view is None:
        return None
    own = seen.own_eyes
    return View(
        actor=own,
        role=own.actor.role,
        customer_id=ids.external("cus", seen.view.customer_id),
        customer_name=seen.view.customer_name,
    )
