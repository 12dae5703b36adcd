"""Lifecycle of a customer: entered by a member, amended, given contacts, impersonated."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.accounts.impersonation import has_nothing_beyond_assigned
from domain.engine.facts import fact
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import OFFICE, Role
from domain.parties import effects, guards, inputs
from domain.parties.model import Customer
from domain.parties.scope import CUSTOMERS_SCOPE

MEMBER, STAFF, FINANCE = Role.MEMBER, Role.STAFF, Role.FINANCE


# An employee who is assigned to all orders of a customer is assigned to the first, which bounds the search.
OVERSEERS = f"""ARRAY(SELECT g.account_id FROM assignments g WHERE g.order_id =
        (SELECT f.id FROM orders f WHERE f.customer_id = {{t}}.id AND f.deleted_at IS NULL ORDER BY f.id LIMIT 1)
    AND {has_nothing_beyond_assigned("{t}.id", "g.account_id")})"""


class CustomerState(StrEnum):
    """A customer has one state and keeps it."""

    KNOWN = "KNOWN"


@dataclass(frozen=True)
class CustomerFacts:
    """A customer as its guards see it; `overseers` are the employees to whom all of its orders are assigned."""

    id: UUID = fact("{t}.id")
    status: CustomerState = fact("'KNOWN'")
    overseers: tuple[UUID, ...] = fact(OVERSEERS)


CUSTOMERS = Lifecycle(
    noun="customer",
    id_prefix="cus",
    model=Customer,
    facts=CustomerFacts,
    scope=CUSTOMERS_SCOPE,
    states=CustomerState,
    start=CustomerState.KNOWN,
    transitions=(),
    commands=(
        Transition(
            name="create",
            weight=ActionWeight.PRIMARY,
            doc="A member enters a customer and the person who is asked first.",
            roles=frozenset({MEMBER}),
            to_state=CustomerState.KNOWN,
            creates=True,
            input=inputs.NewCustomer,
            validators=(
                guards.country_exists,
                guards.vat_id_is_well_formed,
                guards.invoice_email_is_well_formed,
                guards.first_contact_is_well_formed,
            ),
            effect=effects.create,
        ),
        Transition(
            name="amend",
            doc="Replace the facts of a customer as a whole; issued invoices keep theirs.",
            from_states=frozenset({CustomerState.KNOWN}),
            roles=frozenset({MEMBER, STAFF, FINANCE}),
            input=inputs.CustomerInput,
            validators=(
                guards.country_exists,
                guards.vat_id_is_well_formed,
                guards.invoice_email_is_well_formed,
            ),
            effect=effects.amend,
        ),
        Transition(
            name="addContact",
            doc="Enter another person at the customer.",
            from_states=frozenset({CustomerState.KNOWN}),
            roles=frozenset({MEMBER, STAFF}),
            input=inputs.ContactEntry,
            validators=(guards.contact_is_well_formed,),
            effect=effects.add_contact,
        ),
        Transition(
            name="viewAs",
            doc="See the portal exactly as this customer does, in this browser and without changing anything.",
            from_states=frozenset({CustomerState.KNOWN}),
            roles=frozenset({STAFF}),
            guards=(guards.session_is_present, guards.all_orders_are_assigned),
            effect=effects.impersonate,
            audience=OFFICE,
            increments_version=False,
        ),
    ),
)
