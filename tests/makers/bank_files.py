"""Bank files for tests: CAMT.053 in both versions, whose balances fit unless a test says otherwise."""

import base64
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.bank.inputs import BankFileContent, Booking, SettingAside, ShareInput
from domain.bank.model import BankTransaction, BankTransactionStatus
from domain.commands import execute
from domain.engine.commands import Command
from domain.kernel.actors import Actor
from tests.makers.parties import FINANCE
from tests.makers.receivables import Owed, a_receivable

ACCOUNT = "DE02120300000000202051"
PAYER = "DE02500105170137075030"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a statement; `details` make it a collective one."""

    amount: str = "595.00"
    direction: str = "CRDT"
    currency: str = "EUR"
    status: str = "BOOK"
    day: str = "2026-04-01"
    name: str = "Kunde XYZ"
    iban: str = PAYER
    reference: str = "RE-2026-00001"
    charges: str = ""
    end_to_end_id: str = "NOTPROVIDED"
    details: Sequence[tuple[str, str]] = ()
    batch_count: int | None = None


def camt(
    *entries: Entry,
    version: str = "08",
    account: str = ACCOUNT,
    number: str = "2026-091",
    opening: str = "1000.00",
    closing: str | None = None,
) -> bytes:
    """A file with one statement."""
    return document(
        statement(*entries, version=version, account=account, number=number, opening=opening, closing=closing),
        version=version,
    )


def document(*statements: str, version: str = "08") -> bytes:
    """A document of these statements."""
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{space}">
<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
{"".join(statements)}
</BkToCstmrStmt></Document>""".encode()


def statement(
    *entries: Entry,
    version: str = "08",
    account: str = ACCOUNT,
    number: str = "2026-091",
    opening: str = "1000.00",
    closing: str | None = None,
) -> str:
    """One statement; its closing balance is the sum of all unless it is given."""
    signs = {"CRDT": 1, "DBIT": -1}
    booked = sum(signs.get(each.direction, 0) * Decimal(each.amount) for each in entries if each.status == "BOOK")
    end = closing or f"{Decimal(opening) + booked:.2f}"
    return f"""<Stmt><Id>{number}</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
{_balance("OPBD", opening)}{_balance("CLBD", end)}
{"".join(_entry(each, version) for each in entries)}</Stmt>"""


def bank_file_content(content: bytes, name: str = "statement.xml") -> BankFileContent:
    """The file as the input that imports it."""
    return BankFileContent(file_name=name, content=base64.b64encode(content).decode())


async def imported(content: bytes, actor: Actor = FINANCE) -> UUID:
    """The file that finance has imported."""
    command = Command(noun="bankFile", move="import", input=bank_file_content(content))
    outcome = await execute(command, actor)
    assert outcome.subject_id is not None
    return outcome.subject_id


async def transactions_of(file_id: UUID) -> list[Any]:
    """The transactions of a file in its order."""
    return await BankTransaction.filter(file_id=file_id).order_by("position")


async def move_transaction(transaction: Any, name: str, takes: Any = None, actor: Actor = FINANCE) -> Any:
    """Make a move of a transaction and give it back afresh."""
    await execute(Command(noun="bankTransaction", move=name, subject_id=transaction.id, input=takes), actor)
    return await BankTransaction.get(id=transaction.id)


def paying(*shares: tuple[Owed, str]) -> Booking:
    """What books a transaction on these receivables."""
    return Booking(
        shares=tuple(ShareInput(receivable_id=owed.row.id, amount=Decimal(amount)) for owed, amount in shares)
    )


async def a_transaction(
    status: BankTransactionStatus = BankTransactionStatus.OPEN,
) -> tuple[Owed, UUID, Any]:
    """A receivable, the file with the transaction that pays it, and that transaction in this status."""
    owed = await a_receivable()
    file_id = await imported(camt(Entry(reference=str(owed.billed.invoice.number))))
    (transaction,) = await transactions_of(file_id)
    if status is BankTransactionStatus.BOOKED:
        transaction = await move_transaction(transaction, "book", paying((owed, "595.00")))
    if status is BankTransactionStatus.SET_ASIDE:
        transaction = await move_transaction(transaction, "setAside", SettingAside(note="Interest."))
    return owed, file_id, transaction


def zipped(*documents: bytes) -> bytes:
    """The documents in an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in enumerate(documents):
            archive.writestr(f"statement-{place}.xml", content)
    return file.getvalue()


def _balance(code: str, amount: str) -> str:
    direction = "DBIT" if amount.startswith("-") else "CRDT"
    return f"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount.removeprefix("-")}</Amt>
<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-04-01</Dt></Dt></Bal>"""


def _entry(entry: Entry, version: str) -> str:
    status = f"<Cd>{entry.status}</Cd>" if version == "08" else entry.status
    details = entry.details or ((entry.amount, entry.reference),)
    count = f"<Btch><NbOfTxs>{entry.batch_count}</NbOfTxs></Btch>" if entry.batch_count is not None else ""
    return f"""<Ntry><Amt Ccy="{entry.currency}">{entry.amount}</Amt>
<CdtDbtInd>{entry.direction}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>{entry.day}</Dt></BookgDt><ValDt><Dt>{entry.day}</Dt></ValDt><AcctSvcrRef>4711</AcctSvcrRef>
<NtryDtls>{count}{"".join(_detail(entry, *each, version) for each in details)}</NtryDtls></Ntry>"""


def _detail(entry: Entry, amount: str, reference: str, version: str) -> str:
    side = "Dbtr" if entry.direction == "CRDT" else "Cdtr"
    name = f"<Pty><Nm>{entry.name}</Nm></Pty>" if version == "08" else f"<Nm>{entry.name}</Nm>"
    money = f'<Amt Ccy="{entry.currency}">{amount}</Amt>'
    of_detail = f"{money}<CdtDbtInd>{entry.direction}</CdtDbtInd>"
    sum_of = of_detail if version == "08" else f"<AmtDtls><TxAmt>{money}</TxAmt></AmtDtls>"
    charged = f'<Amt Ccy="EUR">{entry.charges}</Amt>'
    kept = f"<Chrgs><Rcrd>{charged}</Rcrd></Chrgs>" if version == "08" else f"<Chrgs>{charged}</Chrgs>"
    return f"""<TxDtls><Refs><EndToEndId>{entry.end_to_end_id}</EndToEndId></Refs>{sum_of}{kept * bool(entry.charges)}
<RltdPties><{side}>{name}</{side}><{side}Acct><Id><IBAN>{entry.iban}</IBAN></Id></{side}Acct></RltdPties>
<RmtInf><Ustrd>{reference}</Ustrd></RmtInf></TxDtls>"""
