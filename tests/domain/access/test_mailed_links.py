"""Mailed links: signed, bound to one purpose, void after use."""

from uuid import UUID

import pytest
from tortoise import connections

from domain.access.mailed_links import read_token, require_open_link, token
from domain.access.model import LinkEnd, LinkPurpose
from domain.accounts.authentication.credentials import authenticate_link
from domain.kernel.actors import ActorKind
from domain.kernel.errors import Refused
from domain.kernel.ids import new_id
from domain.orders.model import Order, OrderStatus
from tests.makers.accounts import actor_of_link
from tests.makers.orders import an_order
from tests.support.links import end_links, issue_link

KEY = b"a key of thirty-two bytes, always"
ANSWERED_OR_LATE = pytest.mark.parametrize("end", [LinkEnd.USED, LinkEnd.CHANGES_REQUESTED, LinkEnd.OFFER_EXPIRED])


def test_a_token_names_its_link_and_purpose() -> None:
    link_id = new_id()

    assert read_token(token(link_id, LinkPurpose.OFFER, KEY), KEY) == (link_id, LinkPurpose.OFFER)


def test_a_token_signed_with_another_key_is_nothing() -> None:
    assert read_token(token(new_id(), LinkPurpose.OFFER, b"another key"), KEY) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "%00.%00", "ä.ö", "A" * 22, "." * 500, "\udc80.\udc80"])
def test_a_malformed_token_is_nothing(text: str) -> None:
    assert read_token(text, KEY) is None


def test_a_token_has_one_spelling_only() -> None:
    text = token(UUID(int=0), LinkPurpose.OFFER, KEY)

    assert read_token("B" + text[1:], KEY) is None
    assert read_token(text + "=", KEY) is None
    assert read_token(text + "\n", KEY) is None


@pytest.mark.database
async def test_a_link_reaches_its_one_order() -> None:
    order, link = await a_link()

    actor = await actor_of_link(token(link, LinkPurpose.OFFER, KEY), KEY)

    assert actor is not None
    assert (actor.kind, actor.order_id, actor.link_id) == (ActorKind.LINK, order.id, link)
    assert actor.account_id is None


@pytest.mark.database
async def test_a_new_link_makes_the_earlier_one_void() -> None:
    order, first = await a_link()

    second = await issue_link(purpose=LinkPurpose.OFFER, order_id=order.id)

    assert await the_end_of(first) is LinkEnd.SUPERSEDED
    assert await the_end_of(second) is None


@pytest.mark.database
@ANSWERED_OR_LATE
async def test_an_answered_or_late_link_still_recognises_but_does_nothing_new(end: LinkEnd) -> None:
    order, link = await a_link()

    await end_links(order.id, LinkPurpose.OFFER, end)

    actor = await actor_of_link(token(link, LinkPurpose.OFFER, KEY), KEY)
    assert actor is not None
    with pytest.raises(Refused):
        await require_open_link(connections.get("default"), actor)


@pytest.mark.database
async def test_a_used_link_recognises_for_seven_days_only() -> None:
    order, link = await a_link()
    await end_links(order.id, LinkPurpose.OFFER, LinkEnd.USED)

    await connections.get("default").execute_query("UPDATE links SET ended_at = ended_at - interval '7 days'")

    assert await actor_of_link(token(link, LinkPurpose.OFFER, KEY), KEY) is None
    assert await the_end_of(link) is LinkEnd.USED


@pytest.mark.database
async def test_a_withdrawn_link_tells_why_and_recognises_nobody() -> None:
    order, link = await a_link()

    await end_links(order.id, LinkPurpose.OFFER, LinkEnd.WITHDRAWN)

    assert await the_end_of(link) is LinkEnd.WITHDRAWN
    assert await actor_of_link(token(link, LinkPurpose.OFFER, KEY), KEY) is None


@pytest.mark.database
@ANSWERED_OR_LATE
async def test_an_offer_that_is_made_again_voids_the_link_of_the_earlier_one(end: LinkEnd) -> None:
    order, link = await a_link()
    await end_links(order.id, LinkPurpose.OFFER, end)

    await issue_link(purpose=LinkPurpose.OFFER, order_id=order.id)

    assert await the_end_of(link) is LinkEnd.SUPERSEDED
    assert await actor_of_link(token(link, LinkPurpose.OFFER, KEY), KEY) is None


@pytest.mark.database
async def test_a_link_is_over_when_its_time_is_over() -> None:
    _, link = await a_link()

    await connections.get("default").execute_query("UPDATE links SET expires_at = clock_timestamp()")

    state = await authenticate_link(token(link, LinkPurpose.OFFER, KEY), KEY)
    assert state is not None
    assert (state.is_in_time, state.actor) == (False, None)


@pytest.mark.database
async def test_a_token_for_another_purpose_opens_nothing() -> None:
    _, link = await a_link()

    assert await authenticate_link(token(link, LinkPurpose.REVIEW, KEY), KEY) is None


async def a_link() -> tuple[Order, UUID]:
    case = await an_order(OrderStatus.IN_REVIEW)
    link = await issue_link(purpose=LinkPurpose.OFFER, order_id=case.order.id)
    return case.order, link


async def the_end_of(link_id: UUID) -> LinkEnd | None:
    state = await authenticate_link(token(link_id, LinkPurpose.OFFER, KEY), KEY)
    assert state is not None
    return state.end
