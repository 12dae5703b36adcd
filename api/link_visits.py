"""What the page behind a mailed link is told: open, answered, or void and why."""

from dataclasses import replace
from uuid import UUID

from starlette.requests import Request

from api.auth.authentication import Credential, Principal
from domain.access.model import LinkEnd
from domain.accounts.authentication import LinkAuthentication
from domain.kernel import ids
from domain.kernel.actors import Actor
from domain.kernel.languages import LANGUAGES
from portal_views.web.auth_port import Impersonation, LinkState, MailedLink, Visitor


def query_language(request: Request) -> str | None:
    """The language an address asks for: `?lang=en`."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else None


def link_visit(
    link: LinkAuthentication, credential: Credential, language: str, impersonation: Impersonation | None = None
) -> MailedLink:
    """A link as its page sees it; its order and its visitor are there while it opens anything.

    In a browser that looks at the portal with a `view`, links change nothing either.
    """
    actor = replace(link.actor, language=language, read_only=impersonation is not None) if link.actor else None
    return MailedLink(
        state=_state(link),
        language=language,
        purpose=link.purpose,
        order_id=_external("ord", actor.order_id if actor else None),
        delivery_id=_external("del", actor.delivery_id if actor else None),
        visitor=_link_visitor(actor, credential, impersonation) if actor else None,
    )


def _state(shown: LinkAuthentication) -> LinkState:
    if shown.end and (shown.actor or shown.end is not LinkEnd.USED):
        return LinkState(shown.end)
    return LinkState.OPEN if shown.actor else LinkState.EXPIRED


def _external(prefix: str, row_id: UUID | None) -> str | None:
    return ids.external(prefix, row_id) if row_id else None


def unsubscribe_visitor(
    actor: Actor, credential: Credential, language: str, impersonation: Impersonation | None = None
) -> Visitor:
    """A contact who came by the address in a mail that ends such mails; with a `view` nothing is changed either."""
    return _link_visitor(
        replace(actor, language=language, read_only=impersonation is not None), credential, impersonation
    )


def _link_visitor(actor: Actor, credential: Credential, view: Impersonation | None) -> Visitor:
    return Visitor(
        principal=Principal(actor=actor, credential=credential),
        role=actor.role,
        roles=(actor.role,),
        name=actor.name,
        email="",
        language=actor.language,
        must_change_password=False,
        impersonation=view,
    )
