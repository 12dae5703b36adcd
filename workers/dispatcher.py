"""Sends the letters of the outbox: each at least once, always under the same message id."""

import asyncio
from uuid import UUID

import structlog
from prometheus_client import Counter

from domain import sending
from domain.accounts.readers import reader_of
from domain.core import mailing
from domain.core.mailing import Claimed
from settings import Settings
from workers.letters.writer import OutOfSight, Writer
from workers.mail import MailServer, Unacceptable

AT_ONCE = 20
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
        """Send everything that waits; returns how many the mail server accepted."""
        accepted, gate = 0, asyncio.Semaphore(SIDE_BY_SIDE)

        async def in_turn(letter: Claimed) -> bool:
            async with gate:
                return await self._deliver(letter)

        while letters := await mailing.claim_letters(AT_ONCE):
            accepted += sum(await asyncio.gather(*map(in_turn, letters)))
        return accepted

    async def deliver(self, letter_id: UUID) -> bool:
        """Send one letter if it still waits; tells whether the mail server accepted it."""
        letter = await mailing.claim_letter(letter_id)
        return letter is not None and await self._deliver(letter)

    async def _deliver(self, letter: Claimed) -> bool:
        try:
            await self._send(letter)
        except OutOfSight as reason:
            await mailing.drop(letter.id, str(reason))
            LETTERS.labels("dropped").inc()
        except Unacceptable as refusal:
            await self._give_up(letter, str(refusal))
        except Exception as failure:
            await self._put_off(letter, failure)
        else:
            LETTERS.labels("sent").inc()
            return True
        return False

    async def _send(self, letter: Claimed) -> None:
        """What follows is done before the letter counts as sent: better a mail twice than a move never."""
        reader = await reader_of(letter)
        if reader is None:
            raise OutOfSight("the reader is gone or has no address")
        await self._server.send(await self._writer.write(letter, reader))
        await sending.was_accepted(letter)
        await mailing.note_sent(letter.id)

    async def _put_off(self, letter: Claimed, failure: Exception) -> None:
        why = f"{type(failure).__name__}: {failure}"
        if letter.is_last_attempt:
            await self._give_up(letter, why)
            return
        tell = log.warning if letter.attempts < WORTH_AN_ALARM else log.error
        tell("a letter is put off", letter=str(letter.id), name=letter.name, why=why, exc_info=failure)
        await mailing.put_off(letter.id, why)
        LETTERS.labels("put_off").inc()

    async def _give_up(self, letter: Claimed, why: str) -> None:
        log.error("a letter was given up", letter=str(letter.id), name=letter.name, why=why)
        await mailing.give_up(letter, why)
        LETTERS.labels("given_up").inc()
