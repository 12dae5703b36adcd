"""Imports as employees see them, and the columns that each kind of file may have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from domain.accounts.scope import ACCOUNTS_SCOPE
from domain.engine.context import EvaluationContext
from domain.imports.examination import RECIPES
from domain.imports.model import DataImportStatus, ImportKind
from domain.kernel import i18n
from schema.declarations.fields import column, computed, filter_field, ordering, sort_key, to_one
from schema.declarations.where_inputs import where_input
from schema.operations.accounts import Account
from schema.operations.api_profile import OPEN_ACTIONS
from schema.operations.timeline import Event, events_field
from schema.shared.actions import OpenAction
from schema.shared.enums import describe_enum
from schema.shared.filters import EnumFilter
from schema.shared.node import Node
from schema.shared.pagination import Connection
from schema.shared.translated_fields import translated

describe_enum(
    ImportKind,
    "What an imported file holds.",
    MEMBERS="Members, who own orders.",
    CUSTOMERS="Customers, each with a contact.",
    ORDERS="Orders with their billing plans; a line for each planned invoice.",
    OPEN_INVOICES="Invoices of an earlier system of which something is still to be paid; for finance.",
)
describe_enum(
    DataImportStatus,
    "Whether a file was entered.",
    CHECKED="It was checked and has no fault; nothing is entered.",
    IMPORTED="Everything in it is entered.",
    DISCARDED="It was not entered, and its content is removed.",
)


@strawberry.type(description="A CSV file that was checked and found without a fault.")
class DataImport(Node):
    """A CSV file that was checked and found without a fault."""

    id: strawberry.ID = column(id_prefix="imp", description="The import's identifier.")
    kind: ImportKind = column(description="What the file holds.")
    status: DataImportStatus = column(description="Whether it was entered.")
    status_label: str = translated("status.dataImport", "{t}.status", description="That in the viewer's language.")
    version: int = column(description="Counts its changes; for `expectedVersion`.")
    file_name: str = column(description="The name of the file.")
    sha256: str = column(description="The SHA-256 of its bytes, in hexadecimal.")
    encoding: str = column(description="How it was read: `UTF-8`, `UTF-16` or `Windows-1252`.")
    delimiter: str = column(description="The sign between its cells.")
    row_count: int = column(description="How many members, customers, orders or invoices it holds.")
    mail_count: int = column(description="How many contacts its import mails an offer.")
    created_by: Account | None = to_one(
        ACCOUNTS_SCOPE, on="{t}.id = {p}.created_by_id", description="Who checked it, where it may be seen."
    )
    created_at: datetime = column(description="When it was checked.")
    imported_at: datetime | None = column(description="When it was entered.")
    events: Connection[Event] = events_field("dataImport")
    open_actions: list[OpenAction] = OPEN_ACTIONS.open_actions("dataImport")


@where_input(description="Which imports to list; all that is given must hold.")
class DataImportWhere:
    """The filter of lists of imports."""

    kind: EnumFilter[ImportKind] | None = filter_field(description="By what the files hold.")
    status: EnumFilter[DataImportStatus] | None = filter_field(description="By whether they were entered.")


IMPORT_SORTS = ordering(
    "DataImport",
    default="-CREATED_AT",
    CREATED_AT=sort_key("{t}.created_at", "timestamptz", description="When they were checked."),
)


@strawberry.type(description="A column that a file may have.")
class ImportColumn:
    """A column that a file may have."""

    kind: ImportKind = strawberry.field(description="The kind of file.")
    name: str = strawberry.field(description="Its name in the first line of the file.")
    explanation: str = strawberry.field(description="What its cells mean, in the viewer's language.")
    is_required: bool = strawberry.field(description="Whether every line needs a value.")
    choices: list[str] = strawberry.field(description="The words that a cell may hold; empty for any text.")


def import_columns(_facts: None, _arguments: Mapping[str, Any], context: EvaluationContext) -> list[ImportColumn]:
    """Every column of every kind of file; those that are required come first."""
    return [
        ImportColumn(
            kind=kind,
            name=each.name,
            explanation=i18n.translate(context.actor.language, f"import_column.{kind.lower()}.{each.name}"),
            is_required=each.required,
            choices=list(each.choices),
        )
        for kind, recipe in RECIPES.items()
        for each in sorted(recipe.columns, key=lambda known: not known.required)
    ]


IMPORT_COLUMNS = computed(None, import_columns, description="The columns that files to import may have.")
