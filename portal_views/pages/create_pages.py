"""Forms that create a row of its own: a customer, a member, a line by hand, an invoice of selected lines."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.line_groups import lines_by_customer
from portal_views.forms.lookups import form_lookups
from portal_views.forms.options import OptionsByInput, options
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web.detail_paths import detail_path
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.pagination import changed_query
from portal_views.web.roles import STAFF_ROLES
from portal_views.words.catalogue import LANGUAGES, translate

LINE_LOOKUPS = {"memberId": "member", "customerId": "customer", "orderId": "order"}
NEW_INVOICE = "billing/new_invoice.html"
NOTHING: Mapping[str, Any] = MappingProxyType({})


async def new_customer(context: PageContext) -> Response:
    """A member enters a customer they work with; an employee may name the member who does."""
    naming = context.visitor.role in STAFF_ROLES
    data = await context.query("new_customer")
    languages = [{"value": each, "label": translate(context.language, f"choice.language.{each}")} for each in LANGUAGES]
    lookups = {"memberId": "member"} if naming else {}
    return await _create_page(context, data, "customers", choices={"language": languages}, lookups=lookups)


async def new_member(context: PageContext) -> Response:
    """An employee enters a member; the next number is suggested."""
    data = await context.query("new_member")
    known = data["members"]["nodes"]
    prefill = {"number": known[0]["number"] + 1 if known else 1}
    return await _create_page(context, data, "members", prefill=prefill)


async def new_line(context: PageContext) -> Response:
    """Finance enters a line to be invoiced."""
    data = await context.query("new_line")
    return await _create_page(context, data, "lines", lookups=LINE_LOOKUPS)


async def new_invoice(context: PageContext) -> Response:
    """Finance selects confirmed lines that are on no invoice yet and may share one, of all customers or of one."""
    query = context.request.query_params
    lookups = await form_lookups(context, {"customer": "customer"}, {}, query)
    where = {"customer": {"eq": query["customer"]}} if lookups["customer"].chosen else {}
    data = await context.query("new_invoice", where={"status": {"in": ["CONFIRMED"]}, "composed": False, **where})
    lines = data["lines"]["nodes"]
    narrowed = {
        "customer": lookups["customer"],
        "query": changed_query(query),
        "has_more": data["lines"]["pageInfo"]["hasNextPage"],
        "customers": lines_by_customer(lines),
    }
    choices = {"lineIds": options(lines, "text")}
    return await _create_page(context, data, "invoices", NEW_INVOICE, choices=choices, narrowed=narrowed)


async def _create_page(
    context: PageContext,
    data: JsonObject,
    section: str,
    template: str = "create.html",
    *,
    choices: OptionsByInput = NOTHING,
    lookups: Mapping[str, str] = NOTHING,
    prefill: Mapping[str, Any] = NOTHING,
    narrowed: Mapping[str, Any] | None = None,
) -> Response:
    """The page of a form; `lookups` are the kinds of fields that find a row, `narrowed` filters what is offered."""
    action = _create_action(data, {*choices, *lookups})

    async def submit() -> Outcome:
        return await submit_form(context, action, await context.request.form(), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        found = await form_lookups(context, lookups, {}, submitted.form if submitted else None)
        return context.render(
            template,
            data,
            submitted=submitted,
            action=action,
            choices={**choices, **found},
            narrowed=narrowed,
            section=section,
            prefill=prefill,
        )

    return await submit_or_show(context, submit=submit, show=show, redirect=_redirect)


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(detail_path(done.subject_id), done=done.mutation)


def _create_action(data: JsonObject, offered: Collection[str]) -> JsonObject:
    """The beginning without identifiers for which the form offers nothing."""
    action = create_action(data)
    inputs = [each for each in action["inputs"] if each["idKind"] is None or each["name"] in offered]
    return {**action, "inputs": inputs}
