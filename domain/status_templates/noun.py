"""Status templates as the registry knows them."""

from domain.engine.noun import Noun
from domain.status_templates.lifecycle import STATUS_TEMPLATES

NOUN = Noun(lifecycles=(STATUS_TEMPLATES,))
