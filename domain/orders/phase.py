"""The phase of an order: how far its work is, derived from its state and its deliveries."""

from enum import StrEnum


class Phase(StrEnum):
    """How far the work of an order is, or how it has ended; exactly one holds at a time.

    Work counts as delivered, and as accepted, once all required deliveries are, and at least one.
    """

    NOT_STARTED = "NOT_STARTED"
    UNDER_WAY = "UNDER_WAY"
    DELIVERED = "DELIVERED"
    IN_REVISION = "IN_REVISION"
    ACCEPTED = "ACCEPTED"
    CONTINUED = "CONTINUED"
    COMPLETED = "COMPLETED"
    ENDED = "ENDED"


# SQL over an order `{o}`; only those that are worked on need a look at their deliveries.
_OF_DELIVERIES = """(SELECT CASE
        WHEN count(*) FILTER (WHERE d.status = 'REVISION_REQUESTED') > 0 THEN 'IN_REVISION'
        WHEN count(*) FILTER (WHERE d.status IN ('DELIVERED', 'ACCEPTED')) < greatest(1, {o}.required_deliveries)
            THEN 'UNDER_WAY'
        WHEN count(*) FILTER (WHERE d.status = 'DELIVERED') > 0 THEN 'DELIVERED'
        WHEN count(*) FILTER (WHERE d.status = 'DRAFT') > 0 THEN 'CONTINUED'
        ELSE 'ACCEPTED' END FROM deliveries d WHERE d.order_id = {o}.id)"""
PHASE = f"""(CASE {{o}}.status WHEN 'CANCELED' THEN 'ENDED' WHEN 'REJECTED' THEN 'ENDED'
    WHEN 'COMPLETED' THEN 'COMPLETED' WHEN 'ACTIVE' THEN {_OF_DELIVERIES}
    WHEN 'CANCELLATION_REVIEW' THEN {_OF_DELIVERIES} ELSE 'NOT_STARTED' END)"""
