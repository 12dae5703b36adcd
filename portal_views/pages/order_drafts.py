"""Edit page of order drafts."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.datastructures import FormData

from portal_views.forms.detail_page import page_formats
from portal_views.forms.edit_page import EditPage
from portal_views.forms.form_values import typed_order, with_sorted_rows, with_split_contact, with_split_tags
from portal_views.web.page_context import JsonObject, PageContext

INVOICE_ROWS = "plannedInvoices"
DEFAULT_OFFER_DAYS = 14


def _initial_values(context: PageContext, data: JsonObject) -> JsonObject:
    until = page_formats(context, data).today() + timedelta(days=DEFAULT_OFFER_DAYS)
    return {"offerValidUntil": until.isoformat()}


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    (rows,) = (item for item in inputs if item["name"] == INVOICE_ROWS)
    return with_split_contact(with_split_tags(with_sorted_rows(form, rows, typed_order)))


def _template_values(context: PageContext, data: JsonObject) -> JsonObject:
    """No field is marked as optional, because an incomplete draft can be saved."""
    return {"marks_optional": False}


DRAFT_PAGE = EditPage(
    noun="order",
    document="order_draft",
    template="orders/draft.html",
    path="/orders",
    repeated_input=INVOICE_ROWS,
    initial_row_count=1,
    initial_values=_initial_values,
    prepare_form=_prepare_form,
    template_values=_template_values,
)
