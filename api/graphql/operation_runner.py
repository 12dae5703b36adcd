"""Running one GraphQL operation: by a compiled statement when that is possible, else by Strawberry."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.auth.authentication import Authenticator, Principal
from api.auth.schema_access import principal_changed
from api.error_responses import RequestRefused
from api.graphql.cost_budget import CostBudget
from api.graphql.cost_meter import Meter, no_charge
from api.graphql.graphql_errors import http_status, masked_error, public_errors, response_content, response_status
from api.graphql.graphql_request import BadRequest, GraphQLRequest
from api.graphql.persisted_documents import PersistedDocuments
from api.live.change_feed import Callback, ChangeFeed
from api.live.visible_changes import VisibleChanges
from api.ops.metrics import operation_counter
from domain.database.pools import read_sessions
from domain.kernel.actors import Actor
from schema.api_schema import ApiSchema
from schema.execution.raw_json import RawJsonPlaceholders
from schema.shared.context import Context
from settings import Settings

AccessRefusal = tuple[str, str] | None
SINGLE_RESULT_OPERATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})


@dataclass(frozen=True, kw_only=True, eq=False)
class OperationRunner:
    """Runs the operations of one api schema for principals that may use it."""

    api_schema: ApiSchema
    settings: Settings
    authenticator: Authenticator
    change_feed: ChangeFeed
    budget: CostBudget
    documents: PersistedDocuments

    async def run(
        self, request: GraphQLRequest, principal: Principal, request_id: str, meter: Meter = no_charge
    ) -> tuple[int, bytes]:
        """HTTP status and body of the answer to a query or mutation. Raises `RequestRefused`.

        The status is that of the media type with status codes. `meter` takes the cost before anything runs.
        """
        try:
            body = await self._read(request, principal.actor, meter)
        except RequestRefused:
            raise
        except Exception as fault:
            error = masked_error(fault, language=principal.actor.language, request_id=request_id)
            return http_status([error]), _encode({"errors": [error.formatted]})
        operation_counter(self.api_schema.name, "executed" if body is None else "compiled").inc()
        if body is not None:
            return 200, body
        return await self._run_in_strawberry(request, principal, request_id)

    async def _read(self, request: GraphQLRequest, actor: Actor, meter: Meter) -> bytes | None:
        """The response of a compiled statement, or None when Strawberry must answer."""
        fast_path = self.api_schema.fast_path
        prepared = fast_path.prepare(request.query, request.variables, request.operation_name, actor)
        if prepared is None:
            meter(lambda: self.cost(request))
            return None
        meter(lambda: prepared.plan.cost)
        return await fast_path.run(prepared, actor)

    def cost(self, request: GraphQLRequest) -> int:
        """The cost of an operation of any type."""
        return self.api_schema.costs.cost(request.query, request.operation_name, request.variables)

    async def stream(
        self, request: GraphQLRequest, principal: Principal, request_id: str
    ) -> AsyncGenerator[ExecutionResult]:
        """The results of an operation of any type, with public errors."""
        results = await self.api_schema.schema.stream(
            request.query,
            variable_values=request.variables,
            context_value=self.build_context(principal, request_id),
            operation_name=request.operation_name,
        )
        async for result in self.publish_results(results, principal, request_id):
            yield result

    async def publish_results(
        self, results: Any, principal: Principal, request_id: str
    ) -> AsyncGenerator[ExecutionResult]:
        """The same results with public errors; after each, the principal is looked up again when it is next needed."""
        try:
            async for result in results:
                result.errors = self._publish_errors(result, principal, request_id)
                yield result
        finally:
            await results.aclose()

    def build_context(self, principal: Principal, request_id: str, *, on_end: Callback | None = None) -> Context:
        """What resolvers know about a request or connection."""
        return Context(
            actor=principal.actor,
            language=principal.actor.language,
            request_id=request_id,
            settings=self.settings,
            plan_runner=self.api_schema.fast_path.plan_runner,
            read_sessions=read_sessions(),
            visible_changes=self.visible_changes(principal, on_end),
        )

    def visible_changes(self, principal: Principal, on_end: Callback | None = None) -> VisibleChanges:
        """The changes that the principal may see until it loses its access or its scope changes."""

        async def has_ended() -> bool:
            now = await self.authenticator.authenticate_uncached(principal.credential)
            return principal_changed(self.api_schema, principal, now)

        account_id = principal.account.account_id if principal.account else None
        return VisibleChanges(self.change_feed, principal.actor, has_ended, on_end, account_id=account_id)

    async def _run_in_strawberry(
        self, request: GraphQLRequest, principal: Principal, request_id: str
    ) -> tuple[int, bytes]:
        context = self.build_context(principal, request_id)
        context.raw_json_placeholders = RawJsonPlaceholders()
        result = await self._execute(request, context)
        errors = self._publish_errors(result, principal, request_id)
        status = response_status(result.data, errors)
        return status, _encode(response_content(result.data, errors), context.raw_json_placeholders)

    async def _execute(self, request: GraphQLRequest, context: Context) -> ExecutionResult:
        try:
            return await self.api_schema.schema.execute(
                request.query,
                variable_values=request.variables,
                context_value=context,
                operation_name=request.operation_name,
                allowed_operation_types=SINGLE_RESULT_OPERATIONS,
            )
        except CannotGetOperationTypeError as error:
            raise BadRequest(422, "BAD_REQUEST", "unknown_operation") from error
        except InvalidOperationTypeError as error:
            raise BadRequest(422, "BAD_REQUEST", "wrong_kind_of_operation") from error

    def _publish_errors(self, result: ExecutionResult, principal: Principal, request_id: str) -> list[GraphQLError]:
        """The public errors of a result. A mutation may have changed the session, so its cached principal goes."""
        self.authenticator.evict(principal.credential)
        return public_errors(result.errors, language=principal.actor.language, request_id=request_id)


def _encode(response: object, placeholders: RawJsonPlaceholders | None = None) -> bytes:
    text = json.dumps(response, separators=(",", ":"), ensure_ascii=False)
    return (placeholders.fill(text) if placeholders else text).encode(errors="replace")
