"""Customers and contacts as the registry knows them."""

from domain.engine.noun import Noun
from domain.parties.contact_lifecycle import CONTACTS
from domain.parties.lifecycle import CUSTOMERS

NOUN = Noun(lifecycles=(CUSTOMERS, CONTACTS))
