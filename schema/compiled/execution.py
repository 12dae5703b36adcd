"""Strawberry's executor, which takes an object that was read as a whole for what it is: the answer."""

from typing import Any

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


class Whole(dict[str, Any]):
    """One object of the response with everything that is selected below it, as JSON has it."""


class Execution(StrawberryGraphQLCoreExecutionContext):
    """Goes through the fields of every object but those that are whole already."""

    def complete_object_value(self, *args: Any, **named: Any) -> Any:
        result = named["result"] if "result" in named else args[4]
        if isinstance(result, Whole):
            return dict(result)
        return super().complete_object_value(*args, **named)
