"""The one row of rules for client statuses: everybody who tells clients anything may know it."""

from domain.core.sources import EVERYTHING, Source
from domain.status_templates.sources import READERS

STATUS_RULES_SOURCE = Source(name="status_rules", table="status_rules", scopes=dict.fromkeys(READERS, EVERYTHING))
