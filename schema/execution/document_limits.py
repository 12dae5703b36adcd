"""Limits of a document's shape: aliases, repeated fields, depth and directives, each found in one walk.

They stand beside the limits of tokens and cost, which a document may keep and yet be slow to validate or to merge.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from schema.execution.input_errors import InputError

TOO_DEEP = "QUERY_TOO_DEEP"
TOO_MANY_ALIASES = "TOO_MANY_ALIASES"
TOO_MANY_REPETITIONS = "TOO_MANY_REPETITIONS"
TOO_MANY_DIRECTIVES = "TOO_MANY_DIRECTIVES"
MAX_ALIASES = 100
MAX_REPETITIONS = 30
MAX_DEPTH = 20
MAX_DIRECTIVES = 5
# Selections within selections, through fragments; what is nested further is not walked at all.
MAX_NESTING = 100


def shape_errors(document: DocumentNode) -> list[InputError]:
    """The first error of each limit that a document does not keep; it need not be valid otherwise."""
    shape = _Shape(document)
    for definition in document.definitions:
        if isinstance(definition, (OperationDefinitionNode, FragmentDefinitionNode)):
            shape.check(definition)
    return list(shape.errors.values())


class _Shape:
    """Counts what one document holds; the text of each fragment is walked once."""

    def __init__(self, document: DocumentNode) -> None:
        self.errors: dict[str, InputError] = {}
        self._aliases = self._nesting = 0
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._depths: dict[str, int] = {}

    def check(self, definition: OperationDefinitionNode | FragmentDefinitionNode) -> None:
        """Check one operation or fragment; the depth of fragments counts where they are spread."""
        self._check_directives(definition)
        if isinstance(definition, FragmentDefinitionNode):
            self._fragment_depth(definition.name.value)
        elif self._depth(definition.selection_set) > MAX_DEPTH:
            self._report("too_deep", TOO_DEEP, definition, MAX_DEPTH)

    def _depth(self, selected: SelectionSetNode | None) -> int:
        """How deep the fields of a selection are nested, through its fragments."""
        if selected is None:
            return 0
        if self._nesting == MAX_NESTING:
            return MAX_DEPTH + 1
        self._check_repetitions(selected)
        self._nesting += 1
        deepest = max(map(self._depth_of, selected.selections), default=0)
        self._nesting -= 1
        return deepest

    def _depth_of(self, node: SelectionNode) -> int:
        self._check_directives(node)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment_depth(node.name.value)
        if isinstance(node, InlineFragmentNode):
            return self._depth(node.selection_set)
        assert isinstance(node, FieldNode)
        self._count_alias(node)
        return 1 + self._depth(node.selection_set)

    def _fragment_depth(self, name: str) -> int:
        if name not in self._depths:
            self._depths[name] = 0  # Also the depth of a fragment that spreads itself: validation refuses it.
            fragment = self._fragments.get(name)
            self._depths[name] = self._depth(fragment.selection_set) if fragment else 0
        return self._depths[name]

    def _count_alias(self, field: FieldNode) -> None:
        self._aliases += field.alias is not None
        if self._aliases > MAX_ALIASES:
            self._report("too_many_aliases", TOO_MANY_ALIASES, field, MAX_ALIASES)

    def _check_repetitions(self, selected: SelectionSetNode) -> None:
        for key, times in Counter(_keys(selected.selections)).items():
            if times > MAX_REPETITIONS:
                self._report("too_many_repetitions", TOO_MANY_REPETITIONS, selected, MAX_REPETITIONS, name=key[:60])

    def _check_directives(self, node: Any) -> None:
        if len(node.directives or ()) > MAX_DIRECTIVES:
            self._report("too_many_directives", TOO_MANY_DIRECTIVES, node, MAX_DIRECTIVES)

    def _report(self, key: str, code: str, node: Any, limit: int, **more: str) -> None:
        self.errors.setdefault(key, InputError(key, node, code=code, params={"limit": limit, **more}))


def _keys(selections: Sequence[SelectionNode]) -> Iterator[str]:
    """The response keys and fragments of one selection, with those of inline fragments for the same type."""
    for node in selections:
        if isinstance(node, FieldNode):
            yield (node.alias or node.name).value
        elif isinstance(node, FragmentSpreadNode):
            yield f"...{node.name.value}"
        elif isinstance(node, InlineFragmentNode) and node.type_condition is None:
            yield from _keys(node.selection_set.selections)
