"""What members claim of their budgets: receipts, a journey and payouts, paid by one file that the bank states."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lxml import etree

from tests.makers.bank_files import Entry
from tests.support.running_system import eventually
from tests.system.firm_month.amounts import euros
from tests.system.firm_month.firm import IBANS, Firm

RECEIPT = b"%PDF-1.4 a receipt"
RECEIPTS = ((119_00, 19), (10_70, 7))
EXPENSE = 129_70
# Two days of 14.00 and one of 28.00, less a breakfast of 5.60, and 120 kilometres at 0.30.
TRAVEL = 2 * 14_00 + 28_00 - 5_60 + 120 * 30
PAYOUT, RETURNED, LIMIT_EUROS = 250_00, 75_25, 200
CLAIMED = {"mira": EXPENSE + TRAVEL, "noah": PAYOUT}


@dataclass(frozen=True)
class Paid:
    """One claim as the bank sees it."""

    end_to_end_id: str
    amount: int


def claims_are_approved(firm: Firm, day: date) -> None:
    """Mira claims receipts and a journey, Noah two payouts; two people agree to the large one, one to the others."""
    firm.move("ada", "operatorSetRules", "operator", id=firm.operator_id(), claimApprovalLimitEuros=LIMIT_EUROS)
    expense = _claim(firm, "mira", "EXPENSE", "Material für März", receipts=_receipts(day))
    firm.move("mira", "claimAttach", "claim", id=expense, fileIds=[_uploaded(firm, "mira")])
    journey = _claim(firm, "mira", "TRAVEL", "Montage in Köln", **_journey(day))
    payouts = [
        _claim(firm, "noah", "PAYOUT", purpose, amount=euros(amount))
        for purpose, amount in (("Auszahlung", PAYOUT), ("Rückläufer", RETURNED))
    ]
    for who, claims in {"mira": (expense, journey), "noah": payouts}.items():
        firm.moves(who, "claimSubmit", "claim", [{"id": claim} for claim in claims])
    firm.move("fiona", "claimEndorse", "claim", id=payouts[0])
    assert firm.refusals("fiona", "claimApprove", id=payouts[0]) == ["endorser_cannot_approve_claim"]
    firm.in_bulk("felix", "claimBulkApprove", 4, where={"status": {"eq": "SUBMITTED"}})


def claims_are_put_into_a_file(firm: Firm, day: date) -> list[Paid]:
    """Finance makes the file, downloads it, gives it to the bank; what the file says is what was claimed."""
    file = firm.move("fiona", "paymentFileCreate", "paymentFile", "id content amount { amount }", executeOn=str(day))
    firm.move("fiona", "paymentFileMarkSent", "paymentFile", id=file["id"])
    root = etree.fromstring(file["content"].encode())
    amounts = [int(element.text.replace(".", "")) for element in root.iter("{*}InstdAmt")]
    assert sorted(amounts) == sorted((EXPENSE, TRAVEL, PAYOUT, RETURNED))
    assert file["amount"]["amount"] == euros(sum(amounts))
    ids = [str(element.text) for element in root.iter("{*}EndToEndId")]
    return [Paid(each, amount) for each, amount in zip(ids, amounts, strict=True)]


def transfers_are_stated(paid: list[Paid]) -> list[Entry]:
    """What the bank states of the file: it paid all, and one came back."""
    out = [
        Entry(amount=euros(each.amount), direction="DBIT", end_to_end_id=each.end_to_end_id, reference="Überweisung")
        for each in paid
    ]
    (returned,) = (each for each in paid if each.amount == RETURNED)
    reason = "Konto erloschen"
    back = Entry(
        amount=euros(RETURNED), end_to_end_id=returned.end_to_end_id, iban=IBANS["noah"], name="Noah", reference=reason
    )
    return [*out, back]


def _claim(firm: Firm, who: str, kind: str, purpose: str, **given: Any) -> str:
    return str(firm.move(who, "claimCreate", "claim", kind=kind, purpose=purpose, **given)["id"])


def _receipts(day: date) -> list[dict[str, str]]:
    return [
        {"spentOn": str(day), "text": f"Beleg mit {rate} %", "gross": euros(gross), "vatRate": str(rate)}
        for gross, rate in RECEIPTS
    ]


def _journey(day: date) -> dict[str, Any]:
    """Three days, the last of them yesterday."""
    departed, returned = day - timedelta(days=3), day - timedelta(days=1)
    return {
        "country": "DE",
        "departedAt": f"{departed}T08:00:00Z",
        "returnedAt": f"{returned}T16:00:00Z",
        "kilometers": 120,
        "breakfasts": 1,
    }


def _uploaded(firm: Firm, who: str) -> str:
    """A file with all its bytes, sent to the address that the API gives."""
    select = "id uploadUrl"
    upload = firm.move(who, "uploadCreate", "upload", select, name="beleg.pdf", size=len(RECEIPT))
    firm.send(who, upload["uploadUrl"], RECEIPT)
    state = "query ($id: ID!) { file(id: $id) { state } }"
    eventually(lambda: firm.ask(who, state, id=upload["id"])["file"]["state"] == "FINISHED")
    return str(upload["id"])
