"""The cost of a request is told, and a budget per minute bounds it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.auth.authentication import Credential, Principal
from api.dependencies import Dependencies
from api.error_responses import RequestRefused
from api.graphql.cost_budget import CostBudget
from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Actor, ActorKind, Role
from tests.makers.accounts import a_session, an_account
from tests.support.live_server import a_socket, hear, say, serving, signed_in
from tests.support.site import Site, codes

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC).timestamp()


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client: Redis = Redis.from_url(redis_url)
    yield client
    await client.aclose()


async def test_every_answer_tells_its_cost_and_what_is_left(site: Site) -> None:
    session = await a_session(await an_account())

    await site.ask("{ who }", session=session)
    answer = await site.ask("{ a: who b: who c: who }", session=session)

    cost = answer.json()["extensions"]["cost"]
    assert (cost["requested"], cost["limit"], cost["remaining"]) == (3, 2_000_000, 2_000_000 - 4)
    assert datetime.fromisoformat(cost["resetAt"]).second == 0
    assert answer.headers["ratelimit-policy"] == '"cost";q=2000000;w=60;qu="cost"'
    assert answer.headers["ratelimit"].startswith('"cost";r=1999996;t=')


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json", "text/event-stream"])
async def test_too_much_in_a_minute_is_refused(site: Site, accept: str) -> None:
    site.dependencies.budget.limit = 2
    session = await a_session(await an_account())

    first = await site.ask("{ a: who b: who }", session=session, headers={"accept": accept})
    second = await site.ask("{ who }", session=session, headers={"accept": accept})

    assert (first.status_code, second.status_code, codes(second)) == (200, 429, ["RATE_LIMITED"])
    assert 1 <= int(second.headers["retry-after"]) <= 60
    assert second.headers["ratelimit"].startswith('"cost";r=0;t=')


async def test_without_a_limit_nothing_is_told(site: Site) -> None:
    site.dependencies.budget.limit = 0

    answer = await site.ask("{ who }", session=await a_session(await an_account()))

    assert answer.json() == {"data": {"who": "STAFF en"}}
    assert "ratelimit" not in answer.headers


async def test_each_token_has_a_budget_of_its_own(site: Site) -> None:
    site.dependencies.budget.limit = 1
    account = await an_account(Role.STAFF)
    tokens = [{"authorization": f"Bearer {await issue_token(account.email)}"} for _ in range(2)]

    answers = [(await site.ask("{ who }", headers=headers)).status_code for headers in (tokens[0], *tokens)]

    assert answers == [200, 429, 200]


async def test_a_socket_is_told_of_each_operation_beyond_the_budget(dependencies: Dependencies, database: str) -> None:
    dependencies.budget.limit = 1
    session = await a_session(await an_account())

    async with serving(dependencies) as address, a_socket(address, session=session) as socket:
        await signed_in(socket)
        await say(socket, id="1", type="subscribe", payload={"query": "{ a: who b: who }"})

        assert (await hear(socket))["payload"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_processes_share_what_they_settled(redis: Redis) -> None:
    someone = a_principal()
    one, other = (CostBudget(100, redis, clock=lambda: NOON) for _ in range(2))
    one.charge(someone, 70)
    await one.settle()
    other.charge(someone, 10)
    await other.settle()

    assert other.charge(someone, 20).remaining == 0
    with pytest.raises(RequestRefused):
        other.charge(someone, 1)
    await one.close()
    await other.close()


async def test_memory_counts_while_redis_is_away() -> None:
    away: Redis = Redis.from_url("redis://127.0.0.1:1/0")
    someone, budget = a_principal(), CostBudget(100, away, clock=lambda: NOON)
    budget.charge(someone, 90)

    with pytest.raises(RedisError):
        await budget.settle()

    assert budget.charge(someone, 10).remaining == 0
    await budget.close()
    await away.aclose()


async def test_the_next_minute_begins_anew() -> None:
    now = NOON + 59
    someone, budget = a_principal(), CostBudget(100, None, clock=lambda: now)
    budget.charge(someone, 100)
    with pytest.raises(RequestRefused) as refused:
        budget.charge(someone, 1)
    now += 1

    assert refused.value.headers is not None
    assert refused.value.headers["retry-after"] == "1"
    assert budget.charge(someone, 1).remaining == 99


def a_principal() -> Principal:
    actor = Actor(kind=ActorKind.LINK, role=Role.CUSTOMER, link_id=uuid4())
    return Principal(actor=actor, credential=Credential("link", "secret"))
