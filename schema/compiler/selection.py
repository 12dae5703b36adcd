"""The selected fields of an operation: aliases, merged fields, fragments, `@include` and `@skip`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.values import VariableValues

from schema.compiler.errors import NotCompilable

Fields = dict[str, list[FieldNode]]


@dataclass(frozen=True)
class Selections:
    """Reads selection sets of one operation under one set of variable values."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def below(self, nodes: Iterable[FieldNode], parent: GraphQLObjectType) -> Fields:
        """The fields that all nodes of one response key select, by response key, in order of first mention."""
        sets = (node.selection_set for node in nodes)
        return self.of((found for found in sets if found is not None), parent)

    def below_type(self, nodes: Iterable[FieldNode], gtype: GraphQLOutputType) -> Fields:
        """The same for a field of this type; a leaf selects nothing."""
        named = get_named_type(gtype)
        return self.below(nodes, named) if isinstance(named, GraphQLObjectType) else {}

    def of(self, sets: Iterable[SelectionSetNode], parent: GraphQLObjectType) -> Fields:
        """The fields that several selection sets select on a type."""
        fields: Fields = {}
        seen: set[str] = set()
        for selected in sets:
            self._collect(selected.selections, parent, fields, seen)
        return fields

    def _collect(
        self,
        selections: Iterable[SelectionNode],
        parent: GraphQLObjectType,
        fields: Fields,
        seen: set[str],
    ) -> None:
        for node in selections:
            if not self._is_included(node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                fields.setdefault((node.alias or node.name).value, []).append(node)
            elif (inner := self._fragment(node, parent, seen)) is not None:
                self._collect(inner.selections, parent, fields, seen)

    def _fragment(self, node: SelectionNode, parent: GraphQLObjectType, seen: set[str]) -> SelectionSetNode | None:
        if isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name in seen:
                return None
            seen.add(name)
            fragment = self.fragments[name]
            return fragment.selection_set if self._applies(fragment.type_condition, parent) else None
        if isinstance(node, InlineFragmentNode) and self._applies(node.type_condition, parent):
            return node.selection_set
        return None

    def _applies(self, condition: NamedTypeNode | None, parent: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == parent.name:
            return True
        wanted = self.schema.get_type(condition.name.value)
        return is_abstract_type(wanted) and self.schema.is_sub_type(wanted, parent)

    def _is_included(self, directives: Iterable[DirectiveNode]) -> bool:
        return all(self._lets_through(directive) for directive in directives)

    def _lets_through(self, directive: DirectiveNode) -> bool:
        if directive.name.value not in ("include", "skip"):
            raise NotCompilable(f"@{directive.name.value}")
        value = (directive.arguments or ())[0].value
        if isinstance(value, VariableNode):
            holds = self.variables.coerced.get(value.name.value)
        else:
            holds = getattr(value, "value", None)
        if not isinstance(holds, bool):
            raise NotCompilable("a directive without a value")
        return holds is (directive.name.value == "include")
