"""The syntax UN/CEFACT Cross Industry Invoice (D22B): ZUGFeRD, Factur-X and XRechnung."""

from datetime import date
from typing import Any

from domain.billing.e_invoices.e_invoice import VAT, EInvoice, Line, Party, Payment, Period, VatBreakdown
from domain.billing.e_invoices.profiles import BUSINESS_PROCESS, Profile
from domain.billing.e_invoices.xml_tree import Namespace, amount, compact_date, document, number

RSM = Namespace("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100")
RAM = Namespace("urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100")
UDT = Namespace("urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100")
QDT = Namespace("urn:un:unece:uncefact:data:standard:QualifiedDataType:100")
PREFIXES: dict[str, str | None] = {RSM.uri: "rsm", RAM.uri: "ram", UDT.uri: "udt", QDT.uri: "qdt"}
DATE_FORMAT = "102"


def cii_xml(invoice: EInvoice, profile: Profile) -> bytes:
    """The invoice as a CII document that promises this profile."""
    root = RSM("CrossIndustryInvoice", _context(profile), _head(invoice), _transaction(invoice))
    return document(root, PREFIXES)


def _context(profile: Profile) -> Any:
    return RSM(
        "ExchangedDocumentContext",
        RAM("BusinessProcessSpecifiedDocumentContextParameter", RAM("ID", BUSINESS_PROCESS)),
        RAM("GuidelineSpecifiedDocumentContextParameter", RAM("ID", profile.specification)),
    )


def _head(invoice: EInvoice) -> Any:
    return RSM(
        "ExchangedDocument",
        RAM("ID", invoice.number),
        RAM("TypeCode", invoice.type),
        RAM("IssueDateTime", _day(invoice.issued_on)),
        *(RAM("IncludedNote", RAM("Content", note)) for note in invoice.notes),
    )


def _transaction(invoice: EInvoice) -> Any:
    return RSM(
        "SupplyChainTradeTransaction",
        *map(_line, invoice.lines),
        _agreement(invoice),
        _delivery(invoice),
        _settlement(invoice),
    )


def _line(line: Line) -> Any:
    return RAM(
        "IncludedSupplyChainTradeLineItem",
        RAM("AssociatedDocumentLineDocument", RAM("LineID", str(line.number))),
        RAM("SpecifiedTradeProduct", RAM("Name", line.text)),
        RAM("SpecifiedLineTradeAgreement", RAM("NetPriceProductTradePrice", RAM("ChargeAmount", number(line.price)))),
        RAM("SpecifiedLineTradeDelivery", RAM("BilledQuantity", number(line.quantity), unitCode=line.unit)),
        RAM(
            "SpecifiedLineTradeSettlement",
            RAM(
                "ApplicableTradeTax",
                RAM("TypeCode", VAT),
                RAM("CategoryCode", line.category),
                RAM("RateApplicablePercent", None if line.rate is None else number(line.rate)),
            ),
            _period(line.period),
            RAM("SpecifiedTradeSettlementLineMonetarySummation", RAM("LineTotalAmount", amount(line.net))),
        ),
    )


def _agreement(invoice: EInvoice) -> Any:
    return RAM(
        "ApplicableHeaderTradeAgreement",
        RAM("BuyerReference", invoice.buyer_reference),
        _party("SellerTradeParty", invoice.seller),
        _party("BuyerTradeParty", invoice.buyer),
        RAM("SellerOrderReferencedDocument", RAM("IssuerAssignedID", invoice.order_number)),
    )


def _party(name: str, party: Party) -> Any:
    address = party.address
    return RAM(
        name,
        RAM("ID", party.identifier),
        RAM("Name", party.name),
        _contact(party),
        _postal_address(party),
        RAM("URIUniversalCommunication", RAM("URIID", address.text, schemeID=address.scheme)) if address else None,
        RAM("SpecifiedTaxRegistration", RAM("ID", party.vat_id, schemeID="VA")),
        RAM("SpecifiedTaxRegistration", RAM("ID", party.tax_number, schemeID="FC")),
    )


