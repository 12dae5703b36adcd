"""The supplement behind a mailed link: its own and no other, answered once, void with a reason afterwards."""

import pytest

from domain.access.mailed_links import token
from domain.access.model import Link, LinkEnd, LinkPurpose
from domain.kernel.actors import Actor
from domain.kernel.errors import Code, Refused
from domain.orders.inputs import ContactChoice
from domain.outbox.model import OutboxMessage
from domain.parties.model import Contact
from domain.supplements.model import Supplement, SupplementStatus
from tests.makers.accounts import actor_of_link
from tests.makers.billing import move_line
from tests.makers.parties import STAFF
from tests.makers.supplements import REASON, SupplementCase, a_supplement, propose
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

KEY = b"a key that only tests use"


async def link_of(case: SupplementCase) -> Link:
    return await Link.get(supplement_id=case.supplement.id, ended_at=None)


async def through(link: Link) -> Actor:
    actor = await actor_of_link(token(link.id, LinkPurpose.SUPPLEMENT, KEY), KEY)
    assert actor is not None
    return actor


async def test_the_mail_carries_the_link_of_its_supplement() -> None:
    case = await a_supplement()

    message = await OutboxMessage.get(name="supplement.offer", recipient_role="CUSTOMER")

    assert message.link_id == (await link_of(case)).id


async def test_the_link_confirms_and_is_used_up() -> None:
    case = await a_supplement()
    link = await link_of(case)

    await case.move("confirm", actor=await through(link))

    await link.refresh_from_db()
    assert (case.supplement.status, link.end) == (SupplementStatus.CONFIRMED, LinkEnd.USED)


async def test_two_supplements_of_an_order_have_a_link_each_that_answers_its_own_only() -> None:
    first = await a_supplement()
    line = await propose(first.around, "10.00")
    second = SupplementCase(await Supplement.get(line_id=line.id), line, first.around)
    of_first = await through(await link_of(first))

    with pytest.raises(Refused) as refused:
        await second.move("confirm", actor=of_first)
    await first.move("decline", actor=of_first)

    assert refused.value.refusals[0].code is Code.NOT_FOUND
    assert (await link_of(second)).end is None
    assert second.supplement.status is SupplementStatus.OPEN


async def test_the_link_moves_nothing_but_its_supplement() -> None:
    case = await a_supplement()

    with pytest.raises(Refused) as refused:
        await case.around.move("comment", await through(await link_of(case)))

    assert refused.value.refusals[0].code in (Code.FORBIDDEN, Code.NOT_FOUND)


async def test_a_canceled_line_makes_the_link_void() -> None:
    case = await a_supplement()
    link = await link_of(case)

    await move_line(case.line, "cancel", takes=REASON)

    await link.refresh_from_db()
    assert link.end is LinkEnd.WITHDRAWN
    assert await actor_of_link(token(link.id, LinkPurpose.SUPPLEMENT, KEY), KEY) is None


async def test_another_contact_gets_a_link_of_their_own_and_the_first_is_void() -> None:
    case = await a_supplement()
    link = await link_of(case)
    contact = await Contact.create(customer_id=case.around.customer.id, name="Robin", email="robin@kunde.example")

    await case.around.move("changeContact", STAFF, ContactChoice(contact_id=contact.id))

    await link.refresh_from_db()
    new = await link_of(case)
    assert (link.end, new.contact_id) == (LinkEnd.SUPERSEDED, contact.id)
    await case.move("confirm", actor=await through(new))
    assert case.supplement.status is SupplementStatus.CONFIRMED
