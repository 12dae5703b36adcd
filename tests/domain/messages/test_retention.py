"""Letters are kept for six years from the end of theirs, in real time, and then removed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.commands import remove_expired
from domain.kernel.actors import Role
from domain.outbox.model import MessageState, OutboxMessage

pytestmark = pytest.mark.database


async def a_letter(written_at: datetime, state: MessageState) -> UUID:
    """A message whose identifier says when it was written, as all of them do."""
    message_id = UUID(int=(int(written_at.timestamp() * 1000) << 80) + 0x7000_8000_0000_0000_0000)
    await OutboxMessage.create(
        id=message_id,
        name="order.approve",
        recipient_role=Role.CUSTOMER,
        contact_id=message_id,
        subject_kind="order",
        subject_id=message_id,
        state=state,
        next_attempt_at=written_at,
        created_at=written_at,
    )
    return message_id


async def test_a_letter_goes_with_the_end_of_its_sixth_year() -> None:
    year = datetime.now(UTC).year
    kept = await a_letter(datetime(year - 6, 1, 1, 12, tzinfo=UTC), MessageState.SENT)
    await a_letter(datetime(year - 7, 12, 31, 12, tzinfo=UTC), MessageState.SENT)

    await remove_expired()

    assert [message.id for message in await OutboxMessage.all()] == [kept]


async def test_a_letter_that_still_waits_is_not_removed() -> None:
    waiting = await a_letter(datetime(datetime.now(UTC).year - 9, 5, 1, tzinfo=UTC), MessageState.PENDING)

    await remove_expired()

    assert [message.id for message in await OutboxMessage.all()] == [waiting]
