"""Dispatcher of the outbox: sends each message at least once, always under the same message id."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

import structlog
from prometheus_client import Counter

from domain import after_sending
from domain.accounts.mail_choices import is_unwanted
from domain.accounts.message_readers import load_reader
from domain.billing.documents.stored_files import DocumentsNotStored
from domain.database import leases
from domain.database.leases import LeaseLost
from domain.outbox import claims
from domain.outbox.claims import MessageBatch, single
from domain.outbox.digests import claim_digests
from domain.outbox.operation_mails import claim_operation_mail_with, claim_operation_mails
from settings import Settings
from workers.held_leases import HeldLeases, run_all
from workers.notifications.composer import MessageComposer, MessageDropped
from workers.notifications.smtp import MailRejected, SmtpClient

CLAIM_SIZE = 20
DIGEST_CLAIM_SIZE = 50
CONCURRENCY = 4
ERROR_LOG_ATTEMPTS = 10
MESSAGES_TOTAL = Counter("werkstand_letters", "Messages by outcome.", ["outcome"])

log = structlog.get_logger()


class MailUnwanted(Exception):
    """Its reader chose to get no such mails."""


class Dispatcher:
    """Claims messages, composes their mails in their readers' scope, and sends them."""

    def __init__(self, settings: Settings) -> None:
        self._leases = HeldLeases()
        self._smtp = SmtpClient(settings.smtp_url, settings.mail_sender)
        self._composer = MessageComposer(settings)

    async def send_waiting(self) -> int:
        """Send all waiting messages, those that share a mail first; returns the number of accepted mails."""
        accepted = await self._send_claimed(partial(claim_digests, DIGEST_CLAIM_SIZE))
        accepted += await self._send_claimed(partial(claim_operation_mails, DIGEST_CLAIM_SIZE))
        return accepted + await self._send_claimed(_claim_singles)

    async def stop(self) -> None:
        """Give back what waits here; mails on their way may still be accepted."""
        await self._leases.stop()

    async def send_message(self, message_id: UUID) -> bool:
        """Send one message if it still waits and is in no digest; returns whether the mail server accepted it.

        A message of a bulk operation is sent with the others of its reader.
        """
        message = await claims.claim_message(message_id)
        batches = [single(message)] if message else await claim_operation_mail_with(message_id)
        return await self._send_all(batches) > 0

    async def _send_claimed(self, claim: Callable[[], Awaitable[Sequence[MessageBatch]]]) -> int:
        accepted = 0
        while not self._leases.is_stopping and (batches := await claim()):
            accepted += await self._send_all(batches)
        return accepted

    async def _send_all(self, batches: Sequence[MessageBatch]) -> int:
        semaphore = asyncio.Semaphore(CONCURRENCY)

        async def send_limited(batch: MessageBatch) -> bool:
            async with semaphore:
                return await self._send_batch(batch)

        async with self._leases.hold([batch.lease for batch in batches]):
            return sum(await run_all(map(send_limited, batches)))

    async def _send_batch(self, batch: MessageBatch) -> bool:
        try:
            async with self._leases.begin(batch.lease):
                return await self._attempt(batch)
        except LeaseLost:
            MESSAGES_TOTAL.labels("left_to_others").inc()
            return False

    async def _attempt(self, batch: MessageBatch) -> bool:
        """Send a batch and record what came of it; return whether it was accepted. Raises `LeaseLost`."""
        try:
            await self._send(batch)
        except LeaseLost:
            raise
        except MessageDropped as reason:
            await claims.drop(batch, str(reason))
            MESSAGES_TOTAL.labels("dropped").inc()
        except MailUnwanted:
            await claims.mark_unwanted(batch)
            MESSAGES_TOTAL.labels("unwanted").inc()
        except DocumentsNotStored:
            await claims.postpone(batch, claims.WAITS_FOR_DOCUMENTS)
            MESSAGES_TOTAL.labels("put_off").inc()
        except MailRejected as refusal:
            await self._give_up(batch, str(refusal))
        except Exception as failure:
            await self._postpone(batch, failure)
        else:
            MESSAGES_TOTAL.labels("sent").inc()
            return True
        return False

    async def _send(self, batch: MessageBatch) -> None:
        """Send a batch, run the moves that follow, then mark it as sent: a crash may repeat a mail but lose no move.

        Raises `LeaseLost` before anything is sent when the batch is no longer ours.
        """
        reader = await load_reader(batch.first)
        if reader is None:
            raise MessageDropped("the reader is gone or has no address")
        if is_unwanted(batch.first.name, batch.first.recipient_role, reader.unwanted_mails):
            raise MailUnwanted
        mail = await self._composer.compose(batch, reader)
        await leases.renew(batch.lease)
        await self._smtp.send(mail)
        for message in batch.messages:
            await after_sending.message_was_accepted(message)
        await claims.mark_sent(batch)

    async def _postpone(self, batch: MessageBatch, failure: Exception) -> None:
        message, why = batch.first, f"{type(failure).__name__}: {failure}"
        if batch.is_last_attempt:
            await self._give_up(batch, why)
            return
        write_log = log.warning if message.attempts < ERROR_LOG_ATTEMPTS else log.error
        write_log("a message is postponed", message=str(message.id), name=batch.name, why=why, exc_info=failure)
        await claims.postpone(batch, why)
        MESSAGES_TOTAL.labels("put_off").inc()

    async def _give_up(self, batch: MessageBatch, why: str) -> None:
        log.error("a message was given up", message=str(batch.first.id), name=batch.name, why=why)
        await claims.mark_failed(batch, why)
        MESSAGES_TOTAL.labels("given_up").inc()


async def _claim_singles() -> Sequence[MessageBatch]:
    return [single(message) for message in await claims.claim_messages(CLAIM_SIZE)]
