"""Runner of GraphQL operations for HTTP and pages: compiled reads where possible, else Strawberry's executor."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError
from starlette.datastructures import Headers
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.auth.authentication import Authenticator, Principal, request_credential
from api.graphql.api_schema import ApiSchema, SchemaName
from api.graphql.graphql_errors import http_status, masked_error, public_errors, public_result
from api.graphql.graphql_request import BadRequest, GraphQLRequest
from api.live.change_feed import Callback, ChangeFeed
from api.live.visible_changes import PageChange, VisibleChanges
from api.ops.metrics import operation_counter
from domain.database.pools import read_sessions
from domain.kernel import i18n
from domain.kernel.actors import Actor
from schema.execution.raw_json import RawJsonPlaceholders
from schema.shared.context import Context
from settings import Settings

AccessRefusal = tuple[str, str] | None
SINGLE_RESULT_OPERATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


@dataclass(frozen=True, eq=False)
class OperationRunner:
    """Authorizes principals and runs their operations."""

    settings: Settings
    schemas: Mapping[SchemaName, ApiSchema]
    authenticator: Authenticator
    change_feed: ChangeFeed

    async def run(
        self, api_schema: ApiSchema, request: GraphQLRequest, principal: Principal, request_id: str
    ) -> tuple[int, bytes]:
        """Return HTTP status and body of the response. Raises `BadRequest`."""
        actor = principal.actor
        try:
            body = await api_schema.fast_path.answer(request.query, request.variables, request.operation_name, actor)
        except Exception as fault:
            error = _masked(fault, actor, request_id)
            return http_status([error]), _encode({"errors": [error.formatted]})
        operation_counter(api_schema.name, "executed" if body is None else "compiled").inc()
        if body is not None:
            return 200, body
        context = self.build_context(api_schema, principal, request_id)
        context.raw_json_placeholders = RawJsonPlaceholders()
        result = await self._execute_schema(api_schema, request, context)
        self.authenticator.evict(principal.credential)
        errors = public_errors(result.errors, language=actor.language, request_id=request_id)
        status = http_status(errors) if result.data is None else 200
        return status, _encode(public_result(result.data, errors), context.raw_json_placeholders)

    async def run_document(
        self,
        schema: SchemaName,
        document: str,
        variables: Mapping[str, Any],
        principal: Principal,
        *,
        request_id: str,
    ) -> dict[str, Any]:
        """Run a page's document for the principal of its visitor, under the id of the page's request."""
        api_schema = self.schemas[schema]
        refusal = self.access_refusal(api_schema, principal)
        if refusal:
            message = i18n.translate(principal.actor.language, f"api.{refusal[1]}")
            return {"data": None, "errors": [{"message": message, "extensions": {"code": refusal[0]}}]}
        try:
            _, body = await self.run(api_schema, GraphQLRequest(document, dict(variables)), principal, request_id)
        except BadRequest as bad:
            raise ValueError(f"a page's document cannot be run: {bad}") from bad
        answer: dict[str, Any] = json.loads(body)
        return answer

    def page_changes(self, principal: Principal) -> AsyncGenerator[PageChange]:
        """Yield the changes of the portal schema that a page's visitor may see."""
        return self._visible_changes(self.schemas["portal"], principal).page_changes()

    def access_refusal(self, api_schema: ApiSchema, principal: Principal | None) -> AccessRefusal:
        """Return code and message key if the principal may not use this schema; a wrong kind looks unauthenticated."""
        if principal is not None and principal.impersonation and api_schema.name == "operations":
            return "VIEWING_AS_CUSTOMER", "viewing_as_customer"
        if principal is None or principal.actor.kind not in api_schema.actor_kinds:
            return "UNAUTHENTICATED", "unauthenticated"
        if principal.must_change_password:
            return "PASSWORD_CHANGE_REQUIRED", "password_change_required"
        return None

    async def authenticate(self, api_schema: ApiSchema, headers: Headers) -> tuple[Principal | None, AccessRefusal]:
        """Return the principal of a request, and why it may not use this schema, or None."""
        principal = await self.authenticator.authenticate(request_credential(headers))
        return principal, self.access_refusal(api_schema, principal)

    def principal_changed(self, api_schema: ApiSchema, before: Principal, now: Principal | None) -> bool:
        """Return whether the principal `before` has lost its access or its scope by `now`."""
        return (
            now is None
            or self.access_refusal(api_schema, now) is not None
            or not now.actor.has_same_scope_as(before.actor)
        )

    def build_context(
        self, api_schema: ApiSchema, principal: Principal, request_id: str, *, on_end: Callback | None = None
    ) -> Context:
        """Return the context of resolvers in a request or connection."""
        return Context(
            actor=principal.actor,
            language=principal.actor.language,
            request_id=request_id,
            settings=self.settings,
            plan_runner=api_schema.fast_path.plan_runner,
            read_sessions=read_sessions(),
            change_feed=self._visible_changes(api_schema, principal, on_end),
        )

    def _visible_changes(
        self, api_schema: ApiSchema, principal: Principal, on_end: Callback | None = None
    ) -> VisibleChanges:
        async def has_ended() -> bool:
            return self.principal_changed(
                api_schema, principal, await self.authenticator.authenticate_uncached(principal.credential)
            )

        return VisibleChanges(self.change_feed, principal.actor, has_ended, on_end)

    async def _execute_schema(
        self, api_schema: ApiSchema, request: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        try:
            return await api_schema.schema.execute(
                request.query,
                variable_values=request.variables,
                context_value=context,
                operation_name=request.operation_name,
                allowed_operation_types=SINGLE_RESULT_OPERATIONS,
            )
        except CannotGetOperationTypeError as error:
            raise BadRequest(400, "BAD_REQUEST", "unknown_operation") from error
        except InvalidOperationTypeError as error:
            raise BadRequest(400, "BAD_REQUEST", "wrong_kind_of_operation") from error


def _masked(fault: Exception, actor: Actor, request_id: str) -> GraphQLError:
    return masked_error(fault, language=actor.language, request_id=request_id)


def _encode(response: object, placeholders: RawJsonPlaceholders | None = None) -> bytes:
    text = json.dumps(response, separators=(",", ":"), ensure_ascii=False)
    return (placeholders.fill(text) if placeholders else text).encode(errors="replace")
