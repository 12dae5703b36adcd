"""Effects of the moves of a customer: the rows of customer, collaboration and contact, and impersonation."""

from typing import Any
from uuid import UUID

from domain.accounts.impersonation import start_impersonation
from domain.engine.context import EvaluationContext
from domain.engine.transition import TransitionContext
from domain.kernel.actors import Role
from domain.kernel.amendments import given_values
from domain.kernel.errors import Refused, invalid
from domain.parties.duplicates import may_be_same
from domain.parties.guards import compact_vat_id
from domain.parties.inputs import ContactEntry, CustomerInput
from domain.parties.model import Collaboration, Contact, Customer, CustomerState

SELECT_OWN_CUSTOMER = """SELECT c.id FROM customers c JOIN collaborations w ON w.customer_id = c.id
    WHERE w.member_id = $1 AND (c.vat_id = $2 OR lower(c.legal_name) = lower($3)) LIMIT 1"""
SELECT_MEMBER = "SELECT id FROM members WHERE id = $1 AND status <> 'ENDED'"
SELECT_CONTACT = "SELECT 1 FROM contacts WHERE id = $1 AND customer_id = $2 AND status = 'KNOWN'"
KEEP_BOTH = f"""INSERT INTO distinct_customers (id, customer_id, other_id)
    SELECT uuidv7(), least(t.id, o.id), greatest(t.id, o.id)
    FROM customers t JOIN customers o ON {may_be_same("t", "o")} WHERE t.id = $1"""


def state_of_new(facts: None, context: EvaluationContext) -> CustomerState:
    """What a member enters waits for an employee, whether another customer looks like it or not."""
    return CustomerState.PROPOSED if context.actor.role is Role.MEMBER else CustomerState.KNOWN


async def create(move: TransitionContext) -> Customer:
    """Create a customer with a first contact, who is asked by default, and the member who works with it.

    Only the member's own customers are compared, so that a refused duplicate never discloses the customers of others.
    """
    entry, member_id = move.input, await _collaborator(move)
    customer = Customer(created_at=move.now, status=state_of_new(None, move.context))
    _fill(customer, {name: getattr(entry, name) for name in CustomerInput.__dataclass_fields__})
    if member_id and await _works_with(move, member_id, customer):
        raise Refused(invalid("customer_already_yours", "legal_name"))
    await customer.save(using_db=move.connection)
    if member_id:
        await Collaboration.create(using_db=move.connection, member_id=member_id, customer_id=customer.id)
    customer.default_contact_id = (await _insert_contact(move, customer, entry.contact)).id
    await customer.save(using_db=move.connection)
    return customer


def insert_imported(move: TransitionContext) -> Customer:
    """Write a customer of another system with its contact and the member who works with it; costs no query."""
    entry = move.input
    customer = Customer(created_at=move.now, status=CustomerState.KNOWN)
    _fill(customer, {name: getattr(entry, name) for name in CustomerInput.__dataclass_fields__})
    contact = _contact(customer, entry.contact)
    customer.default_contact_id = contact.id
    for row in (customer, contact):
        move.insert(row)
    if entry.member_id:
        move.insert(Collaboration(member_id=entry.member_id, customer_id=customer.id))
    return customer


def amend(move: TransitionContext) -> None:
    _fill(move.row, given_values(move.input))


async def add_contact(move: TransitionContext) -> None:
    contact = await _insert_contact(move, move.row, move.input)
    move.row.default_contact_id = move.row.default_contact_id or contact.id


async def choose_default_contact(move: TransitionContext) -> None:
    contact_id = move.input.contact_id
    if not await move.connection.execute_query_dict(SELECT_CONTACT, [contact_id, move.row.id]):
        raise Refused(invalid("contact_unknown", "contact_id"))
    move.row.default_contact_id = contact_id


async def keep(move: TransitionContext) -> None:
    """Remember of every customer that looks like this one that it is another one."""
    await move.connection.execute_query(KEEP_BOTH, [move.row.id])


async def impersonate(move: TransitionContext) -> None:
    await start_impersonation(move.connection, move.context.actor, move.row.id)


async def _collaborator(move: TransitionContext) -> UUID | None:
    """The member who works with the new customer: the acting one, or one whom an employee names."""
    actor, named = move.context.actor, move.input.member_id
    if actor.role is Role.MEMBER:
        if actor.member_id is None:
            raise Refused(invalid("account_is_no_member"))
        return actor.member_id
    if named and not await move.connection.execute_query_dict(SELECT_MEMBER, [named]):
        raise Refused(invalid("member_unknown", "member_id"))
    member_id: UUID | None = named
    return member_id


async def _works_with(move: TransitionContext, member_id: UUID, customer: Customer) -> bool:
    values = [member_id, customer.vat_id, customer.legal_name]
    return bool(await move.connection.execute_query_dict(SELECT_OWN_CUSTOMER, values))


def _fill(customer: Customer, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(customer, name, value.strip() if type(value) is str else value)
    customer.vat_id = compact_vat_id(customer.vat_id)


async def _insert_contact(move: TransitionContext, customer: Customer, entry: ContactEntry) -> Contact:
    contact = _contact(customer, entry)
    await contact.save(using_db=move.connection)
    return contact


def _contact(customer: Customer, entry: ContactEntry) -> Contact:
    """The row of a person at a customer, not yet written."""
    return Contact(customer_id=customer.id, name=entry.name.strip(), email=entry.email.strip(), language=entry.language)
