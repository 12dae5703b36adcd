"""Facts of an import, which guards and deadlines evaluate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.engine.facts import fact
from domain.imports.model import DataImportStatus


@dataclass(frozen=True)
class DataImportFacts:
    """An import as its guards see it."""

    id: UUID = fact("{t}.id")
    status: DataImportStatus = fact("{t}.status")
    created_at: datetime = fact("{t}.created_at")
