"""Messages as the registry knows them."""

from domain.engine.noun import Noun
from domain.messages.consequences import CONSEQUENCES
from domain.messages.lifecycle import MESSAGES

NOUN = Noun(lifecycles=(MESSAGES,), consequences=CONSEQUENCES)
