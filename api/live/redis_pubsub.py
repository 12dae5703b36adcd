"""Redis pub/sub between processes: a notice of each commit. Without it, changes arrive a second later."""

import asyncio
from contextlib import suppress

import structlog
from redis.asyncio import Redis

from api.live.change_feed import ChangeFeed
from domain.engine.after_commit import CHANGES_CHANNEL
from domain.kernel.circuit_breaker import TIMEOUT_SECONDS

RECONNECT_SECONDS = 2.0

log = structlog.get_logger()


def create_redis(url: str) -> Redis | None:
    """Return a client with a short timeout, or None when Redis is off."""
    if not url:
        return None
    client: Redis = Redis.from_url(
        url, socket_timeout=None, socket_connect_timeout=TIMEOUT_SECONDS, health_check_interval=0
    )
    return client


async def publish_commit(client: Redis) -> None:
    """Publish a notice of a commit; a process that misses it polls the events anyway."""
    with suppress(Exception):
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await client.publish(CHANGES_CHANNEL, b"")


async def subscribe_commits(client: Redis, change_feed: ChangeFeed) -> None:
    """Poll the feed at every notice from other processes; reconnect when Redis is available again."""
    while True:
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(CHANGES_CHANNEL)
                change_feed.poll_now()
                async for _ in channel.listen():
                    change_feed.poll_now()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.warning("redis is away", error=str(error))
        await asyncio.sleep(RECONNECT_SECONDS)
