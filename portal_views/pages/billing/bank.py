"""The pages of the bank for finance: transactions to book, the import of a file, one file, and one transaction."""

import base64
from collections.abc import Mapping

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.filters.billing import MAX_SEARCH_LENGTH
from portal_views.forms.options import options
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext

FIRST_TAB = "open"
TABS: Mapping[str, JsonObject] = {
    FIRST_TAB: {"status": {"in": ["OPEN"]}},
    "booked": {"status": {"in": ["BOOKED"]}},
    "set_aside": {"status": {"in": ["SET_ASIDE"]}},
    "all": {},
}


async def transaction_list(context: PageContext) -> Response:
    """The transactions of one tab that a text finds, the newest first, and the files imported last."""
    query = context.request.query_params
    tab = str(query.get("tab")) if query.get("tab") in TABS else FIRST_TAB
    search = _search(context)
    return await pagination.list_page(
        context,
        document="bank_transactions",
        template="bank/list.html",
        connection="bankTransactions",
        variables={"where": {**TABS[tab], **({"search": search} if search else {})}},
        tab=tab,
        tabs=TABS,
        search=search,
    )


async def new_file(context: PageContext) -> Response:
    """Import a file, which leads to its page; a broken or known one is refused above the form."""
    data = await context.query("new_bank_file")
    action = create_action(data)

    async def submit() -> Outcome:
        form = await _with_file(await context.request.form())
        return await submit_form(context, action, form, context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render("bank/new.html", data, submitted=submitted, action=action)

    return await submit_or_show(context, submit=submit, show=show, redirect=_to_file)


async def _with_file(form: FormData) -> FormData:
    """The form with the chosen file as its name and the text that the API takes."""
    rest = [(key, value) for key, value in form.multi_items() if key != "file"]
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return FormData(rest)
    content = base64.b64encode(await file.read()).decode()
    await file.close()
    return FormData([*rest, ("fileName", file.filename or ""), ("content", content)])


def _to_file(context: PageContext, done: CompletedAction) -> Response:
    return context.redirect(f"/bank/files/{done.subject_id}", done=done.mutation)


async def bank_file(context: PageContext) -> Response:
    """One file: what it brought, what may be paid with it, and what is sure booked at once."""

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        query = context.request.query_params
        page_links = pagination.page_links(data["bankFile"]["transactions"], query)
        return context.render("bank/file.html", data, submitted=submitted, file=data["bankFile"], page_links=page_links)

    return await detail_page(
        context,
        document="bank_file",
        noun="bankFile",
        subject_id=path_id(context),
        render=render,
        **pagination.page_arguments(context.request.query_params),
    )


async def transaction(context: PageContext) -> Response:
    """One transaction with what it may pay; open items that a text finds can be chosen, too."""
    search = _search(context)

    def render(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
        formats = context.formats(data)

        def label(row: JsonObject) -> str:
            name = row["customer"]["legalName"] if row["customer"] else "–"
            return f"{row['invoiceNumber']} · {name} · {formats.money(row['remaining'])}"

        choices = {"receivableId": options(data["receivables"]["nodes"], label)}
        return context.render(
            "bank/transaction.html",
            data,
            submitted=submitted,
            transaction=data["bankTransaction"],
            choices=choices,
            search=search,
        )

    return await detail_page(
        context,
        document="bank_transaction",
        noun="bankTransaction",
        subject_id=path_id(context),
        render=render,
        where={"remains": True, **({"search": search} if search else {})},
    )


def _search(context: PageContext) -> str:
    return context.request.query_params.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH]
