"""The rules that hide something from its customer, as the operator's people and members see them."""

from typing import Any

import strawberry

from domain.hidden_reasons import HidingRule
from schema.declarations.fields import column, embedded
from schema.shared.enums import describe_enum
from schema.shared.translated_fields import translated

describe_enum(
    HidingRule,
    "Which rule keeps something from its customer.",
    DRAFT="The order is a draft: never offered, sent back or withdrawn.",
    IN_OPERATORS_REVIEW="The operator has not decided about the order yet.",
    REJECTED_BY_OPERATOR="The operator has rejected the order.",
    ARCHIVED="The order was put away.",
    STATUS_ONLY_ACCESS="The customer sees the client status only, and what awaits their answer.",
    STATUS_HIDDEN="The client status is not shown.",
    STATUS_IN_QUIET_PERIOD="A change of the client status waits out its quiet period.",
    STATUS_OF_HIDDEN_ORDER="The client status is shown, but its order is not.",
    DELIVERY_NOT_DELIVERED="No version of the delivery was submitted yet.",
    DELIVERY_OF_HIDDEN_ORDER="The delivery was submitted, but its order is not seen.",
    INVOICE_NOT_ISSUED="The invoice is not issued, or was canceled before.",
)


@strawberry.type(description="Why a customer does not see something of their own.")
class HiddenBy:
    """The reason why a customer does not see something of their own."""

    rule: HidingRule = column("{rule}", description="The first rule that hides it.")
    sentence: str = translated("hidden", "{rule}", description="That rule as a sentence in the viewer's language.")


def hidden_by(rule: str, description: str = "Why its customer does not see it; null when they do.") -> Any:
    """The rule that an expression of the row gives; null where it gives none."""
    return embedded(rule=rule, description=description)
