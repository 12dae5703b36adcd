"""Claims of processes that end: a stopped one gives its messages back, a killed one keeps them for a lease at most."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from tortoise import connections

from domain.database.leases import LEASE
from domain.orders.model import OrderStatus
from domain.outbox.claims import claim_messages, mark_failed, postpone, single
from domain.outbox.model import MessageState, OutboxMessage
from settings import Settings
from tests.makers.orders import an_order
from tests.makers.time import berlin, the_clock_shows
from tests.support.held_mail_server import HeldMailServer, a_held_mail_server
from tests.support.polling import PATIENCE_SECONDS, it_happens
from workers.held_leases import run_all
from workers.notifications.dispatcher import CONCURRENCY, Dispatcher
from workers.queue.job_publisher import job_publisher

pytestmark = [pytest.mark.database, pytest.mark.long]

LETTERS = CONCURRENCY + 3
# A process waits for the mail server to the end, which tests shorten: it never answers most of them.
SMTP_TIMEOUT_SECONDS = 8
IMPATIENT = f"""from workers.commands.cli import main
from workers.notifications import smtp
smtp.SMTP_TIMEOUT_SECONDS = {SMTP_TIMEOUT_SECONDS}
main()"""
LEASES_END = "UPDATE outbox SET next_attempt_at = clock_timestamp() WHERE state = 'PENDING'"


@pytest.fixture
async def mail_server() -> AsyncIterator[HeldMailServer]:
    async with a_held_mail_server() as held:
        yield held


async def offers_wait(count: int) -> None:
    await the_clock_shows(berlin(2026, 3, 27, 18))
    for _ in range(count):
        await an_order(OrderStatus.AWAITING_CUSTOMER)
    await OutboxMessage.exclude(name="order.approve").delete()


async def a_process(name: str, mail_server: HeldMailServer, **environment: str) -> Process:
    values = os.environ | {"SMTP_URL": mail_server.url} | environment
    command = (sys.executable, "-c", IMPATIENT, name)
    return await asyncio.create_subprocess_exec(*command, env=values, stdout=PIPE, stderr=STDOUT)


def that_many(found: Callable[[], int], count: int) -> Callable[[], Awaitable[bool]]:
    async def is_reached() -> bool:
        return found() >= count

    return is_reached


async def ended(process: Process, end_signal: signal.Signals) -> str:
    process.send_signal(end_signal)
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    return output.decode()


async def free_again() -> int:
    return await OutboxMessage.filter(state=MessageState.PENDING, claim_id=None).count()


@pytest.mark.thorough
async def test_a_stopped_clock_gives_back_what_it_has_claimed(mail_server: HeldMailServer, settings: Settings) -> None:
    await offers_wait(LETTERS)
    process = await a_process("clock", mail_server, REDIS_URL="")
    await it_happens(that_many(lambda: len(mail_server.received), CONCURRENCY))

    output = await ended(process, signal.SIGTERM)

    untried = await OutboxMessage.filter(attempts=0, claim_id=None).count()
    assert (process.returncode, "Error" in output) == (0, False)
    assert (untried, await free_again()) == (LETTERS - CONCURRENCY, LETTERS)
    mail_server.may_answer.set()
    assert await Dispatcher(settings.model_copy(update={"smtp_url": mail_server.url})).send_waiting() == LETTERS


async def test_a_stopped_worker_gives_back_what_it_is_sending(mail_server: HeldMailServer, redis_url: str) -> None:
    async with job_publisher(redis_url):
        await offers_wait(2)
    process = await a_process("worker", mail_server)
    await it_happens(that_many(lambda: len(mail_server.received), 2))

    output = await ended(process, signal.SIGTERM)

    assert "Error" not in output
    assert (await free_again(), await OutboxMessage.filter(attempts=1).count()) == (2, 2)


@pytest.mark.thorough
async def test_a_stopped_process_still_hears_the_answers_to_what_it_has_sent(mail_server: HeldMailServer) -> None:
    await offers_wait(LETTERS)
    process = await a_process("clock", mail_server, REDIS_URL="")
    await it_happens(that_many(lambda: len(mail_server.received), CONCURRENCY))
    process.send_signal(signal.SIGTERM)

    async def the_rest_is_free() -> bool:
        return await free_again() == LETTERS - CONCURRENCY

    await it_happens(the_rest_is_free)
    mail_server.may_answer.set()
    await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)

    assert await OutboxMessage.filter(state=MessageState.SENT).count() == CONCURRENCY
    assert set(Counter(mail_server.accepted).values()) == {1}


async def test_the_claims_of_a_killed_process_end_with_its_lease(mail_server: HeldMailServer) -> None:
    await offers_wait(LETTERS)
    process = await a_process("clock", mail_server, REDIS_URL="")
    await it_happens(that_many(lambda: len(mail_server.received), CONCURRENCY))

    await ended(process, signal.SIGKILL)

    assert LEASE.seconds == 15
    assert await claim_messages(LETTERS) == []
    await connections.get("default").execute_query(LEASES_END)
    assert len(await claim_messages(LETTERS)) == LETTERS


async def test_a_message_that_another_process_has_claimed_is_not_sent(
    mail_server: HeldMailServer, settings: Settings
) -> None:
    await offers_wait(1)
    mail_server.may_answer.set()
    dispatcher = Dispatcher(settings.model_copy(update={"smtp_url": mail_server.url}))
    (lost,) = await claim_messages(1)
    await connections.get("default").execute_query(LEASES_END)
    (kept,) = await claim_messages(1)

    assert await dispatcher._send_all([single(lost)]) == 0
    await postpone(single(lost), "too late")
    await mark_failed(single(lost), "too late")
    assert mail_server.received == []

    assert await dispatcher._send_all([single(kept)]) == 1
    assert (await OutboxMessage.get(id=kept.id)).state is MessageState.SENT


async def test_a_lease_is_renewed_for_as_long_as_the_mail_server_thinks(
    mail_server: HeldMailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.held_leases.RENEWAL_SECONDS", 0.01)
    await offers_wait(1)
    sending = asyncio.create_task(Dispatcher(settings.model_copy(update={"smtp_url": mail_server.url})).send_waiting())
    await it_happens(that_many(lambda: len(mail_server.received), 1))
    before = (await OutboxMessage.get()).next_attempt_at

    async def it_is_renewed() -> bool:
        return (await OutboxMessage.get()).next_attempt_at > before

    await it_happens(it_is_renewed)
    mail_server.may_answer.set()
    assert await sending == 1


async def test_a_failure_leaves_nothing_of_the_others_behind() -> None:
    """Work that is left behind would look for closed connections when the process stops."""
    finished = asyncio.Event()

    async def fails() -> None:
        raise ConnectionError

    async def goes_on() -> None:
        await asyncio.sleep(0)
        finished.set()

    with pytest.raises(ConnectionError):
        await run_all([fails(), goes_on()])

    assert finished.is_set()
