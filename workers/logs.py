"""How background processes log: readable in development, one JSON object a line in production."""

import logging
from typing import Any

import structlog

from settings import Settings


def configure_logs(settings: Settings) -> None:
    """Send structured logs to standard output."""
    renderer: Any = structlog.processors.JSONRenderer()
    if settings.in_development:
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if settings.in_development else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
