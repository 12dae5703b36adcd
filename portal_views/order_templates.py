"""Order templates: as staff keeps them, and as a member begins an order from one."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.choosing import keeping, options, stages_of
from portal_views.desk import Data, Visit, found
from portal_views.entries import Choices, Entry, begun, sent
from portal_views.filled import as_typed, in_order, with_chosen_contact, with_tags
from portal_views.moves import Attempt
from portal_views.things import asked_id, formats_of


async def template_list(visit: Visit) -> Response:
    """In the order in which they are offered, retired ones below."""
    return visit.page("setup/order_templates.html", await visit.ask("order_templates"))


async def begin_order(visit: Visit) -> Response:
    """A member names the customer and the first day; everything else comes from the template."""
    data = await visit.ask("from_template", id=asked_id(visit))
    template = found(data["orderTemplate"])
    action = begun(data, subject_id=template["id"], subject_field="templateId")
    attempt = None
    if visit.request.method == "POST":
        form = with_chosen_contact(await visit.request.form())
        outcome = await sent(visit, action, form, formats_of(visit, data))
        if not isinstance(outcome, Attempt):
            return visit.see_other(f"/orders/{outcome.subject_id}", done=outcome.mutation)
        attempt = outcome
    return visit.page(
        "setup/from_template.html",
        data,
        status=422 if attempt else 200,
        thing=template,
        action=action,
        attempt=attempt,
        values={"startsOn": data["operator"]["today"]},
        choices={},
        typed=attempt.form if attempt else None,
    )


def _arranged(form: FormData, inputs: Sequence[Data]) -> FormData:
    (invoices,) = (item for item in inputs if item["name"] == "invoices")
    return with_tags(in_order(form, invoices, as_typed))


def _choices(visit: Visit, data: Data) -> Choices:
    chosen = data.get("orderTemplate") or {}
    return {
        "stageId": keeping(stages_of(data["pipelines"]["nodes"]), chosen.get("stage")),
        "statusTemplateId": keeping(options(data["statusTemplates"]["nodes"], "label"), chosen.get("statusTemplate")),
    }


TEMPLATE = Entry(
    noun="orderTemplate",
    document="order_template",
    template="setup/order_template.html",
    place="/setup/order-templates",
    rows="invoices",
    choices=_choices,
    arranged=_arranged,
)
