"""What can be done with a customer: a member gets to know one, and its facts are kept right."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.accounts.viewing import nothing_beyond_assigned
from domain.core.actors import OFFICE, Role
from domain.core.facts import fact
from domain.core.lifecycle import Lifecycle, Transition
from domain.parties import guards, takes, writes
from domain.parties.model import Customer
from domain.parties.sources import CUSTOMERS_SOURCE

MEMBER, STAFF, FINANCE = Role.MEMBER, Role.STAFF, Role.FINANCE


# Whoever is assigned to all orders is assigned to the first.
OVERSEERS = f"""ARRAY(SELECT g.account_id FROM assignments g WHERE g.order_id =
        (SELECT f.id FROM orders f WHERE f.customer_id = {{t}}.id AND f.deleted_at IS NULL ORDER BY f.id LIMIT 1)
    AND {nothing_beyond_assigned("{t}.id", "g.account_id")})"""


class CustomerStanding(StrEnum):
    """A customer is known from the first moment on, and stays so."""

    KNOWN = "KNOWN"


@dataclass(frozen=True)
class CustomerFacts:
    """A customer as its guards see it; `overseers` are the employees to whom all of its orders are assigned."""

    id: UUID = fact("{t}.id")
    status: CustomerStanding = fact("'KNOWN'")
    overseers: tuple[UUID, ...] = fact(OVERSEERS)


CUSTOMERS = Lifecycle(
    noun="customer",
    id_prefix="cus",
    model=Customer,
    facts=CustomerFacts,
    source=CUSTOMERS_SOURCE,
    states=CustomerStanding,
    start=CustomerStanding.KNOWN,
    transitions=(),
    commands=(
        Transition(
            name="create",
            doc="A member enters a customer and the person who is asked first.",
            by=frozenset({MEMBER}),
            target=CustomerStanding.KNOWN,
            creates=True,
            takes=takes.NewCustomer,
            checks=(
                guards.the_country_exists,
                guards.the_vat_id_is_well_formed,
                guards.the_invoice_address_is_well_formed,
                guards.its_contact_is_well_formed,
            ),
            writes=writes.create,
        ),
        Transition(
            name="amend",
            doc="Replace the facts of a customer as a whole; issued invoices keep theirs.",
            sources=frozenset({CustomerStanding.KNOWN}),
            by=frozenset({MEMBER, STAFF, FINANCE}),
            takes=takes.CustomerEntry,
            checks=(
                guards.the_country_exists,
                guards.the_vat_id_is_well_formed,
                guards.the_invoice_address_is_well_formed,
            ),
            writes=writes.amend,
        ),
        Transition(
            name="addContact",
            doc="Enter another person at the customer.",
            sources=frozenset({CustomerStanding.KNOWN}),
            by=frozenset({MEMBER, STAFF}),
            takes=takes.ContactEntry,
            checks=(guards.the_contact_is_well_formed,),
            writes=writes.add_contact,
        ),
        Transition(
            name="viewAs",
            doc="See the portal exactly as this customer does, in this browser and without changing anything.",
            sources=frozenset({CustomerStanding.KNOWN}),
            by=frozenset({STAFF}),
            guards=(guards.a_browser_asks, guards.all_their_orders_are_assigned),
            writes=writes.view_as,
            audience=OFFICE,
            counts_version=False,
        ),
    ),
)
