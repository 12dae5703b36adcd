"""Profiles of electronic invoices: the identifiers (BT-23, BT-24) and rules that a document promises to follow."""

from enum import StrEnum

BUSINESS_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
EN_16931 = "urn:cen.eu:en16931:2017"
XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


class Profile(StrEnum):
    """A profile in one syntax: Factur-X inside a PDF, XRechnung as a file of its own."""

    FACTUR_X = "FACTUR_X"
    XRECHNUNG_CII = "XRECHNUNG_CII"
    XRECHNUNG_UBL = "XRECHNUNG_UBL"

    @property
    def specification(self) -> str:
        """The identifier of the specification (BT-24)."""
        return EN_16931 if self is Profile.FACTUR_X else XRECHNUNG


class DocumentFormat(StrEnum):
    """How a customer receives invoices: a PDF with the data inside (ZUGFeRD), or an XRechnung in either syntax."""

    PDF = "PDF"
    XRECHNUNG_CII = "XRECHNUNG_CII"
    XRECHNUNG_UBL = "XRECHNUNG_UBL"

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles of a document in this format; there is always a PDF."""
        return (Profile.FACTUR_X,) if self is DocumentFormat.PDF else (Profile.FACTUR_X, Profile(self))
