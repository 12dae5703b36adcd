"""Pages that create an object that needs no other: a customer, a billable line, an invoice of chosen lines."""

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


async def new_customer(context: PageContext) -> Response:
    """A member enters a customer."""
    languages = [{"value": each, "label": translate(context.language, f"choice.language.{each}")} for each in LANGUAGES]
    return await _create_page(context, await context.query("new_customer"), {"language": languages}, "customers")


async def new_line(context: PageContext) -> Response:
    """Finance enters a billable line."""
    data = await context.query("new_line")
    choices = {
        "memberId": [_option(row, f"{row['name']} ({row['number']})") for row in data["everyMember"]["nodes"]],
        "customerId": [_option(row, row["legalName"]) for row in data["everyCustomer"]["nodes"]],
    }
    return await _create_page(context, data, choices, "lines")


async def new_invoice(context: PageContext) -> Response:
    """Finance chooses confirmed lines that are on no invoice yet."""
    data = await context.query("new_invoice")
    formats = page_formats(context, data)
    choices = {"lineIds": [_option(row, _line_label(row, formats)) for row in data["everyLine"]["nodes"]]}
    return await _create_page(context, data, choices, "invoices")


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


async def _create_page(context: PageContext, data: JsonObject, choices: OptionsByInput, section: str) -> Response:
    action = _create_action(data, choices)
    submitted = None
    if context.request.method == "POST":
        outcome = await submit_form(context, action, await context.request.form(), page_formats(context, data))
        if isinstance(outcome, CompletedAction):
            return context.redirect(_detail_path(outcome.subject_id), done=outcome.mutation)
        submitted = outcome
    return context.render(
        "create.html",
        data,
        status=422 if submitted else 200,
        action=action,
        submitted=submitted,
        choices=choices,
        place=section,
    )


def _create_action(data: JsonObject, choices: OptionsByInput) -> JsonObject:
    """The create action without inputs for identifiers that the page has no options for."""
    action = create_action(data)
    inputs = [each for each in action["inputs"] if each["idKind"] is None or each["name"] in choices]
    return {**action, "inputs": inputs}


def _detail_path(subject_id: str | None) -> str:
    return DETAIL_PATHS[subject_id[:3]] + subject_id if subject_id else "/"
