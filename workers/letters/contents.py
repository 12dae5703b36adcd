"""What a letter can say of an order, a delivery or a client status: plain values by name, None where there is none.

Both schemas call the same things the same, so one function serves all readers: what a reader's document does not
ask for is None, and a paragraph that needs it is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.kernel import i18n
from domain.kernel.actors import Role

Data = Mapping[str, Any]
Said = dict[str, object]

ACTIVE_AT_ONCE = "letter.order.approve.member.active_at_once"
GROUPS = {Role.MEMBER: "member", Role.CUSTOMER: "customer"}
OPERATORS_PEOPLE = "operator"
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


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The values that fill a letter's words, the names of those shown as a table, and the page it leads to."""

    said: Said
    facts: Sequence[str]
    page: str = ""
    table: Sequence[tuple[str, str]] = field(default=())
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who a letter tells in which language and zone, and the event it is about."""

    language: str
    group: str
    event_id: str | None
    zone: str = i18n.DEFAULT_ZONE


def of_order(order: Data, telling: Telling) -> Contents:
    """An order's letter."""
    event = _event(order, telling)
    comment = _comment(order, event)
    skipped = order.get("skipConfirmation")
    said = _of_any_order(order, telling) | {
        "valid_until": day(order.get("offerValidUntil")),
        "asked_until": None if skipped else day(order.get("offerValidUntil")),
        "active_at_once": i18n.translate(telling.language, ACTIVE_AT_ONCE) if skipped else None,
        "offer_ends_at": instant(order.get("offerEndsAt")),
        "delivery_due_at": instant(order.get("deliveryDueAt")),
        "submitted_at": instant(order.get("submittedAt")),
        "service_period": period(order.get("serviceFrom"), order.get("serviceTo"), telling.language),
        "confirmed_by": below(order, "confirmation", "by"),
        "cancellation_requested_at": instant(below(order, "cancellation", "requestedAt")),
        "cancellation_reason": below(order, "cancellation", "reason"),
        "note": event.get("note"),
        "comment": comment.get("text"),
        "comment_by": comment.get("authorName"),
    }
    return Contents(said=said, facts=ORDER_FACTS[telling.group], page=f"/orders/{order['id']}")


def of_delivery(delivery: Data, telling: Telling) -> Contents:
    """A delivery's letter. A consumer's review that waits for this very mail has a length, but no end yet."""
    order = delivery["order"] or {"number": delivery["orderNumber"]}
    review = delivery["review"] or {}
    defects = [defect["text"] for defect in delivery.get("defects", ()) if _is_current(defect, delivery)]
    said = _of_any_order(order, telling) | {
        "version": delivery["currentNumber"],
        "delivered_at": instant(delivery["deliveredAt"]),
        "accepted_at": instant(delivery.get("acceptedAt")),
        "review_ends_at": instant(review.get("endsAt")),
        "review_length": _length(review, telling.language) if review.get("awaitsMail") else None,
        "review_rests": i18n.translate(telling.language, "letter.review.rests") if review.get("paused") else None,
        "may_extend": i18n.translate(telling.language, "letter.review.may_extend")
        if _may_be_extended(review)
        else None,
        "rating": delivery.get("rating"),
        "work": below(delivery, "currentVersion", "description"),
        "work_link": below(delivery, "currentVersion", "link"),
        "defects": "\n".join(f"• {text}" for text in defects) or None,
    }
    page = f"/deliveries/{delivery['id']}" if telling.group == "customer" else f"/orders/{order['id']}"
    return Contents(said=said, facts=DELIVERY_FACTS[telling.group], page=page)


def of_client_status(status: Data, telling: Telling) -> Contents:
    """A client status's letter, for customers only."""
    said: Said = {
        "number": below(status, "order", "number"),
        "name": status["name"],
        "label": status["label"],
        "description": status["description"] or None,
        "expected_on": day(status["expectedOn"]),
    }
    return Contents(said=said, facts=STATUS_FACTS[telling.group], page="/")


def group_of(role: Role) -> str:
    """The operator's people read the same words, whatever their role."""
    return GROUPS.get(role, OPERATORS_PEOPLE)


def paragraphs(language: str, key: str, *, zone: str, said: Mapping[str, object]) -> Iterator[str]:
    """The paragraphs of a letter's body; one that speaks of something that is not there is left out."""
    for paragraph in i18n.catalogue(language)[key].strip().split("\n\n"):
        if all(said[place] is not None for place in i18n.placeholders_of(paragraph)):
            yield i18n.fill_placeholders(language, paragraph, zone=zone, **said)


def below(data: Data, *names: str) -> Any:
    """The value at a path; None when anything on the way is missing or null."""
    value: Any = data
    for name in names:
        value = value.get(name) if value else None
    return value


def instant(text: str | None) -> datetime | None:
    """Read an instant of the API."""
    return datetime.fromisoformat(text) if text else None


def day(text: str | None) -> date | None:
    """Read a date of the API."""
    return date.fromisoformat(text) if text else None


def period(first: str | None, last: str | None, language: str) -> str | None:
    """From one day to another, or that one day."""
    if not first or not last:
        return None
    if first == last:
        return i18n.format_value(day(first), language)
    return i18n.translate(language, "letter.period", first=day(first), last=day(last))


def _of_any_order(order: Data, telling: Telling) -> Said:
    number, project = order["number"], order.get("project")
    return {
        "number": number,
        "project": project,
        "title": i18n.translate(telling.language, "letter.title", number=number, project=project)
        if project
        else number,
        "customer": below(order, "customer", "legalName"),
        "member": below(order, "member", "name"),
        "provider": order.get("providerName") or below(order, "member", "name"),
        "net": below(order, "net", "formatted"),
        "vat": below(order, "vat", "formatted"),
        "gross": below(order, "gross", "formatted"),
        "budget_inflow": below(order, "budgetInflow", "formatted"),
    }


def _event(data: Data, telling: Telling) -> Data:
    """The event the letter is about, as far as its reader may see it."""
    found = (below(data, "events", "nodes") or []) + (below(data, "timeline", "nodes") or [])
    return next((event for event in found if event["id"] == telling.event_id), {})


def _comment(order: Data, event: Data) -> Data:
    """The comment that was written in the event's own instant."""
    comments = below(order, "comments", "nodes") or []
    return next((comment for comment in comments if comment["createdAt"] == event.get("at")), {})


def _is_current(defect: Data, delivery: Data) -> bool:
    return bool(defect["versionNumber"] == delivery["currentNumber"])


def _may_be_extended(review: Data) -> bool:
    return bool(review.get("extensionsLeft")) and not review.get("paused")


def _length(review: Data, language: str) -> str | None:
    """How long a review lasts, in words; its customer is told."""
    if "length" not in review:
        return None
    count, key = review["length"], "working_day" if review["unit"] == "WORKING_DAYS" else "day"
    return i18n.translate(language, f"letter.length.{key if count == 1 else key + 's'}", count=count)
