"""Lifecycle of a customer: entered, kept or merged by the operator, amended, given contacts, impersonated."""

from dataclasses import dataclass
from uuid import UUID

from domain.accounts.impersonation import has_nothing_beyond_assigned
from domain.billing.e_invoices.electronic_addresses import ElectronicAddressScheme
from domain.engine.facts import fact
from domain.engine.lifecycle import ActionWeight, Choice, Lifecycle, Transition
from domain.kernel.actors import CLOCK_ROLE, MEMBER_AND_STAFF, OFFICE, STAFF_ROLE, Role
from domain.orders.scope import NOT_DELETED, WAS_SUBMITTED
from domain.parties import effects, guards, inputs, merging
from domain.parties.duplicates import has_possible_duplicate
from domain.parties.model import Customer, CustomerState
from domain.parties.scope import CUSTOMERS_SCOPE

PROPOSED, KNOWN, MERGED = CustomerState.PROPOSED, CustomerState.KNOWN, CustomerState.MERGED
IN_USE = frozenset({PROPOSED, KNOWN})
ORDERS_OF_CUSTOMER = "SELECT o.id FROM orders o WHERE o.customer_id = {id}"

SUBMITTED = f"{NOT_DELETED} AND {WAS_SUBMITTED}".replace("{t}", "f")
# An employee who is assigned to all orders of a customer is assigned to the first, which bounds the search.
OVERSEERS = f"""ARRAY(SELECT g.account_id FROM assignments g WHERE g.order_id =
        (SELECT f.id FROM orders f WHERE f.customer_id = {{t}}.id AND {SUBMITTED} ORDER BY f.id LIMIT 1)
    AND {has_nothing_beyond_assigned("{t}.id", "g.account_id")})"""


@dataclass(frozen=True)
class CustomerFacts:
    """A customer as its guards see it; `overseers` are the employees to whom all of its orders are assigned."""

    id: UUID = fact("{t}.id")
    status: CustomerState = fact("{t}.status")
    overseers: tuple[UUID, ...] = fact(OVERSEERS)
    electronic_address: str = fact("{t}.electronic_address")
    electronic_address_scheme: ElectronicAddressScheme = fact("{t}.electronic_address_scheme")
    has_possible_duplicate: bool = fact(has_possible_duplicate("{t}"))


FACTS_OF_CUSTOMER = (
    guards.country_exists,
    guards.vat_id_is_well_formed,
    guards.invoice_email_is_well_formed,
    guards.electronic_address_is_well_formed,
)
NEW_CUSTOMER = (guards.creator_may_name_member, *FACTS_OF_CUSTOMER, guards.first_contact_is_well_formed)
TRANSITIONS = (
    Transition(
        name="create",
        weight=ActionWeight.PRIMARY,
        doc="A member or the operator enters a customer and a person to ask; what a member enters is checked.",
        roles=MEMBER_AND_STAFF,
        to_state=Choice(states=IN_USE, choose=effects.state_of_new),
        creates=True,
        input=inputs.NewCustomer,
        validators=NEW_CUSTOMER,
        effect=effects.create,
    ),
    Transition(
        name="keep",
        doc="The operator has checked the customer: it is another one than those that look like it.",
        from_states=IN_USE,
        to_state=KNOWN,
        roles=STAFF_ROLE,
        guards=(guards.employee_sees_all_orders, guards.something_is_to_decide),
        effect=effects.keep,
        audience=OFFICE,
    ),
    Transition(
        name="merge",
        weight=ActionWeight.DANGER,
        doc="The customer is the same as another one: orders, contacts and members move there, issued invoices stay.",
        from_states=IN_USE,
        to_state=MERGED,
        roles=STAFF_ROLE,
        input=inputs.MergeTarget,
        guards=(guards.employee_sees_all_orders,),
        affected_orders=ORDERS_OF_CUSTOMER,
        effect=merging.merge,
        audience=OFFICE,
    ),
)
COMMANDS = (
    Transition(
        name="amend",
        doc="Change facts of a customer: what is left out stays, null empties it; issued invoices keep theirs.",
        from_states=IN_USE,
        roles=MEMBER_AND_STAFF | {Role.FINANCE},
        input=inputs.CustomerAmendment,
        validators=FACTS_OF_CUSTOMER,
        effect=effects.amend,
    ),
    Transition(
        name="addContact",
        doc="Enter another person at the customer.",
        from_states=IN_USE,
        roles=MEMBER_AND_STAFF,
        input=inputs.ContactEntry,
        validators=(guards.contact_is_well_formed,),
        effect=effects.add_contact,
    ),
    Transition(
        name="chooseDefaultContact",
        doc="Choose the person who is asked unless another one is chosen.",
        from_states=IN_USE,
        roles=MEMBER_AND_STAFF | CLOCK_ROLE,
        input=inputs.DefaultContact,
        effect=effects.choose_default_contact,
    ),
    Transition(
        name="viewAs",
        doc="See the portal exactly as this customer does, in this browser and without changing anything.",
        from_states=IN_USE,
        roles=STAFF_ROLE,
        guards=(guards.session_is_present, guards.all_orders_are_assigned),
        effect=effects.impersonate,
        audience=OFFICE,
        increments_version=False,
    ),
    Transition(
        name="import",
        doc="A customer comes from another system, with a contact and the member who works with it.",
        roles=CLOCK_ROLE,
        to_state=KNOWN,
        creates=True,
        input=inputs.NewCustomer,
        validators=NEW_CUSTOMER,
        effect=effects.insert_imported,
    ),
    Transition(
        name="receive",
        doc="Another customer was merged into this one.",
        from_states=IN_USE,
        roles=CLOCK_ROLE,
        input=inputs.MergedCustomer,
        effect=merging.record_received,
        audience=OFFICE,
    ),
)

CUSTOMERS = Lifecycle(
    noun="customer",
    id_prefix="cus",
    model=Customer,
    facts=CustomerFacts,
    scope=CUSTOMERS_SCOPE,
    states=CustomerState,
    start=KNOWN,
    transitions=TRANSITIONS,
    commands=COMMANDS,
)
