"""Forms for what begins on its own: a customer, a line by hand, an invoice of chosen lines."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.formats import Formats
from portal_views.moves import Attempt, field_id, refused, send, terms
from portal_views.new_inputs import new_customer, new_invoice, new_line
from portal_views.problems import Problem
from portal_views.reading import Reading
from portal_views.things import formats_of

Choices = Mapping[str, list[Data]]
PLACES = {"cus": "/customers/", "lin": "/lines/", "inv": "/invoices/"}


async def customer(visit: Visit) -> Response:
    """A member enters somebody they work with."""
    return await _form(visit, new_customer(visit.language), await visit.ask("frame"), {}, "customers")


async def line(visit: Visit) -> Response:
    """Finance enters what is to be invoiced."""
    data = await visit.ask("new_line")
    choices = {
        "memberId": [_choice(one, f"{one['name']} ({one['number']})") for one in data["everyMember"]["nodes"]],
        "customerId": [_choice(one, one["legalName"]) for one in data["everyCustomer"]["nodes"]],
    }
    return await _form(visit, new_line(visit.language), data, choices, "lines")


async def invoice(visit: Visit) -> Response:
    """Finance chooses confirmed lines that are on no invoice yet."""
    data = await visit.ask("new_invoice")
    formats = formats_of(visit, data)
    choices = {"lineIds": [_choice(one, _words_of(one, formats)) for one in data["everyLine"]["nodes"]]}
    return await _form(visit, new_invoice(visit.language), data, choices, "invoices")


def _words_of(line: Data, formats: Formats) -> str:
    parts = [
        line["text"],
        line["customer"]["legalName"] if line["customer"] else "",
        formats.day(line["invoiceOn"]),
        formats.money(line["net"]),
    ]
    return " · ".join(part for part in parts if part)


def _choice(thing: Data, label: str) -> Data:
    return {"value": thing["id"], "label": label}


async def _form(visit: Visit, action: Data, data: Data, choices: Choices, place: str) -> Response:
    attempt = await _attempt(visit, action, data) if visit.request.method == "POST" else None
    if isinstance(attempt, Response):
        return attempt
    return visit.page(
        "new.html",
        data,
        status=422 if attempt else 200,
        action=action,
        attempt=attempt,
        choices=choices,
        place=place,
    )


async def _attempt(visit: Visit, action: Data, data: Data) -> Attempt | Response:
    form = await visit.request.form()
    reading = Reading(form, formats_of(visit, data))
    given: dict[str, Any] = reading.all(action["inputs"]) | terms(form)
    if reading.unread:
        problems = [Problem(text, field_id(action, name)) for name, text in reading.unread.items()]
        return refused(action, form, problems)
    outcome = await send(visit, action, form, given)
    if isinstance(outcome, Attempt):
        return outcome
    return visit.see_other(_page_of(outcome.subject_id), done=outcome.mutation)


def _page_of(subject_id: str | None) -> str:
    return PLACES[subject_id[:3]] + subject_id if subject_id else "/"
