"""The pages of webhooks: the endpoints, one with its secret, and its delivery log."""

from collections.abc import Mapping
from itertools import groupby

from starlette.responses import Response

from portal_views.forms.detail_page import path_id, redirect_to_same_page, submit_or_show, submit_row_action
from portal_views.forms.edit_page import EditPage
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

LIST_PATH = "/settings/webhooks"
TABS: Mapping[str, JsonObject] = {
    "all": {},
    "waiting": {"state": {"eq": "PENDING"}},
    "failed": {"state": {"eq": "FAILED"}},
    "delivered": {"state": {"eq": "DELIVERED"}},
}


async def endpoint_list(context: PageContext) -> Response:
    """The endpoints, the newest first."""
    return context.render("administration/webhooks.html", await context.query("webhooks"))


async def delivery_log(context: PageContext) -> Response:
    """One tab of the messages of an endpoint with their attempts; those that are done can be sent again."""
    query = context.request.query_params
    named = query.get("tab", "")
    tab = named if named in TABS else "all"

    async def show(submitted: SubmittedForm | None) -> Response:
        variables = {"id": path_id(context), "where": TABS[tab], **pagination.page_arguments(query)}
        data = await context.query("webhook_log", **variables)
        endpoint = found_or_404(data["webhookEndpoint"])
        return context.render(
            "administration/webhook_log.html",
            data,
            endpoint=endpoint,
            page_links=pagination.page_links(endpoint["messages"], query),
            submitted=submitted,
            tab=tab,
            tabs=TABS,
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        return context.redirect(context.request.url.path, tab=tab, done=done.mutation)

    async def submit() -> Outcome:
        return await submit_row_action(context, "webhook_message", "webhookMessage")

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)


def _event_groups(context: PageContext, data: JsonObject) -> JsonObject:
    """The events that can be chosen, noun by noun in the order of the API."""
    grouped = groupby(data["webhookEvents"], key=lambda event: event["nounLabel"])
    return {"event_groups": [{"label": label, "events": [*events]} for label, events in grouped]}


def _nothing_typed(context: PageContext, data: JsonObject) -> JsonObject:
    return {}


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """An endpoint that was deleted has no page any more."""
    if done.mutation == "webhookEndpointDelete":
        return context.redirect(LIST_PATH, done=done.mutation)
    return redirect_to_same_page(context, done)


WEBHOOK_PAGE = EditPage(
    noun="webhookEndpoint",
    document="webhook",
    template="administration/webhook.html",
    list_path=LIST_PATH,
    initial_values=_nothing_typed,
    template_values=_event_groups,
    redirect=_redirect,
)
