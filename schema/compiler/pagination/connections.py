"""Compilation of a connection: edges, nodes and page info from one scan, and a count where it is selected."""

from collections.abc import Callable
from dataclasses import dataclass

from graphql import FieldNode, GraphQLObjectType

from schema.compiler.conditions import Conditions, conditions
from schema.compiler.errors import NotCompilable
from schema.compiler.field_call import FieldCall
from schema.compiler.field_context import FieldContext
from schema.compiler.graphql_types import input_object_type, object_type
from schema.compiler.json_text import Fixed, Piece, Varying, concat, json_object
from schema.compiler.pagination.keyset_scan import Keyset, KeysetScan
from schema.compiler.pagination.page_request import PageRequest, read_page_request
from schema.compiler.row import Row
from schema.compiler.selection import Fields
from schema.declarations.types import MOST_COUNTED, Connection, number_up_to_bound


def connection_page(field: FieldContext[Connection]) -> str:
    """An expression for the JSON text of one connection below a row, or at the root."""
    call = FieldCall(field.field, field.nodes[0])
    rows = ConnectionRows(field, field.statement.add_call(call))
    request = read_page_request(field.declaration.sorts, call.argument_values(field.selections.variables))
    return _Page(rows, request).text()


@dataclass(frozen=True)
class ConnectionRows:
    """The rows that one connection lists; `call` is the number of its field in the statement."""

    field: FieldContext[Connection]
    call: int

    def new_row(self) -> Row:
        """A row of the list under an alias of its own."""
        names = {"t": self.field.statement.new_alias(), "p": self.field.row.alias}
        return self.field.row.child(self.field.declaration.source, names)

    def table(self, row: Row) -> str:
        """The table under the row's alias."""
        return f"{self.field.declaration.source.table} {row.alias}"

    def conditions(self, row: Row, request: PageRequest) -> Conditions:
        """The conditions of `where`, or the default filter when `where` has none."""
        statement = self.field.statement
        if not request.where or all(operators is None for operators in request.where.values()):
            default = self.field.declaration.default_filter
            return Conditions((statement.render(default, row.names),)) if default else Conditions()
        where = input_object_type(self.field.field.args["where"].type)
        return conditions(request.where, where, (statement, self.call, row.names))

    def visibility_condition(self, row: Row, found: Conditions) -> str:
        """The rows that belong here, are visible, and meet the conditions."""
        declared = self.field.declaration
        visible = self.field.statement.visibility_condition(
            declared.source, declared.on, row.names, self.field.row.source
        )
        return " AND ".join([visible, *found.terms])


