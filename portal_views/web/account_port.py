"""Port for people's own accounts: what the pages need and the API implements."""

from typing import Any, Protocol

from starlette.requests import Request

from portal_views.web.auth_port import AuthRefusal, SessionResult, Visitor

JsonObject = dict[str, Any]
Refusals = tuple[AuthRefusal, ...]


class AccountPort(Protocol):
    """Changes the account of a mailed link's visitor, or that of the visitor who is signed in."""

    async def accept_invitation(
        self, request: Request, visitor: Visitor, *, name: str, language: str, password: str
    ) -> SessionResult: ...

    async def reset_password(self, visitor: Visitor, password: str) -> Refusals: ...

    async def confirm_email(self, visitor: Visitor) -> Refusals: ...

    async def undo_email_change(self, visitor: Visitor) -> Refusals: ...

    async def request_password_reset(self, request: Request, email: str, language: str) -> AuthRefusal | None: ...

    async def request_email_change(self, request: Request, email: str, password: str) -> Refusals: ...

    async def personal_data(self, request: Request, kind: str, external_id: str) -> JsonObject | None:
        """Everything stored about a person: of an `account`, a `contact`, or `own`; nothing where it is not allowed."""
        ...

    async def change_name(self, request: Request, name: str) -> Refusals: ...

    async def calendar_address(self, request: Request) -> str:
        """The secret address of the visitor's calendar; empty while it is off."""
        ...

    async def renew_calendar(self, request: Request) -> Refusals: ...

    async def end_calendar(self, request: Request) -> Refusals: ...
