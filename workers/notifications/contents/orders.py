"""Contents of messages about an order, a delivery or a client status."""

from domain.kernel import i18n
from workers.notifications.contents import defects
from workers.notifications.contents.message import (
    Data,
    MessageContents,
    MessageContext,
    Placeholders,
    event_of,
    format_period,
    order_placeholders,
    parse_date,
    parse_instant,
    value_at,
)

ACTIVE_AT_ONCE_KEY = "message.order.approve.member.active_at_once"
ORDER_FACTS = {
    "customer": ("number", "project", "provider", "service_period", "net", "vat", "gross", "valid_until"),
    "member": ("number", "project", "customer", "net", "budget_inflow"),
    "operator": ("number", "project", "member", "customer", "net"),
}
DELIVERY_FACTS = {
    "customer": ("number", "project", "version", "delivered_at", "review_ends_at", "work_link"),
    "member": ("number", "project", "customer", "version"),
    "operator": ("number", "project", "member", "customer", "version"),
}
STATUS_FACTS = {"customer": ("number", "name", "label", "description", "expected_on")}


def order_contents(order: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about an order."""
    event = event_of(order, context)
    comment = _comment(order, event)
    skipped = order.get("skipConfirmation")
    placeholders = order_placeholders(order, context) | {
        "valid_until": parse_date(order.get("offerValidUntil")),
        "asked_until": None if skipped else parse_date(order.get("offerValidUntil")),
        "active_at_once": i18n.translate(context.language, ACTIVE_AT_ONCE_KEY) if skipped else None,
        "offer_ends_at": parse_instant(order.get("offerEndsAt")),
        "delivery_due_at": parse_instant(order.get("deliveryDueAt")),
        "due_proposed_on": parse_date(value_at(order, "dueProposal", "dueOn")),
        "due_reason": value_at(order, "dueProposal", "reason"),
        "submitted_at": parse_instant(order.get("submittedAt")),
        "service_period": format_period(order.get("serviceFrom"), order.get("serviceTo"), context.language),
        "confirmed_by": value_at(order, "confirmation", "by"),
        "confirmed_at": parse_instant(value_at(order, "confirmation", "at")),
        "withdrawal_notice": order.get("withdrawalNotice"),
        "cancellation_requested_at": parse_instant(value_at(order, "cancellation", "requestedAt")),
        "cancellation_reason": value_at(order, "cancellation", "reason"),
        "note": event.get("note"),
        "comment": comment.get("text"),
        "comment_by": comment.get("authorName"),
        "status_label": value_at(order, "clientStatus", "label"),
        "phase": value_at(order, "clientStatus", "contradiction", "explanation"),
        "fitting": value_at(order, "clientStatus", "contradiction", "template", "label"),
    }
    return MessageContents(
        placeholders=placeholders, facts=ORDER_FACTS[context.audience], path=f"/orders/{order['id']}"
    )


def delivery_contents(delivery: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a delivery.

    A consumer's review that starts with this mail has a length, but no end yet.
    """
    order = delivery["order"] or {"number": delivery["orderNumber"]}
    review = delivery["review"] or {}
    named = [defect for defect in delivery.get("defects", ()) if _is_current(defect, delivery)]
    placeholders = order_placeholders(order, context) | {
        "version": delivery["currentNumber"],
        "delivered_at": parse_instant(delivery["deliveredAt"]),
        "accepted_at": parse_instant(delivery.get("acceptedAt")),
        "review_ends_at": parse_instant(review.get("endsAt")),
        "review_length": _review_length(review, context.language) if review.get("awaitsMail") else None,
        "review_rests": i18n.translate(context.language, "message.review.rests") if review.get("paused") else None,
        "may_extend": i18n.translate(context.language, "message.review.may_extend")
        if _may_be_extended(review)
        else None,
        "rating": delivery.get("rating"),
        "work": value_at(delivery, "currentVersion", "description"),
        "work_link": value_at(delivery, "currentVersion", "link"),
        "defects": "\n".join(defects.named(defect, context.language) for defect in named) or None,
        "answers": "\n".join(defects.answered(defect, context.language) for defect in _of_last(delivery)) or None,
    }
    page = f"/deliveries/{delivery['id']}" if context.audience == "customer" else f"/orders/{order['id']}"
    return MessageContents(placeholders=placeholders, facts=DELIVERY_FACTS[context.audience], path=page)


def client_status_contents(status: Data, context: MessageContext) -> MessageContents:
    """Return the contents of a message about a client status, for customers only."""
    placeholders: Placeholders = {
        "number": value_at(status, "order", "number"),
        "name": status["name"],
        "label": status["label"],
        "description": status["description"] or None,
        "expected_on": parse_date(status["expectedOn"]),
    }
    return MessageContents(placeholders=placeholders, facts=STATUS_FACTS[context.audience], path="/")


def contact_contents(_contact: Data, _context: MessageContext) -> MessageContents:
    """Return the contents of a message that brings a contact a new status link: nothing but the link."""
    return MessageContents(placeholders={}, facts=(), path="/")


def _comment(order: Data, event: Data) -> Data:
    """Return the comment written at the instant of the event; empty when there is none."""
    comments = value_at(order, "comments", "nodes") or []
    return next((comment for comment in comments if comment["createdAt"] == event.get("at")), {})


def _is_current(defect: Data, delivery: Data) -> bool:
    return bool(defect["versionNumber"] == delivery["currentNumber"])


def _of_last(delivery: Data) -> list[Data]:
    """The defects of the version before the current one."""
    versions = delivery.get("versions") or ()
    return [
        each
        for version in versions
        if version["number"] == delivery["currentNumber"] - 1
        for each in version["defects"]
    ]


def _may_be_extended(review: Data) -> bool:
    return bool(review.get("extensionsLeft")) and not review.get("paused")


def _review_length(review: Data, language: str) -> str | None:
    """Return the length of a review in words; None when the document does not read it."""
    if "length" not in review:
        return None
    count, key = review["length"], "working_day" if review["unit"] == "WORKING_DAYS" else "day"
    return i18n.translate(language, f"message.length.{key if count == 1 else key + 's'}", count=count)
