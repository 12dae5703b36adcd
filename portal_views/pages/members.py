"""The pages of members: the list and one member for the operator, and the member's own membership."""

from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, submit_or_show
from portal_views.forms.list_search import BY_NAME, BY_NUMBER, list_search
from portal_views.forms.submission import Outcome, SubmittedForm, submit_action
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404

STATUSES = ("active", "paused", "ended")
EVERY_STATUS = "all"
SORTS = {"number": BY_NUMBER, "name": BY_NAME}
DETAILS = ("street", "postcode", "city", "country", "iban")


async def member_list(context: PageContext) -> Response:
    """The members by number, of one membership status or of all."""
    query = context.request.query_params
    tab = query.get("tab", EVERY_STATUS)
    tab = tab if tab in STATUSES else EVERY_STATUS
    listed = list_search(query, SORTS)
    where: dict[str, Any] = {"status": {"eq": tab.upper()}} if tab in STATUSES else {}
    return await pagination.list_page(
        context,
        document="members",
        template="members/list.html",
        connection="members",
        variables={"where": where | listed.where, "orderBy": listed.order_by},
        tab=tab,
        tabs=[EVERY_STATUS, *STATUSES],
        listed=listed,
    )


async def member(context: PageContext) -> Response:
    """One member as the operator sees it."""
    return await detail_page(
        context, document="member", noun="member", subject_id=path_id(context), render=_render_member
    )


async def membership(context: PageContext) -> Response:
    """The member's own membership, with the form that proposes other details."""

    async def load(*, with_closed_actions: bool) -> JsonObject:
        data = await context.query("membership", all=with_closed_actions)
        return data | {"member": found_or_404(data["viewer"]["member"])}

    async def submit() -> Outcome:
        data = await load(with_closed_actions=True)
        return await submit_action(context, [data["member"]], context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return _render(context, "members/membership.html", await load(with_closed_actions=False), submitted)

    return await submit_or_show(context, submit=submit, show=show)


def _render_member(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    return _render(context, "members/member.html", data, submitted)


def _render(context: PageContext, template: str, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    member = data["member"]
    return context.render(
        template, data, submitted=submitted, member=member, prefill={"name": member["name"]} | _details(member)
    )


def _details(member: JsonObject) -> JsonObject:
    """What the forms begin with: the proposed details while there are some, else those that count."""
    details = member["proposedDetails"] or member["details"] or {}
    return {name: details.get(name) or "" for name in DETAILS}
