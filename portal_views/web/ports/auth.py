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

    `role` is the active one of `roles`. With `must_change_password` only the password page and sign-out are shown, with
    `must_add_second_factor` only the page that adds one, and the operation runner refuses everything else. The visitor
    of a mailed link has no e-mail address. During an impersonation all other attributes are the customer's.
    """

    principal: Any
    role: str
    roles: tuple[str, ...]
    name: str
    email: str
    language: str
    must_change_password: bool
    must_add_second_factor: bool = False
    impersonation: Impersonation | None = None

    @property
    def must_act_first(self) -> bool:
        """Whether all pages but one are closed until the visitor has done what that one asks for."""
        return self.must_change_password or self.must_add_second_factor


class LinkState(StrEnum):
    """The state of a mailed link: it opens its page, or the reason it does not."""

    OPEN = "OPEN"
    USED = "USED"
    SUPERSEDED = "SUPERSEDED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    WITHDRAWN = "WITHDRAWN"
    OFFER_EXPIRED = "OFFER_EXPIRED"
    CLOSED = "CLOSED"
    CONTACT_REMOVED = "CONTACT_REMOVED"
    EXPIRED = "EXPIRED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, kw_only=True)
class MailedLink:
    """A mailed link in its present state; for UNKNOWN only `state` and `language` are set.

    `purpose` is OFFER, REVIEW, SUPPLEMENT, DUE or STATUS, or one of an account: INVITATION, RESET, EMAIL or EMAIL_UNDO.
    `email` is the address that a link of an account speaks of. `visitor` and identifiers are set for OPEN and USED: a
    used link still shows the outcome and accepts a repetition of its own answer. A status link leads to the choice of
    mails at `mail_choice_path`, and one that is over `offers_new_link`.
    """

    state: LinkState
    language: str
    purpose: str | None = None
    email: str = ""
    order_id: str | None = None
    delivery_id: str | None = None
    supplement_id: str | None = None
    visitor: Visitor | None = None
    mail_choice_path: str = ""
    offers_new_link: bool = False


@dataclass(frozen=True)
class AuthRefusal:
    """The reason for a refusal: a stable code, and a sentence in the requested language.

    `remedy` is a way out, where there is one, `field` the input that the sentence speaks of.
    """

    code: str
    message: str
    retry_after_seconds: int | None = None
    remedy: str = ""
    field: str = ""


@dataclass(frozen=True)
class SessionResult:
    """A new session, whose secret `AuthPort.set_session_cookie` puts into the cookie, or the refusals.

    With `pending_secret` the password was right and the second factor is still to be shown.
    """

    session_secret: str | None
    refusals: tuple[AuthRefusal, ...] = ()
    pending_secret: str | None = None


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

    async def send_status_link(self, request: Request, token: str) -> AuthRefusal | None: ...

    async def unsubscribe_visitor(self, request: Request, token: str) -> Visitor | AuthRefusal | None: ...

    def language(self, request: Request) -> str: ...

    async def sign_in(self, request: Request, email: str, password: str) -> SessionResult: ...

    async def sign_out(self, request: Request) -> None: ...

    async def sign_out_everywhere(self, request: Request) -> None: ...

    async def stop_impersonation(self, request: Request) -> None: ...

    async def switch_role(self, request: Request, role: str) -> SessionResult: ...

    async def change_password(
        self, request: Request, current: str, new: str, *, keeps_tokens: bool
    ) -> SessionResult: ...

    async def change_language(self, request: Request, language: str) -> None: ...

    def set_session_cookie(self, response: Response, secret: str) -> None: ...

    def clear_session_cookie(self, response: Response) -> None: ...
