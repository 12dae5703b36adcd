"""Forms that create a row of its own: a customer, a member, a line by hand, an invoice of selected lines."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.options import OptionsByInput, member_options, options
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web.detail_paths import detail_path
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import STAFF_ROLES
from portal_views.words.catalogue import LANGUAGES, translate


async def new_customer(context: PageContext) -> Response:
    """A member enters a customer they work with; an employee may name the member who does."""
    naming = context.visitor.role in STAFF_ROLES
    data = await context.query("new_customer", naming=naming)
    languages = [{"value": each, "label": translate(context.language, f"choice.language.{each}")} for each in LANGUAGES]
    members = {"memberId": member_options(data["everyMember"]["nodes"])} if naming else {}
    return await _create_page(context, data, {"language": languages} | members, "customers")


async def new_member(context: PageContext) -> Response:
    """An employee enters a member; the next number is suggested."""
    data = await context.query("new_member")
    known = data["members"]["nodes"]
    return await _create_page(context, data, {}, "members", {"number": known[0]["number"] + 1 if known else 1})


async def new_line(context: PageContext) -> Response:
    """Finance enters a line to be invoiced."""
    data = await context.query("new_line")
    choices = {
        "memberId": member_options(data["everyMember"]["nodes"]),
        "customerId": options(data["everyCustomer"]["nodes"], "legalName"),
    }
    return await _create_page(context, data, choices, "lines")


async def new_invoice(context: PageContext) -> Response:
    """Finance selects confirmed lines that are on no invoice yet."""
    data = await context.query("new_invoice")
    formats = context.formats(data)
    lines = options(data["everyLine"]["nodes"], lambda line: _line_label(line, formats))
    return await _create_page(context, data, {"lineIds": lines}, "invoices")


def _line_label(line: JsonObject, formats: Formats) -> str:
    parts = [
        line["text"],
        line["customer"]["legalName"] if line["customer"] else "",
        formats.day(line["invoiceOn"]),
        formats.money(line["net"]),
    ]
    return " · ".join(part for part in parts if part)


async def _create_page(
    context: PageContext,
    data: JsonObject,
    choices: OptionsByInput,
    section: str,
    prefill: Mapping[str, Any] = MappingProxyType({}),
) -> Response:
    action = _create_action(data, choices)

    async def submit() -> Outcome:
        return await submit_form(context, action, await context.request.form(), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render(
            "create.html",
            data,
            submitted=submitted,
            action=action,
            choices=choices,
            section=section,
            prefill=prefill,
        )

    return await submit_or_show(context, submit=submit, show=show, redirect=_redirect)


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(detail_path(done.subject_id), done=done.mutation)


def _create_action(data: JsonObject, choices: OptionsByInput) -> JsonObject:
    """The beginning without identifiers for which the form has no options."""
    action = create_action(data)
    inputs = [each for each in action["inputs"] if each["idKind"] is None or each["name"] in choices]
    return {**action, "inputs": inputs}
