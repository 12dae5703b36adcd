"""The pages of order templates: the list, and one with its form."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.edit_page import EditPage
from portal_views.forms.form_values import typed_order, with_sorted_rows, with_split_tags
from portal_views.forms.options import OptionsByInput, options, stage_options, with_current
from portal_views.web.page_context import JsonObject, PageContext


async def template_list(context: PageContext) -> Response:
    """The templates in the order in which they are offered, retired ones below."""
    return context.render("setup/order_templates.html", await context.query("order_templates"))


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    (invoices,) = (item for item in inputs if item["name"] == "invoices")
    return with_split_tags(with_sorted_rows(form, invoices, typed_order))


def _options(context: PageContext, data: JsonObject) -> OptionsByInput:
    current = data.get("orderTemplate") or {}
    return {
        "stageId": with_current(stage_options(data["pipelines"]["nodes"]), current.get("stage")),
        "statusTemplateId": with_current(
            options(data["statusTemplates"]["nodes"], "label"), current.get("statusTemplate")
        ),
    }


ORDER_TEMPLATE_PAGE = EditPage(
    noun="orderTemplate",
    document="order_template",
    template="setup/order_template.html",
    list_path="/setup/order-templates",
    repeated_input="invoices",
    choices=_options,
    prepare_form=_prepare_form,
)
