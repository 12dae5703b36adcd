"""One order with its next step, its open actions and its client status."""

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, redirect_to_same_page
from portal_views.forms.lookups import Lookup, form_lookups, lookup_option
from portal_views.forms.options import options
from portal_views.forms.selection import local_return_path
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, posted_action, submit_form
from portal_views.pages.order_page.action_groups import action_groups
from portal_views.pages.order_page.compared_revisions import compared_revisions
from portal_views.pages.order_page.delivery_form import deliver_if_asked
from portal_views.pages.order_page.review_queue import AFTER_DECISION, DECISIONS, is_after_decision, next_decision
from portal_views.pages.order_page.status_form import with_chosen_wording
from portal_views.web.detail_paths import detail_path
from portal_views.web.formats import Formats
from portal_views.web.page_context import JsonObject, PageContext
from portal_views.web.roles import STAFF_ROLES
from portal_views.web.timeline import timeline_days

ASSIGNEES = "accountIds"
# Actions with a place of their own on the page.
PLACED = frozenset({"amend", "comment", "attachEvidence", "deliveryCreate", "linePropose", "enterStage"})


async def order(context: PageContext) -> Response:
    """One order with all its open actions."""
    is_staff = context.visitor.role in STAFF_ROLES
    return await detail_page(
        context,
        document="order",
        noun="order",
        subject_id=path_id(context),
        subjects=order_subjects,
        render=_render_order,
        redirect=_redirect,
        submit=_submit,
        choosing=is_staff,
        decided=is_staff and is_after_decision(context),
        **compared_revisions(context),
    )


def order_subjects(order: JsonObject) -> Iterable[JsonObject]:
    return [order, *filter(None, [order["clientStatus"]]), *order["deliveries"], *order.get("messages", ())]


async def _submit(context: PageContext, subjects: Iterable[JsonObject], formats: Formats) -> Outcome:
    form = with_chosen_wording(await context.request.form())
    saved = await submit_form(context, posted_action(form, subjects), form, formats)
    return await deliver_if_asked(context, form, saved)


async def _render_order(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    order = data["order"]
    choices = {
        **await _assignees(context, order, submitted),
        "contactId": _other_contacts(order),
        "fileIds": _attachable_files(order),
    }
    skip = PLACED if choices["contactId"] else PLACED | {"changeContact"}
    return context.render(
        "orders/order.html",
        data,
        submitted=submitted,
        order=order,
        choices=choices,
        groups=action_groups(order["openActions"], skip=skip),
        timeline=timeline_days(order["events"]["nodes"], context.formats(data)),
        next_decision=next_decision(data),
    )


async def _assignees(context: PageContext, order: JsonObject, submitted: SubmittedForm | None) -> Mapping[str, Lookup]:
    """The field of the employees to assign, with those who are, or with those of a form that is shown again."""
    if submitted and ASSIGNEES in submitted.form:
        return await form_lookups(context, {ASSIGNEES: "employee"}, {}, submitted.form)
    chosen = [lookup_option(each["id"], each["name"]) for each in order["assignees"] or ()]
    return {ASSIGNEES: Lookup(kind="employee", chosen=chosen)}


def _other_contacts(order: JsonObject) -> list[JsonObject]:
    """The people at the customer who are not asked yet."""
    asked = order["contact"]["id"] if order["contact"] else None
    known = order["customer"]["contacts"] if order["customer"] else []
    return options([each for each in known if each["id"] != asked], _contact_label)


def _attachable_files(order: JsonObject) -> list[JsonObject]:
    """What the visitor uploaded for the order, and what its drafts of deliveries have beside that."""
    own = [file for file in order["files"] if file["mine"]]
    drafted = [file for delivery in order["deliveries"] for file in delivery["draftFiles"]]
    by_id = {file["id"]: file for file in (*own, *drafted)}
    return options(list(by_id.values()))


def _contact_label(contact: JsonObject) -> str:
    return f"{contact['name']} ({contact['email']})" if contact["email"] else str(contact["name"])


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """Lead back to the list that the form stood in, or to the page of what was made or decided."""
    if back := local_return_path(context.request.query_params.get("back", "")):
        return context.redirect(back, done=done.mutation)
    if done.mutation == "orderDelete":
        return context.redirect("/orders", tab="drafts", done=done.mutation)
    if done.mutation == "orderDuplicate" and done.subject_id:
        return context.redirect(detail_path(done.subject_id), done=done.mutation)
    if done.mutation in DECISIONS:
        return context.redirect(context.request.url.path, done=done.mutation, **{AFTER_DECISION: "1"})
    return redirect_to_same_page(context, done)
