"""Sums of overdue receivables by age, as finance sees them."""

import strawberry

from domain.receivables.overdue_ages import OverdueAge
from schema.declarations.fields import column
from schema.shared.enums import describe_enum
from schema.shared.money import Money, money_field

describe_enum(
    OverdueAge,
    "For how long something is overdue.",
    UP_TO_30="For 30 days at most.",
    UP_TO_60="For 31 to 60 days.",
    UP_TO_90="For 61 to 90 days.",
    OVER_90="For more than 90 days.",
)


@strawberry.type(description="What is overdue for about as long, in one currency.")
class OverdueSum:
    """What is overdue for about as long, in one currency."""

    age: OverdueAge = column(description="For how long.")
    currency: str = column(description="The currency.")
    count: int = column(description="How many receivables it sums up.")
    overdue: Money = money_field("{t}.overdue_cents", description="What is still to be paid of them.")
