"""The pages of payment files for finance: the list, a new one, one with its claims, and its download."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.options import options
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext


async def file_list(context: PageContext) -> Response:
    """The payment files, the newest first, and how many claims wait for one."""
    return await pagination.list_page(
        context, document="payment_files", template="claims/payment_files.html", connection="paymentFiles"
    )


async def new_file(context: PageContext) -> Response:
    """Choose approved claims and the day; without a choice, because more wait than shown, all are paid."""
    data = await context.query("new_payment_file")
    action = create_action(data)
    formats = context.formats(data)

    def label(row: JsonObject) -> str:
        member = row["member"]["name"] if row["member"] else "–"
        return f"{member} · {row['purpose']} · {formats.money(row['amount'])}"

    claims, has_more = data["claims"]["nodes"], data["claims"]["pageInfo"]["hasNextPage"]
    chosen = [] if has_more else [row["id"] for row in claims]

    async def submit() -> Outcome:
        return await submit_form(context, action, await context.request.form(), formats)

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render(
            "claims/new_payment_file.html",
            data,
            submitted=submitted,
            action=action,
            choices={"claimIds": options(claims, label)},
            has_more=has_more,
            prefill={"claimIds": chosen, "executeOn": formats.today().isoformat()},
        )

    return await submit_or_show(context, submit=submit, show=show, redirect=_to_file)


def _to_file(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(f"/payment-files/{done.subject_id}", done=done.mutation)


async def payment_file(context: PageContext) -> Response:
    """One payment file with its claims."""

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        file = data["paymentFile"]
        page_links = pagination.page_links(file["claims"], context.request.query_params)
        return context.render("claims/payment_file.html", data, submitted=submitted, file=file, page_links=page_links)

    return await detail_page(
        context,
        document="payment_file",
        noun="paymentFile",
        subject_id=path_id(context),
        render=render,
        **pagination.page_arguments(context.request.query_params),
    )


async def download(context: PageContext) -> Response:
    """The document as an attachment, byte for byte."""
    data = await context.query("payment_file_content", id=path_id(context))
    file = data["paymentFile"]
    if file is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{file["messageId"]}.xml"'}
    return Response(file["content"].encode(), media_type="application/xml", headers=headers)
