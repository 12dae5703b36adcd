"""Gauges of what waits, is late or was given up, read from the database whenever the metrics are asked for."""

import structlog
from prometheus_client import Gauge

from domain.database.heartbeats import IS_PROCESS
from domain.database.pools import read_sessions
from domain.deadlines.punctuality import SELECT_PUNCTUALITY
from domain.kernel.runtime.circuit_breaker import is_any_circuit_open

STATE = """SELECT
    (SELECT count(*) FROM deadlines d, (SELECT app_now() AS now OFFSET 0) AS instant
        WHERE d.state = 'PENDING' AND d.due_at <= instant.now) AS late_deadlines,
    (SELECT count(*) FROM deadlines d WHERE d.state = 'FAILED') AS failed_deadlines,
    (SELECT count(*) FROM outbox o WHERE o.state = 'PENDING') AS waiting_mails,
    (SELECT count(*) FROM outbox o WHERE o.state = 'FAILED') AS failed_mails,
    (SELECT count(*) FROM outbox o WHERE o.state = 'BOUNCED') AS bounced_mails,
    (SELECT count(*) FROM webhook_messages m WHERE m.state = 'PENDING') AS waiting_webhooks,
    (SELECT count(*) FROM webhook_endpoints w WHERE w.state = 'PAUSED') AS paused_webhooks"""
SILENCE = f"""SELECT name, extract(epoch FROM clock_timestamp() - beat_at)::float8 AS seconds FROM heartbeats
    WHERE {IS_PROCESS}"""  # noqa: S608 - a condition of the code itself
VERIFICATION = """SELECT v.broken,
    (SELECT extract(epoch FROM max(i.at))::float8 FROM verifications i WHERE i.broken = 0) AS intact_at
    FROM verifications v ORDER BY v.at DESC LIMIT 1"""

READABLE = Gauge("werkstand_database_readable", "Whether the numbers below could be read: 1 or 0.")
GAUGES = {
    "late_deadlines": Gauge("werkstand_late_deadlines", "Deadlines that are due and have not happened yet."),
    "failed_deadlines": Gauge("werkstand_failed_deadlines", "Deadlines that were given up."),
    "waiting_mails": Gauge("werkstand_waiting_mails", "Mails that are still to be sent."),
    "failed_mails": Gauge("werkstand_failed_mails", "Mails that were given up."),
    "bounced_mails": Gauge("werkstand_bounced_mails", "Mails that came back after they were sent."),
    "waiting_webhooks": Gauge("werkstand_waiting_webhooks", "Webhook messages that are still to be delivered."),
    "paused_webhooks": Gauge("werkstand_paused_webhooks", "Webhook endpoints that are paused."),
}
PUNCTUALITY = {
    "p50_seconds": Gauge("werkstand_deadline_lateness_p50_seconds", "Median lateness of deadlines.", ["window"]),
    "p99_seconds": Gauge("werkstand_deadline_lateness_p99_seconds", "99th percentile of lateness.", ["window"]),
    "max_seconds": Gauge("werkstand_deadline_lateness_max_seconds", "Greatest lateness of a deadline.", ["window"]),
    "fired": Gauge("werkstand_deadlines_fired", "Deadlines that were carried out.", ["window"]),
}
VERIFICATION_OK = Gauge("werkstand_verification_ok", "Whether the history was intact at its last verification: 1 or 0.")
VERIFICATION_AT = Gauge("werkstand_verification_last_success_timestamp", "When the history was last found intact.")
REDIS_SKIPPED = Gauge("werkstand_redis_skipped", "Whether this process goes on without Redis until it answers: 1 or 0.")
SILENT = Gauge("werkstand_process_silent_seconds", "Seconds since a process of this kind was seen alive.", ["process"])

log = structlog.get_logger()


async def refresh_state_metrics() -> None:
    """Set the gauges to what the database says now; nothing is raised while it cannot be read."""
    REDIS_SKIPPED.set(is_any_circuit_open())
    try:
        counts = await read_sessions().fetchrow(STATE)
        processes = await read_sessions().fetch(SILENCE)
        windows = await read_sessions().fetch(SELECT_PUNCTUALITY)
        verification = await read_sessions().fetchrow(VERIFICATION)
    except Exception:
        log.exception("the state metrics could not be read")
        READABLE.set(0)
        return
    READABLE.set(1)
    for name, gauge in GAUGES.items():
        gauge.set(counts[name])
    for window in windows:
        for name, gauge in PUNCTUALITY.items():
            gauge.labels(window["name"].lower()).set(window[name] or 0)
    if verification is not None:
        VERIFICATION_OK.set(verification["broken"] == 0)
        VERIFICATION_AT.set(verification["intact_at"] or 0)
    for process in processes:
        SILENT.labels(process["name"]).set(process["seconds"])
