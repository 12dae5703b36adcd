"""Generated queries over a schema of declared fields: aliases, merged fields, fragments, directives, variables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_non_null_type,
    parse,
)
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from schema.execution.limits import MAX_TOKENS, limit_errors

DEEPEST = 4
TOKEN = re.compile(r'"[^"]*"|[\w-]+|[^\s\w]')


@dataclass
class Draft:
    """One document while it is made up."""

    draw: DrawFn
    schema: GraphQLSchema
    values: Mapping[str, list[Any]]
    fragments: list[str] = field(default_factory=list)
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    numbers: int = 0

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def one_of(self, values: list[Any]) -> Any:
        return self.draw(st.sampled_from(values))

    def selection(self, gtype: GraphQLObjectType, depth: int) -> str:
        """Some fields of a type, in braces."""
        fields = [name for name in gtype.fields if depth or self.is_leaf(gtype, name)]
        names = self.draw(st.lists(st.sampled_from([*fields, "__typename"]), min_size=1, max_size=4))
        parts = [self.node(gtype, name, depth) for name in names]
        return "{ " + " ".join([*parts, "__typename"]) + " }"

    def is_leaf(self, gtype: GraphQLObjectType, name: str) -> bool:
        return name == "__typename" or is_leaf_type(get_named_type(gtype.fields[name].type))

    def node(self, gtype: GraphQLObjectType, name: str, depth: int) -> str:
        """One field, perhaps within a fragment, perhaps with a directive."""
        text = self.field(gtype, name, depth)
        if self.chance(6):
            return f"... on {gtype.name} {self.directive()} {{ {text} }}"
        if self.chance(6):
            fragment = f"f{self.number()}"
            self.fragments.append(f"fragment {fragment} on {gtype.name} {{ {text} }}")
            return f"...{fragment} {self.directive()}"
        return text

    def field(self, gtype: GraphQLObjectType, name: str, depth: int) -> str:
        if name == "__typename":
            return f"k{self.number()}: __typename"
        gfield = gtype.fields[name]
        arguments = self.arguments(gfield)
        alias = f"k{self.number()}: " if gfield.args or self.chance(4) else ""
        below = self.below(get_named_type(gfield.type), depth)
        return f"{alias}{name}{arguments} {self.directive()} {below}"

    def below(self, inner: GraphQLNamedType, depth: int) -> str:
        """What is selected of a field of this type."""
        if isinstance(inner, GraphQLInterfaceType):
            possible = self.draw(st.lists(st.sampled_from(self.schema.get_implementations(inner).objects), max_size=3))
            parts = [f"... on {each.name} {self.selection(each, depth - 1)}" for each in possible]
            return "{ " + " ".join([*parts, *self.one_of([[], ["id"], ["... on Node { id }"]]), "__typename"]) + " }"
        return self.selection(inner, depth - 1) if isinstance(inner, GraphQLObjectType) else ""

    def directive(self) -> str:
        if not self.chance(6):
            return ""
        name, value = self.one_of(["include", "skip"]), self.one_of([True, False])
        return f"@{name}(if: {self.value_text('Boolean!', value, str(value).lower())})"

    def arguments(self, gfield: GraphQLField) -> str:
        if not gfield.args:
            return ""
        left_out = {"after", "before", self.one_of(["first", "last"])}
        names = [name for name in gfield.args if name not in left_out]
        given = {name: self.argument(name, gfield.args[name].type) for name in names}
        written = [f"{name}: {text}" for name, text in given.items() if text]
        return f"({', '.join(written)})" if written else ""

    def argument(self, name: str, gtype: Any) -> str:
        if name in ("first", "last"):
            return self.leaf("Int", self.one_of([0, 1, 3, 7]))
        if not is_non_null_type(gtype) and self.chance(2):
            return str(self.one_of(["", "null"]))
        return self.input(gtype)

    def input(self, gtype: Any) -> str:
        inner = get_nullable_type(gtype)
        if isinstance(inner, GraphQLList):
            items = [self.input(inner.of_type) for _ in range(self.draw(st.integers(0, 3)))]
            return f"[{', '.join(items)}]"
        if isinstance(inner, GraphQLInputObjectType):
            return self.input_object(inner)
        if isinstance(inner, GraphQLEnumType):
            return self.leaf(inner.name, self.one_of(list(inner.values)), is_enum=True)
        return self.leaf(inner.name, self.one_of(self.values[inner.name]))

    def input_object(self, gtype: GraphQLInputObjectType) -> str:
        required = [name for name, item in gtype.fields.items() if is_non_null_type(item.type)]
        names = set(self.draw(st.lists(st.sampled_from(list(gtype.fields)), max_size=2))) | set(required)
        members = [f"{name}: {self.input_member(gtype, name)}" for name in sorted(names)]
        return "{" + ", ".join(members) + "}"

    def input_member(self, gtype: GraphQLInputObjectType, name: str) -> str:
        inner = gtype.fields[name].type
        return "null" if not is_non_null_type(inner) and self.chance(8) else self.input(inner)

    def leaf(self, type_name: str, value: Any, *, is_enum: bool = False) -> str:
        literal = str(value) if is_enum or isinstance(value, int) else f'"{value}"'
        literal = literal.lower() if isinstance(value, bool) else literal
        return self.value_text(f"{type_name}!", value, literal)

    def value_text(self, type_text: str, value: Any, literal: str) -> str:
        """The value itself, or a variable that holds it."""
        if self.chance(3):
            name = f"v{self.number()}"
            self.variables[name] = (type_text, value)
            return f"${name}"
        return literal


@st.composite
def queries(
    draw: DrawFn, schema: GraphQLSchema, values: Mapping[str, list[Any]], roots: Sequence[str]
) -> tuple[str, dict[str, Any]]:
    """A valid query over some of a schema's root fields, and its variables; `values` by scalar."""
    draft = Draft(draw, schema, values)
    query = schema.query_type
    assert query is not None
    names = draw(st.lists(st.sampled_from(roots), min_size=1, max_size=3))
    body = " ".join(draft.node(query, name, DEEPEST) for name in names)
    declared = ", ".join(f"${name}: {type_text}" for name, (type_text, _) in draft.variables.items())
    head = f"query Q({declared})" if declared else "query Q"
    text = "\n".join([f"{head} {{ __typename {body} }}", *draft.fragments])
    assume(len(TOKEN.findall(text)) < MAX_TOKENS and not limit_errors(schema, parse(text)))
    return text, {name: value for name, (_, value) in draft.variables.items()}
