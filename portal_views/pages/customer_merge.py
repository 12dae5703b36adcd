"""The page that merges a customer into another one: it finds the other one, and shows what moves before it does."""

from starlette.responses import Response

from portal_views.forms.detail_page import path_id, submit_or_show
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_action
from portal_views.web.detail_paths import detail_path
from portal_views.web.identifiers import ID_PATTERN
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

MAX_SEARCH_LENGTH = 100


async def customer_merge(context: PageContext) -> Response:
    """Without another customer in the address, the page offers those that look alike and finds others by name."""
    query = context.request.query_params
    into = query.get("into", "")
    into = into if ID_PATTERN.fullmatch(into) else ""
    search = query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]

    async def load() -> JsonObject:
        data = await context.query(
            "customer_merge", id=path_id(context), into=into or path_id(context), comparing=bool(into), search=search
        )
        found_or_404(data["customer"])
        return data

    async def submit() -> Outcome:
        data = await load()
        return await submit_action(context, [data["customer"]], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        data = await load()
        return context.render(
            "customers/merge.html",
            data,
            submitted=submitted,
            customer=data["customer"],
            target=found_or_404(data["target"]) if into else None,
            search=search,
        )

    return await submit_or_show(context, submit=submit, show=show, redirect=_redirect)


def _redirect(context: PageContext, done: CompletedAction) -> Response:
    """The page of the merged customer leads to that of the one that stays."""
    return context.redirect(detail_path(context.request.query_params["into"]), done=done.mutation)
