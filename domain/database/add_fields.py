"""A migration's operation that adds several columns at once: one for each would render the models anew every time."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import groupby
from typing import Any, TypeGuard

from tortoise.migrations.operations import DIRECT_RELATION_FIELDS, AddField, Operation, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State


class AddFields(TortoiseOperation):
    """The columns of one model, by name."""

    def __init__(self, model_name: str, **columns: Any) -> None:
        self.model_name, self.columns = model_name, columns

    def describe(self) -> str:
        return f"Add fields {', '.join(self.columns)} to {self.model_name}"

    def state_forward(self, app_label: str, state: State) -> None:
        known = self.get_model_state(state, app_label, self.model_name).fields
        for name, column in self.columns.items():
            known[name] = deepcopy(column)
        state.reload_models({(app_label, self.model_name), *_related(self.columns, state)})

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        model = new_state.apps.get_model(f"{app_label}.{self.model_name}")
        assert state_editor is not None
        for name in self.columns:
            await state_editor.add_field(model, name)

    async def database_backward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        model = old_state.apps.get_model(f"{app_label}.{self.model_name}")
        assert state_editor is not None
        for name in reversed(self.columns):
            await state_editor.remove_field(model, model._meta.fields_map[name])


def grouped(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with columns that are added to one model one after the other added at once."""
    together: list[Operation] = []
    for model_name, each in groupby(operations, key=_model_that_grows):
        found = list(each)
        if model_name is None:
            together += found
        else:
            together.append(AddFields(model_name, **{item.name: item.field for item in found if _adds_field(item)}))
    return together


def _model_that_grows(operation: Operation) -> str | None:
    return operation.model_name if _adds_field(operation) else None


def _adds_field(operation: Operation) -> TypeGuard[AddField]:
    return isinstance(operation, AddField)


def _related(columns: Mapping[str, Any], state: State) -> set[tuple[str, str]]:
    relations = [each for each in columns.values() if isinstance(each, DIRECT_RELATION_FIELDS)]
    return {state.apps.split_reference(each.model_name) for each in relations}
