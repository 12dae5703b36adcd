"""Findings of the official rules, and what finance does about them: the reason, with its remedy, of each rule."""

from dataclasses import dataclass

REASONS = {
    "BR-DE-15": "buyer_reference_missing",
    **dict.fromkeys(("BR-DE-2", "BR-DE-5", "BR-DE-6", "BR-DE-7", "BR-DE-27", "BR-DE-28"), "seller_contact_missing"),
    **dict.fromkeys(("BR-DE-1", "BR-DE-23-a", "BR-61"), "seller_account_missing"),
    **dict.fromkeys(("BR-DE-16", "BR-CO-26", "BR-S-02", "BR-E-02", "BR-Z-02", "BR-O-02"), "seller_vat_id_missing"),
    **dict.fromkeys(("BR-AE-02", "BR-IC-02", "BR-G-02"), "vat_id_of_party_missing"),
    **dict.fromkeys(
        ("BR-DE-3", "BR-DE-4", "BR-DE-8", "BR-DE-9", "BR-DE-10", "BR-DE-11"), "address_of_party_incomplete"
    ),
    **dict.fromkeys(("PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"), "electronic_address_missing"),
}
OTHER = "official_rule_broken"


@dataclass(frozen=True)
class Finding:
    """A rule that a document breaks: its identifier, where, and what it says. Only fatal ones make it invalid."""

    rule: str
    location: str
    text: str
    is_fatal: bool = True


def reason_of(rule: str) -> str:
    """The reason by which a finding is told; those that need a programmer share one."""
    return REASONS.get(rule, OTHER)
