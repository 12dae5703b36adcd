"""What changing the rules asks of the client statuses that are shown."""

from domain.core.book import Consequence
from domain.status_rules.writes import move_what_is_due

CONSEQUENCES: dict[str, tuple[Consequence, ...]] = {"statusRules.amend": (move_what_is_due,)}
