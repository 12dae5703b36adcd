"""The whole application over a small schema of its own, and clients that talk to it in process."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from httpx2 import AsyncClient, Response
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info

from api.auth.authentication import SESSION_COOKIE
from api.dependencies import Dependencies
from domain.kernel.actors import OPERATIONS_KINDS, PORTAL_KINDS
from domain.kernel.errors import Refused, guard_failed
from domain.kernel.ids import external
from schema.api_schema import ApiSchemas, build_api_schema
from schema.execution.limits import Limits
from schema.shared.context import Context
from schema.shared.scalars import SCALARS

OWN_SITE = "http://127.0.0.1:8000"


@strawberry.input
class Period:
    """Values of our own scalars."""

    starts_on: date
    amount: Decimal | None = None


@strawberry.type
class Query:
    """Questions that need no tables."""

    @strawberry.field
    def who(self, info: Info[Context, None]) -> str:
        return f"{info.context.actor.kind} {info.context.language}"

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def period(self, period: Period) -> str:
        return f"{period.starts_on} {period.amount}"

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("a secret of ours")

    @strawberry.field
    def refused(self) -> str | None:
        raise Refused(guard_failed("link_is_void"))


@strawberry.type
class Mutation:
    """One change, of nothing."""

    @strawberry.mutation
    def touch(self) -> bool:
        return True


@strawberry.type
class Subscription:
    """The one subscription both schemas have."""

    @strawberry.subscription
    async def order_changed(self, info: Info[Context, None]) -> AsyncGenerator[str, None]:
        async for order_id in info.context.visible_changes.orders():
            yield external("ord", order_id)


def small_schemas() -> ApiSchemas:
    def schema() -> strawberry.Schema:
        config = StrawberryConfig(scalar_map=SCALARS)
        return strawberry.Schema(Query, Mutation, Subscription, extensions=[Limits], config=config)

    return {
        "operations": build_api_schema("operations", schema(), OPERATIONS_KINDS),
        "portal": build_api_schema("portal", schema(), PORTAL_KINDS),
    }


@dataclass
class Site:
    """The application and a client without cookies."""

    dependencies: Dependencies
    client: AsyncClient

    async def ask(
        self,
        query: str,
        *,
        path: str = "/graphql",
        session: str = "",
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> Response:
        """Send one operation, with a session where one is given."""
        cookie = cookie_of(session) if session else {}
        return await self.client.post(path, json={"query": query, **more}, headers={**cookie, **(headers or {})})


def cookie_of(session: str) -> dict[str, str]:
    """The header that a browser sends with this session."""
    return {"cookie": f"{SESSION_COOKIE}={session}"}


def codes(response: Response) -> list[str]:
    """The codes of the errors in an answer."""
    return [error["extensions"]["code"] for error in response.json()["errors"]]


def content(response: Response) -> dict[str, Any]:
    """The whole content of an answer but its cost, which every answer has."""
    answer: dict[str, Any] = response.json()
    assert answer.pop("extensions").keys() == {"cost"}
    return answer
