"""The page behind the address in every mail about a client status that ends such mails; nobody needs to sign in."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal_views.desk import Desk, Endpoint, Visit, answered, found, read_texts
from portal_views.gate import Refusal
from portal_views.links import too_many
from portal_views.moves import Attempt, send
from portal_views.settings import choose, show

TEMPLATE = "settings/unsubscribe.html"
# What a mail program posts when its reader presses its own button (RFC 8058).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def unsubscribe(desk: Desk) -> Endpoint:
    """GET says what the address does and changes nothing, since programs open links too; POST does it."""

    async def endpoint(request: Request) -> Response:
        visitor = await desk.gate.unsubscriber(request, str(request.path_params["token"]))
        if isinstance(visitor, Refusal):
            return too_many(request, desk, visitor)
        if visitor is None:
            raise HTTPException(404)
        await read_texts(request)
        visit = Visit(request=request, desk=desk, visitor=visitor, language=visitor.language, home=request.url.path)
        is_one_click = request.method == "POST" and (await request.form()).get(ONE_CLICK[0]) == ONE_CLICK[1]
        answer = _end_mails(visit) if is_one_click else choose(visit, TEMPLATE)
        return await answered(answer, visit.see_other(request.url.path))

    return endpoint


async def _end_mails(visit: Visit) -> Response:
    """Write no more, at once; asked again, it stays so, and asked twice at once, it is done once."""
    data = await visit.ask("status_mails")
    contact = found(next(iter(data["viewer"]["contacts"]), None))
    if contact["statusMails"] == "NONE":
        return show(visit, TEMPLATE, data)
    key = f"one-click-{contact['version']}"
    wish = {"id": contact["id"], "statusMails": "NONE", "idempotencyKey": key}
    outcome = await send(visit, contact["openActions"][0], FormData(), wish)
    attempt = outcome if isinstance(outcome, Attempt) else None
    return show(visit, TEMPLATE, await visit.ask("status_mails"), attempt)
