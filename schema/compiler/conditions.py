"""Translation of `where` inputs into SQL conditions; a null or absent part adds no condition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLInputField, GraphQLInputObjectType

from domain.access.scoped_table import NOTHING
from schema.compiler.comparisons import Path, WhereContext, comparisons, index_comparison
from schema.compiler.errors import InvalidArgument
from schema.compiler.statement import Names, Statement
from schema.declarations.declared_field import DEFINITION_KEY
from schema.declarations.where_inputs import COMBINATOR_KEY, MAX_FILTER_DEPTH, MAX_FILTERS, Combinator

TOO_COMPLEX = "filter_too_complex"
ALL_ROWS = "TRUE"


@dataclass(frozen=True)
class Conditions:
    """The conditions of one `where`.

    `index_prefix` is an indexed expression and the one value it must equal.
    """

    terms: tuple[str, ...] = ()
    index_prefix: tuple[str, str] | None = None


def conditions(
    where: Mapping[str, Any] | None,
    input_type: GraphQLInputObjectType,
    place: tuple[Statement, int, Names],
) -> Conditions:
    """Translate one `where`; `place` is the statement, the number of the call and the names in scope.

    Raises `InvalidArgument` when filters are nested too deeply or too many.
    """
    filters = where or {}
    if _depth(filters, input_type) > MAX_FILTER_DEPTH:
        raise InvalidArgument(f"Filters in `where` are nested at most {MAX_FILTER_DEPTH} deep.", TOO_COMPLEX)
    if _count(filters, input_type) > MAX_FILTERS:
        raise InvalidArgument(f"`where` holds at most {MAX_FILTERS} filters in `and`, `or` and `not`.", TOO_COMPLEX)
    return _WhereCompiler(WhereContext(*place), input_type).all_of([(filters, ("where",))])


@dataclass(frozen=True)
class _WhereCompiler:
    context: WhereContext
    input_type: GraphQLInputObjectType

    def all_of(self, filters: Iterable[tuple[Mapping[str, Any], Path]]) -> Conditions:
        """The conditions of filters that must all hold."""
        terms: list[str] = []
        index_prefix = None
        for where, path in filters:
            for name, value in where.items():
                if value is not None:
                    found = self._part(name, value, (*path, name))
                    terms += found.terms
                    index_prefix = found.index_prefix or index_prefix
        return Conditions(tuple(terms), index_prefix)

    def _part(self, name: str, value: Any, path: Path) -> Conditions:
        field = self.input_type.fields[name]
        match combinator_of(field):
            case Combinator.AND:
                return self.all_of((each, (*path, place)) for place, each in enumerate(value))
            case Combinator.OR:
                branches = [self._conjunction(each, (*path, place)) for place, each in enumerate(value)]
                return Conditions((f"({' OR '.join(branches) or NOTHING})",))
            case Combinator.NOT:
                return Conditions((f"({self._conjunction(value, path)}) IS NOT TRUE",))
        terms = tuple(comparisons(field, value, path, self.context))
        return Conditions(terms, index_comparison(field, value, path, self.context))

    def _conjunction(self, where: Mapping[str, Any], path: Path) -> str:
        return " AND ".join(f"({term})" for term in self.all_of([(where, path)]).terms) or ALL_ROWS


def combinator_of(field: GraphQLInputField) -> Combinator | None:
    """The combinator that a field of a `where` input is, None for a comparison."""
    found: Combinator | None = field.extensions[DEFINITION_KEY].metadata.get(COMBINATOR_KEY)
    return found


def _nested(where: Mapping[str, Any], input_type: GraphQLInputObjectType) -> Sequence[Mapping[str, Any]]:
    """The filters directly within a filter."""
    found: list[Mapping[str, Any]] = []
    for name, value in where.items():
        if value is not None and combinator_of(input_type.fields[name]) is not None:
            found += value if isinstance(value, list) else [value]
    return found


def _depth(where: Mapping[str, Any], input_type: GraphQLInputObjectType) -> int:
    return max((1 + _depth(each, input_type) for each in _nested(where, input_type)), default=0)


def _count(where: Mapping[str, Any], input_type: GraphQLInputObjectType) -> int:
    return sum(1 + _count(each, input_type) for each in _nested(where, input_type))
