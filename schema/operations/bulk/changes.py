"""Foreseen changes of the first rows of a dry run: their values now and then, and who would be mailed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from domain.bulk.model import BulkSubject
from domain.bulk.previews import changes as row_changes
from domain.bulk.previews.changes import RowChange, Values
from domain.bulk.subjects import SUBJECTS
from domain.client_status.model import Visibility
from domain.engine.context import EvaluationContext
from domain.engine.facts import fact
from domain.kernel import ids
from domain.kernel.i18n import format_value, translate
from schema.operations.invoices.differences import ValueDifference

NAMES = ("status", "client_status", "expected_on", "stage", "assignees", "archived", "deleted")


@strawberry.type(description="What a dry run foresees of one row.")
class ForeseenChange:
    """What a dry run foresees of one row."""

    subject_id: strawberry.ID = strawberry.field(description="The row.")
    values: list[ValueDifference] = strawberry.field(description="Its values that would change.")
    mail_to: list[str] = strawberry.field(description="The names of those who would get a mail about it at once.")
    daily_mail_to: list[str] = strawberry.field(description="The names of those who would read of it in a daily mail.")


@dataclass(frozen=True)
class ChangeFacts:
    """The stored changes that a dry run foresees."""

    changes: list[dict[str, Any]] = fact("{t}.foreseen_changes")
    subject: BulkSubject = fact("{t}.subject")


def foreseen_changes(
    operation: ChangeFacts, _arguments: Mapping[str, Any], context: EvaluationContext
) -> list[ForeseenChange]:
    """The changes that a dry run foresees, in the viewer's language."""
    lifecycle = SUBJECTS[BulkSubject(operation.subject)].lifecycle
    write = _Writer(lifecycle.noun, context.actor.language)
    return [
        ForeseenChange(
            subject_id=strawberry.ID(ids.external(lifecycle.id_prefix, each.subject_id)),
            values=write.differences(each),
            mail_to=list(each.readers),
            daily_mail_to=list(each.daily_readers),
        )
        for each in row_changes.load(operation.changes)
    ]


@dataclass(frozen=True)
class _Writer:
    noun: str
    language: str

    def differences(self, change: RowChange) -> list[ValueDifference]:
        """The values that differ; the client status where nothing but its further texts does."""
        every = [self._difference(name, change) for name in NAMES]
        found = [each for each in every if each.before != each.after]
        return found or [each for each in every if each.name == "client_status" and each.after]

    def _difference(self, name: str, change: RowChange) -> ValueDifference:
        return ValueDifference(
            name=name,
            label=translate(self.language, f"foreseen.{name}"),
            before=self._text(name, change.before),
            after=self._text(name, change.after),
        )

    def _text(self, name: str, values: Values) -> str | None:
        if name == "client_status":
            return self._client_status(values)
        value = values.get(name)
        match name:
            case "status":
                return translate(self.language, f"status.{self.noun}.{value}")
            case "expected_on":
                return format_value(date.fromisoformat(value), self.language) if value else None
            case "stage":
                return values.get(f"stage_{self.language}")
            case "archived" | "deleted":
                return translate(self.language, f"foreseen.is_{name}") if value else None
        return value

    def _client_status(self, values: Values) -> str | None:
        label: str | None = values.get(f"label_{self.language}")
        if not label or values["visibility"] == Visibility.SHOWN:
            return label or None
        return translate(self.language, "foreseen.is_hidden", label=label)
