"""Pages of order templates for staff, and the member's page that creates an order from one."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.detail_page import page_formats, path_id
from portal_views.forms.edit_page import EditPage, OptionsByInput, create_action, submit_form
from portal_views.forms.form_values import typed_order, with_sorted_rows, with_split_contact, with_split_tags
from portal_views.forms.options import options, stage_options, with_current
from portal_views.forms.submission import SubmittedForm
from portal_views.web.page_context import JsonObject, PageContext, found_or_404


async def template_list(context: PageContext) -> Response:
    """All order templates by position, retired ones below."""
    return context.render("setup/order_templates.html", await context.query("order_templates"))


async def new_order_from_template(context: PageContext) -> Response:
    """A member names the customer and the first day; the template fills in the rest."""
    data = await context.query("new_order_from_template", id=path_id(context))
    template = found_or_404(data["orderTemplate"])
    action = create_action(data, subject_id=template["id"], subject_field="templateId")
    submitted = None
    if context.request.method == "POST":
        form = with_split_contact(await context.request.form())
        outcome = await submit_form(context, action, form, page_formats(context, data))
        if not isinstance(outcome, SubmittedForm):
            return context.redirect(f"/orders/{outcome.subject_id}", done=outcome.mutation)
        submitted = outcome
    return context.render(
        "orders/new_from_template.html",
        data,
        status=422 if submitted else 200,
        thing=template,
        action=action,
        submitted=submitted,
        values={"startsOn": data["operator"]["today"]},
        choices={},
        typed=submitted.form if submitted else None,
    )


def _prepare_form(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    (invoices,) = (item for item in inputs if item["name"] == "invoices")
    return with_split_tags(with_sorted_rows(form, invoices, typed_order))


def _options(context: PageContext, data: JsonObject) -> OptionsByInput:
    template = data.get("orderTemplate") or {}
    return {
        "stageId": with_current(stage_options(data["pipelines"]["nodes"]), template.get("stage")),
        "statusTemplateId": with_current(
            options(data["statusTemplates"]["nodes"], "label"), template.get("statusTemplate")
        ),
    }


ORDER_TEMPLATE_PAGE = EditPage(
    noun="orderTemplate",
    document="order_template",
    template="setup/order_template.html",
    path="/setup/order-templates",
    repeated_input="invoices",
    choices=_options,
    prepare_form=_prepare_form,
)
