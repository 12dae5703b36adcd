"""The validator accepts what is official and refuses what is broken, naming the rule."""

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from domain.billing.documents.rendering import xml_of
from domain.billing.e_invoices import rules
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.validation import Validator
from domain.kernel.money import VatCategory
from settings import ROOT
from tests.makers.snapshots import a_reversal, a_snapshot, an_item

EXAMPLES = Path(os.environ.get("WERKSTAND_EXAMPLE_INVOICES", "../shared/invoices"))
FOLDER = EXAMPLES if EXAMPLES.is_absolute() else ROOT / EXAMPLES
NAMES = sorted(path.name for path in FOLDER.glob("*.xml"))
CII = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
SELLER, BUYER = "//ram:SellerTradeParty", "//ram:BuyerTradeParty"
SUMS = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation"
REMOVED = None
BROKEN: list[tuple[str, str, str | None]] = [
    ("BR-02", "//rsm:ExchangedDocument/ram:ID", " "),
    ("BR-04", "//rsm:ExchangedDocument/ram:TypeCode", REMOVED),
    ("BR-06", f"{SELLER}/ram:Name", REMOVED),
    ("BR-07", f"{BUYER}/ram:Name", REMOVED),
    ("BR-09", f"{SELLER}/ram:PostalTradeAddress/ram:CountryID", REMOVED),
    ("BR-11", f"{BUYER}/ram:PostalTradeAddress/ram:CountryID", REMOVED),
    ("BR-22", "//ram:BilledQuantity", REMOVED),
    ("BR-25", "//ram:SpecifiedTradeProduct/ram:Name", REMOVED),
    ("BR-27", "//ram:NetPriceProductTradePrice/ram:ChargeAmount", "-450"),
    ("BR-29", "//ram:ApplicableHeaderTradeSettlement//ram:EndDateTime/udt:DateTimeString", "20261001"),
    ("BR-30", "//ram:SpecifiedLineTradeSettlement//ram:EndDateTime/udt:DateTimeString", "20261001"),
    ("BR-DE-23-a", "//ram:PayeePartyCreditorFinancialAccount", REMOVED),
    ("BR-CL-01", "//rsm:ExchangedDocument/ram:TypeCode", "999"),
    ("BR-CL-04", "//ram:InvoiceCurrencyCode", "EURO"),
    ("BR-CL-14", f"{BUYER}/ram:PostalTradeAddress/ram:CountryID", "XY"),
    ("BR-CO-10", f"{SUMS}/ram:LineTotalAmount", "449.99"),
    ("BR-CO-13", f"{SUMS}/ram:TaxBasisTotalAmount", "449.99"),
    ("BR-CO-14", f"{SUMS}/ram:TaxTotalAmount", "85.51"),
    ("BR-CO-15", f"{SUMS}/ram:GrandTotalAmount", "535.51"),
    ("BR-CO-16", f"{SUMS}/ram:DuePayableAmount", "535.49"),
    ("BR-S-05", "//ram:SpecifiedLineTradeSettlement//ram:RateApplicablePercent", "0"),
    ("BR-S-08", "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:BasisAmount", "400.00"),
    ("BR-S-09", "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CalculatedAmount", "90.00"),
    ("BR-DE-1", "//ram:SpecifiedTradeSettlementPaymentMeans", REMOVED),
    ("BR-DE-2", f"{SELLER}/ram:DefinedTradeContact", REMOVED),
    ("BR-DE-3", f"{SELLER}/ram:PostalTradeAddress/ram:CityName", REMOVED),
    ("BR-DE-4", f"{SELLER}/ram:PostalTradeAddress/ram:PostcodeCode", REMOVED),
    ("BR-DE-5", f"{SELLER}//ram:PersonName", REMOVED),
    ("BR-DE-6", f"{SELLER}//ram:TelephoneUniversalCommunication", REMOVED),
    ("BR-DE-7", f"{SELLER}//ram:EmailURIUniversalCommunication", REMOVED),
    ("BR-DE-8", f"{BUYER}/ram:PostalTradeAddress/ram:CityName", REMOVED),
    ("BR-DE-9", f"{BUYER}/ram:PostalTradeAddress/ram:PostcodeCode", REMOVED),
    ("BR-DE-10", "//ram:ShipToTradeParty//ram:CityName", REMOVED),
    ("BR-DE-11", "//ram:ShipToTradeParty//ram:PostcodeCode", REMOVED),
    ("BR-DE-15", "//ram:BuyerReference", REMOVED),
    ("BR-DE-16", f"{SELLER}/ram:SpecifiedTaxRegistration", REMOVED),
    ("PEPPOL-EN16931-R010", f"{BUYER}/ram:URIUniversalCommunication", REMOVED),
    ("PEPPOL-EN16931-R020", f"{SELLER}/ram:URIUniversalCommunication", REMOVED),
]


