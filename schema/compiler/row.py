"""The row that declared SQL is rendered for."""

from dataclasses import dataclass, field, replace

from domain.access.scoped_table import ScopedTable
from schema.compiler.statement import Names


@dataclass(frozen=True)
class Row:
    """The names that declared SQL may use, the placeholders that carry the row's facts, and the table of the row.

    `parent` is the table of the row it was reached from, `arguments` are those of the object that surrounds it.
    """

    names: Names
    placeholder_by_facts: dict[type, int] = field(default_factory=dict)
    source: ScopedTable | None = None
    parent: ScopedTable | None = None
    arguments: Names = field(default_factory=dict)

    @property
    def alias(self) -> str:
        """The row's alias, empty at the root."""
        return self.names.get("t", "")

    def with_parts(self, parts: Names) -> "Row":
        """The same row within an embedded object; facts there may use its parts, so none are shared."""
        return replace(self, names={**self.names, **parts}, placeholder_by_facts={})

    def with_arguments(self, arguments: Names) -> "Row":
        """The same row within an object that has arguments."""
        return replace(self.with_parts(arguments), arguments=arguments)

    def child(self, source: ScopedTable, names: Names) -> "Row":
        """A row of another table that is reached from this one."""
        return Row(names, source=source, parent=self.source)


NO_ROW = Row({})
