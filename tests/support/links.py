"""Mailed links, written at once rather than with a move."""

from typing import Any
from uuid import UUID

from domain.access import mailed_links
from domain.access.model import LinkEnd, LinkPurpose
from domain.access.reply_links import extend_reply_link
from domain.access.status_links import extend_status_link
from domain.database.pending_writes import writing
from domain.parties.model import Contact
from settings import Settings
from tests.makers.orders import Case


async def issue_link(*, purpose: LinkPurpose, order_id: UUID, **bound: Any) -> UUID:
    """A new link of an order's contact."""
    async with writing() as writes:
        return await mailed_links.issue_link(writes, purpose=purpose, order_id=order_id, **bound)


async def end_links(order_id: UUID, purpose: LinkPurpose, end: LinkEnd) -> None:
    """Make the open links of an order void."""
    async with writing() as writes:
        await mailed_links.end_links(writes, order_id, purpose, end)


async def a_status_token(case: Case, settings: Settings) -> str:
    """The token of the status link of an order's contact, as a mail of now would carry it."""
    contact = await Contact.get(customer_id=case.customer.id)
    link_id = await extend_status_link(contact.id)
    assert link_id is not None
    return mailed_links.token(link_id, LinkPurpose.STATUS, settings.key(mailed_links.KEY_PURPOSE))


async def a_reply_token(case: Case, settings: Settings) -> str:
    """The token of the reply link of an order's contact, as a mail of now would carry it."""
    contact = await Contact.get(customer_id=case.customer.id)
    link_id = await extend_reply_link(contact.id, case.order.id)
    assert link_id is not None
    return mailed_links.token(link_id, LinkPurpose.REPLY, settings.key(mailed_links.KEY_PURPOSE))
