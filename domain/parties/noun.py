"""Customers as the registry knows them."""

from domain.engine.noun import Noun
from domain.parties.consequences import CONSEQUENCES
from domain.parties.lifecycle import CUSTOMERS

NOUN = Noun(lifecycles=(CUSTOMERS,), consequences=CONSEQUENCES)
