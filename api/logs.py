"""Structured logs: readable in development, one JSON object a line in production."""

import logging
from typing import Any

import structlog

from settings import Settings


def configure_logs(settings: Settings) -> None:
    """Send structured logs to standard output, each with the request's id where there is one."""
    renderer: Any = structlog.dev.ConsoleRenderer() if settings.in_development else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if settings.in_development else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    # Faults are logged once, by the endpoint that masks them, with the request's id.
    logging.getLogger("strawberry.execution").disabled = True
