"""Seller and buyer of a document as the standard names them."""

from collections.abc import Mapping
from typing import Any

from domain.billing.e_invoices.e_invoice import Contact, ElectronicAddress, Party
from domain.billing.e_invoices.electronic_addresses import EMAIL_SCHEME, ElectronicAddressScheme
from domain.billing.e_invoices.vat_categories import TREATMENTS
from domain.kernel.languages import LANGUAGES
from domain.kernel.money import VatCategory

Snapshot = Mapping[str, Any]
ADDRESS = ("street", "postcode", "city", "country")


def language_of(snapshot: Snapshot) -> str:
    """The language of the document: that of its customer; German in snapshots that do not name it."""
    language: str = snapshot["buyer"].get("language") or LANGUAGES[0]
    return language


def seller_of(snapshot: Snapshot) -> Party:
    """The operator. The tax number stands for the identifier where no VAT identification number may."""
    seller = snapshot["seller"]
    vat_id = seller["vat_id"] if _names_vat_ids(snapshot) else ""
    return Party(
        name=seller_name(snapshot),
        **{name: seller[name] for name in ADDRESS},
        address=_email(seller["email"]),
        identifier="" if vat_id else seller["tax_number"] or seller["vat_id"],
        vat_id=vat_id,
        tax_number=seller["tax_number"],
        contact=_contact(seller),
    )


def seller_name(snapshot: Snapshot) -> str:
    """The operator's name in the language of the document."""
    seller, language = snapshot["seller"], language_of(snapshot)
    name: str = seller[f"name_{language}"] or seller["name_de"]
    return name


def buyer_of(snapshot: Snapshot) -> Party:
    """The customer, with the electronic address that it names or else its address for invoices."""
    buyer = snapshot["buyer"]
    return Party(
        name=buyer["legal_name"],
        **{name: buyer[name] for name in ADDRESS},
        address=_electronic_address(buyer),
        vat_id=(buyer["vat_id"] or "") if _names_vat_ids(snapshot) else "",
    )


def _names_vat_ids(snapshot: Snapshot) -> bool:
    """Whether the categories of the document allow VAT identification numbers."""
    return all(TREATMENTS[VatCategory(group["category"])].names_vat_ids for group in snapshot["vat_groups"])


def _contact(seller: Mapping[str, Any]) -> Contact:
    name, phone = seller.get("contact_name") or "", seller.get("phone") or ""
    return Contact(name=name, phone=phone, email=seller["email"])


def _electronic_address(buyer: Mapping[str, Any]) -> ElectronicAddress | None:
    if not buyer.get("electronic_address"):
        return _email(buyer["invoice_email"])
    scheme = ElectronicAddressScheme(buyer["electronic_address_scheme"])
    return ElectronicAddress(scheme=scheme.code, text=buyer["electronic_address"])


def _email(text: str) -> ElectronicAddress | None:
    return ElectronicAddress(scheme=EMAIL_SCHEME, text=text) if text else None
