"""Running the documents of the pages in process, by the same runners as requests over HTTP."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from api.auth.authentication import Principal
from api.auth.schema_access import AccessRefused, authorize
from api.error_responses import graphql_error, translate_params
from api.graphql.graphql_request import BadRequest, GraphQLRequest
from api.graphql.operation_runner import OperationRunner
from api.live.visible_changes import PageChange
from schema.api_schema import SchemaName


@dataclass(frozen=True, eq=False)
class PageRunner:
    """Runs operations for the visitors of pages, whose principals come from `PageAuth`."""

    runners: Mapping[SchemaName, OperationRunner]

    async def run_document(
        self,
        schema: SchemaName,
        document: str,
        variables: Mapping[str, Any],
        principal: Principal,
        *,
        request_id: str,
    ) -> dict[str, Any]:
        """The response to a page's document; faults are logged under the page's request id."""
        runner = self.runners[schema]
        try:
            authorize(runner.api_schema, principal)
            _, body = await runner.run(GraphQLRequest(document, dict(variables)), principal, request_id)
        except AccessRefused as refused:
            message = translate_params(principal.actor.language, f"api.{refused.message_key}", refused.params)
            return {"data": None, "errors": [graphql_error(message, refused.code, request_id)]}
        except BadRequest as bad:
            raise ValueError(f"a page's document cannot be run: {bad}") from bad
        response: dict[str, Any] = json.loads(body)
        return response

    def page_changes(self, principal: Principal) -> AsyncGenerator[PageChange]:
        """The changes that a visitor of the portal may see."""
        return self.runners["portal"].visible_changes(principal).page_changes()
