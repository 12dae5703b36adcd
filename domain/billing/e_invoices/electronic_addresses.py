"""Schemes of electronic addresses, at which customers receive electronic invoices (code list EAS)."""

from collections.abc import Callable
from enum import StrEnum

from stdnum import ean
from stdnum.de import leitweg, vat

from domain.kernel.email_addresses import to_ascii

EMAIL_SCHEME = "EM"


class ElectronicAddressScheme(StrEnum):
    """The kind of an electronic address."""

    EMAIL = "EMAIL"
    LEITWEG_ID = "LEITWEG_ID"
    VAT_ID = "VAT_ID"
    GLN = "GLN"

    @property
    def code(self) -> str:
        """The code of the list Electronic Address Scheme."""
        return _CODES[self]

    def fits(self, address: str) -> bool:
        """Whether the text has the form of this scheme, check digits included."""
        return _FORMS[self](address)


_CODES = {
    ElectronicAddressScheme.EMAIL: EMAIL_SCHEME,
    ElectronicAddressScheme.LEITWEG_ID: "0204",
    ElectronicAddressScheme.VAT_ID: "9930",
    ElectronicAddressScheme.GLN: "0088",
}
_FORMS: dict[ElectronicAddressScheme, Callable[[str], bool]] = {
    ElectronicAddressScheme.EMAIL: lambda text: to_ascii(text) is not None,
    ElectronicAddressScheme.LEITWEG_ID: lambda text: bool(leitweg.is_valid(text)),
    ElectronicAddressScheme.VAT_ID: lambda text: bool(vat.is_valid(text)),
    ElectronicAddressScheme.GLN: lambda text: bool(ean.is_valid(text)),
}
