"""The syntax OASIS UBL 2.1, in which XRechnung may be written, too: `Invoice`, and `CreditNote` for type 381."""

from typing import Any

from domain.billing.e_invoices.e_invoice import (
    VAT,
    AccountingTax,
    DocumentType,
    EInvoice,
    Line,
    Party,
    Period,
    VatBreakdown,
)
from domain.billing.e_invoices.profiles import BUSINESS_PROCESS, Profile
from domain.billing.e_invoices.xml_tree import Namespace, amount, document, number

URN = "urn:oasis:names:specification:ubl:schema:xsd:"
CBC, CAC = Namespace(f"{URN}CommonBasicComponents-2"), Namespace(f"{URN}CommonAggregateComponents-2")
TAX_NUMBER_SCHEME = "FC"
NO_PURCHASE_ORDER = "NA"


def ubl_xml(invoice: EInvoice, profile: Profile) -> bytes:
    """The invoice as a UBL document that promises this profile."""
    kind = "CreditNote" if invoice.type is DocumentType.CREDIT_NOTE else "Invoice"
    namespace = Namespace(f"{URN}{kind}-2")
    root = namespace(
        kind,
        CBC("CustomizationID", profile.specification),
        CBC("ProfileID", BUSINESS_PROCESS),
        CBC("ID", invoice.number),
        CBC("IssueDate", invoice.issued_on.isoformat()),
        CBC("DueDate", invoice.due_on.isoformat() if invoice.due_on and kind == "Invoice" else ""),
        CBC(f"{kind}TypeCode", invoice.type),
        *(CBC("Note", note) for note in invoice.notes),
        CBC("DocumentCurrencyCode", invoice.currency),
        CBC("TaxCurrencyCode", invoice.accounting_tax.currency if invoice.accounting_tax else ""),
        CBC("BuyerReference", invoice.buyer_reference),
        _period(invoice.period),
        _order_reference(invoice),
        _preceding(invoice),
        CAC("AccountingSupplierParty", _party(invoice.seller)),
        CAC("AccountingCustomerParty", _party(invoice.buyer)),
        _delivery(invoice),
        _payment_means(invoice),
        CAC("PaymentTerms", CBC("Note", invoice.payment.terms)),
        _tax_total(invoice),
        _tax_total_in_euro(invoice.accounting_tax),
        _monetary_total(invoice),
        *(_line(kind, line, invoice.currency) for line in invoice.lines),
    )
    return document(root, {namespace.uri: None, CAC.uri: "cac", CBC.uri: "cbc"})


def _order_reference(invoice: EInvoice) -> Any:
    if not invoice.order_number:
        return None
    return CAC("OrderReference", CBC("ID", NO_PURCHASE_ORDER), CBC("SalesOrderID", invoice.order_number))


def _preceding(invoice: EInvoice) -> Any:
    if invoice.preceding is None:
        return None
    return CAC(
        "BillingReference",
        CAC(
            "InvoiceDocumentReference",
            CBC("ID", invoice.preceding.number),
            CBC("IssueDate", invoice.preceding.issued_on.isoformat()),
        ),
    )


def _party(party: Party) -> Any:
    address = party.address
    return CAC(
        "Party",
        CBC("EndpointID", address.text, schemeID=address.scheme) if address else None,
        CAC("PartyIdentification", CBC("ID", party.identifier)),
        _address("PostalAddress", party),
        _tax_scheme(party.vat_id, VAT),
        _tax_scheme(party.tax_number, TAX_NUMBER_SCHEME),
        CAC("PartyLegalEntity", CBC("RegistrationName", party.name)),
        _contact(party),
    )


def _address(name: str, party: Party) -> Any:
    return CAC(
        name,
        CBC("StreetName", party.street),
        CBC("CityName", party.city),
        CBC("PostalZone", party.postcode),
        CAC("Country", CBC("IdentificationCode", party.country)),
    )


def _tax_scheme(identifier: str, scheme: str) -> Any:
    if not identifier:
        return None
    return CAC("PartyTaxScheme", CBC("CompanyID", identifier), CAC("TaxScheme", CBC("ID", scheme)))


def _contact(party: Party) -> Any:
    if party.contact is None:
        return None
    return CAC(
        "Contact",
        CBC("Name", party.contact.name),
        CBC("Telephone", party.contact.phone),
        CBC("ElectronicMail", party.contact.email),
    )


def _delivery(invoice: EInvoice) -> Any:
    place = CAC("DeliveryLocation", _address("Address", invoice.buyer))
    return CAC("Delivery", CBC("ActualDeliveryDate", invoice.delivered_on.isoformat()), place)


def _payment_means(invoice: EInvoice) -> Any:
    payment = invoice.payment
    account = CAC(
        "PayeeFinancialAccount",
        CBC("ID", payment.iban),
        CBC("Name", payment.account_name if payment.iban else ""),
        CAC("FinancialInstitutionBranch", CBC("ID", payment.bic if payment.iban else "")),
    )
    return CAC("PaymentMeans", CBC("PaymentMeansCode", payment.means), CBC("PaymentID", invoice.number), account)


def _tax_total(invoice: EInvoice) -> Any:
    return CAC(
        "TaxTotal",
        _money("TaxAmount", amount(invoice.tax), invoice.currency),
        *(_subtotal(group, invoice.currency) for group in invoice.breakdown),
    )


def _tax_total_in_euro(tax: AccountingTax | None) -> Any:
    return CAC("TaxTotal", _money("TaxAmount", amount(tax.amount), tax.currency)) if tax else None


def _subtotal(group: VatBreakdown, currency: str) -> Any:
    return CAC(
        "TaxSubtotal",
        _money("TaxableAmount", amount(group.net), currency),
        _money("TaxAmount", amount(group.tax), currency),
        CAC(
            "TaxCategory",
            CBC("ID", group.category),
            CBC("Percent", number(group.rate)),
            CBC("TaxExemptionReasonCode", group.reason_code),
            CBC("TaxExemptionReason", group.reason),
            CAC("TaxScheme", CBC("ID", VAT)),
        ),
    )


def _monetary_total(invoice: EInvoice) -> Any:
    return CAC(
        "LegalMonetaryTotal",
        _money("LineExtensionAmount", amount(invoice.net), invoice.currency),
        _money("TaxExclusiveAmount", amount(invoice.net), invoice.currency),
        _money("TaxInclusiveAmount", amount(invoice.gross), invoice.currency),
        _money("PayableAmount", amount(invoice.gross), invoice.currency),
    )


def _line(kind: str, line: Line, currency: str) -> Any:
    quantity = "CreditedQuantity" if kind == "CreditNote" else "InvoicedQuantity"
    return CAC(
        f"{kind}Line",
        CBC("ID", str(line.number)),
        CBC(quantity, number(line.quantity), unitCode=line.unit),
        _money("LineExtensionAmount", amount(line.net), currency),
        _period(line.period),
        CAC(
            "Item",
            CBC("Name", line.text),
            CAC(
                "ClassifiedTaxCategory",
                CBC("ID", line.category),
                CBC("Percent", None if line.rate is None else number(line.rate)),
                CAC("TaxScheme", CBC("ID", VAT)),
            ),
        ),
        CAC("Price", _money("PriceAmount", number(line.price), currency)),
    )


def _period(period: Period | None) -> Any:
    if period is None:
        return None
    first, last = period.first.isoformat(), period.last.isoformat()
    return CAC("InvoicePeriod", CBC("StartDate", first), CBC("EndDate", last))


def _money(name: str, text: str, currency: str) -> Any:
    return CBC(name, text, currencyID=currency)
