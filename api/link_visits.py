"""State and visitor of a mailed link, as its page shows them."""

from dataclasses import replace
from uuid import UUID

from starlette.requests import Request

from api.auth.authentication import Credential, Principal
from domain.access.model import ACCOUNT_PURPOSES, LinkEnd, LinkPurpose
from domain.accounts.authentication.credentials import LinkAuthentication
from domain.kernel import ids
from domain.kernel.actors import Actor
from domain.kernel.languages import LANGUAGES
from portal_views.web.ports.auth import Impersonation, LinkState, MailedLink, Visitor


def query_language(request: Request) -> str | None:
    """Return the language a URL names, as in `?lang=en`, or None."""
    language = request.query_params.get("lang")
    return language if language in LANGUAGES else None


def link_visit(
    link: LinkAuthentication, credential: Credential, language: str, impersonation: Impersonation | None = None
) -> MailedLink:
    """Return a link for its page; order and visitor are present while it opens a page.

    In a browser with an impersonation, links are read-only too.
    """
    actor = replace(link.actor, language=language, read_only=impersonation is not None) if link.actor else None
    return MailedLink(
        state=_state(link),
        language=language,
        purpose=link.purpose,
        email=link.email or "" if link.purpose in ACCOUNT_PURPOSES else "",
        order_id=_external("ord", actor.order_id if actor else None),
        delivery_id=_external("del", actor.delivery_id if actor else None),
        supplement_id=_external("sup", actor.supplement_id if actor else None),
        visitor=_link_visitor(actor, credential, impersonation) if actor else None,
        offers_new_link=offers_new_link(link),
    )


def offers_new_link(link: LinkAuthentication) -> bool:
    """Whether a status link has expired, and its contact may have a new one mailed."""
    is_over = link.end is LinkEnd.SUPERSEDED or (link.end is None and not link.is_in_time)
    return link.purpose is LinkPurpose.STATUS and is_over


def _state(link: LinkAuthentication) -> LinkState:
    if link.end and (link.actor or link.end is not LinkEnd.USED):
        return LinkState(link.end)
    return LinkState.OPEN if link.actor else LinkState.EXPIRED


def _external(prefix: str, row_id: UUID | None) -> str | None:
    return ids.external(prefix, row_id) if row_id else None


def unsubscribe_visitor(
    actor: Actor, credential: Credential, language: str, impersonation: Impersonation | None = None
) -> Visitor:
    """Return the contact of an unsubscribe link; read-only in a browser with an impersonation."""
    return _link_visitor(
        replace(actor, language=language, read_only=impersonation is not None), credential, impersonation
    )


def _link_visitor(actor: Actor, credential: Credential, impersonation: Impersonation | None) -> Visitor:
    return Visitor(
        principal=Principal(actor=actor, credential=credential),
        role=actor.role,
        roles=(actor.role,),
        name=actor.name,
        email="",
        language=actor.language,
        must_change_password=False,
        impersonation=impersonation,
    )
