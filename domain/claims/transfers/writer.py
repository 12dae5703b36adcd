"""Writing of a credit transfer file: one payment of many transfers, each booked and stated on its own."""

from decimal import Decimal
from typing import Any

from lxml import etree

from domain.claims.transfers.characters import sepa_text
from domain.claims.transfers.values import Transfer, TransferFile

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_NAME, LONGEST_PURPOSE = 70, 140


def transfer_document(file: TransferFile) -> bytes:
    """The document, with declaration, in UTF-8."""
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    initiation = _add(root, "CstmrCdtTrfInitn")
    _write_header(initiation, file)
    _write_payment(initiation, file)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_header(initiation: Any, file: TransferFile) -> None:
    header = _add(initiation, "GrpHdr")
    _add(header, "MsgId", file.message_id)
    _add(header, "CreDtTm", file.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _write_sums(header, file)
    _add(header, "InitgPty/Nm", sepa_text(file.payer_name, LONGEST_NAME))


def _write_payment(initiation: Any, file: TransferFile) -> None:
    payment = _add(initiation, "PmtInf")
    _add(payment, "PmtInfId", file.message_id)
    _add(payment, "PmtMtd", "TRF")
    _add(payment, "BtchBookg", "false")
    _write_sums(payment, file)
    _add(payment, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _add(payment, "ReqdExctnDt/Dt", file.execute_on.isoformat())
    _add(payment, "Dbtr/Nm", sepa_text(file.payer_name, LONGEST_NAME))
    _add(payment, "DbtrAcct/Id/IBAN", file.payer_iban)
    bank = _add(payment, "DbtrAgt/FinInstnId")
    if file.payer_bic:
        _add(bank, "BICFI", file.payer_bic)
    else:
        _add(bank, "Othr/Id", "NOTPROVIDED")
    _add(payment, "ChrgBr", "SLEV")
    for transfer in file.transfers:
        _write_transfer(payment, transfer)


def _write_transfer(payment: Any, transfer: Transfer) -> None:
    element = _add(payment, "CdtTrfTxInf")
    _add(element, "PmtId/EndToEndId", transfer.end_to_end_id)
    _add(element, "Amt/InstdAmt", _amount(transfer.amount_cents)).set("Ccy", "EUR")
    _add(element, "Cdtr/Nm", sepa_text(transfer.payee_name, LONGEST_NAME))
    _add(element, "CdtrAcct/Id/IBAN", transfer.payee_iban)
    _add(element, "RmtInf/Ustrd", sepa_text(transfer.purpose, LONGEST_PURPOSE))


def _write_sums(parent: Any, file: TransferFile) -> None:
    _add(parent, "NbOfTxs", str(len(file.transfers)))
    _add(parent, "CtrlSum", _amount(sum(transfer.amount_cents for transfer in file.transfers)))


def _amount(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def _add(parent: Any, path: str, text: str | None = None) -> Any:
    """Add the elements of a path and return the last one."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    parent.text = text
    return parent
