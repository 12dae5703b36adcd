"""Contacts as the registry knows them."""

from domain.contacts.consequences import CONSEQUENCES
from domain.contacts.lifecycle import CONTACTS
from domain.engine.noun import Noun
from domain.kernel.actors import Role
from domain.outbox.recipients import Recipients

CONTACT_ITSELF = "SELECT NULL::uuid, c.id, NULL::uuid FROM contacts c WHERE c.id = {subject}"

NOUN = Noun(
    lifecycles=(CONTACTS,),
    consequences=CONSEQUENCES,
    recipients={"contact": Recipients(queries={Role.CUSTOMER: CONTACT_ITSELF})},
)
