"""Order templates as the registry knows them."""

from domain.engine.noun import Noun
from domain.order_templates.consequences import CONSEQUENCES
from domain.order_templates.lifecycle import ORDER_TEMPLATES
from domain.order_templates.order_creation import CREATE_FROM_TEMPLATE

NOUN = Noun(lifecycles=(ORDER_TEMPLATES,), consequences=CONSEQUENCES, extensions=(CREATE_FROM_TEMPLATE,))
