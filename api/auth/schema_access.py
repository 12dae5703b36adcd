"""Access of principals to the two GraphQL schemas."""

from collections.abc import Mapping
from typing import Any

from api.auth.authentication import Principal
from api.error_responses import RequestRefused
from api.graphql.graphql_request import GraphQLRequest
from api.graphql.paths import SCHEMA_PATHS
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS, ActorKind
from schema.api_schema import ApiSchema, SchemaName

KINDS_BY_SCHEMA: Mapping[SchemaName, frozenset[ActorKind]] = {"operations": OPERATIONS_KINDS, "portal": PORTAL_KINDS}


CHALLENGE = 'Bearer realm="Werkstand"'
CHALLENGES = {401: CHALLENGE, 403: f'{CHALLENGE}, error="insufficient_scope"'}


class AccessRefused(RequestRefused):
    """A principal may not use a schema; the answer names the way to authenticate (RFC 6750)."""

    def __init__(self, status: int, code: str, message_key: str, **params: Any) -> None:
        super().__init__(status, code, message_key, headers={"www-authenticate": CHALLENGES[status]}, **params)


def authorize(api_schema: ApiSchema, principal: Principal | None) -> Principal:
    """The principal, when it may use the schema. Raises `AccessRefused`."""
    refusal = access_refusal(api_schema, principal)
    if refusal is not None or principal is None:
        raise refusal or unauthenticated()
    return principal


def access_refusal(api_schema: ApiSchema, principal: Principal | None) -> AccessRefused | None:
    """The reason why a principal may not use a schema; one of the other schema is told its path."""
    if principal is not None and principal.impersonation and api_schema.name == "operations":
        return AccessRefused(403, "VIEWING_AS_CUSTOMER", "viewing_as_customer")
    if principal is None:
        return unauthenticated()
    if principal.actor.kind not in api_schema.actor_kinds:
        return _wrong_endpoint(principal)
    if principal.must_change_password:
        return AccessRefused(403, "PASSWORD_CHANGE_REQUIRED", "password_change_required")
    if principal.must_add_second_factor:
        return AccessRefused(403, "SECOND_FACTOR_REQUIRED", "second_factor_required")
    return None


def authorize_operation(principal: Principal, request: GraphQLRequest) -> None:
    """Raise `AccessRefused` for a mutation with a bearer token that only reads."""
    if principal.has_reading_token and request.is_mutation:
        raise AccessRefused(403, "READ_ONLY_TOKEN", "token_only_reads")


def unauthenticated() -> AccessRefused:
    """The refusal for a request without a valid credential."""
    return AccessRefused(401, "UNAUTHENTICATED", "unauthenticated")


def _wrong_endpoint(principal: Principal) -> AccessRefused:
    """The refusal for a principal of the other schema; one that no schema serves is unauthenticated."""
    for name, kinds in KINDS_BY_SCHEMA.items():
        if principal.actor.kind in kinds:
            return AccessRefused(403, "WRONG_ENDPOINT", "wrong_endpoint", path=SCHEMA_PATHS[name])
    return unauthenticated()


def principal_changed(api_schema: ApiSchema, before: Principal, now: Principal | None) -> bool:
    """Whether a principal has lost its access, or has another scope than before."""
    return now is None or access_refusal(api_schema, now) is not None or not now.actor.has_same_scope_as(before.actor)
