"""The operator's settings as the registry knows them."""

from domain.engine.noun import Noun
from domain.operator.lifecycle import OPERATOR

NOUN = Noun(lifecycles=(OPERATOR,))
