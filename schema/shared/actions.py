"""Open actions: the moves open to the viewer, why others are refused, and the inputs of each."""

from datetime import datetime
from enum import StrEnum

import strawberry

from domain.engine.lifecycle import ActionWeight
from domain.kernel.errors import Code
from schema.shared.enums import describe_enum


class ActionInputType(StrEnum):
    """The type of a value in an action's input."""

    STRING = "STRING"
    INT = "INT"
    BOOLEAN = "BOOLEAN"
    DECIMAL = "DECIMAL"
    DATE = "DATE"
    DATETIME = "DATETIME"
    ID = "ID"
    ENUM = "ENUM"
    OBJECT = "OBJECT"


describe_enum(
    ActionInputType,
    "Of what kind a value is that an action takes.",
    STRING="Text.",
    INT="A whole number.",
    BOOLEAN="Yes or no.",
    DECIMAL="A decimal number, as text.",
    DATE="A calendar date.",
    DATETIME="An instant.",
    ID="An identifier of another object.",
    ENUM="One of the options.",
    OBJECT="Something with fields of its own.",
)


@strawberry.type(description="One value that can be chosen.")
class ActionOption:
    """One value that can be chosen."""

    value: str = strawberry.field(description="What to send.")
    label: str = strawberry.field(description="What to show, in the viewer's language.")


@strawberry.type(description="One field inside an object that an action takes.")
class ActionField:
    """One field inside an object of an action's input."""

    name: str = strawberry.field(description="The field of the input.")
    label: str = strawberry.field(description="What to show, in the viewer's language.")
    hint: str | None = strawberry.field(description="What helps to fill it in, in the viewer's language.")
    description: str = strawberry.field(description="What it means, for programmers.")
    type: ActionInputType = strawberry.field(description="Of what kind it is.")
    is_list: bool = strawberry.field(description="Whether it takes several.")
    required: bool = strawberry.field(description="Whether it must be given and must not be null.")
    multiline: bool = strawberry.field(description="Whether it is made for longer text.")
    default: str | None = strawberry.field(
        description="What holds when it is left out, as JSON text; what null stands for where leaving it out changes "
        "nothing."
    )
    unchanged_when_absent: bool = strawberry.field(
        description="Whether the present value stays when it is left out, so that only null empties it."
    )
    shortest: int | None = strawberry.field(description="The least length of a text or list.")
    longest: int | None = strawberry.field(description="The greatest length of a text or list.")
    least: int | None = strawberry.field(description="The least number.")
    most: int | None = strawberry.field(description="The greatest number.")
    id_kind: str | None = strawberry.field(description="Of what kind of object the identifier is, by its prefix.")
    options: list[ActionOption] = strawberry.field(description="What can be chosen; empty unless it is an enum.")


@strawberry.type(description="One field of the input that an action takes.")
class ActionInput(ActionField):
    """One field of an action's input."""

    fields: list[ActionField] = strawberry.field(description="The fields of an object; empty for all else.")


@strawberry.type(description="One reason why an action is not possible now.")
class ActionReason:
    """One reason why an action is not possible now."""

    code: Code = strawberry.field(description="The kind of refusal.")
    reason: str = strawberry.field(description="Which rule refuses, as a stable word.")
    message: str = strawberry.field(description="A sentence in the viewer's language.")
    remedy: str | None = strawberry.field(description="What helps, where something does.")


@strawberry.type(description="One move or command of the viewer's role.")
class OpenAction:
    """One move or command of the viewer's role."""

    name: str = strawberry.field(description="The move's name: `confirm`.")
    event: str = strawberry.field(description="The event it causes: `order.confirm`.")
    mutation: str = strawberry.field(description="The mutation that makes it: `orderConfirm`.")
    label: str = strawberry.field(description="What to write on a button, in the viewer's language.")
    explanation: str = strawberry.field(description="What it does, in the viewer's language.")
    allowed: bool = strawberry.field(description="Whether it would be made now, given a fitting input.")
    reasons: list[ActionReason] = strawberry.field(description="Why it is not possible; empty when it is.")
    open_until: datetime | None = strawberry.field(description="Until when it is possible, where time ends it.")
    subject_field: str = strawberry.field(description="The input field that names the object: `id` or `orderId`.")
    subject_id: strawberry.ID = strawberry.field(description="The identifier to send in that field.")
    inputs: list[ActionInput] = strawberry.field(description="What else the input takes.")
    weight: ActionWeight = strawberry.field(description="How much its button stands out.")


@strawberry.type(description="Something the viewer may begin that belongs to nothing else yet.")
class Beginning:
    """Something the viewer may begin."""

    name: str = strawberry.field(description="The command's name: `create`.")
    event: str = strawberry.field(description="The event it causes: `pipeline.create`.")
    mutation: str = strawberry.field(description="The mutation that makes it: `pipelineCreate`.")
    label: str = strawberry.field(description="What to write on a button, in the viewer's language.")
    explanation: str = strawberry.field(description="What it does, in the viewer's language.")
    inputs: list[ActionInput] = strawberry.field(description="What the input takes.")
