"""Payment files: valid by the schema of the message, and what the bank states of them."""

import asyncio
import re
from datetime import date
from decimal import Decimal
from importlib.metadata import distribution

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies
from lxml import etree
from stdnum import iban as ibans

from domain.claims.inputs import ClaimDraft, ClaimFiles
from domain.claims.model import Claim, ClaimKind, ClaimStatus, PaymentFileStatus
from domain.claims.transfers.characters import sepa_text
from domain.claims.transfers.values import Transfer, TransferFile
from domain.claims.transfers.writer import transfer_document
from domain.kernel.errors import Refused
from tests.makers.bank_files import Entry, camt, imported
from tests.makers.claims import a_claim, a_payment_file, a_payout, draft, move_claim, move_file, some_funds, submitted
from tests.makers.files import a_file
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

# The schema as it is published; nothing of the package is imported.
SCHEMA = etree.XMLSchema(etree.parse(str(distribution("sepaxml").locate_file("sepaxml/schemas/pain.001.001.09.xsd"))))
# The rules of the payment area (EPC132-08) are narrower than the schema: signs, lengths, no slash at an end nor two.
ALLOWED = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/\-?:().,'+ ]+(?<!/)")
LONGEST = {"Nm": 70, "Ustrd": 140}


def require_valid(document: bytes) -> None:
    """The document is what its schema says, and its texts are what every bank of the payment area takes."""
    SCHEMA.assertValid(etree.fromstring(document))
    for name, longest in LONGEST.items():
        for text in texts(document, name):
            assert len(text) <= longest
            assert ALLOWED.fullmatch(text), text


def texts(document: bytes, name: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(document).iter(f"{{*}}{name}")]


def a_transfer(payee: str, purpose: str, amount_cents: int = 1) -> Transfer:
    return Transfer(
        end_to_end_id=f"CLM{'0' * 32}",
        amount_cents=amount_cents,
        payee_name=payee,
        payee_iban="AT611904300234573201",
        purpose=purpose,
    )


TRANSFERS = strategies.builds(
    a_transfer, strategies.text(max_size=200), strategies.text(max_size=200), strategies.integers(1, 99_999_999_999)
)


async def test_the_file_is_a_credit_transfer_as_the_message_prescribes() -> None:
    funds = await some_funds("595.00")
    one = await move_claim(await submitted(funds, a_payout("100.00", "Auszahlung für März & mehr")), "approve")
    direct = ClaimDraft(
        kind=ClaimKind.DIRECT_PAYMENT,
        purpose="Druck",
        amount=Decimal("50.05"),
        payee_name="Drückerei Groß",
        payee_iban="AT61 1904 3002 3457 3201",
    )
    other = await draft(funds, direct)
    file = await a_file(funds.member)
    await move_claim(other, "attach", ClaimFiles(file_ids=(file.id,)), actor=funds.member)
    await move_claim(other, "submit", actor=funds.member)
    await move_claim(other, "approve")

    document = (await a_payment_file()).content.encode()

    require_valid(document)
    assert texts(document, "NbOfTxs") == ["2", "2"]
    assert texts(document, "CtrlSum") == ["150.05", "150.05"]
    assert texts(document, "InstdAmt") == ["100.00", "50.05"]
    assert texts(document, "EndToEndId") == [one.end_to_end_id, other.end_to_end_id]
    assert texts(document, "IBAN") == ["DE02120300000000202051", "DE02500105170137075030", "AT611904300234573201"]
    assert all(ibans.is_valid(each) for each in texts(document, "IBAN"))
    assert texts(document, "Ustrd") == ["Auszahlung fuer Maerz + mehr", "Druck"]
    assert texts(document, "Nm")[-1] == "Drueckerei Gross"
    assert texts(document, "CreDtTm") == ["2026-04-01T08:00:00Z"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    payer=strategies.text(max_size=200),
    bic=strategies.sampled_from(["", "BYLADEM1001", "GENODEF1"]),
    transfers=strategies.lists(TRANSFERS, min_size=1, max_size=5),
)
@example(payer="//", bic="", transfers=[a_transfer("/", "\u0301")])
@example(payer="Ä" * 200, bic="", transfers=[a_transfer("Straße & Söhne " * 9, "Ünïcödé " * 40)])
def test_whatever_people_are_called_the_file_is_valid(payer: str, bic: str, transfers: list[Transfer]) -> None:
    file = TransferFile(
        message_id=f"PAY{'0' * 32}",
        created_at=berlin(2026, 4, 1, 10),
        execute_on=date(2026, 4, 2),
        payer_name=payer,
        payer_iban="DE02120300000000202051",
        payer_bic=bic,
        transfers=transfers,
    )

    document = transfer_document(file)

    require_valid(document)
    assert sum(map(Decimal, texts(document, "InstdAmt"))) == Decimal(texts(document, "CtrlSum")[0])


def test_texts_keep_to_the_characters_of_the_payment_area() -> None:
    assert sepa_text("Café „Łódź“ // §3", 70) == "Cafe ..odz. / .3"
    assert sepa_text("x" * 80, 70) == "x" * 70


async def test_a_claim_stands_in_one_file_even_when_two_are_made_at_once() -> None:
    _, claim = await a_claim(ClaimStatus.APPROVED)

    results = await asyncio.gather(a_payment_file(claim), a_payment_file(claim), return_exceptions=True)

    refused = [each for each in results if isinstance(each, Refused)]
    assert [refusal.reason for each in refused for refusal in each.refusals] == ["claim_not_payable"]
    assert (await Claim.get(id=claim.id)).status is ClaimStatus.IN_PAYMENT


async def test_a_discarded_file_lets_its_claims_go() -> None:
    _, claim = await a_claim(ClaimStatus.APPROVED)
    file = await a_payment_file(claim)

    file = await move_file(file, "discard")

    assert file.status is PaymentFileStatus.DISCARDED
    assert (await Claim.get(id=claim.id)).status is ClaimStatus.APPROVED


async def test_the_bank_file_pays_the_claims_that_it_states() -> None:
    funds, claim = await a_claim(ClaimStatus.IN_PAYMENT)

    await imported(camt(Entry(amount="100.00", direction="DBIT", end_to_end_id=claim.end_to_end_id)))

    claim = await Claim.get(id=claim.id)
    assert (claim.status, claim.paid_on) == (ClaimStatus.PAID, date(2026, 4, 1))
    assert (await funds.row()).paid_cents == 100_00


async def test_another_amount_pays_nothing() -> None:
    _, claim = await a_claim(ClaimStatus.IN_PAYMENT)

    await imported(camt(Entry(amount="99.99", direction="DBIT", end_to_end_id=claim.end_to_end_id)))

    assert (await Claim.get(id=claim.id)).status is ClaimStatus.IN_PAYMENT


async def test_what_the_bank_returns_is_approved_again_with_its_reason() -> None:
    _, claim = await a_claim(ClaimStatus.IN_PAYMENT)
    out = Entry(amount="100.00", direction="DBIT", end_to_end_id=claim.end_to_end_id)
    back = Entry(amount="100.00", reference="Account closed", end_to_end_id=claim.end_to_end_id)

    await imported(camt(out, back))

    claim = await Claim.get(id=claim.id)
    assert (claim.status, claim.decision_reason, claim.payment_file_id) == (
        ClaimStatus.APPROVED,
        "Account closed",
        None,
    )
