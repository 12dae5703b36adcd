"""What the pages need from sign-in, said as values and one protocol; the application brings the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol

from starlette.requests import Request
from starlette.responses import Response

SchemaName = Literal["operations", "portal"]


@dataclass(frozen=True, kw_only=True)
class Impersonation:
    """Somebody of the operator's people who sees the pages as a customer does and changes nothing.

    `actor` and `role` are their own, for what is not shown to the customer; the rest is about the customer.
    """

    principal: Any
    role: str
    customer_id: str
    customer_name: str


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody recognised; `actor` is opaque and only handed on to `execute`.

    `role` is the active one of `roles`. With `must_change_password` only the password page and sign-out are
    shown, and `execute` refuses everything else. A mailed link has no e-mail address. With `view` everything else is
    the customer's who is looked at.
    """

    principal: Any
    role: str
    roles: tuple[str, ...]
    name: str
    email: str
    language: str
    must_change_password: bool
    impersonation: Impersonation | None = None


class LinkState(StrEnum):
    """Whether a mailed link opens its page, and if not, why."""

    OPEN = "OPEN"
    USED = "USED"
    SUPERSEDED = "SUPERSEDED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    WITHDRAWN = "WITHDRAWN"
    OFFER_EXPIRED = "OFFER_EXPIRED"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, kw_only=True)
class MailedLink:
    """A mailed link as it stands now; everything but `state` and `language` is empty for UNKNOWN.

    `purpose` is OFFER or REVIEW. `visitor` and the identifiers are there for OPEN and USED: a used link still
    tells the outcome and repeats its own answer.
    """

    state: LinkState
    language: str
    purpose: str | None = None
    order_id: str | None = None
    delivery_id: str | None = None
    visitor: Visitor | None = None


@dataclass(frozen=True)
class AuthRefusal:
    """Why something was refused: a stable code and a whole sentence in the language asked for."""

    code: str
    message: str
    retry_after_seconds: int | None = None


@dataclass(frozen=True)
class SessionResult:
    """A new session (`secret` goes into the cookie through `Gate.keep`), or why there is none."""

    session_secret: str | None
    refusals: tuple[AuthRefusal, ...] = ()


class OperationRunner(Protocol):
    """Run a page's document in process; return `data`, and `errors` when there are any.

    `request_id` is that of the page's request, so that a masked fault names the request under which it is logged.
    """

    async def __call__(
        self, schema: SchemaName, document: str, variables: Mapping[str, Any], principal: Any, *, request_id: str
    ) -> dict[str, Any]: ...


class AuthPort(Protocol):
    """Recognising visitors and letting them in and out."""

    async def visitor(self, request: Request) -> Visitor | None: ...

    async def mailed_link(self, request: Request, token: str) -> MailedLink | AuthRefusal: ...

    async def unsubscribe_visitor(self, request: Request, token: str) -> Visitor | AuthRefusal | None: ...

    def language(self, request: Request) -> str: ...

    async def sign_in(self, request: Request, email: str, password: str) -> SessionResult: ...

    async def sign_out(self, request: Request) -> None: ...

    async def sign_out_everywhere(self, request: Request) -> None: ...

    async def stop_impersonation(self, request: Request) -> None: ...

    async def switch_role(self, request: Request, role: str) -> SessionResult: ...

    async def change_password(self, request: Request, current: str, new: str) -> SessionResult: ...

    async def change_language(self, request: Request, language: str) -> None: ...

    def set_session_cookie(self, response: Response, secret: str) -> None: ...

    def clear_session_cookie(self, response: Response) -> None: ...
