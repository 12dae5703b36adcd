"""Search tables: for each row of a list, the words of everything that it is found by, those of its customer included.

One index finds a row by all of its texts, so that the planner knows how many rows a word finds: it looks up the few,
and reads the list in its order where nearly all are found. Triggers write the words anew when a text changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.database import ddl
from domain.text_search import SEARCH_CALL

# The planner knows the value, and leaves out what need not be compared.
IS_ONE_WORD = "({value} !~ '[^[:alnum:]]' AND length({value}) <= 60)"


class Change(StrEnum):
    """What happened to a row that texts follow from."""

    ADDED = "INSERT"
    REMOVED = "DELETE"
    CHANGED = "UPDATE"


@dataclass(frozen=True, kw_only=True)
class TextOrigin:
    """A table that texts follow from; `ids` is SQL for the rows that are found by its rows `changed`.

    `columns` are those of a change that matter.
    """

    table: str
    on: Change
    ids: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchTable:
    """The words of the rows `t` of a table: an SQL text over them and what is joined to them."""

    name: str
    key: str
    table: str
    text: str
    origins: tuple[TextOrigin, ...]
    joined: str = ""

    def search(self, contains: str) -> str:
        """SQL: the row `{t}` holds the `{value}`. Several words are compared by `contains` as they stand, too."""
        found = f"{{t}}.id IN (SELECT f.{self.key} FROM {self.name} f WHERE f.terms @@ {SEARCH_CALL}{{value}}))"
        return f"{found} AND ({IS_ONE_WORD} OR {contains})"

    @property
    def statements(self) -> Iterator[tuple[str, str]]:
        """The table, what writes it, its words so far, its index and its triggers."""
        yield (
            f"""CREATE TABLE {self.name} ({self.key} uuid PRIMARY KEY REFERENCES {self.table} (id) ON DELETE CASCADE,
            terms tsvector NOT NULL)""",
            f"DROP TABLE {self.name}",
        )
        yield (
            f"""CREATE FUNCTION write_{self.name}(uuid[]) RETURNS void LANGUAGE sql AS $$
            INSERT INTO {self.name} SELECT t.id, search_terms({self.text}) FROM {self.table} t {self.joined}
                WHERE t.id = ANY ($1) ORDER BY t.id
            ON CONFLICT ({self.key}) DO UPDATE SET terms = excluded.terms $$""",
            f"DROP FUNCTION write_{self.name}(uuid[])",
        )
        yield f"SELECT write_{self.name}(ARRAY(SELECT id FROM {self.table}))", f"DELETE FROM {self.name}"
        yield ddl.index(f"{self.name}_terms", f"{self.name} USING gin (terms)")
        for origin in self.origins:
            yield from self._trigger(origin)

    def _trigger(self, origin: TextOrigin) -> Iterator[tuple[str, str]]:
        """Rows that came or went are taken together; changes one by one, for few of them matter."""
        name = f"{origin.table}_{origin.on.lower()}_{self.name}"
        if origin.on is Change.CHANGED:
            old, new = (", ".join(f"{row}.{column}" for column in origin.columns) for row in ("OLD", "NEW"))
            ids, event = f"WITH changed AS (SELECT NEW.*) {origin.ids}", f"UPDATE OF {', '.join(origin.columns)}"
            each = f"FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))"
        else:
            rows = "NEW" if origin.on is Change.ADDED else "OLD"
            ids, event = origin.ids, origin.on.value
            each = f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        yield (
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM write_{self.name}(ARRAY({ids}));
                RETURN NULL;
            END $$""",
            f"DROP FUNCTION {name}()",
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {origin.table} {each} EXECUTE FUNCTION {name}()",
            f"DROP TRIGGER {name} ON {origin.table}",
        )
