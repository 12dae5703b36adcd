"""The registry of the whole domain, built from the list of nouns."""

from domain.after_command import settle_statuses
from domain.deadlines.lifecycle import deadline_noun
from domain.engine.registry import Registry
from domain.notifications.lifecycle import notification_noun
from domain.nouns import NOUNS
from domain.outbox import recipients
from domain.timeline import DEADLINES_SCOPE, NOTIFICATIONS_SCOPE

DERIVED_NOUNS = (deadline_noun(DEADLINES_SCOPE), notification_noun(NOTIFICATIONS_SCOPE))
REGISTRY = Registry((*NOUNS, *DERIVED_NOUNS), after_command=settle_statuses)

recipients.configure(REGISTRY.recipients, REGISTRY.default_recipients, root_noun=REGISTRY.root.noun)
