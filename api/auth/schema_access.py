"""Access of principals to the two GraphQL schemas."""

from api.auth.authentication import Principal
from api.error_responses import RequestRefused
from schema.api_schema import ApiSchema


class AccessRefused(RequestRefused):
    """A principal may not use a schema."""


def authorize(api_schema: ApiSchema, principal: Principal | None) -> Principal:
    """The principal, when it may use the schema. Raises `AccessRefused`."""
    refusal = access_refusal(api_schema, principal)
    if refusal is not None or principal is None:
        raise refusal or unauthenticated()
    return principal


def access_refusal(api_schema: ApiSchema, principal: Principal | None) -> AccessRefused | None:
    """The reason why a principal may not use a schema; one of a foreign kind is refused like no principal."""
    if principal is not None and principal.impersonation and api_schema.name == "operations":
        return AccessRefused(403, "VIEWING_AS_CUSTOMER", "viewing_as_customer")
    if principal is None or principal.actor.kind not in api_schema.actor_kinds:
        return unauthenticated()
    if principal.must_change_password:
        return AccessRefused(403, "PASSWORD_CHANGE_REQUIRED", "password_change_required")
    return None


def unauthenticated() -> AccessRefused:
    """The refusal for a request without a valid credential."""
    return AccessRefused(401, "UNAUTHENTICATED", "unauthenticated")


def principal_changed(api_schema: ApiSchema, before: Principal, now: Principal | None) -> bool:
    """Whether a principal has lost its access, or has another scope than before."""
    return now is None or access_refusal(api_schema, now) is not None or not now.actor.has_same_scope_as(before.actor)
