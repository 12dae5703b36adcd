"""The GraphQL endpoints over HTTP: one POST, one operation, one JSON answer or a stream of events."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.asked import Asked, BadRequest, read_asked
from api.executing import Executor, asks_only_for_the_schema
from api.recognise import Seen, shown
from api.refusals import json_response, refuse, request_id
from api.sides import SideName
from api.streams import event_stream
from domain.kernel.actors import Actor, ActorKind, Role

STATUS_OF = {"UNAUTHENTICATED": 401, "PASSWORD_CHANGE_REQUIRED": 403, "VIEWING_AS_CUSTOMER": 403}
NOBODY = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER)


@dataclass(frozen=True, eq=False)
class GraphQLEndpoint:
    """One side of the API at one path; with `streams` its answers are server-sent events."""

    executor: Executor
    side_name: SideName
    streams: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        try:
            response = await self._respond(connection, receive)
        except BadRequest as bad:
            headers = {"allow": "POST"} if bad.status == 405 else None
            response = refuse(connection, bad.status, bad.code, bad.sentence, headers=headers, **bad.params)
        await response(scope, receive, send)

    async def _respond(self, connection: HTTPConnection, receive: Receive) -> Response:
        if connection.scope["method"] != "POST":
            raise BadRequest(405, "METHOD_NOT_ALLOWED", "only_post")
        headers: Headers = connection.headers
        side = self.executor.sides[self.side_name]
        seen = await self.executor.recogniser.who(shown(headers))
        refused = self.executor.refusal(side, seen)
        if refused and not self._may_show_the_schema(seen):
            return refuse(connection, STATUS_OF[refused[0]], *refused)
        asked = await read_asked(headers, receive)
        if refused or seen is None:
            return await self._show_the_schema(connection, asked)
        if self.streams:
            return event_stream(self.executor, side, asked, seen, request_id(connection))
        status, body = await self.executor.answer(side, asked, seen, request_id(connection))
        return Response(body, status, media_type="application/json")

    def _may_show_the_schema(self, seen: Seen | None) -> bool:
        return seen is None and not self.streams and self.executor.settings.in_development

    async def _show_the_schema(self, connection: HTTPConnection, asked: Asked) -> Response:
        """In development anybody may ask what the API can do, and nothing else."""
        if not asks_only_for_the_schema(asked.query):
            return refuse(connection, 401, "UNAUTHENTICATED", "unauthenticated")
        schema = self.executor.sides[self.side_name].schema
        result = await schema.execute(asked.query, variable_values=asked.variables, context_value=_Nobody())
        errors: list[Any] = [error.formatted for error in result.errors or ()]
        return json_response({"data": result.data} | ({"errors": errors} if errors else {}))


@dataclass(frozen=True)
class _Nobody:
    actor: Actor = NOBODY
