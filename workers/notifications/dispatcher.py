"""Sends the letters of the outbox: each at least once, always under the same message id."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import structlog
from prometheus_client import Counter

from domain import after_sending
from domain.accounts.message_readers import load_reader
from domain.outbox import claims
from domain.outbox.claims import MessageBatch, single
from domain.outbox.digests import claim_digests
from settings import Settings
from workers.notifications.composer import MessageComposer, MessageDropped
from workers.notifications.smtp import MailRejected, SmtpClient

CLAIM_SIZE = 20
DIGEST_CLAIM_SIZE = 50
CONCURRENCY = 4
ERROR_LOG_ATTEMPTS = 10
MESSAGES_TOTAL = Counter("werkstand_letters", "Letters by what became of them.", ["outcome"])

log = structlog.get_logger()


class Dispatcher:
    """Claims letters, writes them in their readers' eyes, and hands them to the mail server."""

    def __init__(self, settings: Settings) -> None:
        self._smtp = SmtpClient(settings.smtp_url, settings.mail_sender)
        self._composer = MessageComposer(settings)

    async def send_waiting(self) -> int:
        """Send everything that waits, digests whose hour has come first; returns how many mails were accepted."""
        accepted = 0
        while digests := await claim_digests(DIGEST_CLAIM_SIZE):
            accepted += await self._send_all(digests)
        while letters := await claims.claim_messages(CLAIM_SIZE):
            accepted += await self._send_all([single(letter) for letter in letters])
        return accepted

    async def send_message(self, message_id: UUID) -> bool:
        """Send one letter if it still waits alone; tells whether the mail server accepted it."""
        letter = await claims.claim_message(message_id)
        return letter is not None and await self._send_batch(single(letter))

    async def _send_all(self, batches: Sequence[MessageBatch]) -> int:
        gate = asyncio.Semaphore(CONCURRENCY)

        async def in_turn(envelope: MessageBatch) -> bool:
            async with gate:
                return await self._send_batch(envelope)

        return sum(await asyncio.gather(*map(in_turn, batches)))

    async def _send_batch(self, batch: MessageBatch) -> bool:
        try:
            await self._send(batch)
        except MessageDropped as reason:
            await claims.drop(batch, str(reason))
            MESSAGES_TOTAL.labels("dropped").inc()
        except MailRejected as refusal:
            await self._give_up(batch, str(refusal))
        except Exception as failure:
            await self._postpone(batch, failure)
        else:
            MESSAGES_TOTAL.labels("sent").inc()
            return True
        return False

    async def _send(self, batch: MessageBatch) -> None:
        """What follows is done before the mail counts as sent: better a mail twice than a move never."""
        reader = await load_reader(batch.first)
        if reader is None:
            raise MessageDropped("the reader is gone or has no address")
        await self._smtp.send(await self._composer.compose(batch, reader))
        for letter in batch.messages:
            await after_sending.message_was_accepted(letter)
        await claims.mark_sent(batch)

    async def _postpone(self, batch: MessageBatch, failure: Exception) -> None:
        letter, why = batch.first, f"{type(failure).__name__}: {failure}"
        if batch.is_last_attempt:
            await self._give_up(batch, why)
            return
        tell = log.warning if letter.attempts < ERROR_LOG_ATTEMPTS else log.error
        tell("a letter is put off", letter=str(letter.id), name=batch.name, why=why, exc_info=failure)
        await claims.postpone(batch, why)
        MESSAGES_TOTAL.labels("put_off").inc()

    async def _give_up(self, batch: MessageBatch, why: str) -> None:
        log.error("a letter was given up", letter=str(batch.first.id), name=batch.name, why=why)
        await claims.mark_failed(batch, why)
        MESSAGES_TOTAL.labels("given_up").inc()