def _contact(party: Party) -> Any:
    if party.contact is None:
        return None
    return RAM(
        "DefinedTradeContact",
        RAM("PersonName", party.contact.name),
        RAM("TelephoneUniversalCommunication", RAM("CompleteNumber", party.contact.phone)),
        RAM("EmailURIUniversalCommunication", RAM("URIID", party.contact.email)),
    )


def _postal_address(party: Party) -> Any:
    return RAM(
        "PostalTradeAddress",
        RAM("PostcodeCode", party.postcode),
        RAM("LineOne", party.street),
        RAM("CityName", party.city),
        RAM("CountryID", party.country),
    )


def _delivery(invoice: EInvoice) -> Any:
    return RAM(
        "ApplicableHeaderTradeDelivery",
        RAM("ShipToTradeParty", _postal_address(invoice.buyer)),
        RAM("ActualDeliverySupplyChainEvent", RAM("OccurrenceDateTime", _day(invoice.delivered_on))),
    )


def _settlement(invoice: EInvoice) -> Any:
    accounting = invoice.accounting_tax
    return RAM(
        "ApplicableHeaderTradeSettlement",
        RAM("PaymentReference", invoice.number),
        RAM("TaxCurrencyCode", accounting.currency if accounting else ""),
        RAM("InvoiceCurrencyCode", invoice.currency),
        _payment_means(invoice.payment),
        *map(_trade_tax, invoice.breakdown),
        _period(invoice.period),
        RAM(
            "SpecifiedTradePaymentTerms",
            RAM("Description", invoice.payment.terms),
            RAM("DueDateDateTime", _day(invoice.due_on)),
        ),
        RAM(
            "SpecifiedTradeSettlementHeaderMonetarySummation",
            RAM("LineTotalAmount", amount(invoice.net)),
            RAM("TaxBasisTotalAmount", amount(invoice.net)),
            RAM("TaxTotalAmount", amount(invoice.tax), currencyID=invoice.currency),
            RAM("TaxTotalAmount", amount(accounting.amount), currencyID=accounting.currency) if accounting else None,
            RAM("GrandTotalAmount", amount(invoice.gross)),
            RAM("DuePayableAmount", amount(invoice.gross)),
        ),
        _preceding(invoice),
    )


def _payment_means(payment: Payment) -> Any:
    return RAM(
        "SpecifiedTradeSettlementPaymentMeans",
        RAM("TypeCode", payment.means),
        RAM(
            "PayeePartyCreditorFinancialAccount",
            RAM("IBANID", payment.iban),
            RAM("AccountName", payment.account_name if payment.iban else ""),
        ),
        RAM("PayeeSpecifiedCreditorFinancialInstitution", RAM("BICID", payment.bic if payment.iban else "")),
    )


def _trade_tax(group: VatBreakdown) -> Any:
    return RAM(
        "ApplicableTradeTax",
        RAM("CalculatedAmount", amount(group.tax)),
        RAM("TypeCode", VAT),
        RAM("ExemptionReason", group.reason),
        RAM("BasisAmount", amount(group.net)),
        RAM("CategoryCode", group.category),
        RAM("ExemptionReasonCode", group.reason_code),
        RAM("RateApplicablePercent", number(group.rate)),
    )


def _preceding(invoice: EInvoice) -> Any:
    if invoice.preceding is None:
        return None
    issued_on = QDT("DateTimeString", compact_date(invoice.preceding.issued_on), format=DATE_FORMAT)
    return RAM(
        "InvoiceReferencedDocument",
        RAM("IssuerAssignedID", invoice.preceding.number),
        RAM("FormattedIssueDateTime", issued_on),
    )


def _period(period: Period | None) -> Any:
    if period is None:
        return None
    first, last = RAM("StartDateTime", _day(period.first)), RAM("EndDateTime", _day(period.last))
    return RAM("BillingSpecifiedPeriod", first, last)


def _day(day: date | None) -> Any:
    return None if day is None else UDT("DateTimeString", compact_date(day), format=DATE_FORMAT)
