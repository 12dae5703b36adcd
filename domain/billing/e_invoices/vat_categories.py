"""Categories of value added tax as electronic invoices name them (EN 16931, BT-151 and BG-23)."""

from dataclasses import dataclass

from domain.kernel.money import VatCategory


@dataclass(frozen=True, kw_only=True)
class TaxTreatment:
    """What the standard wants of a category: its code, why no tax is shown (VATEX), and which facts it forbids."""

    reason_code: str = ""
    has_reason: bool = True
    has_rate: bool = True
    names_vat_ids: bool = True


TREATMENTS = {
    VatCategory.STANDARD: TaxTreatment(has_reason=False),
    VatCategory.REDUCED: TaxTreatment(has_reason=False),
    VatCategory.ZERO_RATED: TaxTreatment(has_reason=False),
    VatCategory.EXEMPT: TaxTreatment(),
    VatCategory.REVERSE_CHARGE: TaxTreatment(reason_code="VATEX-EU-AE"),
    VatCategory.INTRA_COMMUNITY: TaxTreatment(reason_code="VATEX-EU-IC"),
    VatCategory.EXPORT: TaxTreatment(reason_code="VATEX-EU-G"),
    VatCategory.OUT_OF_SCOPE: TaxTreatment(reason_code="VATEX-EU-O", has_rate=False, names_vat_ids=False),
}
"""Every category that lines may have. One outside the scope of the tax shares its invoice with no other."""

HAS_REASON = frozenset(category for category, treatment in TREATMENTS.items() if treatment.has_reason)
