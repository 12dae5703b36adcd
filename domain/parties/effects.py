"""Effects of the moves of a customer: the rows of customer, collaboration and contact, and impersonation."""

from dataclasses import fields

from domain.accounts.impersonation import start_impersonation
from domain.engine.transition import TransitionContext
from domain.kernel.errors import Refused, invalid
from domain.parties.inputs import ContactEntry, CustomerInput
from domain.parties.model import Collaboration, Contact, Customer

SELECT_OWN_CUSTOMER = """SELECT c.id FROM customers c JOIN collaborations w ON w.customer_id = c.id
    WHERE w.member_id = $1 AND (c.vat_id = $2 OR lower(c.legal_name) = lower($3)) LIMIT 1"""


async def create(move: TransitionContext) -> Customer:
    """Create a customer of the acting member, with a first contact.

    Only the member's own customers are compared, so that a refused duplicate never discloses the customers of others.
    """
    member_id, entry = move.context.actor.member_id, move.input
    if member_id is None:
        raise Refused(invalid("account_is_no_member"))
    values = [member_id, entry.vat_id, entry.legal_name.strip()]
    if await move.connection.execute_query_dict(SELECT_OWN_CUSTOMER, values):
        raise Refused(invalid("customer_already_yours", "legal_name"))
    customer = Customer(created_at=move.now)
    _fill(customer, entry)
    await customer.save(using_db=move.connection)
    await Collaboration.create(using_db=move.connection, member_id=member_id, customer_id=customer.id)
    await _insert_contact(move, customer, entry.contact)
    return customer


def amend(move: TransitionContext) -> None:
    _fill(move.row, move.input)


async def add_contact(move: TransitionContext) -> None:
    await _insert_contact(move, move.row, move.input)


async def impersonate(move: TransitionContext) -> None:
    await start_impersonation(move.connection, move.context.actor, move.row.id)


def _fill(customer: Customer, entry: CustomerInput) -> None:
    for item in fields(CustomerInput):
        value = getattr(entry, item.name)
        setattr(customer, item.name, value.strip() if type(value) is str else value)


async def _insert_contact(move: TransitionContext, customer: Customer, entry: ContactEntry) -> None:
    await Contact.create(
        using_db=move.connection,
        customer_id=customer.id,
        name=entry.name.strip(),
        email=entry.email.strip(),
        language=entry.language,
    )
