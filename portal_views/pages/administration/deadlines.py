"""Deadlines as administrators care for them: late, given up, to come, and done."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from portal_views.forms.detail_page import submit_or_show, submit_row_action
from portal_views.forms.form_parser import clean_text
from portal_views.forms.submission import CompletedAction, SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One selection of deadlines: its document, the state it asks for, and its order."""

    document: str = "deadlines"
    state: str = ""
    direction: str = "ASC"


TABS: Mapping[str, Tab] = {
    "late": Tab(document="deadlines_late"),
    "failed": Tab(document="deadlines_failed"),
    "coming": Tab(state="PENDING"),
    "done": Tab(state="FIRED", direction="DESC"),
}


async def deadline_list(context: PageContext) -> Response:
    """One tab of the deadlines; what was given up can be tried again."""
    query = context.request.query_params
    name = query.get("tab", "")
    name, kind = name if name in TABS else "late", clean_text(query.get("kind", ""))
    formats = context.formats(await context.query("page_context"))

    async def show(submitted: SubmittedForm | None) -> Response:
        tab = TABS[name]
        where: JsonObject = {"kind": {"eq": kind}} if kind else {}
        if tab.state:
            where["state"] = {"eq": tab.state}
        if name == "coming":
            where["dueAt"] = {"gt": formats.now.isoformat()}
        return await pagination.list_page(
            context,
            document=tab.document,
            template="administration/deadlines.html",
            connection="rows",
            counted=name if name in {"late", "failed"} else "",
            variables={"where": where, "sort": {"field": "DUE_AT", "direction": tab.direction}},
            submitted=submitted,
            tab=name,
            tabs=TABS,
            kind=kind,
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        return context.redirect("/deadlines", tab=name, done=done.mutation)

    return await submit_or_show(
        context, submit=lambda: submit_row_action(context, "deadline", "deadline"), show=show, redirect=redirect
    )
