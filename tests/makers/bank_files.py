"""Bank files for tests: CAMT.053 in both versions, whose balances fit unless a test says otherwise."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    return document(statement(*entries, version=version, account=account, number=number, opening=opening, closing=closing), version=version)


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
    return f"""<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{sum_of}{kept if entry.charges else ""}
<RltdPties><{side}>{name}</{side}><{side}Acct><Id><IBAN>{entry.iban}</IBAN></Id></{side}Acct></RltdPties>
<RmtInf><Ustrd>{reference}</Ustrd></RmtInf></TxDtls>"""
