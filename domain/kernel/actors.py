"""Actors: roles, kinds of actors, and one actor with everything that scopes need to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The capacity in which an actor acts; an account has one or several, and one is active.

    `CLOCK` is the system, and `ACCOUNT` an account that changes itself; no account has them.
    """

    MEMBER = "MEMBER"
    CUSTOMER = "CUSTOMER"
    STAFF = "STAFF"
    FINANCE = "FINANCE"
    ADMIN = "ADMIN"
    CLOCK = "CLOCK"
    ACCOUNT = "ACCOUNT"


class ActorKind(StrEnum):
    """How much an actor sees; every scoped table has one predicate per kind."""

    MEMBER = "MEMBER"
    CUSTOMER = "CUSTOMER"
    LINK = "LINK"
    STATUS_LINK = "STATUS_LINK"
    REPLY_LINK = "REPLY_LINK"
    STAFF = "STAFF"
    STAFF_ASSIGNED = "STAFF_ASSIGNED"
    FINANCE = "FINANCE"
    ADMIN = "ADMIN"
    CLOCK = "CLOCK"
    ACCOUNT = "ACCOUNT"


OPERATIONS_KINDS = frozenset(
    {ActorKind.MEMBER, ActorKind.STAFF, ActorKind.STAFF_ASSIGNED, ActorKind.FINANCE, ActorKind.ADMIN}
)
OFFICE_KINDS = OPERATIONS_KINDS - {ActorKind.MEMBER}
OFFICE_AND_CLOCK = OFFICE_KINDS | {ActorKind.CLOCK}
ALL_BUT_CUSTOMER_KINDS = OPERATIONS_KINDS | {ActorKind.CLOCK}
LINK_KINDS = frozenset({ActorKind.LINK, ActorKind.STATUS_LINK, ActorKind.REPLY_LINK})
PORTAL_KINDS = LINK_KINDS | {ActorKind.CUSTOMER}

MEMBER_ROLE = frozenset({Role.MEMBER})
CUSTOMER_ROLE = frozenset({Role.CUSTOMER})
STAFF_ROLE = frozenset({Role.STAFF})
FINANCE_ROLE = frozenset({Role.FINANCE})
ADMIN_ROLE = frozenset({Role.ADMIN})
CLOCK_ROLE = frozenset({Role.CLOCK})
ACCOUNT_ROLE = frozenset({Role.ACCOUNT})
MEMBER_AND_STAFF = MEMBER_ROLE | STAFF_ROLE
OFFICE = frozenset({Role.STAFF, Role.FINANCE, Role.ADMIN})
ASSIGNABLE_ROLES = frozenset({Role.MEMBER, Role.CUSTOMER, *OFFICE})
ROLES_OF_ADMIN = frozenset({Role.ADMIN, Role.STAFF, Role.FINANCE})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account acting in one role, or a mailed link, or the system itself.

    `order_id`, `delivery_id`, `supplement_id` and `link_id` are set for links only: a link reaches its one order and no
    other. A link without an order reaches nothing but its contact's own choice of mails. A status link reads the client
    statuses of its contact's customer and makes no move. A reply link reads what was said on its order, and makes the
    moves that are marked for it. An actor of kind ACCOUNT reaches its own account and nothing
    else, by a mailed link with this `link_purpose` or by what its holder knows.
    `session_id` is set for accounts that signed in with a browser. A `read_only` actor sees what another actor sees,
    or has a token that only reads, and all its commands are refused.
    """

    kind: ActorKind
    role: Role
    account_id: UUID | None = None
    member_id: UUID | None = None
    customer_ids: tuple[UUID, ...] = ()
    contact_id: UUID | None = None
    order_id: UUID | None = None
    delivery_id: UUID | None = None
    supplement_id: UUID | None = None
    link_id: UUID | None = None
    link_purpose: str = ""
    session_id: UUID | None = None
    read_only: bool = False
    language: str = "de"
    name: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles whose moves this actor may make: an administrator makes staff's and finance's too."""
        return ROLES_OF_ADMIN if self.role is Role.ADMIN else frozenset({self.role})

    @property
    def read_only_reason(self) -> str:
        """The reason why a read-only actor may change nothing: its token only reads, or it impersonates a customer."""
        return "token_only_reads" if self.account_id else "view_only"

    @property
    def key(self) -> str:
        """Names the actor in idempotency records and the audit: two actors never share a key."""
        key = f"{self.kind}:{self.link_id or self.account_id or self.contact_id or '-'}"
        return f"VIEW:{self.session_id}:{','.join(map(str, self.customer_ids))}:{key}" if self.read_only else key

    @property
    def link_subject(self) -> tuple[str, UUID | None]:
        """The noun and id of the one row that a mailed link moves: delivery, supplement, order, or contact."""
        if self.delivery_id is not None:
            return "delivery", self.delivery_id
        if self.supplement_id is not None:
            return "supplement", self.supplement_id
        return ("order", self.order_id) if self.order_id is not None else ("contact", self.contact_id)

    def has_same_scope_as(self, other: "Actor") -> bool:
        """Whether both see the same rows: what is shown to the one may be shown to the other."""
        return (self.kind, self.scope_values(), self.read_only) == (other.kind, other.scope_values(), other.read_only)

    def scope_values(self) -> Mapping[str, object]:
        """Values for the placeholders that scope predicates may use."""
        return {
            "account": self.account_id,
            "member": self.member_id,
            "customers": list(self.customer_ids),
            "contact": self.contact_id,
            "order": self.order_id,
            "delivery": self.delivery_id,
            "supplement": self.supplement_id,
        }


CLOCK = Actor(kind=ActorKind.CLOCK, role=Role.CLOCK, name="Werkstand")
