"""How customers receive electronic invoices: their address has the form of its kind."""

import pytest

from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.billing.e_invoices.profiles import DocumentFormat
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.errors import Refused
from domain.parties.inputs import CustomerAmendment
from domain.parties.model import Customer
from tests.makers.parties import FINANCE, a_customer

LEITWEG_ID = "991-03730-19"


@pytest.mark.parametrize(
    ("scheme", "address", "fits"),
    [
        ("EMAIL", "rechnung@kunde.example", True),
        ("EMAIL", "kein Postfach", False),
        ("LEITWEG_ID", LEITWEG_ID, True),
        ("LEITWEG_ID", "991-03730-18", False),
        ("VAT_ID", "DE136695976", True),
        ("VAT_ID", "DE136695977", False),
        ("GLN", "4012345000009", True),
        ("GLN", "4012345000008", False),
    ],
)
def test_an_address_has_the_form_of_its_scheme(scheme: str, address: str, fits: bool) -> None:
    assert ElectronicAddressScheme(scheme).fits(address) is fits


@pytest.mark.database
async def test_a_leitweg_id_with_a_wrong_check_digit_is_refused() -> None:
    customer = await a_customer()
    wrong = CustomerAmendment(
        electronic_address="991-03730-18", electronic_address_scheme=ElectronicAddressScheme.LEITWEG_ID
    )

    with pytest.raises(Refused) as refused:
        await execute(Command(noun="customer", move="amend", subject_id=customer.id, input=wrong), FINANCE)

    assert refused.value.refusals[0].reason == "electronic_address_malformed"


@pytest.mark.database
async def test_finance_enters_how_a_customer_receives_invoices() -> None:
    customer = await a_customer()
    entered = CustomerAmendment(document_format=DocumentFormat.XRECHNUNG_UBL, buyer_reference=f" {LEITWEG_ID} ")

    await execute(Command(noun="customer", move="amend", subject_id=customer.id, input=entered), FINANCE)

    changed = await Customer.get(id=customer.id)
    assert (changed.document_format, changed.buyer_reference) == ("XRECHNUNG_UBL", LEITWEG_ID)
