"""Forms for what begins on its own: a customer, a line by hand, an invoice of chosen lines."""

from collections.abc import Mapping

from starlette.responses import Response

from portal_views.desk import Data, Visit
from portal_views.entries import begun, sent
from portal_views.formats import Formats
from portal_views.moves import Done
from portal_views.things import formats_of
from portal_views.words import LANGUAGES, say

Choices = Mapping[str, list[Data]]
PLACES = {"cus": "/customers/", "lin": "/lines/", "inv": "/invoices/"}


async def customer(visit: Visit) -> Response:
    """A member enters somebody they work with."""
    languages = [{"value": each, "label": say(visit.language, f"choice.language.{each}")} for each in LANGUAGES]
    return await _form(visit, await visit.ask("new_customer"), {"language": languages}, "customers")


async def line(visit: Visit) -> Response:
    """Finance enters what is to be invoiced."""
    data = await visit.ask("new_line")
    choices = {
        "memberId": [_choice(one, f"{one['name']} ({one['number']})") for one in data["everyMember"]["nodes"]],
        "customerId": [_choice(one, one["legalName"]) for one in data["everyCustomer"]["nodes"]],
    }
    return await _form(visit, data, choices, "lines")


async def invoice(visit: Visit) -> Response:
    """Finance chooses confirmed lines that are on no invoice yet."""
    data = await visit.ask("new_invoice")
    formats = formats_of(visit, data)
    choices = {"lineIds": [_choice(one, _words_of(one, formats)) for one in data["everyLine"]["nodes"]]}
    return await _form(visit, data, choices, "invoices")


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


async def _form(visit: Visit, data: Data, choices: Choices, place: str) -> Response:
    action = _action(data, choices)
    attempt = None
    if visit.request.method == "POST":
        outcome = await sent(visit, action, await visit.request.form(), formats_of(visit, data))
        if isinstance(outcome, Done):
            return visit.see_other(_page_of(outcome.subject_id), done=outcome.mutation)
        attempt = outcome
    return visit.page(
        "new.html",
        data,
        status=422 if attempt else 200,
        action=action,
        attempt=attempt,
        choices=choices,
        place=place,
    )


def _action(data: Data, choices: Choices) -> Data:
    """What the API says that beginning it takes, but for identifiers that nobody could choose here."""
    action = begun(data)
    inputs = [each for each in action["inputs"] if each["idKind"] is None or each["name"] in choices]
    return {**action, "inputs": inputs}


def _page_of(subject_id: str | None) -> str:
    return PLACES[subject_id[:3]] + subject_id if subject_id else "/"
