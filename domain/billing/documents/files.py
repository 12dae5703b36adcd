"""Files of an invoice as values, without anything that renders them."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """A file of an issued invoice."""

    PDF = "PDF"
    XRECHNUNG = "XRECHNUNG"

    @property
    def extension(self) -> str:
        return "pdf" if self is DocumentKind.PDF else "xml"

    @property
    def media_type(self) -> str:
        return "application/pdf" if self is DocumentKind.PDF else "application/xml"


@dataclass(frozen=True)
class RenderedDocument:
    """One finished file."""

    kind: DocumentKind
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Branding:
    """The operator's colour and logo, a PNG in base64, as its settings hold them."""

    accent_color: str = ""
    logo: str | None = None


class InvalidDocument(Exception):
    """An official rule refuses the document; the message names the rules."""
