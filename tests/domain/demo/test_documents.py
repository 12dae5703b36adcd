"""Every document that the demo issues passes the official rules, as its customer has it and as an XRechnung."""

from typing import Any

import pytest
import pytest_asyncio

from domain.billing.documents.rendering import xml_of
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.validation import Validator
from domain.billing.model import Invoice, InvoiceKind
from domain.database import clock
from domain.demo import seed
from tests.makers.time import berlin
from tests.support.servers import TestDatabase

pytestmark = pytest.mark.thorough

PUBLIC_BODY = {"buyer_reference": "04011000-12345-34"}
CONTACT = {"contact_name": "Bea Büro", "phone": "+49 30 1234567"}


@pytest_asyncio.fixture
async def issued(own_database: TestDatabase, pools: None) -> Any:
    await clock.freeze(berlin(2026, 11, 20, 8, 30))
    await seed("ein langes Passwort")
    yield await Invoice.filter(number__isnull=False).order_by("number")
    await own_database.clean()


async def test_documents_of_the_demo_pass_in_every_format(issued: list[Any]) -> None:
    validator = Validator()

    findings = {
        (invoice.number, profile): validator.check(xml_of(snapshot, profile), profile)
        for invoice in issued
        for snapshot in [_complete(invoice.snapshot)]
        for profile in Profile
    }

    assert {invoice.kind for invoice in issued} == {InvoiceKind.INVOICE, InvoiceKind.CANCELLATION}
    assert {key: found for key, found in findings.items() if found} == {}


def _complete(snapshot: dict[str, Any]) -> dict[str, Any]:
    """With what an XRechnung names beside, where the demo's customer wants none."""
    buyer, seller = snapshot["buyer"], snapshot["seller"]
    return snapshot | {
        "buyer": buyer | {name: buyer.get(name) or value for name, value in PUBLIC_BODY.items()},
        "seller": seller | {name: seller.get(name) or value for name, value in CONTACT.items()},
    }
