"""Contents of messages about further invoices: a member's proposal, and the supplement that its customer answers."""

from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    event_of,
    order_placeholders,
    parse_date,
    parse_instant,
    value_at,
)

LINE_FACTS = {
    "member": ("number", "project", "customer", "text", "net", "invoice_on"),
    "operator": ("number", "project", "member", "customer", "text", "net", "invoice_on"),
}
SUPPLEMENT_FACTS = {
    "customer": ("number", "project", "provider", "text", "net", "vat", "gross", "invoice_on", "supplement_until"),
    "member": ("number", "project", "customer", "text", "net", "invoice_on"),
    "operator": ("number", "project", "member", "customer", "text", "net", "invoice_on"),
}
OPEN = "OPEN"


def line_contents(line: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a line that its member proposed."""
    asked = line["supplement"] if value_at(line, "supplement", "status") == OPEN else {}
    placeholders = _placeholders(line, line["order"], context) | {
        "valid_until": parse_date(asked.get("validUntil")),
        "note": event_of(line, context).get("note"),
    }
    return MessageContents(
        placeholders=placeholders, facts=LINE_FACTS[context.audience], path=_path(line["id"], line["order"], context)
    )


def supplement_contents(supplement: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a supplement."""
    order = {"number": supplement["orderNumber"]} | (supplement.get("order") or {})
    order |= {"project": supplement["project"], "providerName": supplement.get("providerName")}
    placeholders = _placeholders(supplement, order, context) | {
        "vat": supplement["vat"]["formatted"],
        "gross": supplement["gross"]["formatted"],
        "valid_until": parse_date(supplement["validUntil"]),
        "supplement_until": parse_date(supplement["validUntil"]),
        "answered_by": supplement["answeredBy"],
        "answered_at": parse_instant(supplement["answeredAt"]),
        "decline_reason": supplement.get("declineReason"),
        "withdrawal_notice": supplement.get("withdrawalNotice"),
    }
    is_customer = context.audience == "customer"
    page = f"/supplements/{supplement['id']}" if is_customer else _path(supplement["line"]["id"], order, context)
    return MessageContents(placeholders=placeholders, facts=SUPPLEMENT_FACTS[context.audience], path=page)


def _placeholders(row: Data, order: Data, context: MessageContext) -> Placeholders:
    """Return what lines and supplements have in common; the amounts are their own, not those of the order."""
    return order_placeholders(order, context) | {
        "text": row["text"],
        "net": row["net"]["formatted"],
        "invoice_on": parse_date(row["invoiceOn"]),
    }


def _path(line_id: str, order: Data, context: MessageContext) -> str:
    return f"/orders/{order['id']}" if context.audience == "member" else f"/lines/{line_id}"
