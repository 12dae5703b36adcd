"""When a client status is stale: its client has seen it, its order runs, and it has not changed for long."""

from domain.orders.scope import ENDED_STATES

# Days are those of the clock on the wall in the operator's zone.
OPERATOR_ZONE = "(SELECT o.zone FROM operator_settings o)"
STALE_AFTER = "(SELECT make_interval(days => r.stale_after_days) FROM status_rules r)"
STALE_AT = f"""(CASE WHEN {{t}}.visibility = 'SHOWN' AND {{t}}.shown_since IS NOT NULL
    THEN ({{t}}.changed_at AT TIME ZONE {OPERATOR_ZONE} + {STALE_AFTER}) AT TIME ZONE {OPERATOR_ZONE} END)"""
ORDER_IS_RUNNING = f"{{o}}.deleted_at IS NULL AND {{o}}.archived_at IS NULL AND {{o}}.status NOT IN {ENDED_STATES}"
# Over the instant `{now}` and the order `{o}` of the status `{t}`, for those who read.
IS_STALE = f"coalesce({STALE_AT} <= {{now}}, FALSE) AND {ORDER_IS_RUNNING}"