class _Page:
    def __init__(self, rows: ConnectionRows, request: PageRequest) -> None:
        self._rows, self._request = rows, request
        self._field, self._selections = rows.field, rows.field.selections
        self._gtype = object_type(self._field.field.type)
        self._fields = self._selections.below(self._field.nodes, self._gtype)
        self._row = rows.new_row()
        own_keys = request.order.keys(self._field.statement, self._row.names)
        self._keyset = Keyset(self._field.statement, rows.call, request, own_keys)
        self._scan = KeysetScan(request, self._selects_has_more())

    def text(self) -> str:
        body = f"SELECT {concat(self._object(self._gtype, self._fields, self._connection_field))}"
        if not self._scan.columns:
            return f"({body})"
        found = self._rows.conditions(self._row, self._request)
        visible = self._rows.visibility_condition(self._row, found)
        keys, bounds = self._keyset.keys(found), self._keyset.bounds(found)
        joins = self._request.order.joins(self._field.statement, self._row.names)
        return f"({body} FROM {self._scan.rows(self._rows.table(self._row) + joins, visible, keys, bounds)})"

    def _object(
        self,
        gtype: GraphQLObjectType,
        fields: Fields,
        value: Callable[[str, list[FieldNode]], list[Piece]],
    ) -> list[Piece]:
        def member(nodes: list[FieldNode]) -> list[Piece]:
            name = nodes[0].name.value
            return [Fixed(f'"{gtype.name}"')] if name == "__typename" else value(name, nodes)

        return json_object((key, member(nodes)) for key, nodes in fields.items())

    def _connection_field(self, name: str, nodes: list[FieldNode]) -> list[Piece]:
        match name:
            case "edges":
                edge = object_type(self._gtype.fields["edges"].type)
                return self._json_list(concat(self._nested_object(edge, nodes, self._edge_field)))
            case "nodes":
                return self._json_list(self._field.object_sql(self._gtype.fields["nodes"].type, nodes, self._row))
            case "pageInfo":
                return self._nested_object(
                    object_type(self._gtype.fields["pageInfo"].type), nodes, self._page_info_field
                )
            case "totalCount":
                return [Varying(self._count())]
            case "boundedCount":
                return [Varying(self._bounded_count(nodes))]
            case "sums":
                return [Varying(self._sums(nodes))]
            case "boundedSums":
                return [Varying(self._bounded_sums(nodes))]
        raise NotCompilable(f"{self._gtype.name}.{name}")

    def _nested_object(
        self,
        gtype: GraphQLObjectType,
        nodes: list[FieldNode],
        value: Callable[[str, list[FieldNode]], list[Piece]],
    ) -> list[Piece]:
        return self._object(gtype, self._selections.below(nodes, gtype), value)

    def _json_list(self, item: str) -> list[Piece]:
        return [Fixed("["), Varying(self._scan.aggregate(item)), Fixed("]")]

    def _edge_field(self, name: str, nodes: list[FieldNode]) -> list[Piece]:
        if name == "cursor":
            return [Fixed('"'), Varying(self._keyset.cursor), Fixed('"')]
        node = object_type(self._gtype.fields["nodes"].type)
        return [Varying(self._field.object_sql(node, nodes, self._row))]

    def _page_info_field(self, name: str, _nodes: list[FieldNode]) -> list[Piece]:
        if name in ("startCursor", "endCursor"):
            found = self._scan.page_end_value(self._keyset.cursor, last=name == "endCursor")
            return [Varying(f"coalesce('\"' || {found} || '\"', 'null')")]
        if (name == "hasPreviousPage") == self._request.backward:
            return [Varying(self._scan.has_more)]
        behind = self._request.before if self._request.backward else self._request.after
        return [Fixed("false" if behind is None else "true")]

    def _selects_has_more(self) -> bool:
        wanted = "hasPreviousPage" if self._request.backward else "hasNextPage"
        info = object_type(self._gtype.fields["pageInfo"].type)
        page_infos = [nodes for nodes in self._fields.values() if nodes[0].name.value == "pageInfo"]
        below = [self._selections.below(nodes, info).values() for nodes in page_infos]
        return any(nodes[0].name.value == wanted for fields in below for nodes in fields)

    def _count(self) -> str:
        row = self._rows.new_row()
        visible = self._rows.visibility_condition(row, self._rows.conditions(row, self._request))
        return f"(SELECT count(*) FROM {self._rows.table(row)} WHERE {visible})"

    def _bounded_count(self, nodes: list[FieldNode]) -> str:
        counted = Row({"t": self._field.statement.new_alias()})
        item = self._field.object_sql(self._gtype.fields["boundedCount"].type, nodes, counted)
        # An aggregate in FROM is computed once; a subquery of one value would be copied to each of its fields.
        return f"(SELECT {item} FROM {self._count_up_to_bound()} {counted.alias}(number))"

    def _count_up_to_bound(self) -> str:
        """The count of no more rows than a bound, and one."""
        row = self._rows.new_row()
        visible = self._rows.visibility_condition(row, self._rows.conditions(row, self._request))
        return number_up_to_bound(f"SELECT 1 FROM {self._rows.table(row)} WHERE {visible}")

    def _bounded_sums(self, nodes: list[FieldNode]) -> str:
        """The sums of a list that has no more rows than the bound, else null."""
        is_short = f"{self._count_up_to_bound()} <= {MOST_COUNTED}"
        return f"(CASE WHEN {is_short} THEN {self._sums(nodes)} ELSE 'null' END)"

    def _sums(self, nodes: list[FieldNode]) -> str:
        """One object for each group of the whole list, by the first of the declared columns."""
        statement, declared = self._field.statement, self._field.declaration
        row, group = self._rows.new_row(), Row({"t": statement.new_alias()})
        visible = self._rows.visibility_condition(row, self._rows.conditions(row, self._request))
        groups = f"""SELECT {statement.render(declared.sums or "", row.names)} FROM {self._rows.table(row)}
            WHERE {visible} GROUP BY 1 ORDER BY 1"""
        item = self._field.object_sql(self._gtype.fields["sums"].type, nodes, group)
        listed = f"(SELECT string_agg({item}, ',') FROM ({groups}) {group.alias})"
        return concat([Fixed("["), Varying(listed), Fixed("]")])
