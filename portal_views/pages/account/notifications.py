"""The page of notifications: what the visitor was told, the newest first, until it is marked as read."""

from collections.abc import Mapping

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show, submit_row_action
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm
from portal_views.web import pagination
from portal_views.web.detail_paths import DETAIL_PATHS
from portal_views.web.page_context import JsonObject, PageContext

TABS: Mapping[str, JsonObject] = {"all": {}, "unread": {"isRead": False}}
CUSTOMER_PATHS = {
    "delivery": "/deliveries/del_",
    "supplement": "/supplements/sup_",
    "clientStatus": "/work/ord_",
    "order": "/orders/ord_",
}
# Rows with a page that only some roles have.
RESTRICTED_PREFIXES = {"acc": ("ADMIN",), "whe": ("ADMIN",), "mem": ("STAFF", "ADMIN")}


async def notification_list(context: PageContext) -> Response:
    """One tab of the notifications; each, or all at once, can be marked as read."""
    named = context.request.query_params.get("tab", "")
    tab = named if named in TABS else "all"

    async def show(submitted: SubmittedForm | None) -> Response:
        return await pagination.list_page(
            context,
            document="notifications",
            template="notifications.html",
            connection="notifications",
            variables={"where": TABS[tab]},
            submitted=submitted,
            tab=tab,
            tabs=TABS,
            target=lambda row: target(context.visitor.role, row),
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        return context.redirect("/notifications", tab=tab)

    async def submit() -> Outcome:
        return await submit_row_action(context, "notification", "notification")

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)


def target(role: str, row: JsonObject) -> str:
    """The page that shows what a notification is about; empty where the visitor has none."""
    if row["invoice"]:
        return f"/invoices/{row['invoice']['id']}"
    prefix, _, key = (row["subjectId"] or "").partition("_")
    if role == "CUSTOMER":
        path = CUSTOMER_PATHS.get(row["subjectKind"], "")
        return f"{path}{key}" if path else ""
    if row["order"]:
        return f"/orders/{row['order']['id']}"
    if prefix == "mem" and role == "MEMBER":
        return "/membership"
    is_open = prefix in DETAIL_PATHS and role in RESTRICTED_PREFIXES.get(prefix, (role,))
    return f"{DETAIL_PATHS[prefix]}/{row['subjectId']}" if is_open else ""
