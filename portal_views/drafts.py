"""The form of a draft: a new one, or one that is amended as a whole."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.desk import Data, Visit, found
from portal_views.draft_inputs import CHOICES, DRAFT, ROW
from portal_views.formats import Formats
from portal_views.moves import Attempt, Done, field_id, refused, send, terms
from portal_views.problems import Problem
from portal_views.reading import Reading, clean, is_filled, row_numbers
from portal_views.things import asked_id, formats_of

ROWS = "plannedInvoices"
OFFER_DAYS = 14


async def new(visit: Visit) -> Response:
    """An empty form; the draft exists once it is saved."""
    data = await visit.ask("new_draft")
    formats = formats_of(visit, data)
    if visit.request.method == "POST":
        return await _save(visit, data, _action("create"), formats)
    blank = {
        "offerValidUntil": (formats.today() + timedelta(days=OFFER_DAYS)).isoformat(),
        "reviewLength": "3",
        "requiredDeliveries": "0",
    }
    return _show(visit, data, _action("create"), blank, [{}])


async def edit(visit: Visit) -> Response:
    """The draft as it is; what is saved replaces it as a whole. What is no draft any more only has its page."""
    data = await visit.ask("draft", id=asked_id(visit))
    order = found(data["order"])
    formats = formats_of(visit, data)
    if not any(action["name"] == "amend" and action["allowed"] for action in order["openActions"]):
        return visit.see_other(f"/orders/{order['id']}")
    action = _action("amend", order["id"])
    if visit.request.method == "POST":
        return await _save(visit, data, action, formats)
    return _show(visit, data, action, _texts(order, formats), _rows(order, formats), version=order["version"])


def _action(name: str, order_id: str = "") -> Data:
    """An entry as the API's menus have them."""
    return {
        "mutation": f"order{name.capitalize()}",
        "event": f"order.{name}",
        "subjectId": order_id,
        "inputs": DRAFT,
    }


async def _save(visit: Visit, data: Data, action: Data, formats: Formats) -> Response:
    """Save, or show the form again: with one more row if that was asked for, or with what is wrong."""
    form = _with_chosen_contact(await visit.request.form())
    rows = _typed_rows(form)
    typed = dict(form) | {"tags": ", ".join(filter(None, map(str, form.getlist("tags"))))}
    if form.get("do") == "more":
        return _show(visit, data, action, typed, [*rows, {}])
    reading = Reading(_numbered_anew(form, rows), formats)
    given = reading.all(DRAFT) | terms(form) | ({"id": action["subjectId"]} if action["subjectId"] else {})
    if reading.unread:
        problems = [Problem(text, field_id(action, name)) for name, text in reading.unread.items()]
        outcome: Done | Attempt = refused(action, form, problems)
    else:
        outcome = await send(visit, action, form, given)
    if isinstance(outcome, Attempt):
        return _show(visit, data, action, typed, rows or [{}], outcome)
    return visit.see_other(f"/orders/{outcome.subject_id}", done=outcome.mutation)


def _with_chosen_contact(form: FormData) -> FormData:
    """One list offers customers with their contacts; the API takes the two apart. Tags are typed with commas."""
    customer, _, contact = clean(form.get("contact", "")).partition("|")
    kept = [(name, clean(value)) for name, value in form.multi_items() if name != "tags"]
    tags = [("tags", tag.strip()) for tag in clean(form.get("tags", "")).split(",")]
    return FormData([*kept, *tags, ("customerId", customer), ("contactId", contact)])


def _typed_rows(form: FormData) -> list[dict[str, Any]]:
    """The rows that somebody typed into."""
    prefixes = [f"{ROWS}-{number}-" for number in row_numbers(form, ROWS)]
    return [
        {item["name"]: clean(form.get(prefix + item["name"], "")) for item in ROW}
        for prefix in prefixes
        if is_filled(form, prefix, ROW)
    ]


def _numbered_anew(form: FormData, rows: list[dict[str, Any]]) -> FormData:
    """Without empty rows, so that the API's rows and those of the form have the same numbers."""
    rest = [(name, value) for name, value in form.multi_items() if not name.startswith(f"{ROWS}-")]
    typed = [(f"{ROWS}-{number}-{name}", text) for number, row in enumerate(rows) for name, text in row.items()]
    return FormData([*rest, *typed])


def _texts(order: Data, formats: Formats) -> dict[str, Any]:
    """A saved draft as its form shows it."""
    customer, contact = order["customer"] or {}, order["contact"] or {}
    plain = {item["name"]: order[item["name"]] for item in DRAFT if item["name"] in order}
    return plain | {
        "deliveryDueAt": formats.local_input(order["deliveryDueAt"]),
        "tags": ", ".join(order["tags"]),
        "contact": f"{customer.get('id', '')}|{contact.get('id', '')}",
    }


def _rows(order: Data, formats: Formats) -> list[dict[str, Any]]:
    saved = [
        {
            "invoiceOn": row["invoiceOn"] or "",
            "text": row["text"],
            "quantity": formats.typed_number(row["quantity"]),
            "unitPrice": formats.typed_number(row["unitPrice"]["amount"], "0.00"),
            "vatCategory": row["vatCategory"],
        }
        for row in order[ROWS]
    ]
    return saved or [{}]


def _show(
    visit: Visit,
    data: Data,
    action: Data,
    values: Mapping[str, Any],
    rows: list[dict[str, Any]],
    attempt: Attempt | None = None,
    version: int | None = None,
) -> Response:
    return visit.page(
        "orders/draft.html",
        data,
        status=422 if attempt else 200,
        action=action,
        values=values,
        rows=rows,
        problems=attempt.problems if attempt else (),
        version=version if version is not None else values.get("version", ""),
        key=values.get("key"),
        choices=CHOICES,
    )
