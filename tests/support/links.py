"""Mailed links, written at once rather than with a move."""

from typing import Any
from uuid import UUID

from domain.access import mailed_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.database.pending_writes import writing


async def issue_link(*, purpose: LinkPurpose, order_id: UUID, **bound: Any) -> UUID:
    """A new link of an order's contact."""
    async with writing() as writes:
        return await mailed_links.issue_link(writes, purpose=purpose, order_id=order_id, **bound)


async def end_links(order_id: UUID, purpose: LinkPurpose, end: LinkEnd) -> None:
    """Make the open links of an order void."""
    async with writing() as writes:
        await mailed_links.end_links(writes, order_id, purpose, end)
