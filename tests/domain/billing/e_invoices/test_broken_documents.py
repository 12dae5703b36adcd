"""Broken invoices and credit notes in UBL, and broken data of Factur-X, fail for the rule they break."""

from typing import Any

import pytest
from lxml import etree

from domain.billing.documents.rendering import xml_of
from domain.billing.e_invoices.profiles import Profile
from domain.billing.e_invoices.validation import Validator
from tests.makers.snapshots import a_reversal, a_snapshot

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
NAMESPACES = {"cbc": CBC, "cac": CAC, "rsm": RSM, "ram": RAM}
SELLER, BUYER = "//cac:AccountingSupplierParty", "//cac:AccountingCustomerParty"
TOTAL = "/*/cac:LegalMonetaryTotal"
SUMS = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation"
TAX = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
REMOVED = None
Case = tuple[str, str, str | None]
INVOICES: list[Case] = [
    ("BR-02", "/*/cbc:ID", " "),
    ("BR-06", f"{SELLER}//cbc:RegistrationName", REMOVED),
    ("BR-07", f"{BUYER}//cbc:RegistrationName", REMOVED),
    ("BR-11", f"{BUYER}//cac:PostalAddress/cac:Country", REMOVED),
    ("BR-27", "//cac:Price/cbc:PriceAmount", "-450"),
    ("BR-29", "/*/cac:InvoicePeriod/cbc:EndDate", "2026-10-01"),
    ("BR-CL-01", "/*/cbc:InvoiceTypeCode", "999"),
    ("BR-CL-04", "/*/cbc:DocumentCurrencyCode", "EURO"),
    ("BR-CL-14", f"{BUYER}//cac:PostalAddress//cbc:IdentificationCode", "XY"),
    ("BR-CO-10", f"{TOTAL}/cbc:LineExtensionAmount", "449.99"),
    ("BR-CO-15", f"{TOTAL}/cbc:TaxInclusiveAmount", "535.51"),
    ("BR-CO-16", f"{TOTAL}/cbc:PayableAmount", "535.49"),
    ("BR-CO-17", "//cac:TaxSubtotal/cbc:TaxableAmount", "400.00"),
    ("BR-S-09", "//cac:TaxSubtotal/cbc:TaxAmount", "90.00"),
    ("BR-DE-1", "/*/cac:PaymentMeans", REMOVED),
    ("BR-DE-2", f"{SELLER}//cac:Contact", REMOVED),
    ("BR-DE-10", "//cac:DeliveryLocation//cbc:CityName", REMOVED),
    ("BR-DE-15", "/*/cbc:BuyerReference", REMOVED),
    ("BR-DE-16", f"{SELLER}//cac:PartyTaxScheme", REMOVED),
    ("BR-DE-23-a", "//cac:PayeeFinancialAccount", REMOVED),
    ("PEPPOL-EN16931-R010", f"{BUYER}//cbc:EndpointID", REMOVED),
    ("PEPPOL-EN16931-R020", f"{SELLER}//cbc:EndpointID", REMOVED),
]
CREDIT_NOTES: list[Case] = [
    ("BR-CL-01", "/*/cbc:CreditNoteTypeCode", "380"),
    ("BR-25", "//cac:CreditNoteLine//cac:Item/cbc:Name", REMOVED),
    ("BR-27", "//cac:Price/cbc:PriceAmount", "-450"),
    ("BR-CO-13", f"{TOTAL}/cbc:TaxExclusiveAmount", "449.99"),
    ("BR-CO-14", "//cac:TaxSubtotal/cbc:TaxAmount", "90.00"),
    ("BR-CO-16", f"{TOTAL}/cbc:PayableAmount", "535.49"),
    ("BR-DE-6", f"{SELLER}//cac:Contact//cbc:Telephone", REMOVED),
    ("BR-DE-15", "/*/cbc:BuyerReference", REMOVED),
    ("PEPPOL-EN16931-R008", "/*/cac:BillingReference//cbc:ID", " "),
]
FACTUR_X: list[Case] = [
    ("BR-06", "//ram:SellerTradeParty/ram:Name", REMOVED),
    ("BR-07", "//ram:BuyerTradeParty/ram:Name", REMOVED),
    ("BR-27", "//ram:NetPriceProductTradePrice/ram:ChargeAmount", "-450"),
    ("BR-CO-10", f"{SUMS}/ram:LineTotalAmount", "449.99"),
    ("BR-CO-15", f"{SUMS}/ram:GrandTotalAmount", "535.51"),
    ("BR-CO-16", f"{SUMS}/ram:DuePayableAmount", "535.49"),
    ("BR-CO-26", "//ram:SellerTradeParty/ram:SpecifiedTaxRegistration", REMOVED),
    ("BR-S-08", f"{TAX}/ram:BasisAmount", "400.00"),
    ("BR-S-09", f"{TAX}/ram:CalculatedAmount", "90.00"),
]
BROKEN = [
    *((Profile.XRECHNUNG_UBL, a_snapshot, case) for case in INVOICES),
    *((Profile.XRECHNUNG_UBL, lambda: a_reversal(a_snapshot()), case) for case in CREDIT_NOTES),
    *((Profile.FACTUR_X, a_snapshot, case) for case in FACTUR_X),
]


@pytest.mark.parametrize(
    ("profile", "document", "case"), BROKEN, ids=[f"{profile} {rule}" for profile, _, (rule, *_) in BROKEN]
)
def test_a_broken_document_fails_for_the_rule_it_breaks(
    validator: Validator, profile: Profile, document: Any, case: Case
) -> None:
    rule, path, text = case
    tree = etree.fromstring(xml_of(document(), profile))
    (element,) = tree.xpath(path, namespaces=NAMESPACES)
    if text is None:
        element.getparent().remove(element)
    else:
        element.text = text

    findings = validator.check(etree.tostring(tree), profile)

    assert rule in {finding.rule for finding in findings if finding.is_fatal}
