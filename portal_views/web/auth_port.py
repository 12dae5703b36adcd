"""Port for authentication: the values and the protocol that the pages need and the API implements."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol

from starlette.requests import Request
from starlette.responses import Response

SchemaName = Literal["operations", "portal"]


@dataclass(frozen=True, kw_only=True)
class Impersonation:
    """A user of the operator who sees the pages as a customer does and cannot change anything.

    `principal` and `role` are those of the impersonator; the rest describes the customer.
    """

    principal: Any
    role: str
    customer_id: str
    customer_name: str


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """An authenticated visitor; `principal` is opaque and only passed to the operation runner.

    `role` is the active one of `roles`. With `must_change_password` only the password page and sign-out are shown,
    and the operation runner refuses everything else. The visitor of a mailed link has no e-mail address. During an
    impersonation all other attributes are the customer's.
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
    """The state of a mailed link: it opens its page, or the reason it does not."""

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
    """A mailed link in its present state; for UNKNOWN only `state` and `language` are set.

    `purpose` is OFFER or REVIEW. `visitor` and the identifiers are set for OPEN and USED: a used link still shows
    the outcome and accepts a repetition of its own answer.
    """

    state: LinkState
    language: str
    purpose: str | None = None
    order_id: str | None = None
    delivery_id: str | None = None
    visitor: Visitor | None = None


@dataclass(frozen=True)
class AuthRefusal:
    """The reason for a refusal: a stable code, and a sentence in the requested language."""

    code: str
    message: str
    retry_after_seconds: int | None = None


@dataclass(frozen=True)
class SessionResult:
    """A new session, whose secret `AuthPort.set_session_cookie` puts into the cookie, or the refusals."""

    session_secret: str | None
    refusals: tuple[AuthRefusal, ...] = ()


class OperationRunner(Protocol):
    """Runs a document in process; returns `data`, and `errors` when there are any.

    `request_id` is that of the page's request: a masked fault names it, and it is logged under it.
    """

    async def __call__(
        self, schema: SchemaName, document: str, variables: Mapping[str, Any], principal: Any, *, request_id: str
    ) -> dict[str, Any]: ...


class AuthPort(Protocol):
    """Authenticates visitors and manages their sessions."""

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
