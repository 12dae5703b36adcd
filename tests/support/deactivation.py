"""A second process, which deactivates accounts and tells of it as every process of the API does after a commit.

`python -m` this module with ids prints a line when it is ready, waits for one, deactivates, and prints another line.
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
    """The process, ready to deactivate."""

    running: asyncio.subprocess.Process

    async def deactivate(self) -> None:
        """Return as soon as the accounts are deactivated."""
        assert self.running.stdin is not None
        self.running.stdin.write(b"\n")
        await self._line()

    async def _line(self) -> None:
        assert self.running.stdout is not None
        assert await self.running.stdout.readline(), "the other process has ended"


@asynccontextmanager
async def another_process(account_ids: Sequence[UUID], environment: dict[str, str]) -> AsyncIterator[OtherProcess]:
    """Start the process and wait until it is ready; it ends with the block."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.deactivation",
        *map(str, account_ids),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
    )
    other = OtherProcess(running)
    try:
        await other._line()
        yield other
    finally:
        await running.communicate()


async def _deactivate(account_ids: Sequence[UUID]) -> None:
    loaded = settings.load()
    await connect(loaded.database_url)
    redis = create_redis(loaded.redis_url)
    ChangeFeed(partial(publish_commit, redis) if redis else None).start()
    print("ready", flush=True)
    if sys.stdin.readline():
        for account_id in account_ids:
            await execute(Command(noun="account", move="deactivate", subject_id=account_id), ADMIN)
        print("deactivated", flush=True)
    await disconnect()


if __name__ == "__main__":
    asyncio.run(_deactivate([UUID(each) for each in sys.argv[1:]]))
