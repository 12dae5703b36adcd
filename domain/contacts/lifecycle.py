"""Lifecycle of a contact: a person at a customer, amended and removed, who decides about mails of client statuses."""

from domain.contacts import effects, erasure, guards
from domain.contacts.facts import ContactFacts
from domain.engine.lifecycle import ActionWeight, Lifecycle, Transition
from domain.kernel.actors import ADMIN_ROLE, CLOCK_ROLE, CUSTOMER_ROLE, MEMBER_AND_STAFF
from domain.parties.inputs import ContactAmendment, StatusMailsInput
from domain.parties.model import Contact, ContactState
from domain.parties.scope import MANAGED_CONTACTS_SCOPE

KNOWN = frozenset({ContactState.KNOWN})
ORDERS_OF_CONTACT = "SELECT o.id FROM orders o WHERE o.contact_id = {id}"
RUNNING_ORDERS = """SELECT o.id FROM orders o WHERE o.contact_id = {id} AND o.deleted_at IS NULL
    AND o.status IN ('DRAFT', 'IN_REVIEW', 'AWAITING_CUSTOMER', 'ACTIVE', 'CANCELLATION_REVIEW')"""

CONTACTS = Lifecycle(
    noun="contact",
    id_prefix="con",
    model=Contact,
    facts=ContactFacts,
    scope=MANAGED_CONTACTS_SCOPE,
    states=ContactState,
    start=ContactState.KNOWN,
    transitions=(
        Transition(
            name="remove",
            weight=ActionWeight.DANGER,
            doc="The person no longer speaks for the customer; running orders go to the default contact.",
            from_states=KNOWN,
            to_state=ContactState.REMOVED,
            roles=MEMBER_AND_STAFF,
            guards=(guards.nothing_waits_for_them, guards.another_contact_remains),
            affected_orders=RUNNING_ORDERS,
            effect=effects.remove,
        ),
        Transition(
            name="erase",
            weight=ActionWeight.DANGER,
            doc="Forget the person (article 17 GDPR): what the law keeps stays and is named with its date.",
            from_states=KNOWN | {ContactState.REMOVED},
            to_state=ContactState.ERASED,
            roles=ADMIN_ROLE | CLOCK_ROLE,
            guards=(
                guards.nothing_waits_for_them,
                guards.is_removed_or_alone,
                guards.no_order_runs,
                guards.no_invoice_is_open,
            ),
            affected_orders=ORDERS_OF_CONTACT,
            effect=erasure.erase,
            audience=ADMIN_ROLE,
        ),
    ),
    commands=(
        Transition(
            name="amend",
            doc="Change facts of a contact: what is left out stays. What waits is sent again to a new address.",
            from_states=KNOWN,
            roles=MEMBER_AND_STAFF,
            input=ContactAmendment,
            validators=(guards.email_is_well_formed, guards.language_is_known),
            affected_orders=RUNNING_ORDERS,
            effect=effects.amend,
        ),
        Transition(
            name="chooseStatusMails",
            doc="A contact says when to be written to about client statuses; signed in, or from a mail.",
            from_states=KNOWN,
            roles=CUSTOMER_ROLE,
            input=StatusMailsInput,
            effect=effects.store_mail_choice,
        ),
        Transition(
            name="sendStatusLink",
            doc="A contact whose status link has expired asks for a new one, which goes to the address on file.",
            from_states=KNOWN,
            roles=CLOCK_ROLE,
            notifies=CUSTOMER_ROLE,
            increments_version=False,
        ),
    ),
)
