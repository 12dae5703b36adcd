"""Contents of messages about an invoice; for the customer, the message is the invoice with all its facts."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from domain.kernel import i18n
from domain.kernel.identifiers import grouped_iban
from domain.kernel.languages import locale_of
from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    format_period,
    parse_date,
    parse_instant,
    value_at,
)

INVOICE_FACTS = {
    "customer": (),
    "member": ("invoice_number", "orders", "project", "customer", "invoice_on", "net", "vat", "gross"),
    "operator": ("invoice_number", "orders", "project", "member", "customer", "invoice_on", "net", "vat", "gross"),
}
DRAFT = frozenset({"READY_TO_SUBMIT", "PENDING_APPROVAL", "READY_TO_PRINT"})
# What a mail asks for makes sense in these states of the invoice only.
STATES_OF_MAILS = {
    "invoice.compose": DRAFT,
    "invoice.release": DRAFT,
    "invoice.requestChanges": frozenset({"ON_HOLD"}),
    "invoice.submit": frozenset({"PENDING_APPROVAL"}),
    "invoice.approval": frozenset({"PENDING_APPROVAL"}),
    "invoice.reject": frozenset({"ON_HOLD"}),
    "invoice.unsent": frozenset({"PRINTED"}),
}
Row = tuple[str, str]


def is_outdated(name: str, invoice: Data) -> bool:
    """Whether the invoice has left the state that a message of this name speaks of."""
    return name in STATES_OF_MAILS and invoice["status"] not in STATES_OF_MAILS[name]


def invoice_contents(invoice: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about an invoice."""
    said = _placeholders(invoice, context)
    is_document = context.audience == "customer"
    return MessageContents(
        placeholders=said,
        facts=INVOICE_FACTS[context.audience],
        path=f"/invoices/{invoice['id']}",
        table=tuple(_rows(invoice, said, context.language)) if is_document else (),
    )


def _placeholders(invoice: Data, context: MessageContext) -> Placeholders:
    events = {event["id"]: event for event in value_at(invoice, "events", "nodes") or []}
    armed = (each for each in invoice.get("deadlines", ()) if each["state"] == "PENDING")
    deadlines = {deadline["kind"]: deadline["dueAt"] for deadline in armed}
    number = invoice["number"] or invoice.get("provisionalNumber")
    orders = invoice.get("orderNumbers") or [order["number"] for order in invoice.get("orders", ())]
    projects = invoice.get("projects") or [order["project"] for order in invoice.get("orders", ()) if order["project"]]
    return {
        "title": number,
        "document": _label(context.language, f"named_{_kind(invoice)}"),
        "invoice_number": number,
        "orders": tuple(orders) or None,
        "project": tuple(projects) or None,
        "customer": value_at(invoice, "customer", "legalName"),
        "invoice_email": value_at(invoice, "customer", "invoiceEmail"),
        "member": value_at(invoice, "member", "name"),
        "invoice_on": parse_date(invoice.get("issuedOn") or invoice.get("invoiceOn")),
        "due_on": parse_date(invoice.get("dueOn")),
        "print_at": parse_instant(deadlines.get("invoice.print")),
        "printed_at": parse_instant(invoice.get("printedAt")),
        "sent_at": parse_instant(invoice.get("sentAt")),
        "reverses": value_at(invoice, "reverses", "number"),
        "net": invoice["net"]["formatted"],
        "vat": invoice["vat"]["formatted"],
        "gross": invoice["gross"]["formatted"],
        "hold_comment": invoice.get("holdComment"),
        "note": value_at(events, context.event_id or "", "note"),
    }


def _rows(invoice: Data, placeholders: Placeholders, language: str) -> Iterator[Row]:
    """Return the rows of the invoice: label and value."""
    label = partial(_label, language)
    yield label(_kind(invoice)), str(placeholders["invoice_number"])
    if placeholders["reverses"]:
        yield label("reverses"), str(placeholders["reverses"])
    yield label("issued_on"), i18n.format_value(placeholders["invoice_on"], language)
    if placeholders["orders"]:
        yield label("orders"), i18n.format_value(placeholders["orders"], language)
    if placeholders["project"]:
        yield label("project"), i18n.format_value(placeholders["project"], language)
    yield label("seller"), _party_text(invoice["seller"], language)
    yield label("buyer"), _party_text(invoice["buyer"], language)
    for item in invoice["items"]:
        yield f"{label('item')} {item['position']}", _item_text(item, language)
    yield from _total_rows(invoice, language)
    yield from _payment_rows(invoice, placeholders, language)


def _total_rows(invoice: Data, language: str) -> Iterator[Row]:
    label = partial(_label, language)
    yield label("net"), invoice["net"]["formatted"]
    for group in invoice["vatGroups"]:
        net, vat = group["net"]["formatted"], group["vat"]["formatted"]
        rate = i18n.format_value(Decimal(group["rate"]), language)
        yield label("vat_group"), i18n.translate(language, "message.document.vat_on", rate=rate, net=net, vat=vat)
        if group["exemption"]:
            yield label("note"), group["exemption"]
    yield label("gross"), invoice["gross"]["formatted"]
    if invoice["vatInEuro"]:
        yield label("vat_in_euro"), invoice["vatInEuro"]["formatted"]


def _payment_rows(invoice: Data, placeholders: Placeholders, language: str) -> Iterator[Row]:
    seller, label = invoice["seller"], partial(_label, language)
    if invoice["kind"] == "CANCELLATION" or not placeholders["due_on"]:
        return
    yield label("due_on"), i18n.format_value(placeholders["due_on"], language)
    account = (seller["bankName"], grouped_iban(seller["iban"] or ""))
    yield label("bank_account"), "\n".join(part for part in account if part)
    yield label("reference"), str(placeholders["invoice_number"])


def _item_text(item: Data, language: str) -> str:
    quantity = i18n.format_value(Decimal(item["quantity"]).normalize(), language)
    price, net = item["unitPrice"]["formatted"], item["net"]["formatted"]
    lines = (
        item["text"],
        i18n.translate(language, "message.document.line", quantity=quantity, price=price, net=net),
        format_period(item["serviceFrom"], item["serviceTo"], language),
    )
    return "\n".join(line for line in lines if line)


def _party_text(party: Data, language: str) -> str:
    """Return name and address, and the tax number where there is one."""
    place = " ".join(part for part in (party["postcode"], party["city"]) if part)
    vat_id = i18n.translate(language, "message.document.vat_id", number=party["vatId"]) if party["vatId"] else None
    country = locale_of(language).territories.get(party["country"] or "", party["country"])
    lines = (party["name"], party["street"], place, country, vat_id)
    return "\n".join(line for line in lines if line)


def _kind(invoice: Data) -> str:
    return "cancellation" if invoice["kind"] == "CANCELLATION" else "invoice"


def _label(language: str, name: str) -> str:
    return i18n.translate(language, f"message.document.{name}")
