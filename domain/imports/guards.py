"""Claims that must hold before a move of an import."""

from datetime import datetime, timedelta
from typing import Any

from domain.engine.context import EvaluationContext
from domain.imports.facts import DataImportFacts
from domain.imports.inputs import ImportFile
from domain.kernel.errors import Refusal
from domain.parties.guards import must_see_all_orders

KEPT_FOR = timedelta(hours=24)


def employee_sees_all_orders(data_import: DataImportFacts, context: EvaluationContext) -> Refusal | None:
    """An employee who sees assigned orders only must not learn of others by what a file may not repeat."""
    return must_see_all_orders(context)


def importer_sees_all_orders(data_import: Any, entry: ImportFile, context: EvaluationContext) -> Refusal | None:
    return must_see_all_orders(context)


def discarded_at(data_import: DataImportFacts, context: EvaluationContext) -> datetime | None:
    """A file holds personal data, so that one that is not imported is kept for a day only."""
    return data_import.created_at + KEPT_FOR
