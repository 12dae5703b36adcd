"""The demo's bank file: a payment that fits exactly, one of a part, and one of an unknown payer."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from tortoise import connections

from domain.bank.inputs import BankFileContent, LeastConfidence
from domain.commands import execute
from domain.demo.people import OPERATOR
from domain.demo.scenario_player import ScenarioPlayer
from domain.engine.commands import Command

OPENING_CENTS = 18_450_12
# So many days ago the bank booked; of the open items that are not disputed, the two due last are paid.
DAYS_AGO = 1
SELECT_OWED = """SELECT i.number, c.legal_name AS customer, r.amount_cents - r.canceled_cents - r.paid_cents AS owed
    FROM receivables r JOIN invoices i ON i.id = r.invoice_id JOIN customers c ON c.id = i.customer_id
    WHERE r.status = 'OPEN' AND r.currency = 'EUR' AND r.disputed_at IS NULL AND r.amount_cents > r.canceled_cents
    ORDER BY r.due_on DESC, r.id LIMIT 2"""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Money that came in."""

    cents: int
    payer: str
    reference: str


async def import_bank_file(player: ScenarioPlayer) -> None:
    """Finance imports yesterday's file and books what is sure; an interrupted seed imports nothing twice."""
    owed = await connections.get("default").execute_query_dict(SELECT_OWED)
    if len(owed) < 2:
        return
    booked_on = player.today - timedelta(days=DAYS_AGO)
    content = base64.b64encode(statement(_payments(owed), booked_on)).decode()
    entered = BankFileContent(file_name=f"kontoauszug-{booked_on}.xml", content=content)
    file_id = await _move(player, "import", None, entered)
    await _move(player, "bookSuggestions", file_id, LeastConfidence())
    await player.mail_server.accept_pending()


def _payments(owed: Sequence[Any]) -> Sequence[Payment]:
    exact, part = owed
    return (
        Payment(cents=exact["owed"], payer=exact["customer"], reference=f"Rechnung {exact['number']}"),
        Payment(cents=part["owed"] // 2, payer=part["customer"], reference=f"Anzahlung auf {part['number']}"),
        Payment(cents=37_50, payer="H. Unbekannt", reference="Danke!"),
    )


def statement(payments: Sequence[Payment], booked_on: date) -> bytes:
    """A CAMT.053 file in version 08 with one statement of the operator's account."""
    closing = OPENING_CENTS + sum(each.cents for each in payments)
    entries = "\n".join(_entry(each, place, booked_on) for place, each in enumerate(payments, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><GrpHdr><MsgId>DEMO-{booked_on}</MsgId><CreDtTm>{booked_on}T20:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{booked_on:%Y-%j}</Id><Acct><Id><IBAN>{OPERATOR["iban"]}</IBAN></Id><Ccy>EUR</Ccy></Acct>
{_balance("OPBD", OPENING_CENTS, booked_on)}
{_balance("CLBD", closing, booked_on)}
{entries}
</Stmt></BkToCstmrStmt></Document>
""".encode()


def _balance(code: str, cents: int, day: date) -> str:
    return f"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_amount(cents)}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"""


def _entry(payment: Payment, place: int, day: date) -> str:
    money = f'<Amt Ccy="EUR">{_amount(payment.cents)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    return f"""<Ntry><NtryRef>{place}</NtryRef>{money}<Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>DEMO{day:%Y%m%d}{place:03}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{money}
<RltdPties><Dbtr><Pty><Nm>{escape(payment.payer)}</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Ustrd>{escape(payment.reference)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


async def _move(player: ScenarioPlayer, name: str, file_id: UUID | None, input: object) -> UUID:
    command = Command(
        noun="bankFile", move=name, subject_id=file_id, input=input, idempotency_key=f"demo:bankFile:{name}"
    )
    outcome = await execute(command, player.participants.actors["finance"])
    assert outcome.subject_id is not None
    return outcome.subject_id
