"""Sends the letters of the outbox: each at least once, always under the same message id."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import structlog
from prometheus_client import Counter

from domain import sending
from domain.accounts.readers import reader_of
from domain.outbox import claims
from domain.outbox.claims import MessageBatch, single
from domain.outbox.digests import claim_digests
from settings import Settings
from workers.letters.writer import NotToBeSent, Writer
from workers.mail import MailServer, Unacceptable

AT_ONCE = 20
DIGESTS_AT_ONCE = 50
SIDE_BY_SIDE = 4
WORTH_AN_ALARM = 10
LETTERS = Counter("werkstand_letters", "Letters by what became of them.", ["outcome"])

log = structlog.get_logger()


class Dispatcher:
    """Claims letters, writes them in their readers' eyes, and hands them to the mail server."""

    def __init__(self, settings: Settings) -> None:
        self._server = MailServer(settings.smtp_url, settings.mail_sender)
        self._writer = Writer(settings)

    async def deliver_waiting(self) -> int:
        """Send everything that waits, digests whose hour has come first; returns how many mails were accepted."""
        accepted = 0
        while digests := await claim_digests(DIGESTS_AT_ONCE):
            accepted += await self._deliver_all(digests)
        while letters := await claims.claim_messages(AT_ONCE):
            accepted += await self._deliver_all([single(letter) for letter in letters])
        return accepted

    async def deliver(self, letter_id: UUID) -> bool:
        """Send one letter if it still waits alone; tells whether the mail server accepted it."""
        letter = await claims.claim_message(letter_id)
        return letter is not None and await self._deliver(single(letter))

    async def _deliver_all(self, envelopes: Sequence[MessageBatch]) -> int:
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def in_turn(envelope: MessageBatch) -> bool:
            async with gate:
                return await self._deliver(envelope)

        return sum(await asyncio.gather(*map(in_turn, envelopes)))

    async def _deliver(self, envelope: MessageBatch) -> bool:
        try:
            await self._send(envelope)
        except NotToBeSent as reason:
            await claims.drop(envelope, str(reason))
            LETTERS.labels("dropped").inc()
        except Unacceptable as refusal:
            await self._give_up(envelope, str(refusal))
        except Exception as failure:
            await self._put_off(envelope, failure)
        else:
            LETTERS.labels("sent").inc()
            return True
        return False

    async def _send(self, envelope: MessageBatch) -> None:
        """What follows is done before the mail counts as sent: better a mail twice than a move never."""
        reader = await reader_of(envelope.first)
        if reader is None:
            raise NotToBeSent("the reader is gone or has no address")
        await self._server.send(await self._writer.write(envelope, reader))
        for letter in envelope.messages:
            await sending.was_accepted(letter)
        await claims.mark_sent(envelope)

    async def _put_off(self, envelope: MessageBatch, failure: Exception) -> None:
        letter, why = envelope.first, f"{type(failure).__name__}: {failure}"
        if envelope.is_last_attempt:
            await self._give_up(envelope, why)
            return
        tell = log.warning if letter.attempts < WORTH_AN_ALARM else log.error
        tell("a letter is put off", letter=str(letter.id), name=envelope.name, why=why, exc_info=failure)
        await claims.postpone(envelope, why)
        LETTERS.labels("put_off").inc()

    async def _give_up(self, envelope: MessageBatch, why: str) -> None:
        log.error("a letter was given up", letter=str(envelope.first.id), name=envelope.name, why=why)
        await claims.mark_failed(envelope, why)
        LETTERS.labels("given_up").inc()
