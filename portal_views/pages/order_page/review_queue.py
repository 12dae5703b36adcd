"""The operator's queue of orders to decide: after a decision, the page leads to the next one."""

from dataclasses import dataclass

from portal_views.web.page_context import JsonObject, PageContext

DECISIONS = frozenset(
    {"orderApprove", "orderSendBack", "orderReject", "orderApproveCancellation", "orderRefuseCancellation"}
)
AFTER_DECISION = "decided"


@dataclass(frozen=True, kw_only=True)
class NextDecision:
    """How many orders are left to decide, and the path of the one that waits longest; empty when none is left."""

    left: int
    path: str


def is_after_decision(context: PageContext) -> bool:
    """Whether this page follows a decision that was just made on it."""
    return AFTER_DECISION in context.request.query_params


def next_decision(data: JsonObject) -> NextDecision | None:
    """The next decision of the queue; None where the page does not follow a decision."""
    if "queue" not in data:
        return None
    waiting = data["queue"]["nodes"]
    path = f"/orders/{waiting[0]['id']}" if waiting else ""
    return NextDecision(left=data["queue"]["boundedCount"]["number"], path=path)
