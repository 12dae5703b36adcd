"""The sums of a draft's billing plan as its form stands now, computed by the API's rule."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal_views.forms.edit_page import create_action
from portal_views.forms.form_parser import ActionInput, FormParser, row_numbers
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import translate

ROWS = "plannedInvoices"
# What an entry counts for; its text does not matter.
COUNTED = {
    "unitPrice",
    "quantity",
    "vatCategory",
    "invoiceOn",
    "repeats",
    "repeatMonths",
    "repeatCount",
    "repeatUntil",
}
MOST_ENTRIES = 120


async def draft_figures(context: PageContext) -> Response:
    """The sums of a posted form, for its script."""
    if context.request.method != "POST":
        found_or_404(None)
    form = await context.request.form()
    data = await context.query("draft_fields")
    inputs = create_action(data)["inputs"]
    return JSONResponse({"figures": await plan_figures(context, form, inputs, context.formats(data))})


async def plan_figures(
    context: PageContext, form: FormData, inputs: Sequence[ActionInput], formats: Formats
) -> JsonObject | None:
    """The sums as texts by name; None while a row could not be saved as it is. Rows without a price do not count."""
    (rows,) = (item for item in inputs if item["name"] == ROWS)
    entries = _entries(form, rows, formats)
    found = (await context.query("plan_sums", entries=entries[:MOST_ENTRIES]))["planSums"]
    return found and {
        **{name: formats.money(found[name]) for name in ("net", "vat", "gross", "budgetInflow")},
        "fee": translate(formats.language, "money.fee", rate=formats.percent(found["feePercent"])),
        "invoices": translate(formats.language, "draft.invoices", n=found["invoices"]),
    }


def _entries(form: FormData, rows: ActionInput, formats: Formats) -> list[JsonObject]:
    counted = [each for each in rows["fields"] if each["name"] in COUNTED]
    entries = []
    for number in row_numbers(form, ROWS):
        parser = FormParser(form, formats)
        entry = parser.parse(counted, f"{ROWS}-{number}-")
        if not parser.errors:
            entries.append(entry)
    return entries