def fatal_rules(findings: Any) -> set[str]:
    return {finding.rule for finding in findings if finding.is_fatal}


@pytest.mark.skipif(not NAMES, reason=f"The official examples are not at {EXAMPLES} (WERKSTAND_EXAMPLE_INVOICES).")
@pytest.mark.parametrize("name", NAMES or ["none"])
def test_the_official_examples_are_accepted(validator: Validator, name: str) -> None:
    profile = Profile.XRECHNUNG_UBL if name.endswith("_ubl.xml") else Profile.XRECHNUNG_CII

    findings = validator.check((FOLDER / name).read_bytes(), profile)

    assert fatal_rules(findings) == set()


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN, ids=[f"{rule} {path[2:]}" for rule, path, _ in BROKEN])
def test_a_broken_invoice_fails_for_the_rule_it_breaks(
    validator: Validator, rule: str, path: str, text: str | None
) -> None:
    tree = etree.fromstring(xml_of(a_snapshot(), Profile.XRECHNUNG_CII))
    (element,) = tree.xpath(path, namespaces=CII)
    if text is None:
        element.getparent().remove(element)
    else:
        element.text = text

    findings = validator.check(etree.tostring(tree), Profile.XRECHNUNG_CII)

    assert rule in fatal_rules(findings)
    assert all(finding.location and finding.text for finding in findings)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("category", VatCategory)
def test_every_category_passes_the_rules_and_so_does_its_reversal(
    validator: Validator, category: VatCategory, profile: Profile
) -> None:
    buyer = {"country": "FR", "vat_id": "FR40303265045"} if category is VatCategory.INTRA_COMMUNITY else {}
    snapshot = a_snapshot(an_item(category=category), an_item(-1_000, category=category), buyer=buyer)

    for document in (snapshot, a_reversal(snapshot)):
        assert validator.check(xml_of(document, profile), profile) == ()


@pytest.mark.parametrize("profile", Profile)
def test_a_small_business_with_a_tax_number_alone_passes(validator: Validator, profile: Profile) -> None:
    seller = {"vat_id": "", "tax_number": "27/123/45678", "tax_regime": "SMALL_BUSINESS", "bic": ""}
    snapshot = a_snapshot(an_item(category=VatCategory.EXEMPT), seller=seller)

    assert validator.check(xml_of(snapshot, profile), profile) == ()


@pytest.mark.parametrize("profile", Profile)
def test_an_invoice_of_zero_passes_and_asks_for_nothing(validator: Validator, profile: Profile) -> None:
    snapshot = a_snapshot(an_item(10_000), an_item(-10_000))

    assert validator.check(xml_of(snapshot, profile), profile) == ()


def test_a_document_that_is_no_invoice_is_told_by_the_schema(validator: Validator) -> None:
    xml = xml_of(a_snapshot(), Profile.FACTUR_X).replace(b"20261122", b"tomorrow").replace(b"udt:", b"ram:")

    assert {finding.rule for finding in validator.check(xml, Profile.FACTUR_X)} == {"XSD"}


def test_the_rules_come_from_one_release() -> None:
    versions = rules.versions()

    assert versions["EN 16931 (CEN)"] == "1.3.16"
    assert versions["XRechnung (KoSIT)"] == "2.6.0 of 2026-08-31"
