"""A GraphQL schema as a reference: every type with its fields, arguments and values, linked with each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    ast_from_value,
    get_named_type,
    is_introspection_type,
    print_ast,
)

Kind = Literal["root", "object", "interface", "union", "input", "enum", "scalar"]
KINDS: tuple[Kind, ...] = ("root", "object", "interface", "union", "input", "enum", "scalar")
ROOTS = ("Query", "Mutation", "Subscription")
CLASSES: Mapping[Kind, type[GraphQLNamedType]] = {
    "object": GraphQLObjectType,
    "interface": GraphQLInterfaceType,
    "union": GraphQLUnionType,
    "input": GraphQLInputObjectType,
    "enum": GraphQLEnumType,
    "scalar": GraphQLScalarType,
}
MAX_FOUND = 100
# Types that belong to one field each.
DERIVED_NAMES = ("Input", "Payload", "Connection", "Edge", "Sort", "SortField", "Filter", "Where")


@dataclass(frozen=True, kw_only=True)
class TypeReference:
    """A type where it is used: its name, and what stands before and behind it: `[`, `!]!`."""

    name: str
    before: str
    behind: str


@dataclass(frozen=True, kw_only=True)
class Member:
    """A field, an argument, an input field or an enum value; an enum value has no type."""

    name: str
    description: str
    type: TypeReference | None = None
    default: str | None = None
    deprecation: str | None = None
    arguments: tuple["Member", ...] = ()


@dataclass(frozen=True, kw_only=True)
class TypeEntry:
    """One named type. `related` are the interfaces it implements, or the types that an abstract type may be."""

    name: str
    kind: Kind
    description: str
    members: tuple[Member, ...] = ()
    related: tuple[str, ...] = ()
    specified_by: str | None = None

    @property
    def deprecated(self) -> list[Member]:
        """Its members that will go."""
        return [member for member in self.members if member.deprecation is not None]


Found = tuple[TypeEntry, Member | None]


@dataclass(frozen=True)
class SchemaReference:
    """All types of one schema."""

    schema: GraphQLSchema

    @cached_property
    def entries(self) -> Mapping[str, TypeEntry]:
        """Every type by its name, in alphabetical order."""
        types = (item for _, item in sorted(self.schema.type_map.items()) if not is_introspection_type(item))
        return {item.name: self._entry(item) for item in types}

    @cached_property
    def users(self) -> Mapping[str, list[tuple[str, str]]]:
        """The fields that give or take each type, as pairs of type and field."""
        users: dict[str, list[tuple[str, str]]] = {name: [] for name in self.entries}
        for entry in self.entries.values():
            for member in entry.members:
                used = [member.type, *(argument.type for argument in member.arguments)]
                for name in {each.name for each in used if each is not None}:
                    users[name].append((entry.name, member.name))
        return users

    def of_kind(self, kind: Kind) -> list[TypeEntry]:
        """The types of a kind, in alphabetical order; the roots as a request names them."""
        found = [entry for entry in self.entries.values() if entry.kind == kind]
        return sorted(found, key=lambda entry: ROOTS.index(entry.name)) if kind == "root" else found

    @property
    def deprecated(self) -> list[tuple[TypeEntry, Member]]:
        """All that will go."""
        return [(entry, member) for entry in self.entries.values() for member in entry.deprecated]

    def search(self, words: str) -> list[Found]:
        """Types and members whose name holds these words, the nearest first, at most `MAX_FOUND`."""
        wanted = words.strip().lower()
        named = ((entry, member, (member or entry).name.lower()) for entry, member in self._everything())
        found = [(_distance(entry, member, wanted), entry, member) for entry, member, name in named if wanted in name]
        found.sort(key=lambda each: each[0])
        return [(entry, member) for _, entry, member in found[:MAX_FOUND]]

    def _everything(self) -> Iterator[Found]:
        for entry in self.entries.values():
            yield entry, None
            yield from ((entry, member) for member in entry.members)

    def _entry(self, item: GraphQLNamedType) -> TypeEntry:
        roots = (self.schema.query_type, self.schema.mutation_type, self.schema.subscription_type)
        return TypeEntry(
            name=item.name,
            kind="root" if item in roots else _kind(item),
            description=item.description or "",
            members=tuple(_members(item)),
            related=tuple(self._related(item)),
            specified_by=item.specified_by_url if isinstance(item, GraphQLScalarType) else None,
        )

    def _related(self, item: GraphQLNamedType) -> list[str]:
        if isinstance(item, GraphQLInterfaceType | GraphQLUnionType):
            return sorted(each.name for each in self.schema.get_possible_types(item))
        return [each.name for each in item.interfaces] if isinstance(item, GraphQLObjectType) else []


def _distance(entry: TypeEntry, member: Member | None, wanted: str) -> tuple[int, int, str]:
    """How far a name is from the words: equal, beginning with them, or holding them; then what most people want."""
    name = (member or entry).name.lower()
    nearness = 0 if name == wanted else 1 if name.startswith(wanted) else 2
    if entry.name.endswith(DERIVED_NAMES):
        interest = 3
    else:
        interest = 2 if member and entry.kind != "root" else 0 if entry.kind in ("root", "object") else 1
    return nearness, interest, name


def _kind(item: GraphQLNamedType) -> Kind:
    return next(kind for kind, its_class in CLASSES.items() if isinstance(item, its_class))


def _members(item: GraphQLNamedType) -> Iterator[Member]:
    if isinstance(item, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in item.fields.items():
            arguments = tuple(_input(each, argument) for each, argument in field.args.items())
            yield Member(
                name=name,
                description=field.description or "",
                type=_type_reference(field.type),
                deprecation=field.deprecation_reason,
                arguments=arguments,
            )
    elif isinstance(item, GraphQLInputObjectType):
        yield from (_input(name, field) for name, field in item.fields.items())
    elif isinstance(item, GraphQLEnumType):
        for name, value in item.values.items():
            yield Member(name=name, description=value.description or "", deprecation=value.deprecation_reason)


def _input(name: str, item: GraphQLArgument | GraphQLInputField) -> Member:
    return Member(
        name=name,
        description=item.description or "",
        type=_type_reference(item.type),
        default=_default(item),
        deprecation=item.deprecation_reason,
    )


def _type_reference(used: Any) -> TypeReference:
    name = get_named_type(used).name
    before, _, behind = str(used).partition(name)
    return TypeReference(name=name, before=before, behind=behind)


def _default(item: GraphQLArgument | GraphQLInputField) -> str | None:
    """The default as it is written in a document; None where there is none, or null, which says nothing."""
    if item.default_value is Undefined or item.default_value is None:
        return None
    node = ast_from_value(item.default_value, item.type)
    return print_ast(node) if node else None
