"""An operation on many orders as its guards see it."""

from dataclasses import dataclass
from uuid import UUID

from domain.bulk.model import BulkState
from domain.engine.facts import fact


@dataclass(frozen=True)
class BulkFacts:
    """Where it stands, and how many of its places were neither applied nor found to be so already."""

    id: UUID = fact("{t}.id")
    status: BulkState = fact("{t}.state")
    unfinished: int = fact("({t}.total - {t}.applied - {t}.unchanged)")
