"""The guide's program in plain Python, run as it stands there against the application."""

import asyncio
import os
import sys
from pathlib import Path

from api.dependencies import build_dependencies, open_dependencies
from domain.accounts.authentication.api_tokens import issue_token
from domain.kernel.actors import Role
from domain.orders.model import OrderStatus
from settings import Settings
from tests.makers.accounts import an_account
from tests.makers.orders import an_order
from tests.support.live_server import serving
from tests.support.markdown import code_blocks

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


async def test_the_program_of_the_guide_lists_orders(settings: Settings, database: str, redis_url: str) -> None:
    program = next(block.code for block in code_blocks(GUIDE.read_text("utf-8")) if block.language == "python")
    case = await an_order(OrderStatus.IN_REVIEW)
    token = await issue_token((await an_account(Role.STAFF)).email)
    dependencies = build_dependencies(settings)

    async with open_dependencies(dependencies), serving(dependencies) as address:
        printed = await _run(program, WERKSTAND_URL=f"http://{address}", WERKSTAND_TOKEN=token)

    assert case.order.number in printed


async def _run(program: str, **environment: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, env={**os.environ, **environment}
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    return printed.decode()
