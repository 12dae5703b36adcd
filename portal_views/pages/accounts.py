"""The pages of accounts: list and detail for administrators, and the invitation of a person."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal_views.forms.detail_page import detail_page, path_id, submit_or_show
from portal_views.forms.edit_page import create_action
from portal_views.forms.list_search import BY_EMAIL, BY_NAME, NEWEST, list_search
from portal_views.forms.options import options
from portal_views.forms.submission import CompletedAction, Outcome, SubmittedForm, submit_form
from portal_views.web import pagination
from portal_views.web.page_context import JsonObject, PageContext, found_or_404
from portal_views.words.catalogue import LANGUAGES, translate

ASSIGNABLE_ROLES = ("MEMBER", "CUSTOMER", "STAFF", "FINANCE", "ADMIN")
OPERATOR_ROLES = ("STAFF", "FINANCE", "ADMIN")
STATUS_TABS: Mapping[str, Mapping[str, Any]] = {
    "all": {"status": {"in": ["ACTIVE", "INVITED", "DEACTIVATED"]}},
    "active": {"status": {"in": ["ACTIVE"]}},
    "invited": {"status": {"in": ["INVITED"]}},
    "deactivated": {"status": {"in": ["DEACTIVATED"]}},
}
SORTS = {"name": BY_NAME, "email": BY_EMAIL, "newest": NEWEST}


async def account_list(context: PageContext) -> Response:
    """All accounts by name, with a search and filters of role and status."""
    query = context.request.query_params
    tab = query.get("tab", "") if query.get("tab", "") in STATUS_TABS else "all"
    role = query.get("role", "") if query.get("role", "") in ASSIGNABLE_ROLES else ""
    listed = list_search(query, SORTS)
    where: JsonObject = {**STATUS_TABS[tab], **({"role": role} if role else {}), **listed.where}
    return await pagination.list_page(
        context,
        document="accounts",
        template="accounts/list.html",
        connection="accounts",
        variables={"where": where, "orderBy": listed.order_by},
        tab=tab,
        tabs=STATUS_TABS,
        role=role,
        roles=ASSIGNABLE_ROLES,
        listed=listed,
    )


async def account(context: PageContext) -> Response:
    """One account with its open actions."""
    return await detail_page(
        context, document="account", noun="account", subject_id=path_id(context), render=_render_account
    )


def _render_account(context: PageContext, data: JsonObject, submitted: SubmittedForm | None) -> Response:
    account = data["account"]
    choices = {"roles": _role_options(context, ASSIGNABLE_ROLES)}
    limit = account["approvalLimit"]
    prefill = {
        "roles": account["roles"],
        "orderAccess": account["orderAccess"],
        "approvalLimit": context.formats(data).number_field_text(limit["amount"], "0.00") if limit else "",
    }
    return context.render(
        "accounts/account.html", data, submitted=submitted, account=account, choices=choices, prefill=prefill
    )


async def invite(context: PageContext) -> Response:
    """Invite an employee, or the member or contact that the address names: `?member=` or `?contact=`.

    Where there is an account already that the visitor may see, its page is shown instead.
    """
    query = context.request.query_params
    member_id, contact_id = query.get("member"), query.get("contact")
    data = await context.query(
        "invite_account",
        member=member_id or "",
        contact=contact_id or "",
        hasMember=bool(member_id),
        hasContact=bool(contact_id),
    )
    person = _person(context, data, member_id, contact_id)
    if person and person["account"]:
        return context.redirect(f"/accounts/{person['account']['id']}")
    action, choices = _invite_action(context, data, person)

    async def submit() -> Outcome:
        return await submit_form(context, action, await context.request.form(), context.formats(data))

    async def show(submitted: SubmittedForm | None) -> Response:
        return context.render(
            "accounts/invite.html", data, submitted=submitted, action=action, choices=choices, person=person
        )

    def redirect(context: PageContext, done: CompletedAction) -> Response:
        if person and person["back"]:
            return context.redirect(person["back"], done=done.mutation)
        path = f"/accounts/{done.subject_id}" if done.subject_id and context.visitor.role == "ADMIN" else "/"
        return context.redirect(path, done=done.mutation)

    return await submit_or_show(context, submit=submit, show=show, redirect=redirect)


def _person(context: PageContext, data: JsonObject, member_id: str | None, contact_id: str | None) -> JsonObject | None:
    """The member or contact to invite, as the form needs it; 404 if there is none, nothing for an employee."""
    if contact_id:
        contact = found_or_404(data["contact"])
        customer = contact["customer"]
        back = f"/customers/{customer['id']}" if customer else ""
        return {**contact, "input": "contactId", "back": back}
    if member_id:
        return {**found_or_404(data["member"]), "email": "", "input": "memberId", "back": ""}
    return None if context.visitor.role == "ADMIN" else found_or_404(None)


def _invite_action(
    context: PageContext, data: JsonObject, person: JsonObject | None
) -> tuple[JsonObject, Mapping[str, Any]]:
    """The beginning without the persons' identifiers, and without roles where they follow from the person."""
    named = {"subject_id": person["id"], "subject_field": person["input"]} if person else {}
    action = create_action(data, **named)
    hidden = {"memberId", "contactId"} | ({"roles"} if person else set())
    inputs = [_required(each, person) for each in action["inputs"] if each["name"] not in hidden]
    languages = [{"value": each, "label": translate(context.language, f"choice.language.{each}")} for each in LANGUAGES]
    return {**action, "inputs": inputs}, {"language": languages, "roles": _role_options(context, OPERATOR_ROLES)}


def _required(described: JsonObject, person: JsonObject | None) -> JsonObject:
    """Browsers ask for address and language, and for the name of an employee, which nothing else knows."""
    needed = described["name"] in {"email", "language"} or (person is None and described["name"] == "name")
    return {**described, "required": True} if needed else described


def _role_options(context: PageContext, roles: tuple[str, ...]) -> list[JsonObject]:
    return options([{"id": each, "label": translate(context.language, f"role.{each}")} for each in roles], "label")
