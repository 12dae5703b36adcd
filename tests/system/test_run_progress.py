"""The progress of an invoice run as a subscriber hears of it, over a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from httpx2 import AsyncClient

from api.dependencies import build_dependencies, open_dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.commands import WORKER
from domain.engine import commands
from domain.engine.commands import Command
from domain.invoice_runs.model import InvoiceRun
from domain.kernel.actors import Actor, Role
from domain.kernel.ids import external
from domain.registry import REGISTRY
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.billing import someone_in_finance, the_operator
from tests.makers.invoice_runs import a_run, lines_for, the_operation
from tests.makers.time import berlin
from tests.support.live_server import serving
from tests.support.polling import PATIENCE_SECONDS

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

PROGRESS = """subscription ($id: ID!) { invoiceRunProgress(id: $id) {
    status isWorkedOn counts { total } operation { state done total } } }"""


@pytest_asyncio.fixture
async def fay(database: str) -> Actor:
    await the_operator()
    return await someone_in_finance()


@pytest_asyncio.fixture
async def address(settings: Settings, database: str, redis_url: str) -> AsyncIterator[str]:
    """The whole application behind a real server."""
    dependencies = build_dependencies(settings)
    async with open_dependencies(dependencies), serving(dependencies) as found:
        yield f"http://{found}"


async def progress_of(address: str, run: InvoiceRun, role: Role) -> AsyncIterator[Any]:
    """What a subscriber of this role is sent about a run."""
    token = await issue_token((await an_account(role)).email)
    client = AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}, timeout=PATIENCE_SECONDS)
    asked = {"query": PROGRESS, "variables": {"id": external("ivr", run.id)}}
    async with client, client.stream("POST", "/graphql/stream", json=asked) as response:
        async for line in response.aiter_lines():
            if line.startswith("data: {"):
                yield json.loads(line.removeprefix("data: "))["data"]["invoiceRunProgress"]


async def the_next(heard: AsyncIterator[Any]) -> Any:
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await anext(heard)


async def a_run_that_waits_for_a_worker(by: Actor) -> InvoiceRun:
    """A run of three invoices, of which none is composed yet."""
    await lines_for(3)
    run = await a_run(by)
    await commands.execute(REGISTRY, Command(noun="invoiceRun", move="compose", subject_id=run.id), by)
    return run


async def test_finance_hears_of_every_portion_of_a_run_until_it_is_composed(address: str, fay: Actor) -> None:
    run = await a_run_that_waits_for_a_worker(fay)
    operation_id = (await the_operation(run)).id
    heard = progress_of(address, run, Role.FINANCE)

    seen = [await the_next(heard)]
    while await WORKER.next_portion(operation_id, fay, size=1):
        seen.append(await the_next(heard))
    seen.append(await the_next(heard))

    assert [each["operation"]["done"] for each in seen] == [0, 1, 2, 3]
    assert [each["counts"]["total"] for each in seen] == [0, 1, 2, 3]
    assert [(each["status"], each["isWorkedOn"]) for each in seen] == [
        ("IN_PROCESS", True),
        ("IN_PROCESS", True),
        ("IN_PROCESS", True),
        ("COMPOSED", False),
    ]
    assert [each async for each in heard] == []


async def test_staff_hears_nothing_of_a_run(address: str, fay: Actor) -> None:
    run = await a_run_that_waits_for_a_worker(fay)

    assert [each async for each in progress_of(address, run, Role.STAFF)] == []
