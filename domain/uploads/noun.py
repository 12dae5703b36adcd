"""Uploaded files as the registry knows them."""

from domain.engine.noun import Noun
from domain.uploads.lifecycle import UPLOADS

NOUN = Noun(lifecycles=(UPLOADS,))
