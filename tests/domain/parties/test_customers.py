"""Visibility of customers: members see those they work with, and no others."""

from dataclasses import replace
from typing import Any

import pytest

from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.parties.inputs import ContactEntry, NewCustomer
from domain.parties.model import Collaboration, Contact
from tests.makers.parties import a_member, acting_for_member

pytestmark = pytest.mark.database

ENTRY = NewCustomer(
    legal_name="Kunde ABC",
    street="Musterweg 2",
    postcode="10115",
    city="Berlin",
    vat_id="DE999999999",
    invoice_email="rechnung@kunde.example",
    contact=ContactEntry(name="Kim Kontakt", email="kim@kunde.example"),
)
CREATE = Command(noun="customer", move="create", input=ENTRY)


async def test_a_member_works_with_the_customer_they_entered() -> None:
    member = await a_member()

    outcome = await execute(CREATE, acting_for_member(member))

    assert await Collaboration.filter(member=member, customer_id=outcome.subject_id).exists()
    assert await Contact.filter(customer_id=outcome.subject_id).count() == 1


async def test_the_same_vat_id_twice_is_refused_to_the_same_member() -> None:
    by_member = acting_for_member(await a_member())
    await execute(CREATE, by_member)

    with pytest.raises(Refused) as refused:
        await execute(replace(CREATE, input=replace(ENTRY, legal_name="Anders")), by_member)

    assert refused.value.refusals[0].reason == "customer_already_yours"


async def test_a_duplicate_does_not_tell_whom_others_work_with() -> None:
    await execute(CREATE, acting_for_member(await a_member()))

    outcome = await execute(CREATE, acting_for_member(await a_member("Somebody else")))

    assert await Collaboration.filter(customer_id=outcome.subject_id).count() == 1


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"country": "XX"}, "country_unknown"),
        ({"vat_id": "12"}, "vat_id_malformed"),
        ({"invoice_email": "nobody"}, "email_malformed"),
        ({"contact": ContactEntry(name="Kim", email="kim")}, "email_malformed"),
        ({"contact": ContactEntry(name="Kim", email="<kim@kunde.example>")}, "email_malformed"),
        ({"contact": ContactEntry(name="Kim", email="kim@kunde.example\u202e")}, "email_malformed"),
        ({"contact": ContactEntry(name="Kim", email="kim@stra\u00dfe.example")}, "email_malformed"),
        ({"legal_name": "  "}, "text_too_small"),
        ({"legal_name": "\u200b\u202e"}, "text_too_small"),
    ],
)
async def test_what_cannot_be_right_is_refused(flaw: dict[str, Any], reason: str) -> None:
    by_member = acting_for_member(await a_member())

    with pytest.raises(Refused) as refused:
        await execute(replace(CREATE, input=replace(ENTRY, **flaw)), by_member)

    assert refused.value.refusals[0].reason == reason
