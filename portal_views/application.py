"""The addresses of the portal and who finds what there."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from portal_views import entrance
from portal_views.assets import Assets
from portal_views.desk import Desk
from portal_views.gate import Execute, Gate
from portal_views.rendering import render

SHOWN_STATUSES = {403, 404, 405, 413, 429}


def routes(execute: Execute, gate: Gate) -> list[BaseRoute]:
    """All pages; `execute` runs their documents, `gate` recognises their visitors."""
    desk = Desk(execute, gate)
    return [*_entrance(desk), Mount("/static", Assets(), name="static")]


def error_page(request: Request, status: int, language: str) -> Response:
    """What a browser sees when there is nothing to see, or when something went wrong here."""
    return render(
        "error.html",
        language,
        status=status,
        visit=None,
        path=request.url.path,
        kind=str(status) if status in SHOWN_STATUSES else "500",
        request_id=getattr(request.state, "request_id", ""),
    )


def _entrance(desk: Desk) -> list[BaseRoute]:
    return [
        Route("/sign-in", entrance.sign_in(desk), methods=["GET", "POST"]),
        Route("/password", entrance.password(desk), methods=["GET", "POST"]),
        Route("/sign-out", entrance.sign_out(desk), methods=["POST"]),
        Route("/role", entrance.role(desk), methods=["POST"]),
        Route("/language", entrance.language(desk), methods=["POST"]),
    ]
