"""Mails of the outbox for tests."""

from typing import Any
from uuid import UUID

from domain.kernel.actors import Role
from domain.outbox.model import OutboxMessage
from tests.makers.time import berlin

MONDAY = berlin(2026, 4, 13, 10)


async def a_mail(account_id: UUID, order_id: UUID, **facts: Any) -> OutboxMessage:
    """A mail that tells an employee of a submitted order."""
    return await OutboxMessage.create(
        name="order.submit",
        recipient_role=Role.STAFF,
        account_id=account_id,
        subject_kind="order",
        subject_id=order_id,
        order_id=order_id,
        next_attempt_at=MONDAY,
        created_at=MONDAY,
        **facts,
    )
