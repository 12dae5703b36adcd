"""Claims that must hold before a move of an import."""

from datetime import datetime, timedelta
from typing import Any

from domain.engine.context import EvaluationContext
from domain.imports.facts import DataImportFacts
from domain.imports.inputs import ImportFile
from domain.imports.model import ImportKind
from domain.kernel.actors import ActorKind
from domain.kernel.errors import Refusal, invalid
from domain.parties.guards import must_see_all_orders

KEPT_FOR = timedelta(hours=24)


def employee_sees_all_orders(data_import: DataImportFacts, context: EvaluationContext) -> Refusal | None:
    """An employee who sees assigned orders only must not learn of others by what a file may not repeat."""
    return must_see_all_orders(context)


def importer_sees_all_orders(data_import: Any, entry: ImportFile, context: EvaluationContext) -> Refusal | None:
    return must_see_all_orders(context)


def kind_is_of_role(data_import: Any, entry: ImportFile, context: EvaluationContext) -> Refusal | None:
    """Open invoices are finance's, everything else is of employees; administrators import both."""
    is_of_finance = entry.kind is ImportKind.OPEN_INVOICES
    if context.actor.kind is ActorKind.FINANCE and not is_of_finance:
        return invalid("import_kind_of_staff", "kind")
    if context.actor.kind is ActorKind.STAFF and is_of_finance:
        return invalid("import_kind_of_finance", "kind")
    return None


def discarded_at(data_import: DataImportFacts, context: EvaluationContext) -> datetime | None:
    """A file holds personal data, so that one that is not imported is kept for a day only."""
    return data_import.created_at + KEPT_FOR
