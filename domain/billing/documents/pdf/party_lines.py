"""The lines of seller and buyer in letterhead, address field and footer."""

from collections.abc import Mapping
from typing import Any

from domain.billing.e_invoices.parties import language_of, seller_name
from domain.kernel import i18n
from domain.kernel.languages import country_name

Snapshot = Mapping[str, Any]


def seller_lines(snapshot: Snapshot) -> dict[str, Any]:
    """The operator's name, its lines beside the logo, and the line above the address field."""
    seller, name = snapshot["seller"], seller_name(snapshot)
    place = f"{seller['postcode']} {seller['city']}"
    return {
        "name": name,
        "lines": _filled(name, seller["street"], place, seller.get("phone"), seller["email"]),
        "return_address": " · ".join((name, seller["street"], place)),
    }


def buyer_lines(snapshot: Snapshot) -> list[str]:
    """The customer as an address field shows it; the country where it is another one than the operator's."""
    buyer, seller = snapshot["buyer"], snapshot["seller"]
    is_abroad = buyer["country"] != seller["country"]
    country = country_name(buyer["country"], language_of(snapshot)) if is_abroad else None
    return _filled(buyer["legal_name"], buyer["street"], f"{buyer['postcode']} {buyer['city']}", country)


def footer_columns(snapshot: Snapshot) -> list[list[str]]:
    """Three columns: whom to ask, the tax numbers, the bank account."""
    seller, language = snapshot["seller"], language_of(snapshot)
    columns = [
        _filled(_labelled(language, "contact", seller.get("contact_name")), seller.get("phone"), seller["email"]),
        _filled(
            _labelled(language, "vat_id", seller["vat_id"]), _labelled(language, "tax_number", seller["tax_number"])
        ),
        _filled(
            seller["bank_name"],
            _labelled(language, "iban", grouped_iban(seller["iban"])),
            _labelled(language, "bic", seller.get("bic")),
        ),
    ]
    return [column for column in columns if column]


def grouped_iban(iban: str) -> str:
    """The account number in groups of four."""
    compact = iban.replace(" ", "")
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def _labelled(language: str, name: str, value: str | None) -> str | None:
    return f"{i18n.translate(language, f'document.{name}')}: {value}" if value else None


def _filled(*lines: str | None) -> list[str]:
    return [line for line in lines if line]
