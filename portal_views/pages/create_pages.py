"""Forms for what begins on its own: a customer, a line by hand, an invoice of chosen lines."""

from collections.abc import Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import page_formats
from portal_views.forms.edit_page import create_action, submit_form
from portal_views.forms.submission import CompletedAction
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.words.catalogue import LANGUAGES, translate

OptionsByInput = Mapping[str, list[JsonObject]]
DETAIL_PATHS = {"cus": "/customers/", "lin": "/lines/", "inv": "/invoices/"}


async def new_customer(visit: PageContext) -> Response:
    """A member enters somebody they work with."""
    languages = [{"value": each, "label": translate(visit.language, f"choice.language.{each}")} for each in LANGUAGES]
    return await _create_page(visit, await visit.query("new_customer"), {"language": languages}, "customers")


async def new_line(visit: PageContext) -> Response:
    """Finance enters what is to be invoiced."""
    data = await visit.query("new_line")
    choices = {
        "memberId": [_option(one, f"{one['name']} ({one['number']})") for one in data["everyMember"]["nodes"]],
        "customerId": [_option(one, one["legalName"]) for one in data["everyCustomer"]["nodes"]],
    }
    return await _create_page(visit, data, choices, "lines")


async def new_invoice(visit: PageContext) -> Response:
    """Finance chooses confirmed lines that are on no invoice yet."""
    data = await visit.query("new_invoice")
    formats = page_formats(visit, data)
    choices = {"lineIds": [_option(one, _line_label(one, formats)) for one in data["everyLine"]["nodes"]]}
    return await _create_page(visit, data, choices, "invoices")


def _line_label(line: JsonObject, formats: Formats) -> str:
    parts = [
        line["text"],
        line["customer"]["legalName"] if line["customer"] else "",
        formats.day(line["invoiceOn"]),
        formats.money(line["net"]),
    ]
    return " · ".join(part for part in parts if part)


def _option(thing: JsonObject, label: str) -> JsonObject:
    return {"value": thing["id"], "label": label}


async def _create_page(visit: PageContext, data: JsonObject, choices: OptionsByInput, section: str) -> Response:
    action = _create_action(data, choices)
    attempt = None
    if visit.request.method == "POST":
        outcome = await submit_form(visit, action, await visit.request.form(), page_formats(visit, data))
        if isinstance(outcome, CompletedAction):
            return visit.redirect(_detail_path(outcome.subject_id), done=outcome.mutation)
        attempt = outcome
    return visit.render(
        "create.html",
        data,
        status=422 if attempt else 200,
        action=action,
        attempt=attempt,
        choices=choices,
        place=section,
    )


def _create_action(data: JsonObject, choices: OptionsByInput) -> JsonObject:
    """What the API says that beginning it takes, but for identifiers that nobody could choose here."""
    action = create_action(data)
    inputs = [each for each in action["inputs"] if each["idKind"] is None or each["name"] in choices]
    return {**action, "inputs": inputs}


def _detail_path(subject_id: str | None) -> str:
    return DETAIL_PATHS[subject_id[:3]] + subject_id if subject_id else "/"
