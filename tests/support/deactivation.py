"""A second process, which deactivates accounts and tells of it as every process of the API does after a commit.

`python -m` this module prints a line when it is ready; for each line of ids it deactivates and prints another one.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import settings
from api.live.change_feed import ChangeFeed
from api.live.redis_pubsub import create_redis, publish_commit
from domain.commands import execute
from domain.database.pools import connect, disconnect
from domain.engine.commands import Command
from tests.makers.parties import ADMIN


@dataclass
class OtherProcess:
    """The process, ready to deactivate these accounts."""

    running: asyncio.subprocess.Process
    account_ids: Sequence[UUID] = ()

    async def deactivate(self) -> None:
        """Return as soon as the accounts are deactivated."""
        assert self.running.stdin is not None
        self.running.stdin.write(" ".join(map(str, self.account_ids)).encode() + b"\n")
        await self._line()

    async def _line(self) -> None:
        assert self.running.stdout is not None
        assert await self.running.stdout.readline(), "the other process has ended"


@asynccontextmanager
async def another_process(environment: dict[str, str]) -> AsyncIterator[OtherProcess]:
    """Start the process and wait until it is ready; it ends with the block."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.deactivation",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
    )
    other = OtherProcess(running)
    try:
        await other._line()
        yield other
    finally:
        assert running.stdin is not None
        running.stdin.close()
        await running.communicate()


async def _deactivate_what_is_named() -> None:
    loaded = settings.load()
    await connect(loaded.database_url)
    redis = create_redis(loaded.redis_url)
    ChangeFeed(partial(publish_commit, redis) if redis else None).start()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        for account_id in line.split():
            await execute(Command(noun="account", move="deactivate", subject_id=UUID(account_id)), ADMIN)
        print("deactivated", flush=True)
    await disconnect()


if __name__ == "__main__":
    asyncio.run(_deactivate_what_is_named())
