"""SQL over the history of client statuses: how the day on which a client may expect the result has moved.

Only what its client saw counts. A change without an expected day moves nothing.
"""

# Over a status `{p}`: the newest change that moved the day to the present one; NULL where it has not moved.
NEWEST_MOVE = """(SELECT moved.id FROM (
        SELECT c.id, c.changed_at, c.expected_on, lag(c.expected_on) OVER (ORDER BY c.changed_at, c.id) AS before
        FROM client_status_changes c
        WHERE c.order_id = {p}.id AND c.seen AND c.customer_id = {p}.customer_id AND c.expected_on IS NOT NULL
    ) moved WHERE moved.before <> moved.expected_on AND moved.expected_on = {p}.expected_on
    ORDER BY moved.changed_at DESC, moved.id DESC LIMIT 1)"""

_EARLIER = """c.order_id = {t}.order_id AND c.seen AND c.customer_id = {t}.customer_id
    AND (c.changed_at, c.id) < ({t}.changed_at, {t}.id) ORDER BY c.changed_at DESC, c.id DESC LIMIT 1"""

# Over such a change `{t}`.
MOVED_FROM = f"(SELECT c.expected_on FROM client_status_changes c WHERE c.expected_on IS NOT NULL AND {_EARLIER})"
_PROPOSED_WHY = """(SELECT e.body ->> 'reason' FROM events e WHERE e.order_id = {t}.order_id
    AND e.name = 'order.proposeDue' AND e.body ->> 'due_on' = {t}.expected_on::text AND e.at <= {t}.changed_at
    ORDER BY e.at DESC LIMIT 1)"""
_TOLD_BEFORE = "(SELECT c.description_{language} FROM client_status_changes c WHERE {earlier})"


def _told_why(language: str) -> str:
    """The description that came with the change, unless it stood there before."""
    before = _TOLD_BEFORE.format(language=language, earlier=_EARLIER)
    return f"nullif(nullif({{t}}.description_{language}, ''), {before})"


# The reason of the proposal of that day, else what the status says since the day moved.
MOVED_WHY = f"coalesce({_PROPOSED_WHY}, CASE {{language}} WHEN 'en' THEN {_told_why('en')} ELSE {_told_why('de')} END)"
