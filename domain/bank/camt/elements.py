"""Elements of a document: parsed without entities, document type or network, and read by their local names."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from domain.bank.camt.faults import BrokenBankFile

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
FORMATS = ("camt.053.001.02", "camt.053.001.08")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
MAX_CENTS = 10**15


def parsed(document: bytes) -> Any:
    """The root of a document. Raises `BrokenBankFile` with the line when it is no complete XML or declares a type."""
    if b"\0" in document:
        raise BrokenBankFile("bank_file_encoding")
    for declaration in DECLARATIONS:
        if (place := document.upper().find(declaration)) >= 0:
            raise BrokenBankFile("bank_file_with_document_type", document.count(b"\n", 0, place) + 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenBankFile("bank_file_not_xml", getattr(error, "lineno", None)) from error


def format_of(root: Any) -> str:
    """The version of the format. Raises `BrokenBankFile` for other documents."""
    name = etree.QName(root)
    version = (name.namespace or "").removeprefix(NAMESPACE)
    if name.localname != "Document" or version not in FORMATS:
        raise BrokenBankFile("bank_file_of_other_kind", root.sourceline, found=version or name.localname)
    return version


def children(element: Any, path: str) -> list[Any]:
    """All elements below one, by local names: `NtryDtls/TxDtls`."""
    found = [element]
    for step in path.split("/"):
        found = [child for each in found for child in each if etree.QName(child).localname == step]
    return found


def child(element: Any, *paths: str) -> Any | None:
    """The first element that one of the paths leads to; None when there is none."""
    return next((found for path in paths for found in children(element, path)), None)


def text(element: Any, *paths: str) -> str:
    """The text that the first of the paths leads to, in one line; empty when there is none."""
    found = child(element, *paths)
    return content_of(found) if found is not None else ""


def content_of(element: Any) -> str:
    """The text of an element in one line."""
    return " ".join((element.text or "").split())


def required(element: Any, reason: str, *paths: str) -> Any:
    """The element that is needed. Raises `BrokenBankFile` with the line of the one that lacks it."""
    found = child(element, *paths)
    if found is None:
        raise BrokenBankFile(reason, element.sourceline)
    return found


def cents(element: Any) -> int:
    """The amount of an element in cents, never below zero."""
    try:
        amount = Decimal((element.text or "").strip())
        in_cents = amount * 100
        is_whole = in_cents == in_cents.to_integral_value()
    except InvalidOperation as error:
        raise BrokenBankFile("bank_amount_malformed", element.sourceline) from error
    if not is_whole or not 0 <= in_cents <= MAX_CENTS:
        raise BrokenBankFile("bank_amount_malformed", element.sourceline)
    return int(in_cents)


def sign(element: Any) -> int:
    """1 for credit, -1 for debit, as the bank says of an entry, a balance or a detail."""
    indicator = required(element, "bank_direction_missing", "CdtDbtInd")
    if indicator.text not in ("CRDT", "DBIT"):
        raise BrokenBankFile("bank_direction_missing", indicator.sourceline)
    return 1 if indicator.text == "CRDT" else -1


def day(element: Any, reason: str, name: str) -> date:
    """The date of `name`, which is a date or an instant of the bank."""
    found = required(element, reason, f"{name}/Dt", f"{name}/DtTm")
    try:
        return date.fromisoformat((found.text or "").strip()[:10])
    except ValueError as error:
        raise BrokenBankFile(reason, found.sourceline) from error
