"""Redis pub/sub between processes: a notice of each commit. Without it, changes arrive a second later."""

import asyncio

import structlog
from redis.asyncio import Redis

from api.live.change_feed import ChangeFeed
from domain.engine.after_commit import CHANGES_CHANNEL
from domain.kernel.runtime.circuit_breaker import TIMEOUT_SECONDS, circuit_of

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
    circuit = circuit_of(client)
    if not circuit.is_closed:
        return
    try:
        async with circuit.attempt():
            await client.publish(CHANGES_CHANNEL, b"")
    except Exception as error:
        log.warning("redis is away, other processes find the commit by polling", error=repr(error))


async def subscribe_commits(client: Redis, change_feed: ChangeFeed) -> None:
    """Poll the feed at every notice from other processes; reconnect when Redis is available again."""
    circuit = circuit_of(client)
    while True:
        if not circuit.is_closed:
            await asyncio.sleep(RECONNECT_SECONDS)
            continue
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
