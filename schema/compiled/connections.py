"""Pages of a list by keyset: one scan gives edges, nodes and the page's ends; a count only when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, GraphQLInputObjectType, GraphQLObjectType, get_named_type

from schema.compiled.arguments import Call
from schema.compiled.conditions import Conditions, conditions
from schema.compiled.cursors import cursor_sql, read_cursor
from schema.compiled.declarations import Connection, SortKey
from schema.compiled.errors import BadArgument, NotCompilable
from schema.compiled.ordering import SortDirection
from schema.compiled.selection import Fields
from schema.compiled.statement import Inputs, Names, Statement
from schema.compiled.text import Fixed, Piece, Varying, concat

if TYPE_CHECKING:
    from schema.compiled.compiler import Compiler, Row

LARGEST_PAGE = 100
ROWS = "s"


@dataclass(frozen=True)
class Order:
    """How a list is sorted: the key, whether downwards, and the name that cursors carry."""

    key: SortKey
    name: str
    descending: bool

    @property
    def by_id_alone(self) -> bool:
        """True when the key is the id itself and needs no tie-break."""
        return self.key.sql == "{t}.id"

    @property
    def cursor_name(self) -> str:
        """A cursor fits a list of the same key and direction only."""
        return f"{'-' if self.descending else ''}{self.name}"

    @property
    def sql_types(self) -> list[str]:
        """The SQL types of the keys a cursor holds."""
        return ["uuid"] if self.by_id_alone else [self.key.sql_type, "uuid"]

    def keys(self, statement: Statement, names: Names) -> list[str]:
        """The expressions that sort, the tie-break last."""
        identity = f"{names['t']}.id"
        return [identity] if self.by_id_alone else [statement.render(self.key.sql, names), identity]


@dataclass(frozen=True)
class Request:
    """The arguments of one connection, judged: which page of which order."""

    size: int
    backward: bool
    after: str | None
    before: str | None
    where: Mapping[str, Any] | None
    order: Order


@dataclass
class Scan:
    """The rows of one page: which columns the outer text needs of them."""

    request: Request
    columns: list[str] = field(default_factory=list)
    asks_for_more: bool = False

    def column(self, sql: str) -> str:
        """Have each row carry an expression; returns the name it has outside."""
        self.columns.append(sql)
        return f"{ROWS}.c{len(self.columns)}"

    @property
    def within(self) -> str:
        """Keeps the one row too many out of an aggregate."""
        return f" FILTER (WHERE {ROWS}.n <= {self.request.size})" if self.asks_for_more else ""

    def listed(self, column: str) -> str:
        """All values of a column in the order of the list."""
        order = f" ORDER BY {ROWS}.n DESC" if self.request.backward else ""
        return f"string_agg({column}, ','{order}){self.within}"

    def at_end(self, column: str, *, last: bool) -> str:
        """The value of the first or last item of the page, NULL on an empty one."""
        direction = " DESC" if last != self.request.backward else ""
        return f"(array_agg({column} ORDER BY {ROWS}.n{direction}){self.within})[1]"


def page(
    compiler: "Compiler", declaration: Connection, gfield: GraphQLField, nodes: list[FieldNode], row: "Row"
) -> str:
    """An expression for the JSON text of one connection."""
    return _Page(compiler, declaration, gfield, nodes, row).text(nodes)


def judged(declaration: Connection, arguments: Mapping[str, Any]) -> Request:
    """Read the arguments of a connection; `BadArgument` when they name no page."""
    first, last = arguments.get("first"), arguments.get("last")
    size = last if first is None else first
    if size is None or (first is not None and last is not None):
        raise BadArgument("A list needs either `first` or `last`.")
    if not 0 <= size <= LARGEST_PAGE:
        raise BadArgument(f"`first` and `last` are between 0 and {LARGEST_PAGE}.")
    return Request(
        size=size,
        backward=first is None,
        after=arguments.get("after"),
        before=arguments.get("before"),
        where=arguments.get("where"),
        order=_order(declaration, arguments.get("orderBy")),
    )


def _order(declaration: Connection, asked: Mapping[str, Any] | None) -> Order:
    sorts = declaration.sorts
    if asked is None:
        return Order(sorts.keys[sorts.default], sorts.default, sorts.descending)
    name = asked["field"].name
    return Order(sorts.keys[name], name, asked["direction"] is SortDirection.DESC)


class _Page:
    """One connection while it is written."""

    def __init__(
        self,
        compiler: "Compiler",
        declaration: Connection,
        gfield: GraphQLField,
        nodes: list[FieldNode],
        row: "Row",
    ) -> None:
        self.compiler = compiler
        self.statement = compiler.statement
        self.declaration = declaration
        self.gtype = _object_type(gfield)
        self.parent = row
        call = Call(gfield, nodes[0])
        self.call = self.statement.call(call)
        self.request = judged(declaration, call.values(compiler.selections.variables))
        self.where_type = _where_type(gfield)
        self.scan = Scan(self.request)
        self.row = self._fresh_row()
        self.keys = self.request.order.keys(self.statement, self.row.names)

    def text(self, nodes: list[FieldNode]) -> str:
        fields = self.compiler.selections.below(nodes, self.gtype)
        self.scan.asks_for_more = self._asks_for_more(fields)
        pieces = self._object(self.gtype, fields, self._value)
        body = f"SELECT {concat(pieces)}"
        return f"({body} FROM {self._rows()} {ROWS})" if self.scan.columns else f"({body})"

    def _fresh_row(self) -> "Row":
        names = {"t": self.statement.alias(), "p": self.parent.alias}
        return replace(self.parent, names=names, facts={})

    def _object(self, gtype: GraphQLObjectType, fields: Fields, value: Any) -> list[Piece]:
        pieces: list[Piece] = []
        for key, nodes in fields.items():
            name = nodes[0].name.value
            written = [Fixed(f'"{gtype.name}"')] if name == "__typename" else value(name, nodes)
            pieces += [Fixed(f'{"," if pieces else "{"}"{key}":'), *written]
        return [*pieces, Fixed("}")]

    def _value(self, name: str, nodes: list[FieldNode]) -> list[Piece]:
        match name:
            case "edges":
                return self._list(concat(self._edge(nodes)))
            case "nodes":
                return self._list(self.compiler.object(self.gtype.fields["nodes"].type, nodes, self.row))
            case "pageInfo":
                return self._page_info(nodes)
            case "totalCount":
                return [Varying(self._count())]
        raise NotCompilable(f"{self.gtype.name}.{name}")

    def _list(self, item: str) -> list[Piece]:
        return [Fixed("["), Varying(self.scan.listed(self.scan.column(item))), Fixed("]")]

    def _edge(self, nodes: list[FieldNode]) -> list[Piece]:
        edge = _object_type(self.gtype.fields["edges"])

        def value(name: str, below: list[FieldNode]) -> list[Piece]:
            if name == "cursor":
                return [Fixed('"'), Varying(self._cursor()), Fixed('"')]
            return [Varying(self.compiler.object(edge.fields["node"].type, below, self.row))]

        return self._object(edge, self.compiler.selections.below(nodes, edge), value)

    def _cursor(self) -> str:
        return cursor_sql(self.request.order.cursor_name, self.keys)

    def _page_info(self, nodes: list[FieldNode]) -> list[Piece]:
        gtype = _object_type(self.gtype.fields["pageInfo"])
        return self._object(gtype, self.compiler.selections.below(nodes, gtype), self._page_end)

    def _page_end(self, name: str, _nodes: list[FieldNode]) -> list[Piece]:
        match name:
            case "hasNextPage" | "hasPreviousPage":
                return [self._has_neighbour(ahead=name == "hasNextPage")]
            case "startCursor" | "endCursor":
                found = self.scan.at_end(self.scan.column(self._cursor()), last=name == "endCursor")
                return [Varying(f"coalesce('\"' || {found} || '\"', 'null')")]
        raise NotCompilable(f"PageInfo.{name}")

    def _has_neighbour(self, *, ahead: bool) -> Piece:
        """In the direction of reading the one row too many tells; behind, a cursor means that something was there."""
        if ahead != self.request.backward:
            self.scan.column("1")
            return Varying(f"(count(*) > {self.request.size})::text")
        behind = self.request.before if self.request.backward else self.request.after
        return Fixed("false" if behind is None else "true")

    def _asks_for_more(self, fields: Fields) -> bool:
        wanted = "hasPreviousPage" if self.request.backward else "hasNextPage"
        gtype = _object_type(self.gtype.fields["pageInfo"])
        infos = (nodes for nodes in fields.values() if nodes[0].name.value == "pageInfo")
        return any(
            asked[0].name.value == wanted
            for nodes in infos
            for asked in self.compiler.selections.below(nodes, gtype).values()
        )

    def _count(self) -> str:
        names = self._fresh_row().names
        terms = [self._visible(names), *self._conditions(names).terms]
        return (
            f"(SELECT count(*) FROM {self.declaration.source.table} {names['t']} WHERE {' AND '.join(terms)})"
        )

    def _visible(self, names: Names) -> str:
        return self.statement.visible(self.declaration.source, self.declaration.on, names)

    def _conditions(self, names: Names) -> Conditions:
        if self.where_type is None:
            return Conditions()
        return conditions(self.request.where, self.where_type, (self.statement, self.call, names))

    def _rows(self) -> str:
        found = self._conditions(self.row.names)
        keys = self.keys if found.lead is None else [found.lead[0], *self.keys]
        terms = [self._visible(self.row.names), *found.terms, *self._bounds(found, keys)]
        descending = self.request.order.descending != self.request.backward
        order = ", ".join(f"{key}{' DESC' if descending else ''}" for key in keys)
        columns = ", ".join(f"{sql} AS c{n}" for n, sql in enumerate(self.scan.columns, 1))
        limit = self.request.size + (1 if self.scan.asks_for_more else 0)
        source = f"{self.declaration.source.table} {self.row.alias}"
        rows = f"SELECT {columns} FROM {source} WHERE {' AND '.join(terms)} ORDER BY {order} LIMIT {limit}"
        return f"(SELECT i.*, row_number() OVER () AS n FROM ({rows}) i)"

    def _bounds(self, found: Conditions, keys: list[str]) -> list[str]:
        lead = [] if found.lead is None else [found.lead[1]]
        descending = self.request.order.descending
        bounds = []
        if self.request.after is not None:
            bounds.append(_beyond(keys, [*lead, *self._place("after")], descending=descending))
        if self.request.before is not None:
            bounds.append(_beyond(keys, [*lead, *self._place("before")], descending=not descending))
        return bounds

    def _place(self, argument: str) -> list[str]:
        order, call = self.request.order, self.call
        types = order.sql_types

        def key(number: int) -> Any:
            def value(inputs: Inputs) -> str:
                cursor = inputs.arguments[call][argument]
                return read_cursor(cursor, order.cursor_name, types)[number]

            return value

        return [
            f"{self.statement.bind((call, argument, number), key(number), 'text')}::{sql_type}"
            for number, sql_type in enumerate(types)
        ]


def _beyond(keys: list[str], place: list[str], *, descending: bool) -> str:
    sign = "<" if descending else ">"
    if len(keys) == 1:
        return f"{keys[0]} {sign} {place[0]}"
    return f"({', '.join(keys)}) {sign} ({', '.join(place)})"


def _object_type(gfield: GraphQLField) -> GraphQLObjectType:
    found = get_named_type(gfield.type)
    assert isinstance(found, GraphQLObjectType)
    return found


def _where_type(gfield: GraphQLField) -> GraphQLInputObjectType | None:
    if "where" not in gfield.args:
        return None
    found = get_named_type(gfield.args["where"].type)
    assert isinstance(found, GraphQLInputObjectType)
    return found
