"""Rendering of an issued document from its snapshot: the PDF with the electronic invoice inside, and an XRechnung.

A `Renderer` keeps compiled rules and fonts and is used by one thread alone; see `rendering_process`.
"""

import base64
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from domain.billing.documents.files import Branding, DocumentKind, InvalidDocument, RenderedDocument
from domain.billing.documents.pdf.layout import PLAIN_ACCENT, Appearance
from domain.billing.documents.pdf.typesetter import Typesetter
from domain.billing.e_invoices.cii import cii_xml
from domain.billing.e_invoices.findings import Finding
from domain.billing.e_invoices.mapping import e_invoice_of
from domain.billing.e_invoices.profiles import DocumentFormat, Profile
from domain.billing.e_invoices.ubl import ubl_xml
from domain.billing.e_invoices.validation import Validator

Snapshot = Mapping[str, Any]


class Renderer:
    """Compiled rules and the typesetter, each made at its first use."""

    def __init__(self) -> None:
        self._validator: Validator | None = None
        self._typesetter: Typesetter | None = None

    def check(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        """What the official rules find in the documents of this snapshot; fatal findings only, each once."""
        findings = (finding for profile in profiles_of(snapshot) for finding in self._check(snapshot, profile))
        return tuple({finding.rule: finding for finding in findings if finding.is_fatal}.values())

    def render(self, snapshot: Snapshot, branding: Branding) -> tuple[RenderedDocument, ...]:
        """All files of an issued document. Raises `InvalidDocument` when a rule refuses one."""
        findings = self.check(snapshot)
        if findings:
            raise InvalidDocument("; ".join(f"{finding.rule}: {finding.text}" for finding in findings))
        xml = xml_of(snapshot, Profile.FACTUR_X)
        pdf = self.typesetter.issued(snapshot, self._appearance(branding), xml)
        files = [RenderedDocument(DocumentKind.PDF, pdf)]
        for profile in profiles_of(snapshot)[1:]:
            files.append(RenderedDocument(DocumentKind.XRECHNUNG, xml_of(snapshot, profile)))
        return tuple(files)

    def draft(self, snapshot: Snapshot, branding: Branding) -> bytes:
        """The PDF of a draft."""
        return self.typesetter.draft(snapshot, self._appearance(branding))

    def page(self, page: Path, values: Mapping[str, Any], branding: Branding, on: date) -> bytes:
        """A document that is a letter without an electronic invoice: its own page with these values."""
        appearance = self._appearance(branding)
        letter = {"accent": appearance.accent_color or PLAIN_ACCENT, "logo": appearance.logo}
        return self.typesetter.page(page, {**values, **letter}, on)

    @property
    def typesetter(self) -> Typesetter:
        self._typesetter = self._typesetter or Typesetter()
        return self._typesetter

    def _appearance(self, branding: Branding) -> Appearance:
        logo = base64.b64decode(branding.logo) if branding.logo else None
        return Appearance(accent_color=branding.accent_color, logo=self.typesetter.keep_logo(logo))

    def _check(self, snapshot: Snapshot, profile: Profile) -> tuple[Finding, ...]:
        self._validator = self._validator or Validator()
        return self._validator.check(xml_of(snapshot, profile), profile)


def profiles_of(snapshot: Snapshot) -> tuple[Profile, ...]:
    """The profiles that the documents of this snapshot follow; those of the first version have a PDF alone."""
    return DocumentFormat(snapshot["buyer"].get("document_format") or DocumentFormat.PDF).profiles


def xml_of(snapshot: Snapshot, profile: Profile) -> bytes:
    """The electronic invoice of a snapshot, in the syntax of the profile."""
    write = ubl_xml if profile is Profile.XRECHNUNG_UBL else cii_xml
    return write(e_invoice_of(snapshot), profile)
