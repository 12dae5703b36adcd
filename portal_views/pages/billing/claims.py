"""The pages of claims: lists for members and finance, the draft of a member, one claim, and payment files."""

from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id
from portal_views.forms.edit_page import EditPage
from portal_views.forms.filters.claims import OF_FINANCE, OF_MEMBER, claim_filter_of, searched_text
from portal_views.forms.form_values import typed_order, with_sorted_rows
from portal_views.forms.options import options
from portal_views.forms.selectable_lists import CLAIMS
from portal_views.forms.submission import SubmittedForm
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

KINDS = ("EXPENSE", "TRAVEL", "DIRECT_PAYMENT", "PAYOUT")
RECEIPTS = "receipts"


async def claim_list(context: PageContext) -> Response:
    """The claims of one tab that a text finds, the newest first."""
    query, is_member = context.request.query_params, context.visitor.role == "MEMBER"
    tabs = OF_MEMBER if is_member else OF_FINANCE
    list_filter = claim_filter_of(query, tabs)
    return await pagination.list_page(
        context,
        document="claims",
        template="claims/list.html",
        connection="claims",
        variables={"where": list_filter.where, "choosing": not is_member},
        tab=list_filter.tab,
        tabs=tabs,
        search=searched_text(query),
        filter=pagination.changed_query(query),
        is_filtered=list_filter.restricts_something,
        choosing=not is_member,
        selectable=CLAIMS,
        kinds=KINDS,
    )


async def claim(context: PageContext) -> Response:
    """One claim with its receipts and files, and what its reader can do."""
    return await detail_page(context, document="claim", noun="claim", subject_id=path_id(context), render=_render)


def _render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    shown = data["claim"]
    complete = [file for file in shown["attachableFiles"] if file["state"] == "FINISHED"]
    files = {file["id"]: file for file in (*shown["files"], *complete)}
    return context.render(
        "claims/claim.html",
        data,
        submitted=submitted,
        claim=shown,
        choices={"fileIds": options(list(files.values()))},
        prefill={
            "fileIds": [file["id"] for file in shown["files"]],
            "paidOn": context.formats(data).today().isoformat(),
        },
    )


def _kind_of_address(context: PageContext, data: JsonObject) -> JsonObject:
    kind = context.request.query_params.get("kind", "")
    return {"kind": kind if kind in KINDS else KINDS[0], "country": "DE"}


def _without_empty_rows(form: FormData, inputs: Sequence[JsonObject]) -> FormData:
    """Receipts that were filled in, if the kind has any; a missing rate is no tax."""
    rows = next(item for item in inputs if item["name"] == RECEIPTS)
    return with_sorted_rows(form, rows, typed_order)


DRAFT_PAGE = EditPage(
    noun="claim",
    document="claim_draft",
    template="claims/draft.html",
    list_path="/claims",
    repeated_input=RECEIPTS,
    initial_row_count=2,
    initial_values=_kind_of_address,
    lookups={"orderId": "claimable_order"},
    prepare_form=_without_empty_rows,
)
