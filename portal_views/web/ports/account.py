"""Port for people's own accounts: what the pages need and the API implements."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from starlette.requests import Request

from portal_views.web.ports.auth import AuthRefusal, SessionResult, Visitor

JsonObject = dict[str, Any]
Refusals = tuple[AuthRefusal, ...]


class MailChoice(Protocol):
    """One group of mails in the visitor's language; `required_because` is None where it can be left out."""

    @property
    def group(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def explanation(self) -> str: ...

    @property
    def wanted(self) -> bool: ...

    @property
    def required_because(self) -> str | None: ...


class DataLine(Protocol):
    """One value of a person's data with its name."""

    @property
    def label(self) -> str: ...

    @property
    def text(self) -> str: ...


class DataSection(Protocol):
    """One kind of a person's data, row by row."""

    @property
    def title(self) -> str: ...

    @property
    def rows(self) -> Sequence[Sequence[DataLine]]: ...


class ReadableData(Protocol):
    """Everything that is stored about a person, in the words of their language."""

    @property
    def language(self) -> str: ...

    @property
    def made_at(self) -> str: ...

    @property
    def sections(self) -> Sequence[DataSection]: ...


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

    async def readable_personal_data(self, request: Request, kind: str, external_id: str) -> ReadableData | None:
        """The same in the words of the person's language."""
        ...

    async def change_name(self, request: Request, name: str) -> Refusals: ...

    async def mail_choices(self, request: Request) -> Sequence[MailChoice]:
        """The groups of mails that the visitor may get, and which of them they do without."""
        ...

    async def choose_mails(self, request: Request, wanted: Collection[str]) -> Refusals: ...

    async def calendar_address(self, request: Request) -> str:
        """The secret address of the visitor's calendar; empty while it is off."""
        ...

    async def renew_calendar(self, request: Request) -> Refusals: ...

    async def end_calendar(self, request: Request) -> Refusals: ...
