"""Payment files: their structure as the message prescribes it, and what the bank states of them."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree
from stdnum import iban as ibans

from domain.claims.inputs import ClaimDraft, ClaimFiles
from domain.claims.model import Claim, ClaimKind, ClaimStatus, PaymentFileStatus
from domain.claims.transfers.characters import sepa_text
from domain.kernel.errors import Refused
from tests.makers.bank_files import Entry, camt, imported
from tests.makers.claims import a_claim, a_payment_file, a_payout, draft, move_claim, move_file, some_funds, submitted
from tests.makers.files import a_file
from tests.makers.time import berlin

pytestmark = pytest.mark.frozen_clock(berlin(2026, 4, 1, 10))

# The elements of pain.001.001.09 that the file uses, each with its children in the order of the schema.
STRUCTURE = {
    "Document": ["CstmrCdtTrfInitn"],
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "InitgPty": ["Nm"],
    "PmtInf": [
        "PmtInfId",
        "PmtMtd",
        "BtchBookg",
        "NbOfTxs",
        "CtrlSum",
        "PmtTpInf",
        "ReqdExctnDt",
        "Dbtr",
        "DbtrAcct",
        "DbtrAgt",
        "ChrgBr",
        "CdtTrfTxInf",
    ],
    "PmtTpInf": ["SvcLvl"],
    "SvcLvl": ["Cd"],
    "ReqdExctnDt": ["Dt"],
    "Dbtr": ["Nm"],
    "DbtrAcct": ["Id"],
    "DbtrAgt": ["FinInstnId"],
    "FinInstnId": ["BICFI", "Othr"],
    "CdtTrfTxInf": ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"],
    "PmtId": ["EndToEndId"],
    "Amt": ["InstdAmt"],
    "Cdtr": ["Nm"],
    "CdtrAcct": ["Id"],
    "Id": ["IBAN"],
    "Othr": ["Id"],
    "RmtInf": ["Ustrd"],
}
LONGEST = {"MsgId": 35, "PmtInfId": 35, "EndToEndId": 35, "Nm": 70, "Ustrd": 140}


def require_structure(element: etree._Element) -> None:
    """Every element stands where the schema has it, in its order, and every text is as long as it may be."""
    name = etree.QName(element).localname
    children = [etree.QName(child).localname for child in element]
    places = [STRUCTURE[name].index(child) for child in children] if children else []
    assert places == sorted(places)
    repeated = {child for child in children if children.count(child) > 1}
    assert repeated <= {"CdtTrfTxInf"}
    if not children:
        assert 0 < len(element.text or "") <= LONGEST.get(name, 1_000)
    for child in element:
        require_structure(child)


def texts(document: bytes, name: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(document).iter(f"{{*}}{name}")]


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

    require_structure(etree.fromstring(document))
    assert etree.QName(etree.fromstring(document)).namespace == "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
    assert texts(document, "NbOfTxs") == ["2", "2"]
    assert texts(document, "CtrlSum") == ["150.05", "150.05"]
    assert texts(document, "InstdAmt") == ["100.00", "50.05"]
    assert texts(document, "EndToEndId") == [one.end_to_end_id, other.end_to_end_id]
    assert texts(document, "IBAN") == ["DE02120300000000202051", "DE02500105170137075030", "AT611904300234573201"]
    assert all(ibans.is_valid(each) for each in texts(document, "IBAN"))
    assert texts(document, "Ustrd") == ["Auszahlung fuer Maerz + mehr", "Druck"]
    assert texts(document, "Nm")[-1] == "Drueckerei Gross"
    assert texts(document, "CreDtTm") == ["2026-04-01T08:00:00Z"]


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
