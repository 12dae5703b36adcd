"""Dispatcher of webhooks: delivers each message at least once, always under the same id, endpoint by endpoint.

Each endpoint has a task of its own, so that a slow one holds up neither mails nor other endpoints.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from uuid import UUID

import structlog
from prometheus_client import Counter

from domain.commands import execute
from domain.database import leases
from domain.database.leases import LeaseLost
from domain.engine.commands import Command
from domain.kernel.actors import CLOCK
from domain.kernel.errors import Refused
from domain.webhooks import claims
from domain.webhooks.claims import Answer, ClaimedWebhook
from domain.webhooks.event_names import ENDPOINT
from domain.webhooks.inputs import Suspension, SuspensionCause
from domain.webhooks.secrets import KEY_PURPOSE
from settings import Settings
from workers.held_leases import HeldLeases, run_all
from workers.webhooks.http_client import WebhookClient
from workers.webhooks.request import body_of, headers_of

CONCURRENCY = 4
SECONDS_FOR_ANSWERS = 4.0
GONE = 410
WEBHOOKS_TOTAL = Counter("werkstand_webhooks", "Attempts to deliver webhooks by outcome.", ["outcome"])

log = structlog.get_logger()


class WebhookDispatcher:
    """Claims messages of endpoints, posts them and records the answers."""

    def __init__(self, settings: Settings) -> None:
        self._key = settings.key(KEY_PURPOSE)
        self._client = WebhookClient(allow_loopback=settings.webhooks_may_go_to_loopback)
        self._leases = HeldLeases()
        self._running: dict[UUID, asyncio.Task[int]] = {}

    async def start_waiting(self) -> None:
        """Start a task for each endpoint with due messages that has none; return at once."""
        for endpoint_id in await claims.due_endpoints():
            if endpoint_id not in self._running:
                task = asyncio.create_task(self._send_logged(endpoint_id))
                self._running[endpoint_id] = task
                task.add_done_callback(partial(self._forget, endpoint_id))

    async def send_waiting(self) -> int:
        """Send all due messages of all endpoints; return the number of delivered ones."""
        return sum(await run_all(map(self._send_of, await claims.due_endpoints())))

    async def stop(self) -> None:
        """Begin nothing more, wait a moment for answers, then end what is running and give back its messages."""
        await self._leases.stop()
        running = [*self._running.values()]
        if running:
            await asyncio.wait(running, timeout=SECONDS_FOR_ANSWERS)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _forget(self, endpoint_id: UUID, _finished: asyncio.Task[int]) -> None:
        del self._running[endpoint_id]

    async def _send_logged(self, endpoint_id: UUID) -> int:
        try:
            return await self._send_of(endpoint_id)
        except Exception:
            log.exception("webhooks could not be sent", endpoint=str(endpoint_id))
            return 0

    async def _send_of(self, endpoint_id: UUID) -> int:
        delivered = 0
        while not self._leases.is_stopping and (messages := await claims.claim_webhooks(endpoint_id, CONCURRENCY)):
            answers = await self._send_all(messages)
            delivered += sum(answer.succeeded for answer in answers)
            if await self._suspends(endpoint_id, answers):
                break
        return delivered

    async def _send_all(self, messages: Sequence[ClaimedWebhook]) -> list[Answer]:
        """Send messages side by side; return the answers to those that were still ours."""
        async with self._leases.hold([message.lease for message in messages]):
            answers = await run_all(map(self._send_if_held, messages))
        return [answer for answer in answers if answer is not None]

    async def _send_if_held(self, message: ClaimedWebhook) -> Answer | None:
        try:
            async with self._leases.begin(message.lease):
                await leases.renew(message.lease)
                return await self._send(message)
        except LeaseLost:
            WEBHOOKS_TOTAL.labels("left_to_others").inc()
            return None

    async def _send(self, message: ClaimedWebhook) -> Answer:
        body = body_of(message)
        headers = headers_of(message, body, self._key, now=message.claimed_at)
        answer = await self._client.post(message.url, headers, body.encode())
        await claims.record_attempt(message, answer)
        outcome = "delivered" if answer.succeeded else "given_up" if message.is_last_attempt else "put_off"
        WEBHOOKS_TOTAL.labels(outcome).inc()
        return answer

    async def _suspends(self, endpoint_id: UUID, answers: list[Answer]) -> bool:
        """Pause an endpoint that says it is gone, or that has failed for days; return whether it was."""
        if all(answer.succeeded for answer in answers):
            return False
        if any(answer.status == GONE for answer in answers):
            cause = SuspensionCause.GONE
        elif await claims.is_dead(endpoint_id):
            cause = SuspensionCause.UNREACHABLE
        else:
            return False
        command = Command(noun=ENDPOINT, move="suspend", subject_id=endpoint_id, input=Suspension(cause=cause))
        try:
            await execute(command, CLOCK)
        except Refused:
            return False
        log.warning("a webhook endpoint was paused", endpoint=str(endpoint_id), cause=cause)
        return True
