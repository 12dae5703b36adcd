"""Facts of an operation on many rows, which its guards evaluate."""

from dataclasses import dataclass
from uuid import UUID

from domain.bulk.model import BulkState
from domain.engine.facts import fact


@dataclass(frozen=True)
class BulkFacts:
    """The state of an operation, and the number of its rows that were neither changed nor unchanged."""

    id: UUID = fact("{t}.id")
    status: BulkState = fact("{t}.state")
    unfinished: int = fact("({t}.total - {t}.applied - {t}.unchanged)")
