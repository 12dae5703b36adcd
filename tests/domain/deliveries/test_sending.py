"""Sent review requests: an accepted mail begins the review of its own version, and of no other."""

import pytest

from domain import after_sending
from domain.outbox import claims
from domain.outbox.claims import ClaimedMessage
from domain.parties.model import CustomerKind
from tests.makers.deliveries import TAKES, DeliveryCase, a_delivery
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 6, 1, 12))


async def the_mail(case: DeliveryCase, name: str) -> ClaimedMessage:
    """The customer's message of this name, claimed."""
    (message,) = [each for each in await claims.claim_messages(20) if each.name == name]
    assert message.subject_id == case.id
    return message


async def test_an_accepted_mail_begins_a_consumers_review() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)

    await after_sending.message_was_accepted(await the_mail(case, "delivery.submit"))

    await case.delivery.refresh_from_db()
    assert case.delivery.review_awaits_mail is False
    assert case.delivery.review_ends_at is not None


async def test_a_mail_about_an_earlier_version_begins_no_review_of_the_next() -> None:
    case = await a_delivery(kind=CustomerKind.CONSUMER)
    on_its_way = await the_mail(case, "delivery.submit")
    await case.move("requestRevision")
    await case.move("describe", TAKES["describe"])
    await case.move("resubmit")

    await after_sending.message_was_accepted(on_its_way)

    await case.delivery.refresh_from_db()
    assert case.delivery.review_awaits_mail is True
    await after_sending.message_was_accepted(await the_mail(case, "delivery.resubmit"))
    await case.delivery.refresh_from_db()
    assert case.delivery.review_awaits_mail is False
