"""Imports as the registry knows them."""

from domain.engine.noun import Noun
from domain.imports.lifecycle import DATA_IMPORTS

NOUN = Noun(lifecycles=(DATA_IMPORTS,))
